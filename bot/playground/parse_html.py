"""HTML as Telegram reads it, and its words when it does not parse.

The tag set, the order of the checks and the sentences follow TDLib's `parse_html` (td/telegram/MessageEntity.cpp): an
unknown `&name;` is no error there but stays as it is, tags are not case sensitive, `</>` closes whatever is open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from bot.playground.formatting import Entity, Formatted, units

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "a": "text_link", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([A-Za-z]+));?")
ATTRIBUTE = re.compile(r"""\s*([^\s=]*)\s*(=?)\s*("[^"]*(?:"|$)|'[^']*(?:'|$)|[A-Za-z0-9.-]*)""")
LINK = re.compile(r"(?:https?|tg|mailto|tel):", re.IGNORECASE)


class UnparsableHTML(Exception):  # noqa: N818  (what Telegram says of it)
    """Telegram's reason why the HTML does not parse, with the byte offset where."""


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int


def parse_html(source: str) -> Formatted:
    """Telegram's reading of `source`; UnparsableHTML with its reason when it refuses it."""
    text, html, entities, opened = "", "", list[Entity](), list[_Open]()
    length, at = 0, 0
    while at < len(source):
        start = source.find("<", at)
        chunk = _decoded(source[at : start if start >= 0 else len(source)])
        text, html, length = text + chunk, html + escape(chunk), length + units(chunk)
        if start < 0:
            break
        if source.startswith("</", start):
            at = _end_tag(source, start, opened)
            closed = opened.pop()
            html += f"</{_shown(closed.tag)}>"
            if length > closed.offset:
                entities += _entity(closed, length, text)
        else:
            at, tag, argument = _start_tag(source, start)
            opened.append(_Open(tag, argument, length))
            html += _shown_start(tag, argument)
    if opened:
        raise UnparsableHTML(f'Can\'t find end tag corresponding to start tag "{opened[-1].tag}"')
    return _trimmed(text, html, entities)


def _start_tag(source: str, start: int) -> tuple[int, str, str]:
    at = next((i for i in range(start + 1, len(source)) if source[i].isspace() or source[i] == ">"), None)
    if at is None:
        raise UnparsableHTML(f"Unclosed start tag at byte offset {_byte(source, start)}")
    tag = source[start + 1 : at].lower()
    if tag not in KINDS:
        raise UnparsableHTML(f'Unsupported start tag "{tag}" at byte offset {_byte(source, start)}')
    argument = ""
    while source[at : at + 1] != ">":
        at += len(source[at:]) - len(source[at:].lstrip())
        if source[at : at + 1] == ">":
            break
        if tag == "blockquote" and (flag := re.match(r"expandable\s*(?=>)", source[at:])):
            at += flag.end()
            continue
        at, name, value = _attribute(source, at, start, tag)
        argument = _argument(tag, name, value, argument)
    if tag == "span" and argument != "spoiler":
        raise UnparsableHTML(f'Tag "span" must have class "tg-spoiler" at byte offset {_byte(source, start)}')
    return at + 1, tag, argument


def _attribute(source: str, at: int, start: int, tag: str) -> tuple[int, str, str]:
    where = _byte(source, start)
    found = ATTRIBUTE.match(source, at)
    name, equals, value = found.groups() if found else ("", "", "")
    if not name:
        if at >= len(source):
            raise UnparsableHTML(f"Unclosed start tag at byte offset {where}")
        raise UnparsableHTML(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
    if not equals:
        raise UnparsableHTML(
            f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {where}'
        )
    end = found.end() if found else at
    if end >= len(source):
        raise UnparsableHTML(f"Unclosed start tag at byte offset {where}")
    if value[:1] in {'"', "'"}:
        return end, name, _decoded(value[1:-1])
    if not source[end].isspace() and source[end] != ">":
        raise UnparsableHTML(f"Unexpected end of name token at byte offset {_byte(source, end - len(value))}")
    return end, name, value.lower()


def _argument(tag: str, name: str, value: str, before: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
    return before


def _end_tag(source: str, start: int, opened: list[_Open]) -> int:
    where = _byte(source, start)
    if not opened:
        raise UnparsableHTML(f"Unexpected end tag at byte offset {where}")
    found = re.compile(r"</([^\s>]*)\s*(>?)").match(source, start)
    name, closing = (found.group(1).lower(), found.group(2)) if found else ("", "")
    if found is None or not closing:
        raise UnparsableHTML(f"Unclosed end tag at byte offset {where}")
    if name and name != opened[-1].tag:
        raise UnparsableHTML(
            f'Unmatched end tag at byte offset {where}, expected "</{opened[-1].tag}>", found "</{name}>"'
        )
    return found.end()


def _entity(closed: _Open, end: int, text: str) -> Iterator[Entity]:
    entity = Entity(KINDS[closed.tag], closed.offset, end - closed.offset)
    match entity.type:
        case "text_link":
            raw = text.encode("utf-16-le")
            url = closed.argument or raw[closed.offset * 2 : end * 2].decode("utf-16-le")
            if LINK.match(url):
                yield replace(entity, url=url)
        case "code":
            yield replace(entity, language=closed.argument or None)
        case "custom_emoji":
            if not closed.argument.isdigit():
                raise UnparsableHTML("Invalid custom emoji identifier specified")
            yield replace(entity, custom_emoji_id=closed.argument)
        case _:
            yield entity


def _trimmed(text: str, html: str, entities: list[Entity]) -> Formatted:
    kept = text.rstrip()
    lead = units(kept) - units(kept.lstrip())
    end = units(kept)
    moved = [
        replace(
            one, offset=max(one.offset, lead) - lead, length=min(one.offset + one.length, end) - max(one.offset, lead)
        )
        for one in entities
    ]
    # inner marks were closed first: of two on the same words the outer goes first
    ordered = sorted((one for one in reversed(moved) if one.length > 0), key=lambda one: (one.offset, -one.length))
    return Formatted(kept.lstrip(), tuple(_with_language(ordered)), html.strip())


def _with_language(entities: list[Entity]) -> Iterator[Entity]:
    """`<pre><code class="language-…">` is one entity; a language anywhere else is nothing."""
    before: Entity | None = None
    for one in entities:
        inside = before and before.type == "pre" and one == replace(before, type="code", language=one.language)
        if before and inside and one.language:
            before = replace(before, language=one.language)
            continue
        if before:
            yield before
        before = replace(one, language=None)
    if before:
        yield before


def _shown(tag: str) -> str:
    return {"tg-emoji": "span", "tg-spoiler": "span"}.get(tag, tag)


def _shown_start(tag: str, argument: str) -> str:
    if tag == "a":
        return f'<a href="{escape(argument)}">' if LINK.match(argument) else "<a>"
    return '<span class="tg-spoiler">' if KINDS[tag] == "spoiler" else f"<{_shown(tag)}>"


def _decoded(text: str) -> str:
    return REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return NAMED.get(name, found.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else found.group()


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())
