"""How much the ear hears of labelled messages, by class: the page `docs/ear.md`.

`python -m benchmarks.recall` writes the page from the sets in `tests/signs/`. Nothing is measured that takes time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.domain.signs import Reader, Reading
from bot.library.ear import sign_words

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "tests" / "signs"
PAGE = ROOT / "docs" / "ear.md"
UNSEEN = {
    "unseen.yaml": "The unseen set",
    "unseen_everyday.yaml": "A second unseen set, two thirds of it plain",
}
"""With their titles: written by people who had not seen the rules, added after them; no rule was mended by these."""
CALM = ("self_care", "none")
ORDER = ("emergency", "crisis", "doctor", "unclear", *CALM)
GRAVITY = {"none": 0, "self_care": 0, "doctor": 1, "emergency": 2, "crisis": 2}

TODAY = date(2026, 11, 21)
"""The day that all messages are of: «since March» is counted from there."""

HEAD = """\
# The ear: what is heard of what people type

This page is written by `python -m benchmarks.recall`. A message counts as *heard* when its level is the labelled
one, as *graver* when it is above that, as *asked* when the bot asks one plain question about it before it says
anything else, else as *missed*. Of people who are well the columns say how many were *left in peace*, *asked*, or
*alarmed* (sent to a doctor, or shown a card). How it works: [ADR 13](adr/0013-free-text-by-rules.md). No clinician
has reviewed the rules or the labels yet.

The unseen sets are the only measure here: the rules were built on the others until hardly anything in them was missed.
The second one was written later, by somebody who knew nothing but what each level means; it was measured before
anybody read it.
What to expect of new messages lies below them where people write in images, in long stories or in another language's
English. Such messages, 1,580 in 14 batches, were measured once each before they were used. Heard or asked about, and
of the well left in peace:

| batch, by who seems to write | emergency | crisis | doctor | the well |
|---|---|---|---|---|
| British carers and pensioners | 38 of 39 | 11 of 17 | 27 of 34 | 31 of 34 |
| American teenagers | 39 of 39 | 12 of 17 | 31 of 34 | 29 of 34 |
| English as a second language | 31 of 39 | 11 of 17 | 28 of 34 | 32 of 34 |
| long stories at night | 37 of 39 | 4 of 17 | 30 of 34 | 19 of 34 |
| fragments, slips, dictation | 35 of 39 | 12 of 17 | 30 of 34 | 33 of 34 |
| images, everyday scenes | 21 of 39 | 4 of 17 | 22 of 34 | 30 of 34 |
| medical words | 24 of 39 | 10 of 17 | 26 of 34 | 28 of 34 |
| traps and jokes | 28 of 39 | 7 of 17 | 27 of 34 | 23 of 34 |
| plain adults, a second writer | 23 of 25 | 22 of 25 | | 22 of 23 |
| teenagers, a second writer | 24 of 25 | 18 of 25 | | 17 of 23 |
| a second language, a second writer | 24 of 25 | 11 of 25 | | 20 of 23 |
| long stories, a second writer | 24 of 25 | 12 of 25 | | 5 of 23 |
| understatement, a second writer | 18 of 25 | 13 of 25 | | 21 of 23 |
| a hard mix, a second writer | 18 of 25 | 10 of 25 | | 18 of 23 |

The rules grew between the batches, so this is no one version's score. All reasons for a doctor of the second writer
together: 77 of 84 heard or asked.

A third writer's four batches try above all those who are well: everyday words, jokes, idioms, other people's illnesses,
what was and is over, long days told at length. They are harder than most of what is typed. Measured once each before
anything was mended by them; an emergency is `heard` where the card came at once. The rules before they were mended
would have alarmed 15, 21, 31 and 25 of 100 of the well who told of a toe.

| third writer | emergency | crisis | doctor | a toe: in peace, asked, alarmed | else: in peace, asked, alarmed |
|---|---|---|---|---|---|
| first, before any mending | 79 of 80 | 30 of 30 | 90 of 100 | 161, 3, 29 of 193 | 96, 6, 11 of 113 |
| second, after the first mending | 55 of 61 (2 asked) | 18 of 20 | 52 of 59 | 107, 3, 24 of 134 | 59, 10, 9 of 78 |
| third, after the second | 48 of 52 | 13 of 15 | 38 of 49 | 72, 3, 29 of 104 | 50, 2, 10 of 62 |
| fourth, after the third | 21 of 24 (1 asked) | 8 of 8 | 23 of 24 | 58, 6, 13 of 77 | 27, 0, 5 of 32 |
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and what must be heard in it. `kind`: its level, or `unclear` where a question is the right answer."""

    text: str
    kind: str

    def outcome(self, read: Reading) -> str:
        """Return `heard`, `graver`, `asked` or `missed`; of the well, `peace`, `asked` or `alarmed`."""
        asked = read.doubt is not None and read.level == "doctor"
        if self.kind in CALM:
            return "asked" if asked else "peace" if GRAVITY[read.level] == 0 else "alarmed"
        if asked:
            return "heard" if self.kind in ("doctor", "unclear") else "asked"
        wanted = 1 if self.kind == "unclear" else GRAVITY[self.kind]
        heard = GRAVITY[read.level] - wanted
        return "heard" if heard == 0 else "graver" if heard > 0 else "missed"


def labelled(path: Path) -> Sequence[Labelled]:
    """Return the messages of a set."""
    rows: Sequence[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Labelled(row["text"], "unclear" if row.get("doubt") or row["level"] == "doubt" else row["level"])
        for row in rows
    ]


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.1f} %)" if whole else "0"


def _tables(said: Sequence[Labelled], reader: Reader) -> tuple[list[str], list[str]]:
    """Return the lines of both tables, and the messages that were missed or alarmed."""
    outcomes = [(each, read := reader.read(each.text, TODAY), each.outcome(read)) for each in said]
    grave = ["| class | messages | heard | graver | asked | missed |", "|---|---|---|---|---|---|"]
    calm = ["| class | messages | left in peace | asked | alarmed |", "|---|---|---|---|---|"]
    for kind in ORDER:
        theirs = [outcome for each, _, outcome in outcomes if each.kind == kind]
        if not theirs:
            continue
        names = ("peace", "asked", "alarmed") if kind in CALM else ("heard", "graver", "asked", "missed")
        cells = " | ".join(_share(theirs.count(name), len(theirs)) for name in names)
        (calm if kind in CALM else grave).append(f"| {kind} | {len(theirs)} | {cells} |")
    wrong = [
        f"- {each.kind}, read as {'a question' if read.doubt and read.level == 'doctor' else read.level}: "
        f"«{' '.join(each.text.split())}»"
        for each, read, outcome in outcomes
        if outcome in ("missed", "alarmed")
    ]
    return [*grave, "", *calm], wrong


def page() -> str:
    """Return the page as it should be now."""
    reader = Reader(sign_words(ROOT / "content", "en"))
    built = [each for path in sorted(SETS.glob("*.yaml")) if path.name not in UNSEEN for each in labelled(path)]
    lines, wrong = _tables(built, reader)
    named = [f"What went wrong ({len(wrong)}):", "", *wrong]
    parts = [HEAD, "\n".join(["## The sets that the rules were built on", "", *lines, "", *named, ""])]
    for name, title in UNSEEN.items():
        # Its messages stay unread: who mends the rules reads this page, and would mend them by what it names.
        lines, _ = _tables(labelled(SETS / name), reader)
        parts.append("\n".join([f"## {title}", "", *lines, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
