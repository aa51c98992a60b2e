"""The door for the bot: `/bot<token>/<method>`. Token, record, faults, method; each no in Telegram's own form."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.arguments import Arguments, read_arguments
from bot.playground.faults import Call, Fault
from bot.playground.line import HungUp, line_of
from bot.playground.methods import METHODS
from bot.playground.refusals import Refused, bad_request
from bot.playground.updates import LONGEST_POLL, MOST
from bot.playground.world import Standin


class BotApi:
    """The Bot API of one world."""

    def __init__(self, world: Standin) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Where the bot calls."""
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path}", self.file),
        ]

    async def call(self, request: Request) -> Response:
        """One call of a method."""
        world, method = self._world, str(request.path_params["method"])
        if not world.knows(str(request.path_params["token"])):
            return _no(Refused(401, "Unauthorized"))
        world.rest.joined(line_of(request))
        try:
            given = await read_arguments(request)
        except Refused as refused:
            return _no(refused)
        record = world.calls.record(world.clock.now(), method, given.given)
        fault = world.faults.take(method.lower(), given.number("chat_id"))
        answer = await self._answer(request, given, record, fault)
        world.touched()
        world.calls.heard.ring()
        return answer

    async def file(self, request: Request) -> Response:
        """An upload, as the bot fetches it."""
        if not self._world.knows(str(request.path_params["token"])):
            return _no(Refused(401, "Unauthorized"))
        found = self._world.files.find(str(request.path_params["path"]))
        return Response(found.content, media_type=found.kind) if found else _no(Refused(404, "Not Found"))

    async def _answer(self, request: Request, given: Arguments, record: Call, fault: Fault | None) -> Response:
        world = self._world
        if fault and fault.drop != "after":
            await world.faults.hold(fault.delay)
        if fault and fault.drop == "before":
            return HungUp()
        try:
            if fault and (refusal := fault.refusal()):
                raise refusal
            result = await self._perform(request, record.method.lower(), given)
        except Refused as refused:
            record.status = refused.code
            answer = _no(refused)
        else:
            record.applied, record.status = True, 200
            answer = JSONResponse({"ok": True, "result": result})
        if fault and fault.drop == "after":
            record.status = None
            world.calls.heard.ring()
            await world.faults.hold(fault.delay)
            return HungUp()
        return answer

    async def _perform(self, request: Request, method: str, given: Arguments) -> object:
        if method == "getupdates":
            return await self._updates(request, given)
        function = METHODS.get(method)
        if function is None:
            raise Refused(404, "Not Found")
        return function(self._world, given)

    async def _updates(self, request: Request, given: Arguments) -> list[dict[str, Any]]:
        world = self._world
        allowed = given.json("allowed_updates")
        if allowed is not None:
            if not isinstance(allowed, list):
                raise bad_request("can't parse allowed updates JSON object")
            world.updates.allowed = frozenset(map(str, allowed)) or None
        world.updates.expire()
        world.updates.confirm(given.number("offset") or 0)
        limit = given.number("limit")
        poll = world.updates.poll(
            line_of(request),
            limit=MOST if limit is None else min(max(limit, 1), MOST),
            seconds=min(max(given.number("timeout") or 0, 0), LONGEST_POLL),
        )
        world.touched()
        world.rest.look()
        return await poll


def _no(refused: Refused) -> Response:
    return Response(json.dumps(refused.body), refused.code, media_type="application/json")
