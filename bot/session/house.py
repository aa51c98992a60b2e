"""The house as the session needs it: the library's, with a reader for each language and the help lines put in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import snowballstemmer
from babel import Locale

from bot.domain.intents import Intents
from bot.domain.signs import Reader
from bot.domain.topics import Topics
from bot.engine.model import Flows
from bot.library.help_lines import HelpLines
from bot.library.house import House as Library
from bot.library.words import FALLBACK, Words
from bot.session.hear import Ear


@dataclass(frozen=True, slots=True)
class Help:
    """Whom to call: a country's own numbers, or words that serve in any country."""

    lines: HelpLines
    words: Words

    def emergency(self, country: str | None, language: str) -> str:
        """Return the emergency number. `country`: ISO 3166 alpha-2, None where it is not known."""
        return self.lines.emergency(country) or self.words.label("common.emergency_number", language)

    def country(self, country: str | None, language: str) -> str | None:
        """Return what a country is called; None where it is not known, or CLDR has no name for it."""
        return None if country is None else Locale.parse(language.replace("-", "_")).territories.get(country)

    def crisis(self, country: str | None, language: str) -> str:
        """Return the crisis line; the emergency number of a country whose line is not known."""
        lines = self.lines
        return lines.crisis(country) or lines.emergency(country) or self.words.label("common.crisis_line", language)


@dataclass(frozen=True, slots=True)
class House:
    """Flows, words, help, and who reads free text in each language: its signs, its topics, its intents."""

    flows: Flows
    words: Words
    help: Help
    readers: Mapping[str, Reader]
    topics: Mapping[str, Topics] = field(default_factory=dict)
    intents: Mapping[str, Intents] = field(default_factory=dict)

    def language(self, tag: str | None) -> str:
        """Return the language of the house that fits an IETF tag best (`de-AT` → `de`); English else."""
        return self.words.language(tag or FALLBACK)

    def reader(self, language: str) -> Reader:
        """Return who reads this language; English where nobody does yet, for a sign in English is one too."""
        return self.readers.get(language) or self.readers[FALLBACK]

    def ear(self, language: str) -> Ear:
        """Return all who read this language; for each part English where nobody does yet."""
        topics = self.topics.get(language) or self.topics.get(FALLBACK)
        return Ear(self.reader(language), topics, self.intents.get(language) or self.intents.get(FALLBACK))


def furnish(library: Library) -> House:
    """Make the house of what was loaded. Building the readers takes some tenths of a second, once."""
    readers = {language: Reader(words) for language, words in library.ear.items()}
    topics = {
        language: Topics(
            {one.id: one.asks for one in articles.values()}, {one.id: one.title for one in articles.values()}, stems
        )
        for language, articles in library.articles.items()
        if articles and (stems := _snowball(language)) is not None
    }
    intents = {language: Intents(words) for language, words in library.intents.items()}
    return House(library.flows, library.words, Help(library.help_lines, library.words), readers, topics, intents)


def _snowball(language: str) -> str | None:
    """Return what Snowball calls a language; None where it has no stemmer for it."""
    name = Locale.parse(language.replace("-", "_")).get_language_name("en")
    return name.lower() if name is not None and name.lower() in snowballstemmer.algorithms() else None
