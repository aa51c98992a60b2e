"""The baseline of `updates`: the barest bot on the same client. It keeps nothing and renders nothing.

A message gets a message, a press its acknowledgement; `--more` makes that many further messages of each answer, so that
the price of one call can be told from the price of an update.
"""

import argparse
import asyncio
from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from bot.telegram.client import Api, open_api
from bot.telegram.delivery import CALLS


async def echo(api: Api, more: int) -> None:
    """Answer for ever."""
    room = asyncio.Semaphore(CALLS)
    offset: dict[str, int] = {}
    print("echo: ready", flush=True)
    while True:
        found = await api.call("getUpdates", {"timeout": 30, "limit": 100, **offset}, answer_s=45)
        await asyncio.gather(*(_answer(api, update, more, room) for update in found))
        offset = {"offset": found[-1]["update_id"] + 1} if found else {}


async def _answer(api: Api, update: Mapping[str, Any], more: int, room: asyncio.Semaphore) -> None:
    press = update.get("callback_query")
    message = update["message"] if press is None else press["message"]
    say = {"chat_id": message["chat"]["id"], "text": "You said something."}
    calls = [("sendMessage", say) if press is None else ("answerCallbackQuery", {"callback_query_id": press["id"]})]
    for method, arguments in (*calls, *([("sendMessage", say)] * more)):
        async with room:
            await api.call(method, arguments)


async def main(url: str, token: str, more: int) -> None:
    """Run until killed."""
    async with open_api(SecretStr(token), url) as api:
        await echo(api, more)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("--more", type=int, default=0)
    given = parser.parse_args()
    asyncio.run(main(given.url, given.token, given.more))
