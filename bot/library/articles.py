"""The library: short answers about twitching toes, one Markdown file each, read at start and never changed after.

A file is its front matter between two lines `---`, read as strictly as any YAML here, and a body of paragraphs,
`**bold**` and `- bullets`. Words come out as Telegram's HTML of `b`, and `i` in the foot; every mistake is a fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from babel.dates import format_date

from bot.errors import Fault
from bot.library.drafts import Draft, Kind, Origin, normal, read_draft
from bot.library.markdown import inline
from bot.library.texts import Text, fixed

NO_FOOT = fixed("")


@dataclass(frozen=True, slots=True)
class Article:
    """One answer. `title` and `asks` are plain text; `summary`, `body` and `foot` are Telegram's HTML."""

    id: str
    title: str
    kind: Kind
    summary: str
    """The short answer, shown first."""
    body: str
    asks: tuple[str, ...]
    """What people type for it, as its author wrote it."""
    near: tuple[str, ...]
    """Ids of articles to read next, in the order in which they are offered."""
    sources: tuple[Origin, ...]
    checked: date
    """The day when it was compared with its sources."""
    foot: str
    """The last line of what is shown: the sources, the day, and that no clinician has reviewed it."""

    @property
    def short(self) -> str:
        """The title, the short answer and the foot, as one message."""
        return self._shown(self.summary)

    @property
    def rest(self) -> str:
        """What a person reads next who has read `short`: the title, the body and the foot."""
        return self._shown(self.body)

    @property
    def whole(self) -> str:
        """The title, the short answer, the body and the foot, as one message that Telegram takes."""
        return self._shown(self.summary, self.body)

    def _shown(self, *parts: str) -> str:
        title = f"<b>{inline(self.title)}</b>"
        return "\n\n".join(part for part in (title, *parts, self.foot) if part)


def read_articles(root: Path, language: str, faults: list[Fault], foot: Text = NO_FOOT) -> Mapping[str, Article]:
    """Return the articles in `root/language/articles/*.md` by their ids, in the order of their names.

    `foot` is the text of the last line, with places for `sources` and `checked`. Adds what is wrong to `faults`; an
    article with a fault is left out. A folder that is not there holds no articles.
    """
    directory = root / language / "articles"
    drafts: dict[str, Draft] = {}
    names: set[str] = set()
    for path in sorted(directory.glob("*")) if directory.is_dir() else ():
        file = f"{root.name}/{language}/articles/{path.name}"
        if path.suffix != ".md":
            faults.append(Fault(file, 1, f"is not read; an article is a file such as {path.stem}.md"))
            continue
        names.add(path.stem)
        draft = read_draft(path, file, faults)
        if draft is not None:
            drafts[path.stem] = draft
    _compare(drafts, names)
    return {name: _article(name, draft, foot, language) for name, draft in drafts.items() if draft.right}


def _compare(drafts: Mapping[str, Draft], names: set[str]) -> None:
    """Find what only several articles together get wrong. `names`: all that are there, readable or not."""
    claimed: dict[str, str] = {}
    for name, draft in drafts.items():
        own: set[str] = set()
        for n, phrase in enumerate(draft.asks):
            key = normal(phrase)
            first = claimed.setdefault(key, name)
            if first != name:
                draft.wrong("asks", f"has «{phrase}», which {first}.md has too; leave it to one of them", n)
            elif key in own:
                draft.wrong("asks", f"has «{phrase}» twice; keep one", n)
            own.add(key)
        for n, other in enumerate(draft.near):
            if other == name or other not in names:
                draft.wrong("near", f"has «{other}», which is no other article; write the id of one", n)
            elif other in draft.near[:n]:
                draft.wrong("near", f"has «{other}» twice; keep one", n)


def _article(name: str, draft: Draft, foot: Text, language: str) -> Article:
    checked = format_date(draft.checked, "long", language.replace("-", "_"))
    # Names alone, each once: with their parts the foot would be as long as a short answer.
    names = "; ".join(dict.fromkeys(source.name for source in draft.sources))
    told = foot({"sources": names, "checked": checked})
    return Article(
        name, draft.title, draft.kind, draft.summary, draft.body, draft.asks, draft.near, draft.sources, draft.checked,
        told,
    )  # fmt: skip
