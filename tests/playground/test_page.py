"""The chat page in a real browser: what a person sees, does by mouse and by keyboard, is told when things are down."""

import re
import sys
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page, expect

from bot.playground.playground import Playing, playing
from tests.playground.browser import heard, newest, open_page, press, say, stands, tap
from tests.playground.small_bot import SMALL_BOT

pytestmark = pytest.mark.browser
WHY_NOT = "The database is newer than this bot: take the newer bot."
HOSTILE = """
<img src=x onerror="document.title='broken in'"><script>document.title='broken in'</script>
<a href="javascript:document.title='broken in'">press</a><b onclick="x" style="position:fixed">bold</b>
<iframe src="/"></iframe><form><input></form><tg-emoji emoji-id="1">👣</tg-emoji> &lt;i&gt;
"""
SHOWN = """async (html) => {
  const { words } = await import("/words.js");
  const box = document.createElement("div");
  box.append(words(html));
  document.body.append(box);
  return box.innerHTML;
}"""
COLOURS = """(names) => names.map((name) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
})"""


async def test_talk(page: Page) -> None:
    """Start, an inline button, the edited message, the answer to the press: all as in Telegram."""
    await expect(page.locator("#log")).to_contain_text("A chat with Steady Toes")
    await say(page, "/start")
    await heard(page, "How are your toes today?")
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    await tap(page, "The same")
    await heard(page, "You chose The same.")
    await expect(newest(page)).to_contain_text("edited")
    await expect(newest(page).locator(".buttons")).to_have_count(0)
    await expect(page.locator("#toast")).to_have_text("Noted: The same.")
    await say(page, "one\ntwo")
    await heard(page, "I heard: one\ntwo")


