"""A talk with the real bot on the chat page, in a real browser, and its picture for README."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.playground.playground import Playing, playing
from tests.playground.browser import heard, open_page, press, say, stands, tap

pytestmark = pytest.mark.browser
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "talk.png"


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playing]:
    """The playground as `make run` starts it, with a database and a night of its own."""
    database = f"sqlite:///{tmp_path / 'playground.db'}"
    async with playing(database=database, clock="2026-03-01T03:04:00Z", state=tmp_path / "world.json") as here:
        yield here


@pytest.fixture
async def page(playground: Playing) -> AsyncIterator[Page]:
    """The chat page, as wide as a small window."""
    async with open_page(playground.url, width=1120, height=860) as opened:
        yield opened


async def test_a_night_on_the_page(page: Page) -> None:
    """Start, a worry, the questions about signs, the card for home; killed and started again, it goes on."""
    await say(page, "/start")
    await heard(page, "Tell me what is there")
    await say(page, "my big toe has been jumping all night and I can't sleep")
    await heard(page, "What would help you now?")
    if os.environ.get("PICTURE"):
        await page.mouse.move(0, 0)
        await page.screenshot(path=PICTURE)
    await tap(page, "Check for warning signs")
    await heard(page, "the signs that need help at once")
    await tap(page, "None of these")
    await press(page, "kill -9 the bot")
    await page.get_by_role("alert").get_by_role("button", name="Start it again").click()
    await stands(page, "rest")
    await tap(page, "None of these")
    await heard(page, "Where does it twitch?")
    await tap(page, "In one toe")
    await heard(page, "How long has it been twitching")
    await tap(page, "A few days")
    await heard(page, "How often does it come?")
    await tap(page, "Many times a day")
    await heard(page, "How strong is it?")
    await tap(page, "4")
    await heard(page, "Some advice is not right for everybody")
    await tap(page, "None of these")
    await heard(page, "These often come along with a twitching toe")
    await tap(page, "Stress or fear")
    await tap(page, "That is all")
    await expect(page.locator("#log")).to_contain_text("What you can do at home")
    await tap(page, "Not now")
    await heard(page, "I am here when you need me")


async def test_an_emergency_on_the_page(page: Page) -> None:
    """Typed instead of pressing: the card is there at once, and holds."""
    await say(page, "/start")
    await say(page, "half my face is drooping and my arm went floppy")
    await heard(page, "Call for emergency help now")
    await say(page, "/help")
    await heard(page, "Call for emergency help now")
    await tap(page, "I have called")
    await heard(page, "Keep your phone near")
