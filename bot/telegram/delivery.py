"""One parcel, until Telegram has it or gives a reason: with its marks and its picture, else without.

What Telegram does not take is tried once more in a plainer form, at once and each form once: words that it cannot parse
as plain text, a picture that it refuses as its words alone, a caption that is none as a text.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.session.accounts import Diarist, File
from bot.session.kept import Posted
from bot.session.screens import Account, Body, Message, Photo, Rewrite
from bot.telegram.album import Album
from bot.telegram.client import Api
from bot.telegram.patience import kept
from bot.telegram.render import Call, render, unmarked
from bot.telegram.troubles import TROUBLES, Trouble
from bot.telegram.verdicts import (
    NO_MESSAGE,
    UNPARSABLE,
    Away,
    Dead,
    Elsewhere,
    Flood,
    Plain,
    Sent,
    Settled,
    Unpictured,
    Verdict,
    judge,
)

log = structlog.get_logger()

NOBODY = "nobody to tell it of"
CALLS = 8
"""Calls at once; the other parcels on their way wait for their chat's rhythm. At 100 ms each they are 80 a second, and
each further connection makes every call dearer (httpcore looks through all it has)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that is one person's, above its words: it is uploaded each time, and its id is kept nowhere."""

    html: str
    picture: bytes


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that is one person's, with its words."""

    html: str
    file: File


class Delivery:
    """Makes the calls for parcels, at most `CALLS` at once. `pause` waits real seconds."""

    def __init__(
        self,
        api: Api,
        album: Album,
        diarist: Diarist,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api, self._album, self._diarist, self._pause = api, album, diarist, pause
        self._calls = asyncio.Semaphore(CALLS)

    async def deliver(self, posted: Posted) -> Settled:
        """Send a parcel; return what became of it."""
        marked, moved = True, False
        body: Body | Drawn | Filed | None = posted.body
        if isinstance(posted.body, Account):
            body = await self._told(posted, posted.body)
        if body is None:
            return Dead(NOBODY, quiet=True)
        while True:
            verdict = await self._try(posted, body, marked=marked)
            match verdict:
                case Plain() if marked:
                    log.error("markup_refused", parcel=posted.id)
                    marked = False
                case Plain():
                    return Dead(UNPARSABLE)
                case Unpictured(reason) if isinstance(body, Photo):
                    log.error("picture_refused", parcel=posted.id, picture=body.picture, reason=reason)
                    body = Message(body.html, body.rows, body.nonce)
                case Unpictured(reason) if isinstance(body, Drawn):
                    log.error("picture_refused", parcel=posted.id, picture="diary", reason=reason)
                    body = Message(body.html)
                case Unpictured(reason):
                    return Dead(reason)
                case Elsewhere() if isinstance(body, Rewrite) and not moved:
                    body, moved = replace(body, caption=not body.caption), True
                case Elsewhere():
                    return Dead(NO_MESSAGE)
                case Dead(quiet=True) if isinstance(body, Rewrite) and body.rows:
                    # A question must come: its message was deleted, or is too old to be changed.
                    body = Message(body.html, body.rows, body.nonce)
                case _:
                    return verdict

    async def _told(self, posted: Posted, account: Account) -> Message | Drawn | Filed | None:
        told = await kept(lambda: self._diarist.account(posted.chat, account.kind), self._pause)
        if told is None:
            return None
        if told.file is not None:
            return Filed(told.html, told.file)
        return Message(told.html) if told.picture is None else Drawn(told.html, told.picture)

    async def _try(self, posted: Posted, body: Body | Drawn | Filed, *, marked: bool) -> Verdict:
        shown = Photo("diary", body.html) if isinstance(body, Drawn | Filed) else body
        call = render(posted.chat, shown, posted.message)
        if call is None:
            return Dead(NO_MESSAGE, quiet=isinstance(body, Rewrite) and bool(body.rows))
        call = call if marked else unmarked(call)
        try:
            if isinstance(body, Photo):
                told = await self._album.send(body.picture, call, self._post)
            else:
                told = await self._post(*_with_file(call, body))
        except TROUBLES as trouble:
            verdict = judge(posted, trouble, marked=marked)
            _tell(posted, trouble, verdict)
            return verdict
        found = told.get("message_id") if isinstance(told, dict) else None
        return Sent(found if isinstance(found, int) else None)

    async def _post(self, call: Call, files: Mapping[str, File]) -> Any:
        async with self._calls:
            return await self._api.call(call.method, call.arguments, files=files)


def _with_file(call: Call, body: Body | Drawn | Filed) -> tuple[Call, Mapping[str, File]]:
    match body:
        case Drawn(_, picture):
            return call, {"photo": File("diary.png", picture)}
        case Filed(_, file):
            return replace(call, method="sendDocument"), {"document": file}
        case _:
            return call, {}


def _tell(posted: Posted, trouble: Trouble, verdict: Verdict) -> None:
    match verdict:
        case Sent() | Plain() | Elsewhere() | Unpictured() | Dead(quiet=True):
            log.debug("send_moot", parcel=posted.id, reason=str(trouble))
        case Flood(seconds):
            log.warning("flood_wait", parcel=posted.id, seconds=seconds)
        case Away():
            log.info("person_blocked")
        case _:
            log.warning("send_failed", parcel=posted.id, attempt=posted.attempts + 1, reason=str(trouble))
