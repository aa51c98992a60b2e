"""A picture of the house is uploaded once; then it goes by the id that Telegram gave it, until Telegram refuses that.

Two chats that want a new picture at the same moment: the second waits for the first one's upload, and has the id.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Protocol

import structlog

from bot.library.pictures import Picture
from bot.session.accounts import File
from bot.session.ports import Pictures
from bot.telegram.patience import kept
from bot.telegram.render import Call
from bot.telegram.troubles import Refused

log = structlog.get_logger()

NOT_THE_PICTURE = (
    "can't parse",
    "chat not found",
    "peer_id_invalid",
    "message caption is too long",
    "button",
    "reply markup",
    "inline keyboard",
)
"""What Telegram refuses for another reason than the picture. The words for a file that it does not know are many."""


class Post(Protocol):
    """Makes a call of the Bot API, with files if there are any; raises its troubles."""

    async def __call__(self, call: Call, files: Mapping[str, File]) -> Any:
        """Return the raw result."""
        ...


class Album:
    """The pictures of the house, by name, and where Telegram has them. `pause` waits real seconds."""

    def __init__(
        self,
        pictures: Mapping[str, Picture],
        store: Pictures,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._pictures, self._store, self._pause = pictures, store, pause
        self._known: dict[str, str] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(self, name: str, call: Call, post: Post) -> Any:
        """Make the call with this picture. Raises `Refused` too where there is no such picture any more."""
        picture = self._pictures.get(name)
        if picture is None:
            raise Refused(400, "no such picture")
        refused: str | None = None
        while True:
            async with self._turns[picture.digest]:
                file_id = await self._find(picture, refused)
                if file_id is None:
                    told = await post(call, {"photo": File(f"{picture.name}.png", picture.content)})
                    await self._remember(picture, told)
                    return told
            try:
                return await post(call.having(photo=file_id), {})
            except Refused as trouble:
                other = trouble.reason.lower().startswith(NOT_THE_PICTURE)
                if trouble.status != HTTPStatus.BAD_REQUEST or other or refused is not None:
                    raise
                refused = file_id

    async def _find(self, picture: Picture, refused: str | None) -> str | None:
        """Return the id that it has. `refused`: the one that turned out to be none."""
        if refused is not None and self._known.get(picture.digest) == refused:
            log.info("picture_forgotten", picture=picture.name)
            del self._known[picture.digest]
            await kept(lambda: self._store.forget(picture.digest, refused), self._pause)
        if picture.digest not in self._known:
            found = await kept(lambda: self._store.known(picture.digest), self._pause)
            if found is None:
                return None
            self._known[picture.digest] = found
        return self._known[picture.digest]

    async def _remember(self, picture: Picture, told: object) -> None:
        """Keep the id of what was uploaded: the largest of the sizes that Telegram made of it comes last."""
        sizes = told.get("photo") if isinstance(told, dict) else None
        largest = sizes[-1] if isinstance(sizes, list) and sizes else None
        file_id = largest.get("file_id") if isinstance(largest, dict) else None
        if isinstance(file_id, str):
            log.info("picture_uploaded", picture=picture.name)
            self._known[picture.digest] = file_id
            await kept(lambda: self._store.remember(picture.digest, file_id), self._pause)
