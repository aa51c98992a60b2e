"""One parcel, until Telegram has it or gives a reason: with its marks and its picture, else without.

What Telegram does not take is tried once more in a plainer form, at once and each form once: words that it cannot parse
as plain text, a picture that it refuses as its words alone, a caption that is none as a text.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog

from bot.session.ports import Posted
from bot.session.screens import Body, Message, Photo, Rewrite
from bot.telegram.album import Album
from bot.telegram.client import Api
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

CALLS = 8
"""Calls at once; the other parcels on their way wait for their chat's rhythm. At 100 ms each they are 80 a second, and
each further connection makes every call dearer (httpcore looks through all it has)."""


class Delivery:
    """Makes the calls for parcels, at most `CALLS` at once."""

    def __init__(self, api: Api, album: Album) -> None:
        self._api, self._album = api, album
        self._calls = asyncio.Semaphore(CALLS)

    async def deliver(self, posted: Posted) -> Settled:
        """Send a parcel; return what became of it."""
        body, marked, moved = posted.body, True, False
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
                case Unpictured(reason):
                    return Dead(reason)
                case Elsewhere() if isinstance(body, Rewrite) and not moved:
                    body, moved = replace(body, caption=not body.caption), True
                case Elsewhere():
                    return Dead(NO_MESSAGE)
                case _:
                    return verdict

    async def _try(self, posted: Posted, body: Body, *, marked: bool) -> Verdict:
        call = render(posted.chat, body, posted.message)
        if call is None:
            return Dead(NO_MESSAGE)
        call = call if marked else unmarked(call)
        try:
            if isinstance(body, Photo):
                told = await self._album.send(body.picture, call, self._post)
            else:
                told = await self._post(call, {})
        except TROUBLES as trouble:
            verdict = judge(posted, trouble, marked=marked)
            _tell(posted, trouble, verdict)
            return verdict
        found = told.get("message_id") if isinstance(told, dict) else None
        return Sent(found if isinstance(found, int) else None)

    async def _post(self, call: Call, files: Mapping[str, bytes]) -> Any:
        async with self._calls:
            return await self._api.call(call.method, call.arguments, files=files)


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
