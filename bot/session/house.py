"""The house as the session needs it: the library's, with a reader for each language and the help lines put in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.signs import Reader
from bot.engine.model import Flows
from bot.library.help_lines import HelpLines
from bot.library.house import House as Library
from bot.library.words import FALLBACK, Words


@dataclass(frozen=True, slots=True)
class Help:
    """Whom to call: a country's own numbers, or words that serve in any country."""

    lines: HelpLines
    words: Words

    def emergency(self, country: str | None, language: str) -> str:
        """Return the emergency number. `country`: ISO 3166 alpha-2, None where it is not known."""
        return self.lines.emergency(country) or self.words.label("common.emergency_number", language)

    def crisis(self, country: str | None, language: str) -> str:
        """Return the crisis line; the emergency number of a country whose line is not known."""
        lines = self.lines
        return lines.crisis(country) or lines.emergency(country) or self.words.label("common.crisis_line", language)


@dataclass(frozen=True, slots=True)
class House:
    """Flows, words, help, and who reads free text in each language."""

    flows: Flows
    words: Words
    help: Help
    readers: Mapping[str, Reader]

    def language(self, tag: str | None) -> str:
        """Return the language of the house that fits an IETF tag best (`de-AT` → `de`); English else."""
        return self.words.language(tag or FALLBACK)

    def reader(self, language: str) -> Reader:
        """Return who reads this language; English where nobody does yet, for a sign in English is one too."""
        return self.readers.get(language) or self.readers[FALLBACK]


def furnish(library: Library) -> House:
    """Make the house of what was loaded. Building the readers takes some tens of milliseconds, once."""
    readers = {language: Reader(words) for language, words in library.ear.items()}
    return House(library.flows, library.words, Help(library.help_lines, library.words), readers)
