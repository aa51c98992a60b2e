"""The chat page in a real browser: what a person sees, does by mouse and by keyboard, is told when things are down."""

import re

import httpx
import pytest
from playwright.async_api import Page, expect

from bot.playground.playground import Playing
from tests.playground.browser import drawn, heard, newest, open_page, press, say, stands, tap
from tests.playground.sending import calls, sends_picture

pytestmark = pytest.mark.browser
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


async def test_line_after_a_block(page: Page) -> None:
    """The line break after a quote or a block of code ends it, and leaves no empty line; a second one does."""
    made = await page.evaluate(SHOWN, "<blockquote>q</blockquote>\nnext <pre>p</pre>\n\nlast\n")
    assert made == "<blockquote>q</blockquote>next <pre>p</pre>\nlast\n"


async def test_keyboard_of_the_bot(page: Page) -> None:
    """A key of the reply keyboard says its label; one that asks for a place opens the places, and the place is sent."""
    await say(page, "/start")
    await say(page, "keys")
    await tap(page, "No")
    await heard(page, "I heard: No")
    await page.get_by_role("group", name="Keyboard of the bot").get_by_role("button", name="Where I am").click()
    places = page.get_by_role("dialog", name="Send your location")
    await places.get_by_label("Place").select_option("Lagos")
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
    await field.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await heard(page, "I heard: /checkin")
    await expect(field).to_be_focused()


async def test_pictures(playground: Playing, page: Page) -> None:
    """A picture of the bot is shown with its words; one that is no longer there says so instead of a broken sign."""
    await say(page, "/start")
    await sends_picture(page, playground)
    picture = newest(page).locator("img")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 2
    await expect(newest(page).get_by_role("img", name="Picture: Seven days")).to_be_visible()
    await heard(page, "Seven days")
    await page.route("**/api/files/*", lambda route: route.abort())
    await page.reload()
    await drawn(page)
    await expect(newest(page)).to_contain_text("Picture, no longer here")


async def test_a_picture_opens(playground: Playing, page: Page) -> None:
    """A press on a picture, by mouse or by Enter, shows it large, with the same words; Escape goes back to it."""
    await say(page, "/start")
    await sends_picture(page, playground)
    small = newest(page).get_by_role("button", name="Picture: Seven days")
    await small.focus()
    await page.keyboard.press("Enter")
    large = page.get_by_role("dialog", name="Picture").get_by_role("img", name="Picture: Seven days")
    await expect(large).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(large).to_be_hidden()
    await expect(small).to_be_focused()


async def test_typing(playground: Playing, page: Page) -> None:
    """That the bot is typing is seen until its next message is there."""
    await say(page, "/start")
    dots = page.locator("#log .dots")
    await expect(dots).to_be_hidden()
    await calls(page, playground, "sendChatAction", action="typing")
    await expect(dots).to_be_visible()
    await expect(page.locator("#log > :last-child")).to_have_class("dots")
    await calls(page, playground, "sendMessage", text="Here I am.")
    await heard(page, "Here I am.")
    await expect(dots).to_be_hidden()


async def test_an_empty_chat_offers_examples(page: Page) -> None:
    """Whoever comes for the first time presses one of three examples; it is said, and the field waits for more."""
    empty = page.locator("#log .welcome")
    await expect(empty.get_by_role("button")).to_have_count(4)
    await expect(empty.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await empty.get_by_role("button", name="Can coffee cause this?").click()
    await heard(page, "I heard: Can coffee cause this?")
    await expect(page.locator("#log .message.person")).to_contain_text("Can coffee cause this?")
    await expect(empty).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()


async def test_nothing_from_elsewhere(playground: Playing) -> None:
    """The page asks its own address for all it needs, and for nothing else."""
    asked: list[str] = []
    async with open_page(playground.url) as page:
        page.on("request", lambda request: asked.append(request.url))
        await page.reload()
        await drawn(page)
        await say(page, "/start")
    assert asked
    assert [url for url in asked if httpx.URL(url).port != httpx.URL(playground.url).port] == []
