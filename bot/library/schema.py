"""The shape of a flow file: which keys there are and what they hold. What the names in it mean is checked in `flows`.

The JSON Schema for editors is made of these models: `python -m bot.library.schema` writes `docs/flow.schema.json`.
"""

import json
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.errors import Fault
from bot.library.shapes import CLOCK, DELAY, DURATION, KEY, NAME, NUMBER, OPTION, shape_faults
from bot.library.strict_yaml import Path, Tree

Name = Annotated[str, Field(pattern=NAME, description="lower case letters, digits and _, at most 32")]
Option = Annotated[str, Field(pattern=OPTION, description="a word of a choice, at most 48")]
Key = Annotated[str, Field(pattern=KEY, description="a text: file.entry")]
Expression = Annotated[str, Field(min_length=1, description="such as: mood == 'worse' and (scale or 0) >= 5")]
Duration = Annotated[str, Field(pattern=DURATION, description="30m, 12h, 3d")]
Delay = Annotated[str, Field(pattern=DELAY, description="30m, 12h, 3d; or = and a number of days")]
Clock = Annotated[str, Field(pattern=CLOCK, description="HH:MM")]
Given = str | int | bool | list[str] | None
"""A value, or an expression where it begins with `=`."""
Fields = dict[Name, Given]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Start(_Part):
    """What begins the flow. A flow without it is called, switched to or scheduled."""

    command: Name | None = None
    sign: Literal["doctor", "emergency", "crisis", "doubt"] | None = None
    reminder: Literal["water", "exercise", "checkin", "week", "own"] | None = None
    idle: Literal[True] | None = None
    topic: Literal[True] | None = None
    intent: Name | list[Name] = []


class Said(_Part):
    """A part of an article, as what a step says."""

    article: Expression
    part: Literal["short", "rest", "whole"]


class More(_Part):
    """A shared text that stands below, if the condition is true."""

    if_: Annotated[Expression, Field(alias="if")]
    say: Key


class Expires(_Part):
    """How long the flow waits for an answer before it is over, and how much longer its buttons count aside."""

    after: Duration
    aside: Duration | None = None


class Data(_Part):
    """One name of `data:`; exactly one kind."""

    choice: Name | list[Option] | None = None
    int_: Annotated[list[int] | None, Field(alias="int", min_length=2, max_length=2)] = None
    set_: Annotated[Name | list[Option] | None, Field(alias="set")] = None
    bool_: Annotated[Expression | None, Field(alias="bool")] = None
    time: Literal["local"] | None = None
    times: Literal["local"] | None = None
    moment: Literal["once", "until"] | None = None
    span: Literal["local"] | None = None
    zone: Literal["iana"] | None = None
    country: Literal["iso"] | None = None
    told: Literal[True] | None = None
    words: Annotated[int | None, Field(ge=1, le=1000)] = None
    optional: bool = False

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        kinds = self.model_fields_set - {"optional"}
        if len(kinds) != 1:
            raise ValueError(
                "needs exactly one of choice, int, set, bool, time, times, moment, span, zone, country, told, words"
            )
        if self.int_ is not None and self.int_[0] > self.int_[1]:
            raise ValueError("needs the smaller number first: {int: [0, 10]}")
        return self


class Tries(_Part):
    """Where the talk goes after so many answers that were not understood."""

    max: Annotated[int, Field(ge=1, le=10)]
    then: Name


class Silence(_Part):
    """What is said when no answer comes, how often, and where the talk goes at last."""

    after: Duration
    say: Key = "nudge"
    times: Annotated[int, Field(ge=1, le=5)] = 1
    then: Name


class Wait(_Part):
    """How long a question waits before the talk goes on by itself, and where it goes when we come too late for that."""

    after: Duration
    then: Name
    late: Name


class Save(_Part):
    """One row of the diary."""

    to: Name
    fields: Fields


class Remind(_Part):
    """A reminder: daily, or once; no times switch it off."""

    kind: Name | Expression
    at: list[str] | str | None = None
    once: Expression | None = None
    in_: Annotated[Duration | None, Field(alias="in")] = None
    words: str | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        ways = [way for way in (self.at, self.once, self.in_) if way is not None]
        if not ways and self.words is None:
            raise ValueError("needs at:, the times of day, or words:")
        if len(ways) > 1:
            raise ValueError("needs one of at:, once: and in:")
        return self


class Snooze(_Part):
    """A reminder once more: so long from now, or at a time of day."""

    kind: Name | Expression
    in_: Annotated[Duration | None, Field(alias="in")] = None
    at: str | None = None
    day: Expression | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.in_ is None) == (self.at is None):
            raise ValueError("needs in: or at:, one of them")
        return self


