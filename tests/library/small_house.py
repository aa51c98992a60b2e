"""A house that is right, as small as the rules allow; tests change one thing in it and read what is said."""

from collections.abc import Mapping
from pathlib import Path

from bot.engine.facts import REMINDERS
from bot.errors import FlowError
from bot.library.house import House, load
from bot.library.house_words import HOUSE

_CARD = "steps:\n  - id: card\n    say: care.card\n    end: done\n"
_SIGN = "flow: {name}\nversion: 1\nstart: {{sign: {name}}}\n" + _CARD
_REMINDER = "flow: {name}\nversion: 1\nstart: {{reminder: {name}}}\naside: true\n" + _CARD

MOOD = """\
flow: mood
version: 1
start: {command: mood}
data:
  mood: {choice: [calm, worse]}
  scale: {int: [0, 10], optional: true}
  signs: {set: warning}
  risk: {bool: (scale or 0) >= 8 or len(signs) > 0}
steps:
  - id: mood
    ask: mood
    silence: {after: 2h, then: bye}
  - id: scale
    ask: scale
    tries: {max: 3, then: signs}
    back: mood
  - id: signs
    ask: signs
    next:
      - if: risk
        then: bye
      - else: again
  - id: again
    say: true
    next: mood
  - id: bye
    say: true
    end: done
"""
MOOD_WORDS = """\
mood:
  title: Your toes
  say: How are they?
  buttons: {calm: Calm, worse: Worse}
  typed: {calm: [fine, "good, thanks"]}
  nudge: No hurry.
scale:
  say: How strong?
  skip: I cannot say
signs:
  say: Is any of these there?
again:
  say: Once more.
bye:
  say: {by: scale, one: "That was {scale} point.", other: "That was {scale} points. You had {water.today} glasses."}
"""
COMMON = """\
lost: {say: I lost the thread.}
media: {say: I can only read.}
not_understood: {say: I did not understand.}
resumed: {say: Back to this.}
unknown_command: {say: No such command.}
which_place: {say: Which one?}
other_language: {say: "I speak English. Emergency: {help.emergency}"}
group: {say: I talk with one person.}
typed_choice: {say: "✓ {chosen}"}
already: {say: I have it & thank you}
stale: {say: That button is old.}
back: {say: Back, typed: [return]}
skip: {say: Skip, typed: [pass]}
none: {say: None of these, typed: ["no"]}
done: {say: Done}
emergency_number: {say: your emergency number}
crisis_line: {say: your crisis line}
everything: {say: All of it.}
table: {say: A table.}
passed: {say: Passed.}
settled: {say: Done.}
article_foot: {say: "From {sources}, {checked}."}
ticked: {say: Ticked.}
nothing_open: {say: Nothing is open.}
description: {say: A small bot.}
about: {say: Small.}
commands:
  mood: How are your toes?
tap: {say: Tap one.}
past: {say: Over.}
far: {say: Too far.}
weekly: {say: Not weekly.}
no_hour: {say: When?}
place: {say: Thank you.}
no_zone: {say: No zone is there.}
"""
WEEKS = "".join(f"{key.partition('.')[2]}: {{say: x}}\n" for key in HOUSE if key.startswith("weeks."))
ENTRY = "".join(f'"{key.partition(".")[2]}": {{say: x}}\n' for key in HOUSE if key.startswith("entry."))
SIGNS_YAML = """\
groups: {weak: [weak, weakness]}
cues: {negation: [not]}
signs:
  weakness: {level: doctor, patterns: ["{weak}"]}
numbers: {units: {one: 1}}
durations: {units: {day: 1}}
foreign: {function_words: {}}
"""

FILES: dict[str, str] = {
    "flows/vocabulary.yaml": "warning: [weakness, numbness]\n",
    "flows/mood.yaml": MOOD,
    "flows/hello.yaml": "flow: hello\nversion: 1\nstart: {idle: true}\n" + _CARD,
    **{f"flows/{name}.yaml": _SIGN.format(name=name) for name in ("doctor", "emergency", "crisis", "doubt")},
    **{f"flows/{name}.yaml": _REMINDER.format(name=name) for name in REMINDERS},
    "content/languages.yaml": "en: English\n",
    "content/help_lines.yaml": (
        'countries:\n  US: {emergency: "911", crisis: "988", source: "https://example.org", checked: 2026-11-21}\n'
    ),
    "content/en/mood.yaml": MOOD_WORDS,
    "content/en/care.yaml": "card: {say: Take care.}\n",
    "content/en/common.yaml": COMMON,
    "content/en/weeks.yaml": WEEKS,
    "content/en/entry.yaml": ENTRY,
    "content/en/vocabulary.yaml": "warning: {weakness: My foot is weak, numbness: My foot is numb}\n",
    "content/en/signs.yaml": SIGNS_YAML,
}


def write(root: Path, files: Mapping[str, str] | None = None) -> None:
    """Write the house below `root`, with `files` in place of its own."""
    for name, text in {**FILES, **(files or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def loaded(root: Path, files: Mapping[str, str] | None = None) -> House:
    """Return the house with `files` in place of its own."""
    write(root, files)
    return load(root / "flows", root / "content")


def faults(root: Path, files: Mapping[str, str] | None = None) -> list[str]:
    """Return what is said of the house with `files` in place of its own; empty: nothing."""
    try:
        loaded(root, files)
    except FlowError as error:
        return [str(fault) for fault in error.faults]
    return []


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """Return one file of the house with `old`, which stands in it once, replaced."""
    assert FILES[file].count(old) == 1, f"{old!r} stands {FILES[file].count(old)} times in {file}"
    return {file: FILES[file].replace(old, new)}
