"""The client says what went wrong in its own words, and the token stands in none of them."""

import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import OperatorError
from bot.playground.faults import Fault
from bot.playground.server import serving
from bot.playground.standin import Standin
from bot.telegram.client import Api, Face, Redact, open_api
from bot.telegram.troubles import NotSent, Refused, Unknown
from tests.telegram.support import TOKEN

SECRET = TOKEN.partition(":")[2]


@pytest.fixture
def record() -> Iterator[list[str]]:
    """Everything that any library logs, at any level that they are left to log at."""
    told: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(self.format(record))

    root, handler = logging.getLogger(), Keep(logging.DEBUG)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield told
    root.removeHandler(handler)
    root.setLevel(level)


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def answering(response: Response) -> AsyncIterator[str]:
    """A server that answers everything alike; its address, to which the token is appended."""

    async def answer(_: Request) -> Response:
        return response

    async with serving(
        Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])]), "127.0.0.1", 0
    ) as url:
        yield f"{url}/bot"


async def test_token_is_never_logged(world: Standin, url: str, record: list[str]) -> None:
    """With every log open, no call that succeeds or fails writes the token, nor what was sent."""
    async with open_api(SecretStr(TOKEN), url) as api:
        await api.greet()
        world.faults.coming += [Fault("sendmessage", 1, status=500), Fault("sendmessage", 1, drop="before")]
        for _ in range(3):
            with pytest.raises((Refused, Unknown)):
                await api.call("sendMessage", {"chat_id": 1, "text": "a secret of hers"})
    logging.getLogger("tests").debug("the log is open")
    assert [line for line in record if not line.startswith("Using ")] == ["the log is open"]


async def test_token_is_in_no_repr(api: Api) -> None:
    """Whatever of the client is printed, the token is not in it."""
    told = [repr(api), str(api), repr(api._bot), str(api._bot), f"{api._bot}"]
    assert SECRET not in "".join(told)


@pytest.mark.parametrize("how", [{"status": 500}, {"status": 429}, {"drop": "before"}, {"status": 403}])
async def test_token_is_in_no_error(world: Standin, api: Api, how: dict[str, Any]) -> None:
    """An error and all that it drags along tell no address."""
    world.faults.coming.append(Fault("sendmessage", 1, **how))
    with pytest.raises((Refused, Unknown)) as raised:
        await api.call("sendMessage", {"chat_id": 1, "text": "x"})
    error: BaseException | None = raised.value
    while error is not None:
        assert SECRET not in repr(error) + str(error)
        assert not hasattr(error, "request")
        error = error.__cause__ or error.__context__


async def test_redacted() -> None:
    """Should a library write the token after all, the log's own filter takes it out, of tracebacks too."""
    redact = Redact(SecretStr(TOKEN))
    error = ValueError(f"https://example.org/bot{TOKEN}/getMe")
    info = (type(error), error, None)
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "HTTP Request: %s", (f"bot{TOKEN}",), info)
    assert redact.filter(record)
    line = logging.Formatter().format(record)
    assert SECRET not in line
    assert "HTTP Request: bot(token)" in line
    assert "ValueError" in line


async def test_greets(api: Api) -> None:
    """It learns its own name, by which it knows commands for other bots."""
    me = await api.greet()
    assert (me.id, me.username) == (123456, "steady_toes_bot")


async def test_wrong_token(url: str) -> None:
    """A token that Telegram does not know is told in one sentence, without the token."""
    async with open_api(SecretStr("99:of_somebody_else"), url) as api:
        with pytest.raises(OperatorError, match=r"^Telegram does not accept TELEGRAM_BOT_TOKEN: .*\.$") as raised:
            await api.greet()
    assert "somebody" not in str(raised.value)


async def test_unreachable() -> None:
    """An address where nobody answers is told in one sentence that names the setting."""
    async with open_api(SecretStr(TOKEN), f"http://127.0.0.1:{free_port()}/bot") as api:
        with pytest.raises(OperatorError, match=r"^Telegram cannot be reached at TELEGRAM_API_URL .*\.$"):
            await api.greet()
        with pytest.raises(NotSent):
            await api.call("sendMessage", {"chat_id": 1, "text": "x"})


async def test_address_without_host() -> None:
    """An address that is none is the operator's to mend as well."""
    async with open_api(SecretStr(TOKEN), "http://:99999/bot") as api:
        with pytest.raises(OperatorError, match="TELEGRAM_API_URL"):
            await api.greet()