class Schedule(_Part):
    """A flow to start once, later."""

    flow: Name
    in_: Annotated[Delay, Field(alias="in")]
    at: str | None = None
    replace: Name | None = None
    with_: Annotated[Fields, Field(alias="with")] = {}


class Branch(_Part):
    """One way on: `if` and `then`, or `else`."""

    if_: Annotated[Expression | None, Field(alias="if")] = None
    then: Name | None = None
    else_: Annotated[Name | None, Field(alias="else")] = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.model_fields_set not in ({"if_", "then"}, {"else_"}):
            raise ValueError("needs if: and then:, or else: alone")
        return self


class Step(_Part):
    """One step: its acts, then what it says, then what it waits for, then where it goes."""

    id: Name
    let: Fields | None = None
    save: Save | None = None
    set_: Annotated[Fields | None, Field(alias="set")] = None
    log: dict[Literal["water", "exercise"], Given] | None = None
    remind: Remind | None = None
    snooze: Snooze | None = None
    schedule: Schedule | None = None
    call_off: Name | None = None
    stop: Literal[True] | None = None
    erase: Literal[True] | None = None
    show: Literal["weeks", "days", "everything", "table"] | None = None
    say: Literal[True] | Key | Said | Annotated[list[Key | More], Field(min_length=2)] | None = None
    picture: Name | None = None
    ask: Name | None = None
    or_: Annotated[Name | None, Field(alias="or")] = None
    columns: Annotated[int | None, Field(ge=1, le=8)] = None
    among: Expression | None = None
    at_once: Literal[True] | None = None
    suggest: list[Clock] = []
    tries: Tries | None = None
    silence: Silence | None = None
    wait: Wait | None = None
    in_place: Literal[True] | None = None
    back: Name | None = None
    again: Literal[True] | None = None
    call: Name | None = None
    with_: Annotated[Fields, Field(alias="with")] = {}
    gives: dict[Name, Name] = {}
    tags: list[Name] = []
    next: Name | list[Branch] | None = None
    switch: Name | None = None
    end: Literal["done"] | None = None

    @field_validator("let", "save", "set_", "log", "remind", "snooze", "schedule", "call_off", "stop", "erase", "show")
    @classmethod
    def _given(cls, value: object) -> object:
        if value is None:
            raise ValueError("has nothing behind it; say what to do, or take it out")
        return value


class Proof(_Part):
    """`prove:`: whoever reaches one step has been at the other."""

    reaching: Name
    requires: Name


class FlowFile(_Part):
    """A whole file of `flows/`."""

    flow: Name
    version: Annotated[int, Field(ge=1)]
    start: Start = Start()
    aside: bool = False
    expires: Expires = Expires(after="12h")
    resumes: bool = True
    holds: bool = False
    pierces: bool = False
    yields: Literal["nothing", "wishes", "anything"] = "nothing"
    quiet: bool = False
    one_card: bool = False
    changes: dict[Annotated[str, Field(pattern=NUMBER)], dict[Name, Name]] = {}
    data: dict[Name, Data] = {}
    steps: Annotated[list[Step], Field(min_length=1)]
    prove: list[Proof] = []


def read_flow_file(tree: Tree, faults: list[Fault]) -> FlowFile | None:
    """Return the file if it has the shape; otherwise add what is wrong with it to `faults`."""
    try:
        return FlowFile.model_validate(tree.value)
    except ValidationError as error:
        faults.extend(shape_faults(tree, error, _model))
        return None


_PARTS: dict[str, type[BaseModel]] = {
    "start": Start, "expires": Expires, "tries": Tries, "silence": Silence, "wait": Wait, "save": Save,
    "remind": Remind, "snooze": Snooze, "schedule": Schedule, "say": Said,
}  # fmt: skip


def _model(path: Path) -> type[BaseModel]:
    """Return the model that has the key at `path`."""
    match path:
        case ("data", _, _):
            return Data
        case ("steps", int(), "next", int(), _):
            return Branch
        case ("prove", int(), _):
            return Proof
        case ("steps", int(), str(part), _) | (str(part), _) if part in _PARTS:
            return _PARTS[part]
        case ("steps", int(), _):
            return Step
    return FlowFile


def json_schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a flow file."""
    schema = FlowFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """Return what stands in `docs/flow.schema.json`."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FilePath("docs/flow.schema.json").write_text(schema_text(), encoding="utf-8")
