"""What is known while flows are built, and what every part of a flow asks of it: its texts, steps, values, other flows.

A mistake is added to the list and building goes on, so that an author sees all of them at once. What comes out is only
used when there was none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from bot.engine import acts
from bot.engine.conditions import ConditionError
from bot.engine.kinds import Field
from bot.engine.names import FlowName, StepId
from bot.errors import Fault
from bot.library.content import Content
from bot.library.fields import Scope, read_given
from bot.library.pictures import Picture
from bot.library.schema import FlowFile
from bot.library.strict_yaml import Path, Tree
from bot.library.uses import Use

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True, slots=True)
class Source:
    """A flow's file, with its data settled."""

    file: FlowFile
    tree: Tree
    data: Mapping[str, Field]
    names: Scope
    sure: bool
    """Nothing was wrong with its data."""


@dataclass(slots=True)
class Building:
    """The whole house while it is built."""

    sources: Mapping[str, Source]
    contents: Sequence[Content]
    vocabulary: Mapping[str, tuple[str, ...]]
    faults: list[Fault]
    broken: set[str]
    """Flows whose files could not be read: they are there, nothing more is known."""
    uses: list[Use] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    """Flows with a mistake after which their ways and words cannot be judged."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    """The pictures that flows show."""
    asked: set[str] = field(default_factory=set)
    """The entries (`flow.step`) that are questions."""


@dataclass(frozen=True, slots=True)
class Site:
    """One flow while it is built."""

    house: Building
    source: Source

    @property
    def name(self) -> str:
        """The flow's name."""
        return self.source.file.flow

    @property
    def data(self) -> Mapping[str, Field]:
        """The flow's data."""
        return self.source.data

    def wrong(self, path: Path, message: str) -> None:
        """Add a mistake that stands at `path` of the flow's file."""
        self.house.faults.append(self.source.tree.fault(path, message))

    def by(self, path: Path) -> str:
        """Return a place in the flow's file, as a fault names it."""
        return f"{self.source.tree.file}:{self.source.tree.line(path)}"

    def text(
        self,
        path: Path,
        key: str,
        *,
        buttons: Sequence[str] | None = None,
        caption: bool = False,
        below: Sequence[str] = (),
    ) -> acts.Text:
        """Return a text and remember that it is needed.

        `buttons`: of a question, the keys of what can be chosen; `below`: the texts below it in the same message.
        """
        needs = {name for content in self.house.contents for text in content.whole(key) for name in text.names}
        by = self.by(path)
        self.house.uses.append(Use(key, by, self.source.names, buttons=buttons, caption=caption, below=below))
        return acts.Text(key, tuple(sorted(needs)))

    def target(self, path: Path, name: str) -> StepId:
        """Return the step that a way leads to."""
        known = [step.id for step in self.source.file.steps]
        if name not in known:
            self.wrong(path, f"there is no step «{name}»; {close(name, known)}")
        return StepId(name)

    def flow(self, path: Path, name: str) -> FlowName:
        """Return the name of another flow."""
        if name not in self.house.sources and name not in self.house.broken:
            self.wrong(path, f"there is no flow «{name}»; {close(name, list(self.house.sources))}")
        return FlowName(name)

    def given(self, path: Path, raw: object, target: Field) -> acts.Given:
        """Return a value that an author wrote for `target`."""
        try:
            return read_given(raw, target, self.source.names)
        except ConditionError as error:
            name = next(part for part in reversed(path) if isinstance(part, str))
            self.wrong(path, f"«{name}» {error}")
            return None

    def fields(self, path: Path, raw: Mapping[str, Any], targets: Mapping[str, Field]) -> dict[str, acts.Given]:
        """Return values by name, each for the target of that name."""
        result: dict[str, acts.Given] = {}
        for name, value in raw.items():
            if name in targets:
                result[name] = self.given((*path, name), value, targets[name])
            else:
                self.wrong((*path, name), f"«{name}» is not known here; {close(name, list(targets))}")
        return result

    def handed_over(self, path: Path, raw: Mapping[str, Any], flow: str) -> dict[str, acts.Given]:
        """Return what another flow is given, by the names of its data that are not computed."""
        other = self.house.sources.get(flow)
        if other is None:
            return {}
        return self.fields(path, raw, {name: field for name, field in other.data.items() if field.computed is None})


def duration(text: str) -> timedelta:
    """Return what `30m`, `12h`, `3d` mean."""
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


def close(name: str, known: Sequence[str]) -> str:
    """Return the end of a fault about an unknown name: the one that was meant, or all there are."""
    meant = get_close_matches(name, known, 1)
    return f"did you mean «{meant[0]}»?" if meant else f"there are {', '.join(known) or 'none'}"
