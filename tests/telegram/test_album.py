"""A picture is uploaded once and then goes by its id; a person who cannot get it has the words."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.errors import StoreError
from bot.library.pictures import picture
from bot.playground.chats import Chat, Message
from bot.playground.standin import Standin
from bot.session.accounts import File, Kind, Told
from bot.session.inputs import PersonId
from bot.session.screens import Account, Button, Photo, Rebutton, Rewrite
from bot.storage.open import Storage
from bot.storage.tables import pictures
from bot.telegram.client import Api
from bot.telegram.pace import Pace, Rate
from bot.telegram.verdicts import ATTEMPTS
from tests.telegram.support import Post, posting

ROWS = ((Button("Done", "n:done"),),)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x03\xc0\x00\x00\x02\x1c"
"""The head of a picture of 960 x 540: as much as the stand-in looks at."""
ALBUM = {name: picture(name, PNG + name.encode()) for name in ("rise", "curl")}
ALBUM["bad"] = picture("bad", b"no picture at all")


@pytest.fixture
async def post(world: Standin, api: Api, storage: Storage) -> AsyncIterator[Post]:
    """A sender at work, with pictures."""
    async with posting(world, api, storage, ALBUM) as desk:
        yield desk


def photo(name: str = "rise", html: str = "<b>Rise.</b> 10 times.", nonce: str | None = None) -> Photo:
    """Return a picture with words and a button."""
    return Photo(name, html, ROWS, nonce)


def uploads(post: Post) -> list[bool]:
    """Return of each call that sends a picture whether the picture was in it."""
    return ["photo" not in call.arguments for call in post.calls("sendPhoto")]


def shown(chat: Chat) -> list[Message]:
    """Return the bot's messages."""
    return [one for one in chat.messages.values() if one.sender == "bot"]


def content(world: Standin, message: Message) -> bytes | None:
    """Return the picture in a message."""
    file = world.files.find(message.file or "")
    return None if file is None else file.content


async def test_it_arrives_with_its_words_and_buttons(post: Post) -> None:
    """The picture comes as it is, with words in HTML and buttons below."""
    chat = post.join()
    await post.send(chat, photo(nonce="n"))
    (message,) = shown(chat)
    assert content(post.world, message) == ALBUM["rise"].content
    assert message.words.html == "<b>Rise.</b> 10 times."
    assert [[button.label for button in row] for row in message.markup.inline] == [["Done"]]


async def test_the_second_goes_by_its_id(post: Post) -> None:
    """What was uploaded is not uploaded again, to nobody; another picture is."""
    one, other = post.join(), post.join()
    await post.send(one, photo(), photo())
    await post.send(other, photo(), photo("curl"))
    assert uploads(post) == [True, False, False, True]
    assert {content(post.world, message) for message in shown(other)} == {ALBUM["rise"].content, ALBUM["curl"].content}


async def test_two_at_once_are_one_upload(post: Post) -> None:
    """Chats that want the same new picture at the same moment wait for one upload."""
    chats = [post.join() for _ in range(5)]
    post.goes_wrong("sendPhoto", delay=0.2)
    for chat in chats:
        await post.put(chat, photo())
    await post.rest()
    assert sorted(uploads(post)) == [False] * 4 + [True]
    assert [len(shown(chat)) for chat in chats] == [1] * 5


async def test_the_id_outlives_the_process(world: Standin, api: Api, storage: Storage) -> None:
    """A new sender on the same database knows what was uploaded; a picture that was changed is another one."""
    chat = world.people.join("Someone", None)
    world.people.say(chat, "/start")
    for album in (ALBUM, ALBUM, {"rise": picture("rise", PNG + b"drawn anew")}):
        async with posting(world, api, storage, album) as post:
            await post.send(chat, photo())
    assert uploads(post) == [True, False, True]


async def test_an_id_that_telegram_refuses_is_forgotten(post: Post) -> None:
    """It is uploaded once more, and goes by the new id from then on."""
    chat = post.join()
    await post.storage.pictures.remember(ALBUM["rise"].digest, "of-another-bot")
    with capture_logs() as logs:
        await post.send(chat, photo(), photo())
    assert uploads(post) == [False, True, False]
    assert [content(post.world, message) for message in shown(chat)] == [ALBUM["rise"].content] * 2
    assert [one["event"] for one in logs if "picture" in one["event"]] == ["picture_forgotten", "picture_uploaded"]
    assert await post.storage.pictures.known(ALBUM["rise"].digest) == shown(chat)[0].file


