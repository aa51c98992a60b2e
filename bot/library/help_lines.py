"""Emergency numbers and crisis lines by country, each with its source and the day it was checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.engine.facts import FACTS
from bot.engine.model import Words
from bot.errors import Fault
from bot.library.strict_yaml import Tree


@dataclass(frozen=True, slots=True)
class HelpLine:
    """The lines of one country; `None` where none is known."""

    emergency: str | None
    crisis: str | None


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The lines of all countries, by ISO 3166 alpha-2 code."""

    countries: Mapping[str, HelpLine] = field(default_factory=dict)

    def emergency(self, country: str | None) -> str | None:
        """Return the emergency number of a country; None where it is unknown."""
        line = self.countries.get(country or "")
        return line.emergency if line is not None else None

    def crisis(self, country: str | None) -> str | None:
        """Return the crisis line of a country; None where it is unknown."""
        line = self.countries.get(country or "")
        return line.crisis if line is not None else None


class _Country(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    emergency: str | None = None
    crisis: str | None = None
    source: str
    checked: str
    note: str | None = None


def read_help_lines(tree: Tree, faults: list[Fault]) -> HelpLines:
    """Read `content/help_lines.yaml`; what is wrong with it is added to `faults`."""
    value = tree.value if isinstance(tree.value, dict) else {}
    countries = value.get("countries")
    if not isinstance(countries, dict) or set(value) != {"countries"}:
        faults.append(tree.fault((), "needs one key, countries:, with a country a line: US: {emergency: …}"))
        return HelpLines()
    lines: dict[str, HelpLine] = {}
    for code, raw in countries.items():
        path = ("countries", code)
        if not re.fullmatch(r"[A-Z]{2}", code):
            faults.append(tree.fault(path, f"«{code}» is no country code; write two capitals, such as US"))
        try:
            country = _Country.model_validate(raw)
        except ValidationError as error:
            for problem in error.errors():
                part = ".".join(map(str, problem["loc"])) or code
                faults.append(tree.fault((*path, *problem["loc"]), f"«{part}»: {problem['msg']}; write text in quotes"))
            continue
        faults.extend(tree.fault(path, f"«{code}» {message}") for message in _wrong(country))
        lines[code] = HelpLine(country.emergency, country.crisis)
    return HelpLines(lines)


def _wrong(country: _Country) -> list[str]:
    faults = []
    if country.emergency is None and country.crisis is None:
        faults.append("names no line; give emergency: or crisis:, or leave the country out")
    if not country.source.startswith("https://"):
        faults.append("has a source that is not https://…; name the page that says so")
    try:
        date.fromisoformat(country.checked)
    except ValueError:
        faults.append("has checked: without a date; write the day it was checked, such as 2026-11-21")
    for name, said in (("emergency", country.emergency), ("crisis", country.crisis)):
        kind = FACTS[f"help.{name}"].field.kind
        if said is not None and isinstance(kind, Words) and len(said) > kind.longest:
            faults.append(f"has an {name} of more than {kind.longest} characters; make it shorter")
    return faults