async def test_rich_words(page: Page) -> None:
    """Telegram's marks are shown as such; hidden words show on a press; a press on a command in the text sends it."""
    await say(page, "/start")
    await say(page, "rich")
    words = newest(page).locator(".words")
    for tag, inside in {"b": "Bold", "i": "slanted", "u": "under", "s": "struck", "code": "a < b"}.items():
        await expect(words.locator(tag)).to_have_text(inside)
    await expect(words.locator("pre")).to_have_text("as it\n  stands")
    await expect(words.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    await words.get_by_role("button", name="Hidden words, press to show").click()
    await expect(words.locator(".spoiler.shown")).to_have_text("hidden")
    await words.get_by_role("button", name="/start").click()
    await heard(page, "How are your toes today?")


async def test_hostile_words(playground: Playing) -> None:
    """Of any HTML only Telegram's own tags are made, bare of attributes: nothing runs, even were there no policy."""
    async with open_page(playground.url, lawless=True) as page:
        made = await page.evaluate(SHOWN, HOSTILE)
        assert re.findall(r"<[^>]*>", made) == ["<b>", "</b>"]
        assert "press" in made
        assert "&lt;i&gt;" in made
        await expect(page).to_have_title("Visitor and Steady Toes")


async def test_keyboard_of_the_bot(page: Page) -> None:
    """A key of the reply keyboard says its label; one that asks for a place opens the places, and the place is sent."""
    await say(page, "/start")
    await say(page, "keys")
    await tap(page, "No")
    await heard(page, "I heard: No")
    await page.get_by_role("group", name="Keyboard of the bot").get_by_role("button", name="Where I am").click()
    places = page.get_by_role("dialog", name="Send a place")
    await places.get_by_label("City").select_option("Lagos")
    await expect(places.get_by_label("Latitude")).to_have_value("6.524")
    await places.get_by_role("button", name="Send").click()
    await stands(page, "rest")
    await expect(page.locator("#log .message.person").last).to_contain_text("Place")


async def test_other_things_to_send(page: Page) -> None:
    """What is not text can be sent too, and is shown by its kind."""
    await say(page, "/start")
    await press(page, "Send something else")
    await press(page, "A voice message")
    await expect(page.locator("#log .message.person").last).to_contain_text("Voice message")


async def test_commands(page: Page) -> None:
    """A slash offers the bot's commands, which the arrow keys and Enter choose; Escape closes them."""
    await say(page, "/start")
    field = page.get_by_role("textbox", name="Message")
    await field.fill("/c")
    offered = page.get_by_role("group", name="Commands").get_by_role("button")
    await expect(offered).to_have_text(["/checkin how it is today"])
    await field.press("Escape")
    await expect(offered).to_have_count(0)
    await field.fill("/")
    await expect(offered).to_have_count(2)
    await field.press("ArrowUp")
    await page.keyboard.press("Enter")
    await heard(page, "I heard: /checkin")
    await expect(field).to_be_focused()


async def test_several_people(page: Page) -> None:
    """Each person has their own chat; whoever is not looked at shows that something new came."""
    await say(page, "/start")
    await say(page, "later")
    await press(page, "Add a person")
    dialog = page.get_by_role("dialog", name="Add a person")
    await dialog.get_by_label("Name").fill("Somebody")
    await dialog.get_by_role("button", name="Add").click()
    await expect(page.locator("#me")).to_have_text("Somebody")
    await expect(page.locator("#log .message")).to_have_count(0)
    await say(page, "/start")
    await press(page, "One day later")
    visitor = page.get_by_role("list").get_by_role("button", name="Visitor")
    await expect(visitor).to_contain_text("You asked me to come back.")
    await expect(visitor).to_contain_text("something new")
    await visitor.click()
    await heard(page, "You asked me to come back.")
    await expect(visitor).not_to_contain_text("something new")


async def test_the_clock(page: Page) -> None:
    """Time goes to the next message, on by an hour or a day, or to a moment, and the page tells where it stands."""
    clock = page.get_by_role("navigation", name="The clock")
    await say(page, "/start")
    await press(page, "Next message")
    await expect(page.locator("#toast")).to_have_text("No message comes: nothing is planned.")
    await say(page, "later")
    await expect(clock).to_contain_text("Next: Sun 1 Mar, 11:00")
    await press(page, "One hour later")
    await expect(clock).to_contain_text("Sun 1 Mar, 09:00")
    await press(page, "Next message")
    await heard(page, "You asked me to come back.")
    await expect(clock).to_contain_text("Sun 1 Mar, 11:00")
    await press(page, "One day later")
    await expect(clock).to_contain_text("Mon 2 Mar, 11:00")
    await press(page, "Go to a time")
    dialog = page.get_by_role("dialog", name="Go to a time")
    await dialog.get_by_label("Day and time in UTC").fill("2026-03-29T02:30")
    await dialog.get_by_role("button", name="Go", exact=True).click()
    await expect(clock).to_contain_text("Sun 29 Mar, 02:30")


async def test_zone_of_a_person(playground: Playing) -> None:
    """Times are those of the visitor's zone, or of the one that was chosen for that person; a reload keeps it."""
    async with open_page(playground.url, zone="Europe/Berlin") as page:
        await expect(page.locator("#now")).to_have_text("Sun 1 Mar, 09:00")
        await press(page, "More about this person")
        await press(page, "Time zone…")
        dialog = page.get_by_role("dialog", name="Time zone")
        await dialog.get_by_label("Show times as in").select_option("Kathmandu (Asia)")
        await dialog.get_by_role("button", name="Use it").click()
        await expect(page.locator("#now")).to_have_text("Sun 1 Mar, 13:45")
        await page.reload()
        await expect(page.locator("#now")).to_have_text("Sun 1 Mar, 13:45")


async def test_skipped_hour(page: Page) -> None:
    """A wall time that a zone's clocks skip is shifted forward; of one that comes twice the first is meant."""
    moments = await page.evaluate("""async () => {
      const { fromWall } = await import("/time.js");
      return ["2026-03-29T01:30", "2026-03-29T02:30", "2026-03-29T03:30", "2026-07-01T12:00", "2026-10-25T02:30"]
        .map((one) => fromWall(one, "Europe/Berlin").toISOString().slice(0, 16));
    }""")
    assert moments == [
        "2026-03-29T00:30",
        "2026-03-29T01:30",
        "2026-03-29T01:30",
        "2026-07-01T10:00",
        "2026-10-25T00:30",
    ]


async def test_kill_and_start(page: Page) -> None:
    """A killed bot is told of until it runs again; what was written meanwhile is answered then."""
    await say(page, "/start")
    await press(page, "kill -9 the bot")
    await stands(page, "off")
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("You killed the bot. What you write now waits for it, as in Telegram.")
    await say(page, "still there?")
    await press(page, "Next message")
    await expect(page.locator("#toast")).to_contain_text("The bot is not running, so nothing comes.")
    await alert.get_by_role("button", name="Start it again").click()
    await stands(page, "rest")
    await heard(page, "I heard: still there?")
    await expect(alert).to_be_hidden()


async def test_a_bot_that_ends(page: Page) -> None:
    """A bot that ends by itself is told of without a reload, with its last words."""
    await say(page, "/start")
    await say(page, "break")
    await stands(page, "off")
    await expect(page.get_by_role("alert")).to_contain_text("It ended by itself (exit code 3).")
    await expect(page.get_by_role("alert")).to_contain_text("The disk is full: make room, then start again.")


async def test_a_bot_that_cannot_start(tmp_path: Path) -> None:
    """The page is served although the bot never began, and says why."""
    async with (
        playing(0, f"sqlite:///{tmp_path}/toes.db", command=(*SMALL_BOT, WHY_NOT)) as here,
        open_page(here.url) as page,
    ):
        await stands(page, "off")
        await expect(page.get_by_role("alert")).to_contain_text(WHY_NOT)


async def test_a_bot_that_tells_no_rest(tmp_path: Path) -> None:
    """A bot that never tells when it rests is shown as running, and the chat works without that."""
    mute = (sys.executable, "-c", "import signal; signal.pause()")
    async with playing(0, f"sqlite:///{tmp_path}/toes.db", command=mute) as here, open_page(here.url) as page:
        await stands(page, "running")
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(newest(page)).to_contain_text("/start")
        await stands(page, "running")


async def test_lost(tmp_path: Path) -> None:
    """When the playground itself has ended the page says so and what to do, and finds it again without a reload."""
    database = f"sqlite:///{tmp_path}/toes.db"
    async with playing(0, database, command=SMALL_BOT) as here:
        port = int(here.url.rpartition(":")[2])
        opened = open_page(here.url)
        page = await opened.__aenter__()
    await stands(page, "lost")
    await expect(page.get_by_role("alert")).to_contain_text("Start it again where you started it.")
    async with playing(port, database, command=SMALL_BOT):
        await stands(page, "rest")
        await expect(page.get_by_role("alert")).to_be_hidden()
        await say(page, "/start")
        await heard(page, "How are your toes today?")
    await opened.__aexit__(None, None, None)


async def test_reload(page: Page) -> None:
    """The page keeps nothing: after a reload the same chat stands there, at its end."""
    await say(page, "/start")
    for _ in range(12):
        await say(page, "more")
    await page.reload()
    await stands(page, "rest")
    await expect(page.locator("#log .message")).to_have_count(26)
    await expect(newest(page)).to_be_in_viewport()


async def test_block(page: Page) -> None:
    """Whoever blocked the bot sees only the way back."""
    await say(page, "/start")
    await press(page, "More about this person")
    await press(page, "Block the bot")
    await expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    await expect(page.get_by_role("list")).to_contain_text("has blocked the bot")
    await press(page, "Unblock the bot")
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()


async def test_by_keyboard_alone(page: Page) -> None:
    """Without a mouse: Enter begins, Tab reaches the buttons of the message, and the focus is never lost."""
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="To the message field")).to_be_focused()
    await page.get_by_role("button", name="Start", exact=True).focus()
    await page.keyboard.press("Enter")
    await heard(page, "How are your toes today?")
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    for _ in range(3):
        await page.keyboard.press("Shift+Tab")
        if await page.locator("#log .buttons :focus").count():
            break
    await expect(page.get_by_role("button", name="Worse")).to_be_focused()
    await page.keyboard.press("Enter")
    await heard(page, "You chose Worse.")
    await expect(page.get_by_role("log")).to_be_focused()