async def test_ids_that_never_work_are_not_tried_for_ever(post: Post) -> None:
    """An id that is refused right after its upload is uploaded once more, no more often."""
    chat = post.join()
    await post.send(chat, photo())
    post.goes_wrong("sendPhoto", times=9, status=400)
    await post.send(chat, photo())
    assert len(post.calls("sendPhoto")) == 3
    assert shown(chat)[-1].media is None


async def test_a_refused_picture_leaves_its_words(post: Post) -> None:
    """Where Telegram does not take the picture, its words come alone, with their buttons, and are edited as a text."""
    chat = post.join()
    with capture_logs() as logs:
        await post.send(chat, photo("bad", nonce="n"), photo("gone", "Curl"))
    bad, gone = shown(chat)
    assert (bad.media, bad.words.text, bool(bad.markup.inline)) == (None, "Rise. 10 times.", True)
    assert gone.words.text == "Curl"
    reasons = [one["reason"] for one in logs if one["event"] == "picture_refused"]
    assert reasons == ["image_process_failed", "no such picture"]
    await post.send(chat, Rewrite("n", "Done", caption=True))
    assert (shown(chat)[0].words.text, shown(chat)[0].markup.inline) == ("Done", ())


async def test_an_answer_is_written_below_the_picture(post: Post) -> None:
    """The choice made takes the place of the buttons, and the picture stays."""
    chat = post.join()
    await post.send(chat, photo(nonce="n"), Rewrite("n", "Rise.\n\n✓ Done", caption=True))
    (message,) = shown(chat)
    assert (message.media, message.words.text, message.markup.inline) == ("photo", "Rise.\n\n✓ Done", ())
    assert not post.calls("editMessageText")


async def test_buttons_below_a_picture_are_taken_away(post: Post) -> None:
    """A question that is no longer open loses its buttons and nothing else."""
    chat = post.join()
    await post.send(chat, photo(nonce="n"), Rebutton("n"))
    (message,) = shown(chat)
    assert (message.media, message.words.text, message.markup.inline) == ("photo", "Rise. 10 times.", ())


async def test_a_picture_that_the_parcel_knows_nothing_of(post: Post) -> None:
    """An edit finds the words wherever they stand: the message may be older than the flow."""
    chat = post.join()
    await post.send(chat, photo(nonce="n"), Rewrite("n", "Done"))
    assert shown(chat)[0].words.text == "Done"


async def test_a_caption_that_cannot_be_parsed(post: Post) -> None:
    """The picture comes with the words without marks."""
    chat = post.join()
    await post.send(chat, photo(html="<b>Rise < 10</i>"))
    (message,) = shown(chat)
    assert (message.media, message.words.text) == ("photo", "Rise < 10")
    assert len(uploads(post)) == 2


async def test_a_caption_that_is_too_long_is_a_text(post: Post) -> None:
    """Nobody loses words to a picture."""
    chat = post.join()
    await post.send(chat, photo(html="x" * 1025))
    assert [(one.media, len(one.words.text)) for one in shown(chat)] == [(None, 1025)]


@pytest.mark.parametrize("bulk", [False, True])
async def test_a_picture_whose_fate_is_unknown(post: Post, bulk: bool) -> None:
    """A reply with a picture comes once more, a reminder with one does not."""
    chat = post.join()
    post.goes_wrong("sendPhoto", drop="after")
    await post.send(chat, photo(), bulk=bulk)
    assert len(shown(chat)) == (1 if bulk else 2)


async def test_a_flood_wait_holds_pictures_too(post: Post) -> None:
    """Not a second before Telegram allows it."""
    chat = post.join()
    post.goes_wrong("sendPhoto", status=429, retry_after=7)
    await post.send(chat, photo())
    await post.advance(6)
    assert not shown(chat)
    await post.advance(1)
    assert len(shown(chat)) == 1


