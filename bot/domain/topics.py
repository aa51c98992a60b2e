"""Which article answers a message; none rather than a wrong one.

Every article is known by its `asks` and its title. Each of these phrases is compared with the message by the weight
of the word stems they share (Tversky's index): a word weighs the more, the fewer articles name it (Spärck Jones's
inverse document frequency), small words hardly anything, and what else the message says counts against it. Nothing
is learned; `ranked` tells which phrase decided.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import snowballstemmer

from bot.domain.topicwords import (
    ABLE,
    ADDRESSING,
    ASKING,
    ASKING_ANYWHERE,
    ASKING_BEFORE,
    ASKING_FIRST,
    COMMON,
    DENYING,
    ELSEWHERE,
    EMPTY,
    LEADING,
    ORDINARY,
    SMALL,
    SPELLINGS,
    SUBJECTS,
    TOO_LITTLE,
)
from bot.domain.typos import Mender
from bot.domain.words import NONE, Words, split

LONGEST = 64
"""Words that are read: whoever writes more tells a story, and its beginning says what it is about."""
SHORTEST = 5
"""Letters of a word that is mended: shorter ones are too like each other."""
MOST = 3
"""Articles that are offered where none stands out."""
SMALL_WEIGHT, EMPTY_WEIGHT = 0.25, 0.1
COMMON_WEIGHT, ELSEWHERE_WEIGHT = 1.2, 4.0
STRANGE = 1.2
"""Weight of a word that no article names: the message is about something else too."""
MENDED = 0.8
"""What a word counts that was mended: the slip may be another word."""
SAME_FORM = 0.1
"""The part of a word's weight that is for its form: «cramps» is nearer to «cramps» than to «cramped»."""
DENIED = 0.2
"""What a word counts that is denied: «I do not drink coffee»."""
MISSING = 0.55
"""How much it counts against a phrase that the message does not say all of it."""
OTHER_ASKED, OTHER_SAID = 0.22, 0.6
"""How much what else the message says counts against a phrase, in a question and in a statement."""
BESIDE = 0.4
"""How much it counts for a phrase that the message names other phrases of its article, too."""
FITS_ASKED, FITS_SAID = 0.52, 0.68
"""From which likeness on a phrase fits."""
CLEAR, APART = 0.6, 0.12
"""One article stands out when it is as like as this, and the next one less so by that much."""
NEAR = 0.75
"""Neighbours are at least as like as this share of the best."""


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that fit, best first; only the best where it stands out (`sure`)."""

    topics: tuple[str, ...] = ()
    sure: bool = False
    question: bool = False
    """Something is asked: with a question mark, or in a question's words. True of what no article answers, too."""
    small: bool = False
    """It is one small word or two, such as «why», or small words to us, such as «why do you ask»: where a question is
    open, it may be about that one."""