async def test_names_for_all(page: Page) -> None:
    """Everything that can be pressed or filled has a name, and what arrives in the chat is read aloud, politely."""
    await say(page, "/start")
    await say(page, "keys")
    await expect(page.get_by_role("log", name="The chat")).to_have_attribute("aria-live", "polite")
    for role in ("button", "textbox", "combobox", "spinbutton", "dialog"):
        everything = page.get_by_role(role, include_hidden=True)
        named = page.get_by_role(role, include_hidden=True, name=re.compile(r"\w"))
        assert 0 < await everything.count() == await named.count(), role
    await expect(newest(page).locator(".heard")).to_have_text("Steady Toes: ")


async def test_on_a_phone(playground: Playing) -> None:
    """On a phone nothing is cut off at the side; the list of people opens over the chat and Escape closes it."""
    async with open_page(playground.url, width=390, height=844) as page:
        await say(page, "/start")
        await say(page, "rich")
        await say(page, "w" * 300)
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        assert await page.evaluate("document.getElementById('log').scrollWidth") == 390
        panel, opener = page.locator("#panel"), page.get_by_role("button", name="Open the list of people")
        await expect(panel).to_be_hidden()
        await opener.click()
        await expect(panel).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await expect(opener).to_be_focused()


async def test_stays_at_the_end(page: Page) -> None:
    """A keyboard that opens does not hide the newest words; whoever reads further up is not torn away from there."""
    await say(page, "/start")
    for _ in range(8):
        await say(page, "more")
    await say(page, "keys")
    await expect(newest(page)).to_be_in_viewport(ratio=1)
    await say(page, "later")
    await page.locator("#log").evaluate("(log) => { log.scrollTop = 0; }")
    await expect(page.locator("#log .message").first).to_be_in_viewport()
    await press(page, "One day later")
    arrow = page.get_by_role("button", name="To the newest message")
    await expect(arrow).to_be_visible()
    await expect(page.locator("#log .message").first).to_be_in_viewport()
    await arrow.click()
    await expect(newest(page)).to_be_in_viewport(ratio=1)
    await expect(arrow).to_be_hidden()


