"""From what is to be shown to a call of the Bot API. Pure; the fields of each method are those of its documentation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, Self, assert_never

from bot.session.inputs import PersonId
from bot.session.screens import Account, Acknowledge, Body, Message, Photo, Rebutton, Rewrite, Rows

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
TOAST_UNITS = 200
LINK = re.compile(r'<a\s+href="([^"<>]*)"\s*>(.*?)</a>', re.DOTALL)
TAG = re.compile(
    r"</?(?:b|i|u|s|code|a|pre|em|strong|ins|del|strike|span|tg-spoiler|blockquote)(?:\s[^<>]*)?>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the method and its arguments, as JSON types."""

    method: str
    arguments: Mapping[str, Any]

    def having(self, **more: Any) -> Self:
        """Return the same call with more arguments."""
        return replace(self, arguments={**self.arguments, **more})


def render(chat: PersonId, body: Body, message: int | None = None) -> Call | None:
    """Return the call for a body; `message`: what an edit changes. None: an edit of nothing known.

    The picture of a `Photo` is not in it: who sends it knows whether it has to be uploaded. An `Account` is first told.
    """
    match body:
        case Message(html, rows, silent=silent):
            return Call("sendMessage", {"chat_id": chat, **_words(html), **_buttons(rows), **_sound(silent)})
        case Photo(_, html, rows, silent=silent):
            return Call("sendPhoto", {"chat_id": chat, **_caption(html), **_buttons(rows), **_sound(silent)})
        case Account():
            return None  # it has no words yet
        case Rewrite(html=html, caption=caption, rows=rows):
            if message is None:
                return None
            # No markup takes the buttons away.
            method, words = ("editMessageCaption", _caption) if caption else ("editMessageText", _words)
            return Call(method, {"chat_id": chat, "message_id": message, **words(html), **_buttons(rows)})
        case Rebutton(rows=rows):
            if message is None:
                return None
            return Call("editMessageReplyMarkup", {"chat_id": chat, "message_id": message, **_buttons(rows)})
        case Acknowledge(press, text):
            toast = {"text": _cut(text, TOAST_UNITS)} if text else {}
            return Call("answerCallbackQuery", {"callback_query_id": press, **toast})
        case _:
            assert_never(body)


def unmarked(call: Call) -> Call:
    """Return the same call with its words as plain text, for words that Telegram cannot parse."""
    arguments = {name: value for name, value in call.arguments.items() if name != "parse_mode"}
    for words, most in (("text", TEXT_UNITS), ("caption", CAPTION_UNITS)):
        if words in arguments:
            arguments[words] = plain(str(arguments[words]), most)
    return replace(call, arguments=arguments)


def plain(html: str, most: int = TEXT_UNITS) -> str:
    """Return what a reader would see of the HTML, links with their address behind them where `most` units allow it.

    Made for HTML that is broken: what is no tag of Telegram's stays as it stands.
    """
    linked = unescape(TAG.sub("", LINK.sub(r"\2 (\1)", html)))
    if _units(linked) <= most:
        return linked
    return _cut(unescape(TAG.sub("", html)), most)


def _words(html: str) -> dict[str, Any]:
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _caption(html: str) -> dict[str, Any]:
    return {"caption": html, "parse_mode": "HTML"}


def _buttons(rows: Rows) -> dict[str, Any]:
    keys = [[{"text": button.label, "callback_data": button.data} for button in row] for row in rows if row]
    return {"reply_markup": {"inline_keyboard": keys}} if keys else {}


def _sound(silent: bool) -> dict[str, Any]:
    return {"disable_notification": True} if silent else {}


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, most: int) -> str:
    # Telegram counts UTF-16 units; half a character must not be left over.
    while (over := _units(text) - most) > 0:
        text = text[: -max(over // 2, 1)]
    return text
