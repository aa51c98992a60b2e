"""What is to be shown becomes calls that Telegram takes."""

import pytest

from bot.session.inputs import PersonId
from bot.session.screens import Acknowledge, Button, Message, Photo, Rebutton, Rewrite
from bot.telegram.render import Call, plain, render, unmarked

CHAT = PersonId(42)
WORDS = {"text": "<b>Well?</b>", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
CAPTION = {"caption": "<b>Well?</b>", "parse_mode": "HTML"}
MARKUP = {"reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}}
ROWS = ((Button("Yes", "y"),), ())


def test_calls() -> None:
    """Each body has its method, with HTML, without previews, with its buttons or none."""
    assert render(CHAT, Message("<b>Well?</b>", ROWS)) == Call("sendMessage", {"chat_id": 42, **WORDS, **MARKUP})
    assert render(CHAT, Message("<b>Well?</b>")) == Call("sendMessage", {"chat_id": 42, **WORDS})
    assert render(CHAT, Photo("rise", "<b>Well?</b>", ROWS)) == Call("sendPhoto", {"chat_id": 42, **CAPTION, **MARKUP})
    at = {"chat_id": 42, "message_id": 9}
    assert render(CHAT, Rewrite("n", "<b>Well?</b>", caption=True), 9) == Call("editMessageCaption", {**at, **CAPTION})
    assert render(CHAT, Rewrite("n", "<b>Well?</b>"), 9) == Call("editMessageText", {**at, **WORDS})
    assert render(CHAT, Rebutton("n", ROWS), 9) == Call("editMessageReplyMarkup", {**at, **MARKUP})
    assert render(CHAT, Rebutton("n"), 9) == Call("editMessageReplyMarkup", at)
    assert render(CHAT, Acknowledge("5")) == Call("answerCallbackQuery", {"callback_query_id": "5"})


def test_edit_of_nothing() -> None:
    """There is no call for an edit of a message that nobody knows."""
    assert render(CHAT, Rewrite("n", "x")) is None
    assert render(CHAT, Rebutton("n")) is None


def test_toast_is_cut() -> None:
    """A toast never passes the 200 UTF-16 units that Telegram takes, and no character is cut in half."""
    call = render(CHAT, Acknowledge("5", "x" + "👣" * 150))
    assert call is not None
    assert call.arguments["text"] == "x" + "👣" * 99


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Call <i>112</i></b> &amp; wait", "Call 112 & wait"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<a href="https://example.org/?a=1&amp;b=2">Read</a>', "Read (https://example.org/?a=1&b=2)"),
        ("<b>never closed", "never closed"),
        ("&lt;b&gt;", "<b>"),
        ("<toe>", "<toe>"),
    ],
)
def test_plain(html: str, text: str) -> None:
    """Plain text is what a reader would see, links with their address; what is no tag stays."""
    assert plain(html) == text


def test_plain_fits() -> None:
    """Where the addresses would make a message too long they are left out; then it is cut."""
    link = f'<a href="https://example.org/{"x" * 100}">Read</a>'
    assert plain("y" * 4050 + link) == "y" * 4050 + "Read"
    assert len(plain("👣" * 4000)) == 2048
    assert len(plain("x" * 4000, 1024)) == 1024


def test_unmarked() -> None:
    """The same call in plain words keeps all else."""
    call = render(CHAT, Message("<b>Well?</b>", ROWS))
    assert call is not None
    arguments = {"chat_id": 42, "text": "Well?", "link_preview_options": {"is_disabled": True}, **MARKUP}
    assert unmarked(call) == Call("sendMessage", arguments)
