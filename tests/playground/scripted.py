"""Two callers for the tests: one for the JSON API, and a bot that does only what the test says."""

import asyncio
from typing import Any

import httpx

TOKEN = "123456:a-token_for-tests"


class Caller:
    """The JSON API in the test's words; `wait` is 0 unless given, since mostly no bot is there."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        """What stands there."""
        return _body(await self.http.get(f"/api/{path}", params=query))

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        """What the answer says, an error included."""
        return _body(await self.http.post(f"/api/{path}", json=body))

    async def person(self, **body: Any) -> int:
        """A new person who has said /start already."""
        person = int((await self.post("people", **body))["id"])
        await self.does(person, "say", text="/start")
        return person

    async def does(self, person: int, what: str, **body: Any) -> dict[str, Any]:
        """A person acts; nobody waits for the bot unless `wait` says so."""
        return await self.post(f"people/{person}/{what}", **{"wait": 0, **body})

    async def chat(self, person: int) -> list[dict[str, Any]]:
        """The messages of a chat."""
        return list((await self.get(f"people/{person}/chat"))["messages"])

    async def called(self, method: str, times: int) -> list[dict[str, Any]]:
        """Wait until a method was called so often."""
        calls: list[dict[str, Any]] = []
        while len(calls) < times:
            after = calls[-1]["number"] if calls else 0
            calls += (await self.get("calls", method=method, after=after, seconds=10))["calls"]
        return calls


class ScriptedBot:
    """A bot of single calls."""

    def __init__(self, http: httpx.AsyncClient, boot: str = "first") -> None:
        self.http = http
        self.boot = boot
        self.offset = 0

    async def call(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Telegram's whole answer."""
        return _body(await self.http.post(f"/bot{TOKEN}/{method}", json=arguments))

    async def no(self, method: str, **arguments: Any) -> tuple[int, str]:
        """Telegram's refusal: the status, which the body repeats, and its words."""
        answer = await self.http.post(f"/bot{TOKEN}/{method}", json=arguments)
        body = _body(answer)
        assert body["ok"] is False
        assert body["error_code"] == answer.status_code
        return answer.status_code, body["description"]

    async def say(self, person: int, text: str, **more: Any) -> dict[str, Any]:
        """A message that arrives."""
        answer = await self.call("sendMessage", chat_id=person, text=text, **more)
        assert answer["ok"], answer
        return dict(answer["result"])

    async def updates(self, **arguments: Any) -> list[dict[str, Any]]:
        """What a poll brings."""
        return list((await self.call("getUpdates", **arguments))["result"])

    async def hello(self) -> None:
        """This process begins."""
        await _checked(self.http.post("/api/clock/rest", json={"boot": self.boot, "hello": True}))

    async def rest(self, handled: int | None, next_due: str | None = None) -> bool:
        """Tell that it has come to rest now; answers whether the stand-in finds so too."""
        generation = (await _checked(self.http.get("/api/clock")))["generation"]
        report = {"boot": self.boot, "handled": handled, "generation": generation, "next_due": next_due}
        return bool((await _checked(self.http.post("/api/clock/rest", json=report)))["at_rest"])

    async def fetch(self) -> int:
        """Handle what is there, confirm it; answers the highest id, which a report of rest names."""
        updates = await self.updates(offset=self.offset)
        self.offset = updates[-1]["update_id"] + 1
        assert await self.updates(offset=self.offset) == []
        return self.offset - 1


async def _checked(answer: Any) -> dict[str, Any]:
    response = await answer
    assert response.status_code < 300, response.text
    return _body(response)


def _body(answer: httpx.Response) -> dict[str, Any]:
    body = answer.json()
    assert isinstance(body, dict)
    return body


def start(waiting: Any) -> "asyncio.Task[Any]":
    """Let something run beside the test."""
    return asyncio.create_task(waiting)
