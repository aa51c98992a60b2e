"""The chat page's people and their time: several chats, the clock, zones."""

import pytest
from playwright.async_api import Page, expect

from bot.playground.playground import Playing
from tests.playground.browser import drawn, heard, open_page, press, say

pytestmark = pytest.mark.browser


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
    await press(page, "Next message")
    await expect(page.locator("#toast")).to_have_text("No message comes: nothing is planned.")
    visitor = page.get_by_role("list").get_by_role("button", name="Visitor")
    await expect(visitor).to_contain_text("You asked me to come back.")
    await expect(visitor).to_contain_text("something new")
    await visitor.click()
    await heard(page, "You asked me to come back.")
    await expect(visitor).not_to_contain_text("something new")


async def test_the_clock(page: Page) -> None:
    """Time goes to the next message, on by an hour or a day, or to a moment, and the page tells where it stands."""
    clock = page.get_by_role("region", name="The clock")
    await say(page, "/start")
    await press(page, "Next message")
    await expect(page.locator("#toast")).to_have_text("No message comes: nothing is planned.")
    await say(page, "later")
    await expect(clock).to_contain_text("Next: Sun 1 Mar, 11:00")
    await press(page, "One hour later")
    await expect(clock).to_contain_text("Sun 1 Mar, 09:00")
    await say(page, "later")
    await press(page, "Next message")
    await heard(page, "You asked me to come back.")
    await expect(clock).to_contain_text("Sun 1 Mar, 11:00")
    await press(page, "Next message")
    await expect(clock).to_contain_text("Sun 1 Mar, 12:00")
    await press(page, "One day later")
    await expect(clock).to_contain_text("Mon 2 Mar, 12:00")
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
        await drawn(page)
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
