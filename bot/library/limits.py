"""What Telegram takes: lengths in its own units, and the few tags of HTML that the house uses.

Lengths are UTF-16 code units after the entities are parsed, as Telegram counts them (an emoji is two or more).
"""

import html
import re

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""Of the words below a picture."""
LONGEST_LABEL = 60
"""Telegram takes 64 of a button, and phones show fewer."""
LONGEST_TOAST = 200
LONGEST_FACE = 512
"""The bot's description; its short one may have `LONGEST_ABOUT`."""
LONGEST_ABOUT = 120
LONGEST_DESCRIPTION = 256

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_HREF = re.compile(r"\s+href=\"https://[^\s\"<>{}]+\"\s*")
_TAGS = frozenset({"b", "i", "u", "s", "code", "a"})


def units(text: str) -> int:
    """Return the length of plain text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def visible(markup: str) -> str:
    """Return what is read of well-formed HTML."""
    return html.unescape(_TAG.sub("", markup))


def markup_faults(markup: str) -> list[str]:
    """Return what Telegram, or the house, would refuse in this HTML."""
    faults: list[str] = []
    opened: list[str] = []
    for closing, name, rest in _TAG.findall(markup):
        if name not in _TAGS:
            faults.append(f"has the tag <{name}>; there are b, i, u, s, code and a")
        elif closing:
            if not opened or opened.pop() != name or rest.strip():
                faults.append(f"closes </{name}> where it is not the tag that is open; close the innermost first")
                return faults
        else:
            opened.append(name)
            if name == "a" and not _HREF.fullmatch(rest):
                faults.append('has a link that is not <a href="https://…">; write it so')
            if name != "a" and rest.strip():
                faults.append(f"has a tag <{name}{rest}>; a tag other than a has nothing but its name")
    faults.extend(f"opens <{name}> and does not close it; add </{name}>" for name in opened)
    bare = _ENTITY.sub("", _TAG.sub("", markup))
    faults.extend(
        f"has a bare {sign}; write {instead}"
        for sign, instead in (("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"))
        if sign in bare
    )
    return faults
