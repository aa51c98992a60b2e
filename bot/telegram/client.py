"""The Bot API as we call it: raw JSON in and out, errors by what they mean, and the token nowhere but in the address.

The library prints the token (`repr(bot)`, its log at DEBUG, httpx's at INFO) and turns a 429 and a 500 into words; so
its bot and its request are told here to do otherwise. Polling has a connection of its own: it is busy all the time.
"""

import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx
import structlog
from pydantic import SecretStr
from telegram import Bot, InputFile
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.errors import OperatorError
from bot.session.accounts import File
from bot.telegram.troubles import NotSent, Refused, Trouble, Unknown

log = structlog.get_logger()

CONNECTIONS = 12
"""The sender's calls at once, and some for groups and the menu."""
CONNECT_S = 10.0
ANSWER_S = 20.0
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
CHATTY = ("httpx", "httpcore", "telegram")


@dataclass(frozen=True, slots=True)
class Face:
    """What people see of the bot before they write to it, in one language."""

    commands: Sequence[tuple[str, str]]
    """With what they do, as the menu shows them."""
    description: str
    """Stands in an empty chat. At most 512 characters (Bot API, setMyDescription)."""
    short_description: str
    """Stands in the bot's profile, and where it is shared. At most 120 characters."""


Faces = Mapping[str, Face]
"""By language code; the one under "" is for everybody else."""


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself, as Telegram knows it."""

    id: int
    username: str


class _Line(HTTPXRequest):
    """The library's request, with our errors: raised outside of its handlers, so that none drags an address along."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request. Only an answer that says yes is returned."""
        try:
            status, payload = await super().do_request(*args, **kwargs)
        except NetworkError as error:
            trouble: Trouble = _network(error.__cause__)
        except (ValueError, httpx.InvalidURL) as error:  # half a character, or an address that is none
            trouble = Refused(400, f"no request can be made ({type(error).__name__})")
        else:
            if HTTPStatus(200) <= status < HTTPStatus(300):
                return status, payload
            trouble = _refusal(status, payload)
        raise trouble

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; `Unknown` for none of Telegram's. The library would log all of it."""
        told = _json(payload)
        if "result" not in told:
            raise Unknown("unreadable answer")
        return told


class _Bot(Bot):
    """The library's bot, whose looks do not give the token away."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Bot"

    async def call(self, method: str, arguments: Mapping[str, Any], answer_s: float) -> Any:
        """Call a method; return its raw result. `do_api_request` would warn of each method that the library has too."""
        return await self._do_post(method, dict(arguments), read_timeout=answer_s)


class Api:
    """The Bot API of one bot. Every call raises `NotSent`, `Unknown` or `Refused`, and nothing else."""

    def __init__(self, bot: _Bot) -> None:
        self._bot = bot

    async def call(
        self,
        method: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        files: Mapping[str, File] | None = None,
        answer_s: float = ANSWER_S,
    ) -> Any:
        """Call a method with JSON arguments; return its raw result. Waits `answer_s` real seconds for the answer.

        `files`: to upload, by the name of their argument.
        """
        uploads = {name: InputFile(file.content, file.name) for name, file in (files or {}).items()}
        return await self._bot.call(method, {**(arguments or {}), **uploads}, answer_s)

    async def set_faces(self, faces: Faces) -> None:
        """Set menu and descriptions where they differ from what stands there: Telegram lets nobody do it often."""
        for language, face in faces.items():
            scope = {"language_code": language} if language else {}
            commands = [{"command": name, "description": does} for name, does in face.commands]
            if await self.call("getMyCommands", scope) != commands:
                await self.call("setMyCommands", {**scope, "commands": commands})
            for method, name, wanted in (
                ("MyDescription", "description", face.description),
                ("MyShortDescription", "short_description", face.short_description),
            ):
                if await self.call(f"get{method}", scope) != {name: wanted}:
                    await self.call(f"set{method}", {**scope, name: wanted})

    async def greet(self) -> Me:
        """Ask Telegram who we are, and take away a webhook, which would keep all updates from us; none of them is lost.

        Raises `OperatorError` with one sentence when the token is wrong or the API cannot be reached.
        """
        try:
            me = await self.call("getMe")
            webhook = await self.call("getWebhookInfo")
            if isinstance(webhook, dict) and webhook.get("url"):
                await self.call("deleteWebhook", {"drop_pending_updates": False})
                log.info("webhook_deleted")
        except (NotSent, Unknown, Refused) as trouble:
            refused = isinstance(trouble, Refused) and trouble.status in {401, 404}
            raise (
                wrong_token()
                if refused
                else OperatorError(
                    f"Telegram cannot be reached at TELEGRAM_API_URL ({trouble}): check the address and the network."
                )
            ) from None
        if not isinstance(me, dict) or not isinstance(me.get("id"), int):
            raise OperatorError("What answers at TELEGRAM_API_URL is not Telegram's Bot API: check the address.")
        return Me(me["id"], str(me.get("username", "")))


def wrong_token() -> OperatorError:
    """Return what to tell the operator when Telegram does not know the token (401; 404 for one it cannot read)."""
    return OperatorError("Telegram does not accept TELEGRAM_BOT_TOKEN: copy it again from BotFather.")


@asynccontextmanager
async def open_api(token: SecretStr, url: str) -> AsyncIterator[Api]:
    """Open the connections to the Bot API at `url` (the token is appended to it) and close them at the end."""
    hush()
    bot = _Bot(
        token.get_secret_value(),
        base_url=url,
        request=_line(url, CONNECTIONS),
        get_updates_request=_line(url, 2),  # a poll that was given up may still be closing
    )
    try:
        yield Api(bot)
    finally:
        for line in bot._request:  # noqa: SLF001  (the bot closes them only when it was opened by asking `getMe`)
            await line.shutdown()


def hush() -> None:
    """Silence what the libraries log below WARNING: addresses with the token in them, and everything that is sent."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


class Redact(logging.Filter):
    """The last resort, for the handlers of the log: the token leaves no record, whoever wrote it."""

    def __init__(self, token: SecretStr) -> None:
        super().__init__()
        self._secret = token.get_secret_value()

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the token out of a record."""
        words = record.getMessage()
        if self._secret in words:
            record.msg, record.args = words.replace(self._secret, "(token)"), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text and self._secret in record.exc_text:
            record.exc_text = record.exc_text.replace(self._secret, "(token)")
        return True


def _line(url: str, connections: int) -> _Line:
    here = httpx.URL(url).host in {"127.0.0.1", "localhost", "::1"}  # no proxy leads back to this machine
    return _Line(
        connection_pool_size=connections,
        connect_timeout=CONNECT_S,
        read_timeout=ANSWER_S,
        write_timeout=ANSWER_S,
        pool_timeout=CONNECT_S,
        httpx_kwargs={"trust_env": not here},
    )


def _network(cause: BaseException | None) -> Trouble:
    kind = type(cause).__name__
    return NotSent(kind) if isinstance(cause, NEVER_SENT) else Unknown(kind)


def _refusal(status: int, payload: bytes) -> Refused:
    told = _json(payload)
    words = told.get("description")
    parameters = told.get("parameters")
    after = parameters.get("retry_after") if isinstance(parameters, dict) else None
    seconds = float(after) if isinstance(after, int | float) and after >= 0 else None
    if status == HTTPStatus.TOO_MANY_REQUESTS and seconds is None:
        seconds = 1.0
    return Refused(status, words if isinstance(words, str) else "", seconds)


def _json(payload: bytes) -> dict[str, Any]:
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
