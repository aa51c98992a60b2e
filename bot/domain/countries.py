"""The country that somebody says they are in: for the number to call. A wrong number is worse than none.

In passing only “I am in Canada” counts, in the present and of themselves, with the country's own name; asked for it, a
city or a code will do too. What could be two countries is none.
"""

import re
from collections.abc import Iterable

from bot.domain.atlas import Place, atlas, key_of
from bot.domain.zones import country_of, zone_named

_HERE = re.compile(
    r"\b(?:i am|i m|im|we are|we re|i live|we live|i m living|i am living|i m staying|i am staying)"
    r"(?: (?:here|now|currently|right now|at the moment|living|staying|based|located))* in (?:the )?(.+)"
)
_SAID_ALONE = re.compile(r"(?: (?:now|right now|here|at the moment|currently|by the way|btw|please|and you))*")
_WORDS_OF_A_NAME = 5
_GOES_ON = frozenset(
    """
    a after alone am an and arm as at because but by can chest currently do face foot for have help here how i if in is
    it just leg my no now of on or please right since so the there this to today toe toes tonight visiting we what when
    where which who why with yesterday you
    """.split()  # noqa: SIM905  (words read best as a text)
)
"""What may stand behind a country. Anything else may belong to a longer name, and none is better than a wrong one."""
_SHORT = {
    "us": "US",
    "usa": "US",
    "uk": "GB",
    "u s": "US",
    "u k": "GB",
    "u s a": "US",
    "uae": "AE",
    "nz": "NZ",
    "turkey": "TR",
}
"""What people type for a country in any case; after “in” they can hardly be a word."""


def stated_country(text: str) -> str | None:
    """Return the country (ISO 3166 alpha-2) that a message says they are in; None where it says nothing of that."""
    found = _stated(text)
    return None if found is None else found[0]


def only_states_country(text: str) -> bool:
    """Return whether a message says where they are, and nothing else."""
    found = _stated(text)
    return found is not None and found[1]


def country_named(text: str) -> str | None:
    """Return the country that somebody names who was asked for it, by its name or code or a place in it."""
    key = key_of(text)
    if code := stated_country(text) or _SHORT.get(key) or _land(key) or _land(key.removeprefix("the ")):
        return code
    return _only(zone_named(text))


def _stated(text: str) -> tuple[str, bool] | None:
    said = key_of(text)
    match = _HERE.search(said)
    if match is None:
        return None
    words = match[1].split()
    for size in range(min(_WORDS_OF_A_NAME, len(words)), 0, -1):
        name = " ".join(words[:size])
        if code := _SHORT.get(name) or _land(name):
            if size < len(words) and words[size] not in _GOES_ON:
                return None
            rest = "".join(f" {word}" for word in words[size:])
            return code, match.start() == 0 and _SAID_ALONE.fullmatch(rest) is not None
    return None


def _land(name: str) -> str | None:
    """Return the country of this name, unless a place of another country has it too (Georgia)."""
    code = atlas().lands.get(name)
    return code if code is not None and _only(atlas().names.get(name, ())) == code else None


def _only(places: Iterable[Place]) -> str | None:
    countries = {country_of(zone) for zone, _ in places}
    return countries.pop() if len(countries) == 1 else None
