"""The JSON API: people act, time moves, Telegram misbehaves. Tests, the chat page and curl speak to it.

Every mistake of the caller is a 4xx with `{"error": one sentence}`.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.chats import Chat, MessageId
from bot.playground.faults import Fault
from bot.playground.line import line_of
from bot.playground.orders import Act, Join, Locate, Misbehave, Move, Raw, Rested, Say, Send, Tap, read, read_query
from bot.playground.refusals import Mistaken
from bot.playground.rest import Report
from bot.playground.updates import UpdateId
from bot.playground.views import as_doing, as_seen, as_toast, iso
from bot.playground.world import Standin

Handler = Callable[[Request], Awaitable[Response]]


class JsonApi:
    """The JSON API of one world."""

    def __init__(self, world: Standin) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Every path, with what it takes."""
        person = "/api/people/{person:int}"
        doors: list[tuple[str, str, Handler]] = [
            ("GET", "/api/people", self.people),
            ("POST", "/api/people", self.join),
            ("POST", f"{person}/say", self.say),
            ("POST", f"{person}/tap", self.tap),
            ("POST", f"{person}/location", self.locate),
            ("POST", f"{person}/send", self.send),
            ("POST", f"{person}/raw", self.raw),
            ("POST", f"{person}/block", self.block),
            ("POST", f"{person}/unblock", self.unblock),
            ("GET", f"{person}/chat", self.chat),
            ("GET", "/api/groups/{group:int}/chat", self.group),
            ("GET", "/api/files/{known}", self.file),
            ("GET", "/api/clock", self.clock),
            ("POST", "/api/clock", self.move),
            ("POST", "/api/clock/rest", self.rest),
            ("POST", "/api/faults", self.misbehave),
            ("DELETE", "/api/faults", self.behave),
            ("GET", "/api/calls", self.calls),
            ("GET", "/api/changes", self.changes),
            ("GET", "/api/state", self.state),
        ]
        return [Route(path, _told(handler), methods=[method]) for method, path, handler in doors]

    async def people(self, _: Request) -> Response:
        """Everybody."""
        told = [
            {"id": one.id, "name": one.name, "language": one.language, "started": one.started, "blocked": one.blocked}
            for one in self._world.people.all()
        ]
        return JSONResponse({"people": told})

    async def join(self, request: Request) -> Response:
        """A new person."""
        order = await read(request, Join)
        chat = self._world.people.join(order.name, order.language)
        self._world.touched()
        return JSONResponse({"id": chat.id}, 201)

    async def say(self, request: Request) -> Response:
        """Type a text."""
        order = await read(request, Say)
        return await self._act(request, order, lambda chat: self._world.people.say(chat, order.text))

    async def tap(self, request: Request) -> Response:
        """Press a button."""
        order = await read(request, Tap)
        people, label, data, message = self._world.people, order.button, order.data, order.message_id
        if data is not None and message is not None:
            return await self._act(request, order, lambda chat: people.forge(chat, data, message))
        return await self._act(request, order, lambda chat: people.press(chat, label or "", message))

    async def locate(self, request: Request) -> Response:
        """Share a place."""
        order = await read(request, Locate)
        return await self._act(
            request, order, lambda chat: self._world.people.locate(chat, order.latitude, order.longitude)
        )

    async def send(self, request: Request) -> Response:
        """Send something else than typed text, or edit one's own."""
        order = await read(request, Send)
        if order.kind == "edited":
            return await self._act(
                request, order, lambda chat: self._world.people.revise(chat, order.text, order.message_id)
            )
        return await self._act(request, order, lambda chat: self._world.people.send(chat, order.kind, order.text))

    async def raw(self, request: Request) -> Response:
        """Queue any update, under the next id."""
        order = await read(request, Raw)

        def queue(_: Chat) -> None:
            self._world.raw({name: value for name, value in order.update.items() if name != "update_id"})

        return await self._act(request, order, queue)

    async def block(self, request: Request) -> Response:
        """Block the bot."""
        return await self._act(request, await read(request, Act), lambda chat: self._world.people.block(chat, True))

    async def unblock(self, request: Request) -> Response:
        """Let the bot in again."""
        return await self._act(request, await read(request, Act), lambda chat: self._world.people.block(chat, False))

    async def chat(self, request: Request) -> Response:
        """A person's chat with the bot."""
        chat = self._world.people.find(request.path_params["person"])
        return JSONResponse(self._chat(chat, read_query(request).after))

    async def group(self, request: Request) -> Response:
        """What the bot wrote into a group (its id without the minus), and whether it is still in it."""
        chat = self._world.chats.all.get(-request.path_params["group"])
        if chat is None:
            raise Mistaken("There is no such group: a raw update that speaks of one makes it.", 404)
        return JSONResponse(self._chat(chat, read_query(request).after) | {"member": chat.member})

    async def file(self, request: Request) -> Response:
        """A picture or document that the bot sent."""
        file = self._world.files.find(str(request.path_params["known"]))
        if file is None:
            raise Mistaken("That file is gone: uploads are kept in memory only.", 404)
        return Response(file.content, media_type=file.kind or "application/octet-stream")

    async def clock(self, request: Request) -> Response:
        """What time it is; with `after` waits for a later generation."""
        span, clock = read_query(request), self._world.clock
        await clock.moved.beyond(span.after, span.seconds)
        told = {"now": iso(clock.now()), "generation": clock.generation, "standing": clock.standing}
        return JSONResponse(told)

    async def move(self, request: Request) -> Response:
        """Move time in order."""
        order = await read(request, Move)
        try:
            told = await self._world.rest.move(order.goal, order.wait)
        finally:
            self._world.changes.ring()
            self._world.touched()
        return JSONResponse(told)

    async def rest(self, request: Request) -> Response:
        """A bot process begins, or has come to rest."""
        order, rest = await read(request, Rested), self._world.rest
        rest.joined(line_of(request))
        if order.hello:
            rest.hello(order.boot)
            self._world.changes.ring()  # a page that was open before the bot looks again
        else:
            handled = None if order.handled is None else UpdateId(order.handled)
            rest.tell(order.boot, Report(order.generation or 0, handled, order.next_due))
        self._world.touched()
        return JSONResponse({"at_rest": rest.at_rest, "generation": self._world.clock.generation})

    async def misbehave(self, request: Request) -> Response:
        """Telegram misbehaves."""
        order = await read(request, Misbehave)
        self._world.faults.coming.append(Fault(**order.model_dump() | {"method": order.method.lower()}))
        return JSONResponse({"coming": len(self._world.faults.coming)}, 201)

    async def behave(self, _: Request) -> Response:
        """No more faults; calls that are held go on."""
        self._world.faults.clear()
        return JSONResponse({"coming": 0})

    async def calls(self, request: Request) -> Response:
        """Calls of the bot, later than `after`, of one `method`; waits up to `seconds` for the first."""
        span, calls = read_query(request), self._world.calls
        seen = calls.heard.count
        if not calls.after(span.after, span.method):
            await calls.heard.beyond(seen, span.seconds)
        return JSONResponse({"calls": [call.told() for call in calls.after(span.after, span.method)]})

    async def changes(self, request: Request) -> Response:
        """The number of the last change; waits up to `seconds` for one later than `since`."""
        span = read_query(request)
        await self._world.changes.beyond(span.since, span.seconds)
        return JSONResponse({"version": self._world.changes.count})

    async def state(self, request: Request) -> Response:
        """Where the world stands; with `wait` when the bot is at rest, or so many seconds later."""
        world = self._world
        await world.rest.wait(read_query(request).wait)
        bot = {"connected": world.rest.connected, "polling": world.updates.polling is not None, "boot": world.rest.boot}
        place = world.rest.place()
        waiting = len(world.updates.waiting())
        return JSONResponse(
            {"clock": place["now"], **place, "standing": world.clock.standing, "waiting": waiting, "bot": bot}
        )

    async def _act(self, request: Request, order: Act, act: Callable[[Chat], None]) -> Response:
        world = self._world
        chat = world.people.find(request.path_params["person"])
        before = world.changes.count
        act(chat)
        world.touched()
        at_rest = await world.rest.wait(order.wait)
        told = [as_seen(message) for message in chat.since(before) if message.sender == "bot"]
        toasts = [as_toast(toast) for toast in chat.toasts_since(before)]
        return JSONResponse({"messages": told, "toasts": toasts, "at_rest": at_rest})

    def _chat(self, chat: Chat, after: int) -> dict[str, Any]:
        messages = []
        for message in chat.newest():
            if message.id <= MessageId(after):
                break
            messages.append(as_seen(message))
        return {
            "messages": messages[::-1],
            "toasts": [as_toast(toast) for toast in chat.toasts],
            "keyboard": [[key.label for key in row] for row in chat.keyboard.keyboard],
            "doing": as_doing(chat),
            "version": self._world.changes.count,
        }


def _told(handler: Handler) -> Handler:
    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except Mistaken as mistaken:
            return JSONResponse(mistaken.body, mistaken.status)

    return handle
