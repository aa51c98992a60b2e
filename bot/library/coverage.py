"""What the two articles state, fact by fact, and which of the library carries it: the page `docs/coverage.md`.

`python -m bot.library.coverage` writes the page from `content/en/facts.yaml`. A fact counts as carried when
each article that it names has all its words; the numbers in a fact are always among them.
"""

import html
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import Fault
from bot.library.articles import Article, read_articles
from bot.library.limits import visible
from bot.library.strict_yaml import read_file

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/coverage.md"
LANGUAGE = "en"
KEYS = ("id", "from", "part", "fact", "articles", "words")


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a source, in our words. `words`: what each of `articles` must have in its text."""

    id: str
    source: str
    part: str
    fact: str
    articles: tuple[str, ...]
    words: tuple[str, ...]
    note: str


def read_facts(content: Path, faults: list[Fault]) -> Sequence[Fact]:
    """Return the facts in `content/en/facts.yaml`, in their order; adds what is wrong with them to `faults`."""
    tree = read_file(content, f"{LANGUAGE}/facts.yaml", faults)
    if tree is None:
        return ()
    whole = tree.value if isinstance(tree.value, dict) else {}
    sources, listed = whole.get("sources"), whole.get("facts")
    if not isinstance(sources, dict) or not isinstance(listed, list):
        faults.append(tree.fault((), "needs sources: {short: name} and facts: [...]"))
        return ()
    facts: dict[str, Fact] = {}
    for n, raw in enumerate(listed):
        wrong = _wrong(raw, sources, facts)
        if wrong:
            faults.append(tree.fault(("facts", n), wrong))
            continue
        facts[raw["id"]] = Fact(
            raw["id"], sources[raw["from"]], raw["part"], raw["fact"], tuple(raw["articles"]), tuple(raw["words"]),
            raw.get("note", ""),
        )  # fmt: skip
    return tuple(facts.values())


def uncovered(facts: Sequence[Fact], articles: Mapping[str, Article]) -> list[str]:
    """Return, as sentences, each fact that an article does not carry; empty: all are there."""
    told: list[str] = []
    texts = {name: plain(article) for name, article in articles.items()}
    for fact in facts:
        numbers = re.findall(r"\d[\d.,/]*\d|\d", fact.fact)
        told += [
            f"«{fact.id}» says {number}, and its words do not; add it to words:"
            for number in numbers
            if not any(number in word for word in fact.words)
        ]
        for name in fact.articles:
            if name not in texts:
                told.append(f"«{fact.id}» names the article {name}, which is not there")
                continue
            told += [
                f"«{fact.id}» is to be in {name}.md, which lacks «{word}»"
                for word in fact.words
                if not has(texts[name], word)
            ]
    return told


def plain(article: Article) -> str:
    """Return all that is read of an article, its foot aside, on one line."""
    text = f"{article.title}. {visible(article.summary)} {visible(article.body)}"
    return " ".join(text.split())


def has(text: str, word: str) -> bool:
    """Say whether `word`, or these words in a row, stand in the text; capitals do not count."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def page(facts: Sequence[Fact], articles: Mapping[str, Article]) -> str:
    """Return `docs/coverage.md`."""
    lines = [
        "# What the library covers",
        "",
        "Every fact that the two articles state, in our words, and the articles of the library that carry it. Made",
        "from `content/en/facts.yaml` by `python -m bot.library.coverage`; a test fails when this page is stale, when",
        "a fact has no article, or when its numbers and key words are missing there. Readers' comments, links and",
        "lists that were lost are no facts.",
        "",
        f"{len(facts)} facts, {len(articles)} articles.",
    ]
    for source in dict.fromkeys(fact.source for fact in facts):
        lines += ["", f"## {source}", "", "| part | fact | articles | must have |", "|---|---|---|---|"]
        for fact in facts:
            if fact.source == source:
                note = f" *({fact.note})*" if fact.note else ""
                links = ", ".join(f"[{name}](../content/{LANGUAGE}/articles/{name}.md)" for name in fact.articles)
                lines.append(f"| {fact.part} | {_cell(fact.fact + note)} | {links} | {_cell(', '.join(fact.words))} |")
    named = {name for fact in facts for name in fact.articles}
    others = [name for name in articles if name not in named]
    if others:
        links = ", ".join(f"[{name}](../content/{LANGUAGE}/articles/{name}.md)" for name in others)
        lines += ["", "## Articles from other sources", "", f"{links}. Their sources stand in their front matter."]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page; returns 1, and says why, when a fact is not carried."""
    faults: list[Fault] = []
    articles = read_articles(ROOT / "content", LANGUAGE, faults)
    facts = read_facts(ROOT / "content", faults)
    wrong = [str(fault) for fault in sorted(faults)]
    wrong += [f"content/{LANGUAGE}/facts.yaml: {missing}" for missing in uncovered(facts, articles)]
    sys.stderr.write("".join(f"{one}\n" for one in wrong))
    if not faults:
        (ROOT / PAGE).write_text(page(facts, articles), encoding="utf-8")
    return 1 if wrong else 0


def _wrong(raw: Any, sources: Mapping[str, str], facts: Mapping[str, Fact]) -> str | None:
    if not isinstance(raw, dict) or not set(KEYS) <= set(raw) <= {*KEYS, "note"}:
        return f"a fact has {', '.join(KEYS)}, a note if you like, and nothing else"
    if not all(isinstance(raw[key], str) and raw[key] for key in ("id", "from", "part", "fact")):
        return "«id», «from», «part» and «fact» are text; write them in quotes"
    if not all(_texts(raw[key]) for key in ("articles", "words")):
        return f"«{raw['id']}» needs lists of text, not empty, for articles and words; numbers in quotes"
    if raw["from"] not in sources:
        return f"«{raw['id']}» is from {raw['from']}, which is not among sources; name one of them"
    if raw["id"] in facts:
        return f"«{raw['id']}» stands here twice; give one of them another id"
    return None


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)


def _cell(text: str) -> str:
    return html.escape(text, quote=False).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