@dataclass(frozen=True, slots=True)
class Match:
    """An article, the phrase of it that is most like the message, and how like: 0 to 1."""

    article: str
    phrase: str
    likeness: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    """`needs`: the stems that must all be there, where it is made of nothing but small words."""

    article: str
    said: str
    mass: float
    words: tuple[str, ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message, and each stem of it with what it counts for a phrase, and against another."""

    read: Words
    question: bool
    stems: Mapping[str, tuple[float, float]]

    @property
    def small(self) -> bool:
        """Whether it is one small word, or two, or small words to us."""
        short = 0 < len(self.stems) < 3 or not ADDRESSING.isdisjoint(self.read.words)
        return short and all(full <= SMALL_WEIGHT for _, full in self.stems.values())


class Topics:
    """Knows the articles of one language. Built once; `find` takes well below a millisecond."""

    __slots__ = (
        "_by_stem",
        "_by_word",
        "_exact",
        "_heads",
        "_mender",
        "_named",
        "_phrases",
        "_stem",
        "_vocabulary",
        "_weights",
    )

    def __init__(self, asks: Mapping[str, Sequence[str]], titles: Mapping[str, str], language: str = "english") -> None:
        """`asks`: by article, what people type for it; `titles`: by article. `language`: as Snowball names it."""
        stemmer = snowballstemmer.stemmer(language)
        self._stem: Callable[[str], str] = stemmer.stemWord
        said = {name: [*phrases, *filter(None, [titles.get(name)])] for name, phrases in asks.items()}
        words = {text: _words(text, _as_it_is) for texts in said.values() for text in texts}
        known = {word for one in words.values() for word in one.words}
        self._vocabulary: dict[str, str] = {word: self._stem(word) for word in sorted(known)}
        self._vocabulary |= {word: self._stem(word) for word in sorted(SMALL | EMPTY | ELSEWHERE)}
        self._heads = frozenset(word[:3] for word in known)
        right = [word for word in known if word not in SMALL and len(word) >= SHORTEST]
        self._mender = Mender(right, (), (*known, *SMALL, *EMPTY, *ELSEWHERE, *ORDINARY))
        self._named = {
            name: {self._vocabulary[w] for t in texts for w in words[t].words} for name, texts in said.items()
        }
        articles = Counter(stem for stems in self._named.values() for stem in stems)
        self._weights = {stem: log(1 + len(said) / n) for stem, n in articles.items()}
        common = {self._stem(word) for word in COMMON}
        self._weights |= {stem: min(weight, COMMON_WEIGHT) for stem, weight in self._weights.items() if stem in common}
        self._weights |= {stem: SMALL_WEIGHT for stem in articles if stem.isdecimal() and len(stem) < 3}
        for weight, small in ((ELSEWHERE_WEIGHT, ELSEWHERE), (SMALL_WEIGHT, SMALL), (EMPTY_WEIGHT, EMPTY)):
            self._weights |= {self._stem(word): weight for word in sorted(small)}
        self._phrases: list[_Phrase] = []
        self._by_stem: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._exact: dict[tuple[str, ...], str] = {}
        for name, texts in said.items():
            for text in texts:
                for word in set(words[text].words):
                    self._by_word.setdefault(word, []).append(len(self._phrases))
                stems = dict.fromkeys(self._vocabulary[word] for word in words[text].words)
                for stem in stems:
                    self._by_stem.setdefault(stem, []).append(len(self._phrases))
                weights = [self._weights[stem] for stem in stems]
                only_small = max(weights) <= SMALL_WEIGHT
                needs = frozenset(stem for stem in stems if only_small and self._weights[stem] == SMALL_WEIGHT)
                if len(words[text].words) > 1:
                    self._exact.setdefault(words[text].words, name)
                self._phrases.append(_Phrase(name, text, sum(weights), words[text].words, needs))

    @property
    def articles(self) -> frozenset[str]:
        """All that can be found."""
        return frozenset(self._named)

    def find(self, text: str) -> Found:
        """Return the articles that `text` is about, () where it is about none of them. Never raises."""
        heard = self._heard(text)
        ranked = self._ranked(heard)
        if not ranked or ranked[0].likeness < (FITS_ASKED if heard.question else FITS_SAID):
            return Found(question=heard.question, small=heard.small)
        best = ranked[0].likeness
        second = ranked[1].likeness if len(ranked) > 1 else 0.0
        # A phrase belongs to one article: who types it, word for word, means that one. A single word may be anything.
        exact = self._exact.get(heard.read.words)
        if exact is not None or (best >= CLEAR and best - second >= APART):
            return Found((exact or ranked[0].article,), sure=True, question=heard.question, small=heard.small)
        near = tuple(match.article for match in ranked[:MOST] if match.likeness >= best * NEAR)
        return Found(near, sure=len(near) == 1, question=heard.question, small=heard.small)

    def ranked(self, text: str) -> tuple[Match, ...]:
        """Return all articles that share a word with `text`, the most like first: for who wants to know why."""
        return tuple(self._ranked(self._heard(text)))

    def _heard(self, text: str) -> _Heard:
        read = _words(text, self._mend)
        asking = clauses_that_ask(read)
        question = bool(asking or read.asked)
        stems: dict[str, tuple[float, float]] = {}
        denied = False
        for i, word in enumerate(read.words):
            # «It is not ALS?» denies nothing, and «I drink no coffee, why …» asks about something else.
            denied = denied and read.breaks[i] == NONE and (not question or (asking > 0 and not asking >> i & 1))
            stem = self._stem_of(word)
            full = self._weights.get(stem, STRANGE)
            counts = full
            if denied and full > SMALL_WEIGHT:
                if question:
                    continue
                counts *= DENIED
            elif len(read.words) == len(read.typed) and read.typed[i] != word:
                counts *= MENDED
            denied = denied or _denies(read, i)
            stems[stem] = max(stems.get(stem, (0.0, 0.0)), (counts, full))
        return _Heard(read, question, stems)

    def _ranked(self, heard: _Heard) -> list[Match]:
        shared: dict[int, float] = {}
        for stem, (counts, _) in heard.stems.items():
            for n in self._by_stem.get(stem, ()):
                shared[n] = shared.get(n, 0.0) + counts * (1 - SAME_FORM)
        for word in set(heard.read.words):
            counts, _ = heard.stems.get(self._stem_of(word), (0.0, 0.0))
            for n in self._by_word.get(word, ()) if counts else ():
                shared[n] += counts * SAME_FORM
        named: dict[str, float] = {}
        other: dict[str, float] = {}
        for name in {self._phrases[n].article for n in shared}:
            for stem, (counts, full) in heard.stems.items():
                inside = stem in self._named[name]
                named[name] = named.get(name, 0.0) + counts * inside
                other[name] = other.get(name, 0.0) + full * (not inside)
        best: dict[str, Match] = {}
        for n, same in shared.items():
            phrase = self._phrases[n]
            likeness = self._likeness(phrase, heard, same, named[phrase.article], other[phrase.article])
            known = best.get(phrase.article)
            if known is None or likeness > known.likeness:
                best[phrase.article] = Match(phrase.article, phrase.said, likeness)
        return sorted(best.values(), key=lambda match: (-match.likeness, match.article))

    def _likeness(self, phrase: _Phrase, heard: _Heard, same: float, named: float, other: float) -> float:
        """Return how like a phrase and a message are that share the weight `same`.

        `named`: the weight of all that the message shares with the article; `other`: of what else it says.
        """
        if phrase.words == heard.read.words:
            return 1.0
        missing = max(0.0, phrase.mass - same)
        price = OTHER_ASKED if heard.question else OTHER_SAID
        if phrase.needs:
            holds = heard.question and _holds(heard.read, phrase.words)
            if not phrase.needs <= heard.stems.keys() or (len(phrase.needs) == 1 and not holds):
                return 0.0
            price = price if holds else OTHER_SAID
        else:
            same += BESIDE * max(0.0, named - same)
        return same / (same + MISSING * missing + price * other) if same else 0.0

    def _mend(self, word: str) -> str:
        """Return the known word that an unknown one nearly is. A known word's other form is no slip."""
        known = len(word) < SHORTEST or self._stem_of(word) in self._weights
        return word if known else self._mender.mend(word)

    def _stem_of(self, word: str) -> str:
        known = self._vocabulary.get(word)
        if known is not None:
            return known
        # Stemming is the dear part, and leaves the beginning of a word alone. What people type is not kept to save it.
        return self._stem(word) if word[:3] in self._heads else word


def clauses_that_ask(read: Words) -> int:
    """Return the words (as a mask) of the clauses that begin as questions do: what …, tell me … or so."""
    asking, opening, asks = 0, True, False
    for i, word in enumerate(read.words):
        if read.breaks[i] != NONE:
            opening, asks = True, False
        after = read.words[i + 1] if i + 1 < len(read.words) else ""
        asks = asks or word in ASKING_ANYWHERE
        if opening:
            asks = asks or word in ASKING or (word in ASKING_FIRST and after != "")
            asks = asks or (word in ASKING_BEFORE and after in SUBJECTS)
            opening = word in LEADING
        asking |= asks << i
    return asking


def _denies(read: Words, i: int) -> bool:
    """Whether what follows word i is denied: «no coffee», but neither «can not sleep» nor «not enough water»."""
    before, after = read.words[max(0, i - 1)], read.words[min(i + 1, len(read.words) - 1)]
    return read.words[i] in DENYING and before not in ABLE and after not in TOO_LITTLE


def _words(text: str, mend: Callable[[str], str]) -> Words:
    read = split(text[: LONGEST * 24], SPELLINGS, mend)
    return Words(read.words[:LONGEST], read.breaks[:LONGEST], read.asked, read.typed[:LONGEST])


def _as_it_is(word: str) -> str:
    return word


def _holds(read: Words, phrase: tuple[str, ...]) -> bool:
    """Whether the words of a phrase stand in a message one behind the other."""
    return any(read.words[i : i + len(phrase)] == phrase for i in range(len(read.words) - len(phrase) + 1))
