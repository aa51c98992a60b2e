"""Pictures on their whole way: from the flow through outbox and multipart to a chat, and then by their id."""

from pathlib import Path
from typing import Any

import httpx

from tests.acceptance.processes import ROOT, Telegram, bot, buttons, telegram


async def the_first_exercise(api: Telegram, person: int) -> dict[str, Any]:
    """Go to the first exercise; return its message."""
    await api.say(person, "/exercise")
    return (await api.tap(person, "No, I can begin"))[-1]


async def sent(api: Telegram) -> list[Any]:
    """Return what each call that sent a picture named it by; None where it was uploaded."""
    return [call["arguments"].get("photo") for call in (await api.ask("GET", "/calls", method="sendPhoto"))["calls"]]


async def content(api: Telegram, message: dict[str, Any]) -> bytes:
    """Return the picture in a message, as the page gets it."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(f"{api.url}{message['file']}")).content


async def test_the_second_person_gets_it_by_its_id(tmp_path: Path) -> None:
    """The first one's picture is uploaded; the next one's is not, even after a kill -9; the words are there as well."""
    rise = (ROOT / "content/media/rise.png").read_bytes()
    async with telegram("2026-03-01T12:00:00Z", tmp_path / "world.json") as api:
        sam, ann = await api.person("Sam"), await api.person("Ann")
        async with bot(api, tmp_path / "steady.db") as us:
            first = await the_first_exercise(api, sam)
            assert (first["media"], await content(api, first)) == ("photo", rise)
            assert "Hold for 5 seconds" in first["text"]
            assert {"Done, the next one", "It hurts", "Not now"} <= set(buttons(first))
            await us.kill()
        async with bot(api, tmp_path / "steady.db"):
            second = await the_first_exercise(api, ann)
            assert (second["media"], await content(api, second)) == ("photo", rise)
            uploaded, by_id = await sent(api)
            assert uploaded is None
            assert isinstance(by_id, str)

            edited = (await api.tap(ann, "Done, the next one"))[0]
            assert (edited["id"], edited["media"], edited["buttons"]) == (second["id"], "photo", [])
            assert edited["text"].endswith("Done, the next one")
            await api.tap(ann, "Done, the last one")
            assert (await api.tap(ann, "I did them"))[-1]["media"] is None


async def test_an_id_that_telegram_has_forgotten(tmp_path: Path) -> None:
    """A stand-in that begins anew has none of the pictures: they are uploaded once more, and nobody notices."""
    for number in range(2):
        async with telegram("2026-03-01T12:00:00Z", tmp_path / "world.json") as api:
            async with bot(api, tmp_path / "steady.db") as us:
                message = await the_first_exercise(api, await api.person("Sam"))
                assert (message["media"], bool(message["text"])) == ("photo", True)
                assert await us.stop() == 0
            by_id = [name is not None for name in await sent(api)]
            assert by_id == ([True, False] if number else [False])


async def test_the_diary_as_a_picture_and_in_words(tmp_path: Path) -> None:
    """What was told today is a picture, its words, and on request a list of days; each picture is one person's own."""
    async with telegram("2026-03-01T12:00:00Z", tmp_path / "world.json") as api, bot(api, tmp_path / "steady.db") as us:
        sam = await api.person("Sam")
        await api.say(sam, "/water")
        await api.tap(sam, "I drank a glass")
        await api.tap(sam, "Yes, you may")
        weeks, question = await api.say(sam, "/diary")
        assert weeks["media"] == "photo"
        assert (await content(api, weeks)).startswith(b"\x89PNG")
        assert "Water: 1 glass, on 1 of 7 days." in weeks["text"]
        assert buttons(question) == ["Each day", "Show it on Sundays", "That is enough"]
        assert "Sun, Mar 1 1 glass." in (await api.tap(sam, "Each day"))[-1]["text"]
        await api.say(sam, "/diary")
        assert await sent(api) == [None, None]
        assert await us.stop() == 0
        assert not [line for line in us.lines if "error" in line.lower()], us.lines
