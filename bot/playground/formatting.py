"""Text as Telegram measures and marks it: offsets and lengths in UTF-16 units, trimmed at both ends."""

import re
from dataclasses import asdict, dataclass, replace
from html import escape
from typing import Any

COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of the text that is shown otherwise; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    def api(self) -> dict[str, Any]:
        """The Bot API's MessageEntity."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Formatted:
    """The plain text, what is marked in it, and HTML that is safe to show (only Telegram's tags, all else escaped)."""

    text: str
    entities: tuple[Entity, ...] = ()
    html: str = ""


NOTHING = Formatted("")


def units(text: str) -> int:
    """How long Telegram finds a text: UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def plain(text: str) -> Formatted:
    """Text without any marks, trimmed as Telegram trims it."""
    return Formatted(text.strip(), (), escape(text.strip()))


def typed(text: str) -> Formatted:
    """What a person typed: trimmed, and each command in it marked, as their Telegram does."""
    words = plain(text)
    found = COMMAND.finditer(words.text)
    return replace(
        words, entities=tuple(Entity("bot_command", units(words.text[: m.start()]), units(m.group())) for m in found)
    )
