"""What the bot itself could send, called by a test in its place: by the Bot API, with the playground's own token."""

import base64
from typing import Any

import httpx
from playwright.async_api import Page

from bot.playground.playground import TOKEN, Playing

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPwLg4FIgYIBQAd+gRNOUIm+gAAAABJRU5ErkJggg=="
)


async def calls(page: Page, playground: Playing, method: str, **more: Any) -> None:
    """Call a method for the chat that the page shows; `files` are sent as a form. A refusal fails the test."""
    someone, files = page.url.rpartition("#")[2], more.pop("files", None)
    async with httpx.AsyncClient(base_url=playground.url) as http:
        answer = await http.post(f"/bot{TOKEN}/{method}", data={"chat_id": someone, **more}, files=files)
    assert answer.json()["ok"], answer.text


async def sends_picture(page: Page, playground: Playing) -> None:
    """Two pixels by two, with a caption of two lines."""
    caption = "Seven days\nFewer than before"
    await calls(page, playground, "sendPhoto", caption=caption, files={"photo": ("days.png", PICTURE)})
