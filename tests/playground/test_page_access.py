"""The chat page for everybody: by keyboard, read aloud, on a phone, in light and in dark."""

import re

import pytest
from playwright.async_api import Page, expect

from bot.playground.playground import Playing
from tests.playground.browser import heard, newest, open_page, press, say, scroll_up

pytestmark = pytest.mark.browser
COLOURS = """(names) => names.map((name) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
})"""


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
    async with open_page(playground.url, width=375, height=740) as page:
        await say(page, "/start")
        await say(page, "rich")
        await say(page, "w" * 300)
        assert await page.evaluate("document.documentElement.scrollWidth") == 375
        assert await page.evaluate("document.getElementById('log').scrollWidth") == 375
        panel, opener = page.locator("#panel"), page.get_by_role("button", name="Open the list of people")
        await expect(panel).to_be_hidden()
        await opener.click()
        await expect(panel).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await expect(opener).to_be_focused()


async def test_what_lies_below_is_out_of_reach(playground: Playing) -> None:
    """On a phone an open panel covers all: Tab stays in it, and its button says whether it is open."""
    async with open_page(playground.url, width=375, height=740) as page:
        opener = page.get_by_role("button", name="What the bot keeps", exact=True)
        await expect(opener).to_have_attribute("aria-expanded", "false")
        await opener.focus()
        await page.keyboard.press("Enter")
        panel = page.get_by_role("complementary", name="What the bot keeps")
        await expect(panel.get_by_role("button", name="Close what the bot keeps")).to_be_focused()
        await expect(page.locator("main")).to_have_js_property("inert", value=True)
        await page.set_viewport_size({"width": 1280, "height": 740})
        await expect(page.locator("main")).to_have_js_property("inert", value=False)
        await expect(opener).to_have_attribute("aria-expanded", "true")
        await page.set_viewport_size({"width": 375, "height": 740})
        await expect(panel).to_be_hidden()  # what stood beside the chat does not fall over it
        await opener.click()
        await page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await expect(opener).to_be_focused()


async def test_a_key_for_the_field(page: Page) -> None:
    """Alt+M leads to the message field from anywhere, which says so itself."""
    field = page.get_by_role("textbox", name="Message")
    await expect(field).to_have_attribute("aria-keyshortcuts", "Alt+M")
    await page.get_by_role("button", name="Add a person").focus()
    await page.keyboard.press("Alt+m")
    await expect(field).to_be_focused()
    assert await field.input_value() == ""


async def test_stays_at_the_end(page: Page) -> None:
    """A keyboard that opens, or a window made smaller, does not hide the newest words; who reads further up may."""
    await say(page, "/start")
    for _ in range(8):
        await say(page, "more")
    await say(page, "keys")
    await expect(newest(page)).to_be_in_viewport(ratio=1)
    await page.set_viewport_size({"width": 1200, "height": 500})
    await expect(newest(page)).to_be_in_viewport(ratio=1)
    await say(page, "later")
    await scroll_up(page)
    await press(page, "One day later")
    arrow = page.get_by_role("button", name="To the newest message")
    await expect(arrow).to_be_visible()
    await expect(page.locator("#log .message").first).to_be_in_viewport()
    await arrow.click()
    await expect(newest(page)).to_be_in_viewport(ratio=1)
    await expect(arrow).to_be_hidden()


async def test_another_chat_opens_at_its_end(page: Page) -> None:
    """Whoever read further up in one chat finds the next chat, and this one again, at the newest words."""
    await say(page, "/start")
    for _ in range(12):
        await say(page, "more")
    await scroll_up(page)
    await press(page, "Add a person")
    await page.get_by_role("dialog").get_by_label("Name").fill("Somebody")
    await press(page, "Add")
    await expect(page.locator("#me")).to_have_text("Somebody")
    await page.get_by_role("list").get_by_role("button", name="Visitor").click()
    await expect(page.locator("#log .message")).to_have_count(26)
    await expect(newest(page)).to_be_in_viewport(ratio=1)


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
