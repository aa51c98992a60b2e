"""The chat page when things are down: a bot that was killed, ended or never began, a playground that is gone."""

import os
import sys
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.playground.playground import playing
from tests.playground.browser import drawn, heard, newest, open_page, press, say, stands, tap
from tests.playground.small_bot import SMALL_BOT

pytestmark = pytest.mark.browser
# It waits at a pipe until the test writes into it.
SLOW = "import runpy; open({pipe!r}).read(); runpy.run_path({bot!r}, run_name='__main__')"
WHY_NOT = "The database is newer than this bot: take the newer bot."


async def test_kill_and_start(page: Page) -> None:
    """A killed bot is told of until it runs again; what was written meanwhile is answered then."""
    await say(page, "/start")
    await press(page, "kill -9 the bot")
    await stands(page, "off")
    life = page.get_by_role("region", name="The bot")
    await expect(life.get_by_role("button", name="Start it again")).to_be_focused()
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


async def test_a_page_before_its_bot(tmp_path: Path) -> None:
    """A page that was opened before the bot began shows, without a press or a reload, that it is ready."""
    slow = (sys.executable, "-c", SLOW.format(pipe=str(tmp_path / "go"), bot=SMALL_BOT[1]))
    os.mkfifo(tmp_path / "go")
    async with playing(0, f"sqlite:///{tmp_path}/toes.db", command=slow) as here, open_page(here.url) as page:
        await stands(page, "running")
        (tmp_path / "go").write_text("now")
        await stands(page, "rest")
        await say(page, "/start")
        await heard(page, "How are your toes today?")


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
    """The page keeps nothing: after a reload the same chat stands there, at its end; old answers to presses do not."""
    await say(page, "/start")
    await tap(page, "Better")
    for _ in range(12):
        await say(page, "more")
    await page.reload()
    await drawn(page)
    await expect(page.locator("#log .message")).to_have_count(26)
    await expect(newest(page)).to_be_in_viewport()
    assert await page.locator("#toast").text_content() == ""


async def test_block(page: Page) -> None:
    """Whoever blocked the bot sees only the way back."""
    await say(page, "/start")
    await press(page, "More about this person")
    await press(page, "Block the bot")
    await expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    await expect(page.get_by_role("list")).to_contain_text("has blocked the bot")
    await press(page, "Unblock the bot")
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()