async def test_a_failed_upload_gives_its_turn_to_the_next(post: Post) -> None:
    """Whoever waited for an upload that failed uploads it, and the first one has its id later."""
    one, other = post.join(), post.join()
    post.goes_wrong("sendPhoto", status=429, retry_after=60, delay=0.1)
    for chat in (one, other):
        await post.put(chat, photo())
    await post.rest()
    assert sorted(len(shown(chat)) for chat in (one, other)) == [0, 1]
    await post.advance(60)
    assert [len(shown(chat)) for chat in (one, other)] == [1, 1]
    assert uploads(post) == [True, True, False]


class Drawing:
    """Gives everybody the same account."""

    def __init__(self, told: Told | None) -> None:
        self.told = told
        self.asked: list[tuple[PersonId, Kind]] = []
        self.failures = 0

    async def account(self, person: PersonId, kind: Kind) -> Told | None:
        """Return it."""
        self.asked.append((person, kind))
        if self.failures:
            self.failures -= 1
            raise StoreError("The database is locked.")
        return self.told


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (Told("<b>Weeks</b>", PNG), [("photo", "Weeks")]),
        (Told("<b>Weeks</b>"), [(None, "Weeks")]),
        (Told("<b>Weeks</b>", b"no picture"), [(None, "Weeks")]),
        (Told("x" * 1025, PNG), [(None, "x" * 1025)]),
        (None, []),
    ],
    ids=["drawn", "words", "refused", "long", "nobody"],
)
async def test_an_account_is_told_when_it_is_sent(
    world: Standin, api: Api, storage: Storage, told: Told | None, seen: list[tuple[str | None, str]]
) -> None:
    """With its picture where there is one that Telegram takes, else in words; to nobody where there is nobody."""
    drawing = Drawing(told)
    async with posting(world, api, storage, diarist=drawing) as post:
        chat = post.join()
        await post.send(chat, Account("weeks"))
    assert drawing.asked == [(PersonId(chat.id), "weeks")]
    assert [(one.media, one.words.text) for one in shown(chat)] == seen


async def test_a_file_comes_with_its_words(world: Standin, api: Api, storage: Storage) -> None:
    """What is handed out is a document under its own name."""
    file = File("diary.csv", b"day,mood")
    async with posting(world, api, storage, diarist=Drawing(Told("Your <b>diary</b>", file=file))) as post:
        chat = post.join()
        await post.send(chat, Account("table"))
    sent = shown(chat)[-1]
    kept = world.files.find(sent.file or "")
    assert (sent.media, sent.words.text) == ("document", "Your diary")
    assert kept is not None
    assert (kept.name, kept.content) == ("diary.csv", b"day,mood")


async def test_a_file_that_never_gets_through_is_given_up(world: Standin, api: Api, storage: Storage) -> None:
    """A file too large for the line is tried eight times; then the answers that wait behind it come."""
    drawing = Drawing(Told("Your diary", file=File("diary.csv", b"day,mood")))
    fast = Pace(chat=Rate(each=0.001, burst=9))
    async with posting(world, api, storage, diarist=drawing, pace=fast, retry_s=0.0001) as post:
        chat = post.join()
        post.goes_wrong("sendDocument", 99, drop="before")
        await post.send(chat, Account("table"), "next")
        assert [one.words.text for one in shown(chat)] == ["next"]
        assert len(post.calls("sendDocument")) == ATTEMPTS


async def test_a_diarys_picture_is_kept_nowhere(world: Standin, api: Api, storage: Storage) -> None:
    """It is one person's: each is uploaded anew, and no id of it is remembered."""
    async with posting(world, api, storage, diarist=Drawing(Told("Weeks", PNG))) as post:
        await post.send(post.join(), Account("weeks"), Account("weeks"))
        assert uploads(post) == [True, True]
    async with storage._database.begin() as connection:
        assert (await connection.execute(select(pictures))).all() == []


async def test_an_account_waits_for_the_database(world: Standin, api: Api, storage: Storage) -> None:
    """A database that does not answer for a moment costs nobody their account."""
    drawing = Drawing(Told("Weeks", PNG))
    drawing.failures = 1
    async with posting(world, api, storage, diarist=drawing) as post:
        chat = post.join()
        await post.send(chat, Account("weeks"))
        assert len(shown(chat)) == 1
