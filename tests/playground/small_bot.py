"""A bot of one page, for the playground's own tests: it answers by real HTTP, with all that the page can show.

A program of its own (`python small_bot.py`): it takes the environment that the playground gives the real one. With a
sentence as its argument it says that and ends at once, as a bot does that cannot start.
"""

import asyncio
import os
import signal
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

SMALL_BOT = (sys.executable, str(Path(__file__)))
RICH = (
    "<b>Bold</b>, <i>slanted</i>, <u>under</u>, <s>struck</s>, <code>a &lt; b</code>, "
    '<a href="https://example.org/">a link</a>, <tg-spoiler>hidden</tg-spoiler>.\n'
    "<blockquote>Two lines\nof a quote</blockquote>\nWrite /start to begin.\n<pre>as it\n  stands</pre>"
)


def tell(line: str) -> None:
    """Log one line, as the real bot does: to stderr."""
    sys.stderr.write(f"{line}\n")


class BrokenError(Exception):
    """It cannot go on, and says why."""


class SmallBot:
    """Its memory is this process: killed, it forgets whom it would have reminded."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.api = f"{os.environ['TELEGRAM_API_URL']}{os.environ['TELEGRAM_BOT_TOKEN']}"
        self.clock = os.environ["TEST_CLOCK_URL"]
        self.boot = uuid.uuid4().hex
        self.handled: int | None = None
        self.generation = 0
        self.reminders: list[tuple[datetime, int]] = []

    async def call(self, method: str, **arguments: Any) -> Any:
        """One call of the Bot API."""
        answer = (await self.http.post(f"{self.api}/{method}", json=arguments)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def rest(self) -> None:
        """Tell that everything fetched is handled."""
        due = min(self.reminders)[0].isoformat() if self.reminders else None
        report = {"handled": self.handled, "generation": self.generation, "next_due": due}
        await self.http.post(f"{self.clock}/rest", json={"boot": self.boot, **report})

    async def poll(self) -> None:
        """Fetch and handle, for ever."""
        offset = 0
        while True:
            updates = await self.call("getUpdates", offset=offset, timeout=20)
            for update in updates:
                await self.handle(update)
                self.handled = update["update_id"]
                offset = update["update_id"] + 1
            if updates:
                await self.rest()

    async def follow(self) -> None:
        """Follow the clock, for ever, and send what falls due."""
        while True:
            told = (await self.http.get(self.clock, params={"after": self.generation, "seconds": 20})).json()
            now = datetime.fromisoformat(told["now"])
            for due, person in [one for one in self.reminders if one[0] <= now]:
                self.reminders.remove((due, person))
                await self.call("sendMessage", chat_id=person, text="You asked me to come back.")
            self.generation = told["generation"]
            await self.rest()

    async def handle(self, update: dict[str, Any]) -> None:
        """Answer one update."""
        if press := update.get("callback_query"):
            label = press["data"]
            shown = press["message"]
            text = f"{shown['text']}\n\nYou chose {label}."
            await self.call("editMessageText", chat_id=shown["chat"]["id"], message_id=shown["message_id"], text=text)
            await self.call("answerCallbackQuery", callback_query_id=press["id"], text=f"Noted: {label}.")
        elif message := update.get("message"):
            await self.answer(message["chat"]["id"], message.get("text", ""))

    async def answer(self, person: int, text: str) -> None:
        """Answer one text."""
        choices = [{"text": label, "callback_data": label} for label in ("Better", "The same", "Worse")]
        match text:
            case "/start":
                buttons = {"inline_keyboard": [choices[:2], choices[2:]]}
                await self.call("sendMessage", chat_id=person, text="How are your toes today?", reply_markup=buttons)
            case "rich":
                await self.call("sendMessage", chat_id=person, text=RICH, parse_mode="HTML")
            case "keys":
                keys = {"keyboard": [["Yes", "No"], [{"text": "Where I am", "request_location": True}]]}
                await self.call("sendMessage", chat_id=person, text="Here are some keys.", reply_markup=keys)
            case "later":
                told = (await self.http.get(self.clock)).json()
                self.reminders.append((datetime.fromisoformat(told["now"]) + timedelta(hours=3), person))
                await self.call("sendMessage", chat_id=person, text="I will come back in three hours.")
            case "break":
                raise BrokenError("The disk is full: make room, then start again.")
            case _:
                await self.call("sendMessage", chat_id=person, text=f"I heard: {text}")


async def main(why_not: str | None = None) -> None:
    """Run until SIGTERM; BrokenError when it cannot."""
    if why_not:
        raise BrokenError(why_not)
    async with httpx.AsyncClient(timeout=60) as http:
        bot = SmallBot(http)
        known = [{"command": "start", "description": "begin"}, {"command": "checkin", "description": "how it is today"}]
        await http.post(f"{bot.clock}/rest", json={"boot": bot.boot, "hello": True})
        await bot.call("setMyCommands", commands=known)
        tell(f"small bot listens, database {os.environ['DATABASE_URL']}")
        bot.generation = (await http.get(bot.clock)).json()["generation"] - 1
        polling = asyncio.gather(bot.poll(), bot.follow())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, polling.cancel)
        try:
            await polling
        except asyncio.CancelledError:
            tell("small bot ends")


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except BrokenError as error:
        tell(str(error))
        sys.exit(3)
