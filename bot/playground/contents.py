"""What a call of the Bot API is about: the chat, the message in it, the text, the buttons; or Telegram's no."""

from bot.playground.arguments import Arguments
from bot.playground.chats import Chat, Message, MessageId
from bot.playground.formatting import NOTHING, Entity, Formatted, plain, units
from bot.playground.markup import Markup, read_markup
from bot.playground.parse_html import UnparsableHTML, parse_html
from bot.playground.refusals import bad_request
from bot.playground.world import Standin

TEXT_UNITS = 4096
CAPTION_UNITS = 1024


def open_chat(world: Standin, given: Arguments) -> Chat:
    """The chat that is meant, if the bot may write there."""
    if not given.text("chat_id"):
        raise bad_request("chat_id is empty")
    return world.chats.open_to_bot(given.number("chat_id"))


def own_message(world: Standin, given: Arguments) -> tuple[Chat, Message]:
    """The bot's own message that is meant."""
    chat = open_chat(world, given)
    message = chat.messages.get(MessageId(given.number("message_id") or 0))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != "bot":
        raise bad_request("message can't be edited")
    return chat, message


def inline_markup(given: Arguments) -> Markup:
    """Inline buttons or none: nothing else can be edited in."""
    markup = read_markup(given.json("reply_markup"))
    if markup.keyboard or markup.removes:
        raise bad_request("inline keyboard expected")
    return markup


def message_text(given: Arguments) -> Formatted:
    """The text of a message, not empty, 4096 UTF-16 units at most once its marks are parsed."""
    words = _formatted(given, "text", "entities")
    if not words.text:
        raise bad_request("message text is empty")
    if units(words.text) > TEXT_UNITS:
        raise bad_request("message is too long")
    return words


def caption(given: Arguments) -> Formatted:
    """The words under a picture or file, 1024 UTF-16 units at most."""
    words = _formatted(given, "caption", "caption_entities")
    if units(words.text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return words


def _formatted(given: Arguments, text: str, entities: str) -> Formatted:
    source, mode = given.text(text), given.text("parse_mode").lower()
    if not source:
        return NOTHING
    if mode == "html":
        try:
            return parse_html(source)
        except UnparsableHTML as error:
            raise bad_request(f"can't parse entities: {error}") from None
    if mode:
        raise bad_request("unsupported parse_mode")
    words = plain(source)
    marks = given.json(entities) or []
    try:
        return Formatted(words.text, tuple(Entity(**mark) for mark in marks), words.html)
    except TypeError:
        raise bad_request("can't parse MessageEntity: Unsupported type specified") from None
