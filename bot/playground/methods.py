"""The methods of the Bot API that the bot uses: functions of the world and the arguments, as strict as Telegram."""

from collections.abc import Callable, Mapping

from bot.playground.arguments import Arguments
from bot.playground.chats import Chat, Message, MessageId
from bot.playground.contents import caption, inline_markup, message_text, open_chat, own_message
from bot.playground.files import File
from bot.playground.formatting import Formatted, units
from bot.playground.markup import Markup, read_markup
from bot.playground.photos import check_photo, dimensions
from bot.playground.refusals import bad_request
from bot.playground.views import as_api
from bot.playground.world import Standin

TOAST_UNITS = 200
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def get_me(world: Standin, _: Arguments) -> object:
    """The bot itself."""
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return world.bot | abilities


def send_message(world: Standin, given: Arguments) -> object:
    """A text."""
    words = message_text(given)
    markup = read_markup(given.json("reply_markup"))
    chat = open_chat(world, given)
    return as_api(world.chats.write(chat, world.chats.new("bot", words, markup=markup)), chat, world.bot)


def send_photo(world: Standin, given: Arguments) -> object:
    """A picture, uploaded or by its id."""
    upload = given.upload("photo")
    if upload is not None and upload.content:
        check_photo(upload.content)
    return _send_file(world, given, "photo")


def send_document(world: Standin, given: Arguments) -> object:
    """A file, uploaded or by its id."""
    return _send_file(world, given, "document")


def edit_text(world: Standin, given: Arguments) -> object:
    """Another text, and other buttons or none, in one of the bot's messages."""
    words = message_text(given)
    markup = inline_markup(given)
    chat, message = own_message(world, given)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, words, markup)


def edit_caption(world: Standin, given: Arguments) -> object:
    """Another caption under a picture or file."""
    words = caption(given)
    markup = inline_markup(given)
    chat, message = own_message(world, given)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, chat, message, words, markup)


def edit_markup(world: Standin, given: Arguments) -> object:
    """Other buttons, or none."""
    markup = inline_markup(given)
    chat, message = own_message(world, given)
    return _edit(world, chat, message, message.words, markup)


def delete_message(world: Standin, given: Arguments) -> object:
    """Take a message away, the bot's or (in a private chat) the person's, for two days."""
    chat = open_chat(world, given)
    message = chat.messages.get(MessageId(given.number("message_id") or 0))
    if message is None:
        raise bad_request("message to delete not found")
    if (world.clock.now() - message.at).days >= 2:
        raise bad_request("message can't be deleted")
    world.chats.delete(chat, message)
    return True


def answer_press(world: Standin, given: Arguments) -> object:
    """Answer a press, with a toast or without."""
    text = given.text("text").strip()
    if units(text) > TOAST_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    chat = world.chats.all[world.presses.answer(given.text("callback_query_id"))]
    if text:
        world.chats.toast(chat, text, alert=given.truth("show_alert"))
    return True


def send_action(world: Standin, given: Arguments) -> object:
    """Shown for a moment: typing, and its kin."""
    if given.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.chats.does(open_chat(world, given), given.text("action"))
    return True


def leave_chat(world: Standin, given: Arguments) -> object:
    """Go out of a group; a private chat cannot be left."""
    chat = open_chat(world, given)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.leave(chat)
    return True


def get_chat(world: Standin, given: Arguments) -> object:
    """What Telegram tells of a chat."""
    return open_chat(world, given).api()


def get_file(world: Standin, given: Arguments) -> object:
    """Where an upload can be fetched."""
    known = given.text("file_id")
    file = world.files.find(known)
    if file is None:
        raise bad_request("invalid file_id")
    return {"file_id": known, "file_unique_id": known, "file_size": len(file.content), "file_path": known}


def delete_webhook(world: Standin, given: Arguments) -> object:
    """There is none; updates may be dropped with it."""
    if given.truth("drop_pending_updates"):
        world.updates.forget()
    return True


def get_webhook(world: Standin, _: Arguments) -> object:
    """That there is none, and how many updates wait."""
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates.waiting())}


def _setting(name: str) -> Callable[[Standin, Arguments], object]:
    def keep(world: Standin, given: Arguments) -> object:
        key = f"{name} {given.text('language_code')} {given.text('scope')}"
        world.profile[key] = given.json(name) if name == "commands" else given.text(name)
        world.changes.ring()
        return True

    return keep


def _kept(name: str) -> Callable[[Standin, Arguments], object]:
    def tell(world: Standin, given: Arguments) -> object:
        key = f"{name} {given.text('language_code')} {given.text('scope')}"
        found = world.profile.get(key)
        return (found or []) if name == "commands" else {name: found or ""}

    return tell


METHODS: Mapping[str, Callable[[Standin, Arguments], object]] = {
    method.lower(): function
    for method, function in {
        "getMe": get_me,
        "sendMessage": send_message,
        "sendPhoto": send_photo,
        "sendDocument": send_document,
        "editMessageText": edit_text,
        "editMessageCaption": edit_caption,
        "editMessageReplyMarkup": edit_markup,
        "deleteMessage": delete_message,
        "answerCallbackQuery": answer_press,
        "sendChatAction": send_action,
        "leaveChat": leave_chat,
        "getChat": get_chat,
        "getFile": get_file,
        "deleteWebhook": delete_webhook,
        "getWebhookInfo": get_webhook,
        "setMyCommands": _setting("commands"),
        "getMyCommands": _kept("commands"),
        "setMyName": _setting("name"),
        "getMyName": _kept("name"),
        "setMyDescription": _setting("description"),
        "getMyDescription": _kept("description"),
        "setMyShortDescription": _setting("short_description"),
        "getMyShortDescription": _kept("short_description"),
    }.items()
}


def _edit(world: Standin, chat: Chat, message: Message, words: Formatted, markup: Markup) -> object:
    if (words.text, words.entities, markup.inline) == (
        message.words.text,
        message.words.entities,
        message.markup.inline,
    ):
        raise bad_request(NOT_MODIFIED)
    return as_api(world.chats.edit(chat, message, words=words, markup=markup), chat, world.bot)


def _send_file(world: Standin, given: Arguments, kind: str) -> object:
    words = caption(given)
    markup = read_markup(given.json("reply_markup"))
    upload, named = given.upload(kind), given.text(kind)
    if upload is None and not named:
        raise bad_request(f"there is no {kind} in the request")
    if upload is not None and not upload.content:
        raise bad_request("file must be non-empty")
    if upload is None and world.files.find(named) is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    chat = open_chat(world, given)
    known = named if upload is None else world.files.keep(upload)
    extra = {kind: _file(kind, known, upload or world.files.find(known))}
    message = world.chats.new("bot", words, markup=markup, media=kind, extra=extra, file=known)
    return as_api(world.chats.write(chat, message), chat, world.bot)


def _file(kind: str, known: str, file: File | None) -> object:
    told = {"file_id": known, "file_unique_id": known, "file_size": len(file.content) if file else 0}
    if kind != "photo":
        return {**told, "file_name": file.name if file else known}
    width, height = dimensions(file.content if file else b"") or (90, 90)
    return [{**told, "width": width, "height": height}]
