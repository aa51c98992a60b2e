"""Emergency numbers and crisis lines by country, each with its source and the day it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic import Field as Pattern

from bot.engine.facts import FACTS
from bot.engine.kinds import Words
from bot.errors import Fault
from bot.library.shapes import COUNTRY, SOURCE, shape_faults
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
    source: Annotated[str, Pattern(pattern=SOURCE)]
    checked: str
    note: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.emergency is None and self.crisis is None:
            raise ValueError("names no line; give emergency: or crisis:, or leave the country out")
        for name, said in (("emergency", self.emergency), ("crisis", self.crisis)):
            kind = FACTS[f"help.{name}"].field.kind
            if said is not None and isinstance(kind, Words) and len(said) > kind.longest:
                raise ValueError(f"has for {name}: more than {kind.longest} characters; make it shorter")
        try:
            date.fromisoformat(self.checked)
        except ValueError:
            raise ValueError("has for checked: no date; write the day it was checked, such as 2026-11-21") from None
        return self


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    countries: dict[Annotated[str, Pattern(pattern=COUNTRY)], _Country]


def read_help_lines(tree: Tree, faults: list[Fault]) -> HelpLines:
    """Read `content/help_lines.yaml`; what is wrong with it is added to `faults`."""
    try:
        file = _File.model_validate(tree.value)
    except ValidationError as error:
        faults.extend(shape_faults(tree, error, lambda path: _File if len(path) == 1 else _Country))
        return HelpLines()
    return HelpLines({code: HelpLine(line.emergency, line.crisis) for code, line in file.countries.items()})
