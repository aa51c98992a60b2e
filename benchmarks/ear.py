"""What reading a typed message costs: for warning signs, and for all that is heard, beside a search for known phrases.

The baseline is one alternation of all of them: it knows no denial, no slip of the pen, nobody else's foot.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import yaml

from benchmarks.measure import percentile, ratio, seconds_of, table
from bot.library.ear import sign_words
from bot.session.hear import hear
from tests.acceptance.processes import ROOT
from tests.chat import the_house

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
TEXTS = ROOT / "tests" / "signs" / "development.yaml"


def _search() -> re.Pattern[str]:
    """Return the alternation of all phrases, the longest first; `droop*` is any word that begins so."""
    words = sign_words(ROOT / "content", "en")
    phrases = {phrase for group in words.groups.values() for phrase in group}
    phrases |= {phrase for _, cue in words.cues for phrase in cue}
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in ordered) + r")\b")


def _each(read: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        read(text)


def report(least: float = 1.0, most: int | None = None) -> str:
    """Measure (at most so many messages) four times, `least` CPU seconds each; return the figures as Markdown."""
    texts = [row["text"] for row in yaml.safe_load(TEXTS.read_text(encoding="utf-8"))][:most]
    reader, whole, search = the_house().reader("en"), the_house().ear("en"), _search()

    long = " ".join(texts)[:4096]
    middle = percentile([len(text) for text in texts], 0.5)
    rows = []
    for name, said in (
        (f"{len(texts)} messages, half of them up to {middle} characters", texts),
        ("the longest that Telegram carries, 4,096 characters", [long]),
    ):
        ear, heard, first, every = (
            seconds_of(partial(_each, one, said), least) / len(said)
            for one in (
                reader.read,
                lambda text: hear(text, whole, None, NOW, NOW.date()),
                lambda text: search.search(text.lower()),
                lambda text: search.findall(text.lower()),
            )
        )
        rows.append((name, *(f"{1000 * cost:.3f}" for cost in (ear, heard, first, every)), ratio(ear, every)))
    head = (
        "ms of CPU a message", "signs", "signs, wishes and topics", "baseline, first phrase", "baseline, every phrase",
        "signs / every phrase",
    )  # fmt: skip
    return table(head, rows)
