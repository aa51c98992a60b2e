"""The little of Markdown that articles are written in, as Telegram's HTML: paragraphs, `**bold**` and `- bullets`.

Whatever else looks like Markdown or HTML is a fault and never shown half-read: a person would see its signs.
"""

import html
import re
from dataclasses import dataclass

_BOLD = re.compile(r"\*\*(\S(?:[^*]*\S)?)\*\*")
_REFUSED = (
    (re.compile(r"</?[a-zA-Z!][^>]*>?"), "has HTML; leave the tag out, **bold** is all there is"),
    (re.compile(r"&(?:[a-zA-Z]+|#[0-9]+);"), "has an entity of HTML; write the sign itself"),
    (re.compile(r"^#{1,6}\s"), "is a heading; write it as **bold**"),
    (re.compile(r"^(?:\+|\d+[.)])\s"), "is a list that is not read; begin each line with - and a blank"),
    (re.compile(r"^(?:-{2,}|\|.*|>.*|=+)$"), "is a line, a table or a quotation; articles have paragraphs and bullets"),
    (re.compile(r"^(?:\t| {2,})- "), "is a bullet below a bullet; make it one of its own"),
    (re.compile(r"`"), "has a backtick; leave it out"),
    (re.compile(r"\]\("), "has a link; name the source in sources: instead"),
    (re.compile(r"\b_[^_]+_\b|(?<!\S)_\S"), "has an underscore around words; **bold** is all there is"),
)  # fmt: skip


def html_of(markdown: str) -> tuple[str, list[tuple[int, str]]]:
    """Return HTML, and what is wrong: the line, counted from 1, and a sentence. Never raises."""
    faults: list[tuple[int, str]] = []
    blocks: list[list[_Item]] = [[]]
    for number, line in enumerate(markdown.split("\n"), 1):
        text = line.strip()
        faults.extend((number, message) for pattern, message in _REFUSED if pattern.search(line.rstrip()))
        if not text:
            blocks.append([])
        elif text.startswith("- "):
            blocks[-1].append(_Item(number, "• ", text[2:].strip()))
        elif blocks[-1]:
            blocks[-1][-1].text += " " + text
        else:
            blocks[-1].append(_Item(number, "", text))
    loose = (item.line for block in blocks for item in block if "*" in _BOLD.sub("", item.text))
    faults.extend((line, "has a * that opens or closes nothing; bold is **so**") for line in loose)
    return "\n\n".join(
        "\n".join(item.bullet + inline(item.text) for item in block) for block in blocks if block
    ), faults


@dataclass(slots=True)
class _Item:
    """A paragraph or a bullet, with the line where it begins."""

    line: int
    bullet: str
    text: str


def inline(text: str) -> str:
    """Return a paragraph or a bullet as HTML: escaped, and bold where it is."""
    return _BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))
