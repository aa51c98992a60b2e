"""What the chat page owes to everybody, looked for by a program in all that can be open, in both schemes and sizes.

A rule that is broken is told with its number in WCAG 2.2.
"""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from bot.playground.playground import Playing
from tests.playground.browser import open_page, press, say, stands
from tests.playground.sending import sends_picture

pytestmark = pytest.mark.browser
AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8").partition("\n")[2]
PHONE, DESKTOP = (375, 740), (1280, 820)
BROKEN = """() => {
  const bad = document.createElement("section");
  const [words, unnamed, jumps, picture] = ["p", "button", "div", "img"].map((tag) => document.createElement(tag));
  words.textContent = "hardly to be read";
  words.style.color = "#999";
  words.style.background = "#bbb";
  unnamed.style.padding = "20px";
  jumps.tabIndex = 3;
  jumps.id = "log";
  bad.append(words, unnamed, jumps, picture);
  document.querySelector("footer").prepend(bad);
}"""


async def faults(page: Page) -> list[str]:
    """What the audit finds wrong with the page as it stands."""
    found = await page.evaluate(AUDIT)
    assert isinstance(found, list)
    return found


async def test_the_audit_finds_faults(page: Page) -> None:
    """Pale words, a button and a picture without a name, an id that stands twice, a stop out of order: all are told."""
    assert await faults(page) == []
    await page.evaluate(BROKEN)
    assert {one.partition(":")[0] for one in await faults(page)} == {"1.1.1", "1.4.3", "2.4.3", "4.1.1", "4.1.2"}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everything_that_opens(
    playground: Playing, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    """An empty chat, a talk with all that it may hold, each panel, menu and dialog, a bot that is down: no fault."""
    async with open_page(playground.url, width=size[0], height=size[1], scheme=scheme) as page:
        told = {"empty": await faults(page)}
        for words in ("/start", "rich", "keys", "later"):
            await say(page, words)
        await sends_picture(page, playground)
        told["talk"] = await faults(page)
        await page.get_by_role("textbox", name="Message").fill("/")
        told["commands"] = await faults(page)
        await page.get_by_role("textbox", name="Message").fill("")
        await press(page, "More about this person")
        told["menu"] = await faults(page)
        await press(page, "Time zone…")
        told["dialog"] = await faults(page)
        await page.keyboard.press("Escape")
        if size == PHONE:
            await press(page, "What the bot keeps")
            told["kept"] = await faults(page)
            await page.keyboard.press("Escape")
            await press(page, "Open the list of people")
            told["people"] = await faults(page)
        await press(page, "kill -9 the bot")
        await stands(page, "off")
        told["killed, the list"] = await faults(page)
        if size == PHONE:
            await page.keyboard.press("Escape")
        await expect(page.get_by_role("alert")).to_be_visible()
        told["killed"] = await faults(page)
    assert {where: what for where, what in told.items() if what} == {}
