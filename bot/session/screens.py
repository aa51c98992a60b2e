"""What goes out, in no messenger's words: messages with buttons, edits of them, short answers to a press.

Bodies are stored in the outbox as JSON until they are sent; then their words are blanked.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.session.accounts import Kind


@dataclass(frozen=True, slots=True)
class Button:
    """A button's label (plain text) and what comes back when it is pressed (1 to 64 bytes)."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A new message. `html`: only b, i, u, s, code, a; values are escaped. `nonce`: the prompt it is, if it is one."""

    html: str
    rows: Rows = ()
    nonce: str | None = None
    silent: bool = False
    """It comes without a sound."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A new message with a picture of the house, by its name, above the words; else like `Message`."""

    picture: str
    html: str
    rows: Rows = ()
    nonce: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A new message that tells of the diary, made when it is sent: no word of it is kept here."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Change the words of the prompt `nonce`, and its buttons. `message`: its id, where the press told it.

    With `rows` it is a question, and comes as a new message where the old one cannot be changed any more.
    `caption`: it was sent with a picture, and its words stand below that.
    """

    nonce: str
    html: str
    message: int | None = None
    caption: bool = False
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Rebutton:
    """Change the buttons of the prompt `nonce`; no rows takes them away."""

    nonce: str
    rows: Rows = ()
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The short answer to a press (`text` None: none to read)."""

    press: str
    text: str | None = None


Body = Message | Photo | Account | Rewrite | Rebutton | Acknowledge


def dump_body(body: Body) -> str:
    """Write a body as JSON."""
    return json.dumps({"is": type(body).__name__, **asdict(body)}, separators=(",", ":"), ensure_ascii=False)


def load_body(text: str) -> Body:
    """Read what `dump_body` wrote; `ValueError` on anything else."""
    try:
        return _body(json.loads(text))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no body that this code knows") from error


def _body(raw: dict[str, Any]) -> Body:
    kind = raw.pop("is", None)
    if "rows" in raw:
        raw["rows"] = tuple(tuple(Button(**button) for button in row) for row in raw["rows"])
    match kind:
        case "Message":
            return Message(**raw)
        case "Photo":
            return Photo(**raw)
        case "Account":
            return Account(**raw)
        case "Rewrite":
            return Rewrite(**raw)
        case "Rebutton":
            return Rebutton(**raw)
        case "Acknowledge":
            return Acknowledge(**raw)
        case _:
            raise ValueError(f"no such body: {kind}")
