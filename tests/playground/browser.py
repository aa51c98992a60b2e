"""The chat page in a real Chromium, by what a person sees: labels and states, never a moment's sleep.

`await say(page, "/start"); await tap(page, "Better")`: each returns once the bot is at rest and everything it said
stands on the page. Without Chromium the test is skipped aloud; in CI it fails.

The fixture `page` is for every conftest.py that has a fixture `playground` of its own (which bot, which clock):
`from tests.playground.browser import page` and name it in `__all__`. Mark the tests `@pytest.mark.browser`.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from playwright.async_api import ConsoleMessage, Locator, Page, async_playwright, expect

from bot.playground.playground import Playing

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 20_000
BROKEN = "Failed to load resource"


def chromium() -> str:
    """Where Chromium is. Skips the test when there is none, and fails it in CI, where there must be one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        no = pytest.fail if os.environ.get("CI") else pytest.skip
        no("Chromium is not here: `make browser` installs it")
    return found


@asynccontextmanager
async def open_page(
    url: str,
    *,
    width: int = 1200,
    height: int = 800,
    scheme: Literal["light", "dark"] = "light",
    zone: str = "UTC",
    lawless: bool = False,
) -> AsyncIterator[Page]:
    """The playground at `url` as a new visitor sees it, drawn. An error in its console fails the test at the end.

    `width`, `height`: CSS pixels; `zone`: the IANA zone of the visitor's computer; `lawless`: the page's
    Content-Security-Policy does not count, for what must hold without it.
    """
    wrong: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # a refused request (4xx) is logged too, and is none of the page's faults: it says it in words
        if message.type == "error" and BROKEN not in message.text:
            wrong.append(message.text)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                timezone_id=zone,
                locale="en-GB",
                reduced_motion="reduce",
                bypass_csp=lawless,
            )
            page = await context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("console", listen)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            await page.goto(url)
            await drawn(page)
            yield page
        finally:
            await browser.close()
    assert not wrong, wrong


@pytest.fixture
async def page(playground: Playing) -> AsyncIterator[Page]:
    """The chat page of this test's playground, as a new visitor sees it on a desktop."""
    async with open_page(playground.url) as opened:
        yield opened


async def drawn(page: Page) -> None:
    """Wait, after the page was opened or loaded again, until it shows the chat."""
    await stands(page, "rest", "running", "off")


async def stands(page: Page, *states: str) -> None:
    """Wait until the page tells one of these: rest, thinking, running, off, lost."""
    told = ", ".join(f'[data-bot="{state}"]' for state in states)
    await page.locator(f"html:is({told})").wait_for(state="attached", timeout=PATIENCE)


async def say(page: Page, text: str) -> None:
    """Type a text and send it with Enter; presses the one button in the field's place when that sends it."""
    instead = page.locator("#instead")
    if text == "/start" and await instead.is_visible():
        await instead.click()
    else:
        await page.get_by_role("textbox", name="Message").fill(text)
        await page.keyboard.press("Enter")
    await stands(page, "rest", "off")


async def tap(page: Page, label: str) -> None:
    """Press the newest button in the chat with this label, or the key of the bot's keyboard."""
    await page.locator("#log .buttons, #keyboard").get_by_role("button", name=label, exact=True).last.click()
    await stands(page, "rest", "off")


async def press(page: Page, name: str) -> None:
    """Press a button of the page itself, by its name."""
    await page.get_by_role("button", name=name, exact=True).click()
    await stands(page, "rest", "off")


async def scroll_up(page: Page) -> None:
    """Scroll to the first message, as a thumb does: until it stands there, for something may just have been drawn."""
    await page.locator("#log").evaluate(
        """async (log) => {
            const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            let tries = 60;
            do { log.scrollTop = 0; await drawn(); } while (log.scrollTop > 0 && --tries);
        }"""
    )
    await expect(page.locator("#log .message").first).to_be_in_viewport()


def newest(page: Page) -> Locator:
    """The newest message."""
    return page.locator("#log .message").last


async def heard(page: Page, text: str) -> None:
    """Wait until the newest message of the bot has these words."""
    await expect(page.locator("#log .message.bot .words").last).to_contain_text(text, timeout=PATIENCE)
