"""Places in what people type: a whole text, a sentence, or a name with a mistake in it. Every reading is offered.

What is a word first and a place second ("nice", "me", "reading") counts only where it can hardly be the word.
"""

import re
from collections.abc import Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain import places
from bot.domain.atlas import Place, atlas, key_of, merge

_WORDS_OF_A_NAME = 4
_CANDIDATES = 8
_FRONT = re.compile(
    r"^(?:(?:hi|hello|well|yes|currently|now|i am|i m|im|i|we|we are|live|living|based|located|am|are|is|it s|its|my"
    r"|city|country|time ?zone|town|in|at|from|near|around|close to|somewhere|by|the)\s)+"
)
_BACK = re.compile(
    r"(?:\s(?:time|time ?zone|standard time|daylight time|summer time|here|now|right now|please|area|city))+$"
)


def place_named(said: str) -> tuple[Place, ...]:
    """Return candidates for the whole of what was said, as it is or without what people say around it."""
    key = key_of(said)
    if key in places.NEVER_A_PLACE or (key in places.SHORT_WORDS and not said.isupper()):
        return ()
    for name in (key, _FRONT.sub("", key), _BACK.sub("", key), _bare(key)):
        if name != key and not _is_place(name, key):
            continue
        # Of "i've" no Venezuela is left: a code in a sentence stands in capitals.
        code = name.upper() if name == key or len(name) > 2 or name.upper() in said.split() else ""
        if found := merge(atlas().names.get(name, ()), atlas().codes.get(code, ())):
            return found
    return ()


def _bare(key: str) -> str:
    return _BACK.sub("", _FRONT.sub("", key))


def _is_place(name: str, key: str) -> bool:
    """Return whether this name in this sentence is a place, as far as it is a word too."""
    if name in places.SHORT_WORDS or name in places.NEVER_A_PLACE:
        return False
    sure = rf"\b(?:(?:in|from|near) {re.escape(name)}|{re.escape(name)} time)\b"  # "in Nice", "Pacific time"
    return name not in places.TYPED_AS_WORDS or re.search(sure, key) is not None


def places_within(said: str) -> tuple[Place, ...]:
    """Return the places in a sentence; a later one narrows the ones before if it can ("Portland, Maine")."""
    found: tuple[Place, ...] = ()
    for near in _names_in(said):
        zones = {zone for zone, _ in near}
        both = tuple(place for place in found if place[0] in zones)
        found = both or merge(found, near)
    return found


def _names_in(said: str) -> Iterator[tuple[Place, ...]]:
    words = re.findall(r"[^\s,;()!?]+", said)
    shouted = said.isupper()
    i = 0
    while i < len(words):
        for size in range(min(_WORDS_OF_A_NAME, len(words) - i), 0, -1):
            near = _name(words[i : i + size], key_of(said), shouted=shouted)
            if near:
                yield near
                i += size
                break
        else:
            i += 1


def _name(words: list[str], sentence: str, *, shouted: bool) -> tuple[Place, ...]:
    key = key_of(" ".join(words))
    if len(words) == 1 and words[0].isupper() and len(key) > 1 and not shouted and key not in places.NEVER_A_PLACE:
        return merge(atlas().codes.get(key.upper(), ()), atlas().names.get(key, ()))
    return atlas().names.get(key, ()) if len(key) > 3 and _is_place(key, sentence) else ()


def places_like(said: str) -> tuple[Place, ...]:
    """Return places with a name like it: one typing mistake in five letters, two in eight, none in the first."""
    found: tuple[Place, ...] = ()
    parts = said.split(",")
    for part in parts if len(parts) < 4 else ():
        key = _bare(key_of(part))
        if len(key) < 5 or key in places.TYPED_AS_WORDS | places.NO_MISTAKE or len(key.split()) > _WORDS_OF_A_NAME:
            continue
        names = [name for name in atlas().names if name[:1] == key[0]]
        most = 2 if len(key) > 7 else 1
        like = process.extract(key, names, scorer=OSA.distance, score_cutoff=most, limit=_CANDIDATES)
        best = min((distance for _, distance, _ in like), default=0)
        for name, distance, _ in like:
            if distance == best:
                found = merge(found, atlas().names[name])
    return found
