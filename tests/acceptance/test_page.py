"""Talks with the real bot on the chat page, in a real browser, and their pictures for README (made with PICTURE=1)."""

import os
import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from bot.playground.playground import Playing, playing
from tests.playground.browser import PATIENCE, heard, open_page, press, say, stands, tap

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


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


async def pictured(page: Page, name: str) -> None:
    """Take a picture for the documents, where that is asked for: few colours, or four of them weigh a megabyte."""
    if not os.environ.get("PICTURE"):
        return
    await page.mouse.move(0, 0)
    await page.evaluate("document.fonts.ready")
    taken = Image.open(BytesIO(await page.screenshot(animations="disabled")))
    taken.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        PICTURES / f"{name}.png", optimize=True
    )


async def test_a_night_on_the_page(page: Page) -> None:
    """Start, a worry, the questions about signs, the card for home; killed and started again, it goes on."""
    await say(page, "/start")
    await heard(page, "Tell me what is there")
    await say(page, "my big toe has been jumping all night and I can't sleep")
    await heard(page, "What would help you now?")
    await pictured(page, "talk")
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
    await pictured(page, "triage")
    await tap(page, "Not now")
    await heard(page, "I am here when you need me")


async def test_an_emergency_on_the_page(page: Page) -> None:
    """Typed instead of pressing: the card is there at once, and holds."""
    await say(page, "/start")
    await say(page, "half my face is drooping and my arm went floppy")
    await heard(page, "Call for emergency help now")
    await pictured(page, "emergency")
    await say(page, "/help")
    await heard(page, "Call for emergency help now")
    await tap(page, "I have called")
    await heard(page, "Keep your phone near")


async def test_an_article_and_an_exercise_on_a_phone(playground: Playing) -> None:
    """What is asked is answered in a screen, and an exercise shows what to do above its words."""
    async with open_page(playground.url, width=375, height=1100) as page:
        await say(page, "can coffee cause this?")
        await heard(page, "Coffee, sugar and alcohol")
        await pictured(page, "article")
        await say(page, "/exercise")
        await tap(page, "No, I can begin")
        await heard(page, "1 of 3. Rise")
        await pictured(page, "exercise")
        await tap(page, "Count with me")
        await heard(page, "Get ready")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_day_on_the_page(playground: Playing, scheme: Literal["light", "dark"]) -> None:
    """What the bot keeps stands beside the chat: nothing before the yes, then all of it, and what comes; none after."""
    async with open_page(playground.url, width=1280, height=820, scheme=scheme, zone="Europe/London") as page:
        told = page.locator("#log .welcome h3").get_by_text("What can this bot do?")  # as soon as it told Telegram
        await expect(told).to_be_visible(timeout=PATIENCE)
        await stands(page, "rest")
        await pictured(page, f"page-desktop-{scheme}-first")
        await _a_day(page, scheme)


async def _a_day(page: Page, scheme: str) -> None:
    kept = page.get_by_role("region", name="What the bot keeps")
    await page.get_by_role("button", name="Remind me to drink water").click()
    await tap(page, "No, none of that")
    await expect(kept).to_contain_text("They have not agreed to a diary")
    await expect(kept).not_to_contain_text("Zone")
    await tap(page, "Yes, you may")
    await say(page, "London")
    await tap(page, "Yes, that is right")
    await tap(page, "Every two hours, 10:00 to 20:00")
    await expect(kept).to_contain_text("They said yes to a diary")
    await expect(kept.get_by_role("listitem").filter(has_text="Water")).to_contain_text("Sun 1 Mar, 10:00 · in 7 hours")
    await expect(kept).to_contain_text("Europe/London")
    await press(page, "Next message")
    await heard(page, "Time for a glass of water?")
    await tap(page, "Done")
    await expect(kept.get_by_role("heading", name="Water")).to_be_visible()
    await expect(kept.get_by_role("listitem").filter(has_text="Water")).to_contain_text("Sun 1 Mar, 12:00")
    await say(page, "is it ALS?")
    await pictured(page, f"page-desktop-{scheme}")
    await say(page, "/erase")
    await tap(page, "Yes, delete it")
    await expect(kept).not_to_contain_text("Europe/London")
    await expect(kept).to_contain_text("Nothing is planned.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_exercise_on_a_phone(playground: Playing, scheme: Literal["light", "dark"]) -> None:
    """An example of the empty chat gets its answer; an exercise comes as a picture, whose words name it to readers."""
    async with open_page(playground.url, width=375, height=812, scheme=scheme, zone="Europe/London") as page:
        told = page.locator("#log .welcome h3").get_by_text("What can this bot do?")  # as soon as it told Telegram
        await expect(told).to_be_visible(timeout=PATIENCE)
        await stands(page, "rest")
        await pictured(page, f"page-phone-{scheme}-first")
        await page.get_by_role("button", name="Can coffee cause this?").click()
        await heard(page, "Coffee")
        await say(page, "/exercise")
        await tap(page, "No, I can begin")
        picture = page.locator("#log .message.bot .picture").last
        await expect(picture).to_have_attribute("alt", re.compile("^Picture: .*Rise"))
        assert await picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 300
        await expect(page.locator("#log .message").last).to_be_in_viewport()
        await pictured(page, f"page-phone-{scheme}")
