"""What hangs under a message: inline buttons, a reply keyboard, or its removal. Checked as Telegram checks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.playground.refusals import bad_request

T = TypeVar("T")
DATA_BYTES = 64
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: a label, and what it sends back (None for one that only opens something)."""

    label: str
    data: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a reply keyboard; `asks` names what it sends instead of its label (a location, a contact)."""

    label: str
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Markup:
    """Either inline rows, or a keyboard, or the removal of one, or nothing."""

    inline: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[Key, ...], ...] = ()
    removes: bool = False
    once: bool = False

    def api(self) -> dict[str, Any]:
        """The InlineKeyboardMarkup that a message of the Bot API carries; reply keyboards are not told back."""
        return {"inline_keyboard": [[_api(button) for button in row] for row in self.inline]}


NONE = Markup()


def read_markup(given: object) -> Markup:
    """A `reply_markup` as the bot sent it; Refused with Telegram's words when it is not one."""
    if given is None or given == "":
        return NONE
    if not isinstance(given, Mapping):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        return Markup(inline=_rows([[_button(one) for one in row] for row in _array(given, "inline_keyboard")]))
    if "keyboard" in given:
        rows = [[_key(one) for one in row] for row in _array(given, "keyboard")]
        return Markup(keyboard=_rows(rows), once=bool(given.get("one_time_keyboard")))
    return Markup(removes=bool(given.get("remove_keyboard")))


def _rows(rows: Sequence[Sequence[T]]) -> tuple[tuple[T, ...], ...]:
    return tuple(tuple(row) for row in rows if row)


def _array(given: Mapping[str, Any], name: str) -> list[list[Any]]:
    rows = given[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _button(given: object) -> Button:
    if not isinstance(given, Mapping):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label = given.get("text")
    if not isinstance(label, str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if sum(action in given for action in ACTIONS) != 1 or not label.strip():
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = given.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = given.get("url")
    return Button(label, None if data is None else str(data), None if url is None else str(url))


def _key(given: object) -> Key:
    if isinstance(given, str):
        return Key(given)
    if not isinstance(given, Mapping) or not isinstance(given.get("text"), str):
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    if not given["text"].strip():
        raise bad_request("can't parse keyboard button: text of the button must be non-empty")
    asks = next((name for name in given if name.startswith("request_") and given[name]), None)
    return Key(given["text"], asks)


def _api(button: Button) -> dict[str, str]:
    shown = {"text": button.label, "callback_data": button.data, "url": button.url}
    return {name: value for name, value in shown.items() if value is not None}
