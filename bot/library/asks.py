"""A question made ready: its buttons' words, and everything that may be typed instead of pressing them.

What is typed is laid beside labels and synonyms of every language of the house, so that nobody is bound to the language
of their app.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.engine.answers import BACK, DONE, MOST_NUMBERS, NONE, SKIP
from bot.engine.kinds import Choice, Field, Kind, Several, Times, WallTime, Whole
from bot.engine.spoken import plain
from bot.errors import Fault
from bot.library.content import Content, Placed
from bot.library.house_words import SHARED

_PARTS = {"skip": SKIP, "none": NONE, "done": DONE, "back": BACK}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What `Ask` needs of the words."""

    labels: Mapping[str, str]
    spoken: Mapping[str, Mapping[str, str]]
    skips: bool
    faults: Sequence[Fault] = field(default=())


def offered(kind: Kind, suggest: Sequence[str]) -> tuple[str, ...]:
    """Return the options of its own that a question offers as buttons."""
    match kind:
        case Choice(options) | Several(options):
            return options
        case Whole(low, high):
            return tuple(str(number) for number in range(low, high + 1)) if high - low < MOST_NUMBERS else ()
        case WallTime() | Times():
            return tuple(suggest)
        case _:
            return ()


def read_spoken(
    entry: str, asked: Field, named: str | None, suggest: Sequence[str], contents: Sequence[Content], *, back: bool
) -> Spoken:
    """Read the words of the question `entry` (`flow.step`). `named`: its list in the vocabulary, if it has one."""
    kind = asked.kind
    own = offered(kind, suggest)
    worded = own if isinstance(kind, Choice | Several) else ()
    ours = any(f"{entry}.buttons.{option}" in content.labels for content in contents for option in worded)
    at = f"vocabulary.{named}" if named is not None and not ours else f"{entry}.buttons"
    labels = {option: f"{at}.{option}" for option in worded}
    skips = asked.optional and any(f"{entry}.skip" in content.labels for content in contents)
    shared = [SKIP] if skips else []
    shared += [NONE, DONE] if isinstance(kind, Several) else []
    for option in shared:
        if any(f"{entry}.{option[1:]}" in content.labels for content in contents):
            labels[option] = f"{entry}.{option[1:]}"
    shared += [BACK] if back else []
    keys = labels | {option: SHARED[option] for option in shared if option not in labels}
    typable = (*_numbers(kind), *shared) if isinstance(kind, Whole) else (*own, *shared)
    if isinstance(kind, Choice | Several) and not own:
        typable = ()  # its options could not be read, and that was told
    faults: list[Fault] = []
    spoken: dict[str, dict[str, str]] = {}
    for content in contents:
        spoken[content.language] = _words(content, entry, keys, set(typable), faults)
    return Spoken(labels, spoken, skips, tuple(faults))


def _numbers(kind: Whole) -> Iterator[str]:
    return map(str, range(kind.low, min(kind.high, kind.low + 1000) + 1))


def _words(
    content: Content, entry: str, keys: Mapping[str, str], typable: set[str], faults: list[Fault]
) -> dict[str, str]:
    """Return what may be typed in one language. The question's own words come before those that all share."""
    words: dict[str, str] = {}
    for option, key in keys.items():
        if option not in SHARED and key in content.labels:
            words.setdefault(plain(content.labels[key].text), option)
    typed = content.typed.get(entry, {}) if typable else {}
    for written, synonyms in typed.items():
        option = written if written in typable else _PARTS.get(written, written)
        at = content.places[entry]
        place = Placed(at.tree, (*at.path, "typed", written))
        if option not in typable:
            faults.append(place.fault("is no option of the question; leave it out"))
            continue
        for synonym in synonyms:
            said = plain(synonym)
            if not said:
                faults.append(place.fault(f"has the typed word «{synonym}» without a letter or digit; leave it out"))
            elif words.setdefault(said, option) != option:
                faults.append(
                    place.fault(f"has «{synonym}» for both «{words[said]}» and «{option}»; keep it for one of them")
                )
    for option, key in keys.items():
        if option in SHARED:
            common = content.typed.get(SHARED[option], {}).get(option, ())
            label = (content.labels[key].text,) if key in content.labels else ()
            for synonym in (*label, *common):
                words.setdefault(plain(synonym), option)
    words.pop("", None)
    return words