@pytest.mark.parametrize("answer", [Response("<html>welcome</html>"), JSONResponse([1]), JSONResponse({"ok": True})])
async def test_something_else_answers(answer: Response) -> None:
    """What answers without being the Bot API has neither done nor refused anything."""
    async with answering(answer) as url, open_api(SecretStr(TOKEN), url) as api:
        with pytest.raises(Unknown):
            await api.call("sendMessage")
        with pytest.raises(OperatorError, match="TELEGRAM_API_URL"):
            await api.greet()


async def test_result_is_not_a_bot() -> None:
    """An API that answers getMe with nonsense is not Telegram's."""
    async with answering(JSONResponse({"ok": True, "result": True})) as url, open_api(SecretStr(TOKEN), url) as api:
        with pytest.raises(OperatorError, match="not Telegram's Bot API"):
            await api.greet()


async def test_slow_answer(world: Standin, api: Api) -> None:
    """An answer that does not come in time leaves open whether it was done."""
    world.faults.coming.append(Fault("getme", 1, delay=30))
    with pytest.raises(Unknown, match="ReadTimeout"):
        await api.call("getMe", answer_s=0.05)


async def test_flood(world: Standin, api: Api) -> None:
    """A 429 tells its seconds; one without them means one."""
    world.faults.coming.append(Fault("getme", 1, status=429, retry_after=35))
    with pytest.raises(Refused) as raised:
        await api.call("getMe")
    assert (raised.value.status, raised.value.retry_after) == (429, 35)
    async with answering(JSONResponse({"ok": False}, 429)) as url, open_api(SecretStr(TOKEN), url) as bare:
        with pytest.raises(Refused) as raised:
            await bare.call("getMe")
    assert raised.value.retry_after == 1


async def test_refusals_do_not_quote(world: Standin, api: Api) -> None:
    """The reason of a refusal is cut before it quotes what was sent."""
    chat = world.people.join("Someone", None)
    world.people.say(chat, "/start")
    with pytest.raises(Refused) as raised:
        await api.call("sendMessage", {"chat_id": chat.id, "text": "<Maria>", "parse_mode": "HTML"})
    assert (raised.value.status, raised.value.reason) == (400, "can't parse entities")


async def test_half_a_character(api: Api) -> None:
    """Words that no request can carry are refused here, before they are tried for ever."""
    with pytest.raises(Refused) as raised:
        await api.call("sendMessage", {"chat_id": 1, "text": "a\ud800b"})
    assert raised.value.status == 400
    assert "a" + "\ud800" not in str(raised.value)


async def test_webhook_is_deleted() -> None:
    """A webhook that is set would keep all updates away: it is deleted, and the updates stay."""
    called: list[tuple[str, dict[str, str]]] = []

    async def answer(request: Request) -> Response:
        method = request.url.path.rpartition("/")[2]
        async with request.form() as form:
            called.append((method, {name: str(value) for name, value in form.items()}))
        results = {"getMe": {"id": 5, "username": "toes"}, "getWebhookInfo": {"url": "https://example.org/hook"}}
        return JSONResponse({"ok": True, "result": results.get(method, True)})

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])
    async with serving(app, "127.0.0.1", 0) as base, open_api(SecretStr(TOKEN), f"{base}/bot") as api:
        await api.greet()
    assert called[-1] == ("deleteWebhook", {"drop_pending_updates": "false"})


async def test_what_people_see_before_they_write(world: Standin, api: Api) -> None:
    """Menu and descriptions are set for each language, and only where they differ from what stands there."""
    faces = {
        "": Face([("start", "begin"), ("stop", "pause")], "For toes.", "Toes."),
        "de": Face([("start", "anfangen")], "Für Zehen.", "Zehen."),
    }
    await api.set_faces(faces)
    await api.set_faces(faces)
    for method in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        assert len(world.calls.after(0, method)) == 2
    assert await api.call("getMyCommands", {"language_code": "de"}) == [{"command": "start", "description": "anfangen"}]
    assert await api.call("getMyDescription", {"language_code": "de"}) == {"description": "Für Zehen."}
    assert await api.call("getMyShortDescription") == {"short_description": "Toes."}
    await api.set_faces(faces | {"de": Face([("start", "los")], "Für Zehen.", "Zehen.")})
    assert len(world.calls.after(0, "setMyDescription")) == 2
    assert [call.arguments.get("language_code") for call in world.calls.after(0, "setMyCommands")] == [None, "de", "de"]