async def test_nothing_from_elsewhere(playground: Playing) -> None:
    """The page asks its own address for all it needs, and for nothing else."""
    asked: list[str] = []
    async with open_page(playground.url) as page:
        page.on("request", lambda request: asked.append(request.url))
        await page.reload()
        await say(page, "/start")
    assert asked
    assert [url for url in asked if httpx.URL(url).port != httpx.URL(playground.url).port] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_contrast(playground: Playing, scheme: str) -> None:
    """Words stand out from what is behind them by 4.5 to 1 at least, in light and in dark (WCAG 2.2, 1.4.3)."""
    pairs = [
        *(("ink", ground) for ground in ("paper", "sand", "bubble", "mine", "soft", "softer")),
        *(("faint", ground) for ground in ("paper", "bubble", "soft", "softer")),
        *(("accent", ground) for ground in ("paper", "bubble", "key")),
        ("on-accent", "accent"),
        ("on-warn", "warn"),
    ]
    async with open_page(playground.url, scheme="dark" if scheme == "dark" else "light") as page:
        names = sorted({name for pair in pairs for name in pair})
        shades = dict(zip(names, await page.evaluate(COLOURS, names), strict=True))
    low = {pair: round(contrast(*(luminance(shades[name]) for name in pair)), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


def luminance(colour: list[int]) -> float:
    """Relative luminance as WCAG defines it, from sRGB bytes."""
    parts = (part / 255 for part in colour)
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """The ratio of two luminances, 1 to 21."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
