"""What the JSON API takes: one model an order. Unknown fields are mistakes, so that no misspelt one is passed over."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import Request

from bot.playground.clock import duration, moment
from bot.playground.refusals import Mistaken

Length = Annotated[timedelta, BeforeValidator(lambda given: duration(given) if isinstance(given, str) else given)]
Moment = Annotated[AwareDatetime, BeforeValidator(lambda given: moment(given) if isinstance(given, str) else given)]


class Order(BaseModel):
    """Anything that is asked of the stand-in."""

    model_config = ConfigDict(extra="forbid")


class Act(Order):
    """Something a person does; `wait`: real seconds until the answer goes out even though the bot is not at rest."""

    wait: float = Field(30, ge=0, le=600)


class Join(Order):
    """A new person."""

    name: str = Field("Someone", min_length=1, max_length=64)
    language: str | None = None


class Say(Act):
    """Type a text."""

    text: str


class Tap(Act):
    """Press a button by its label, or any data on a message."""

    button: str | None = None
    message_id: int | None = None
    data: str | None = None

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """A label, or data with the message it is pressed on."""
        if (self.button is None) == (self.data is None) or (self.data is not None and self.message_id is None):
            raise ValueError("give a button's label, or data together with a message_id")
        return self


class Locate(Act):
    """Share a place."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Send(Act):
    """Send something else than typed text."""

    kind: str
    text: str = ""
    message_id: int | None = None


class Raw(Act):
    """Queue any update."""

    update: dict[str, Any]


class Move(Order):
    """Where time goes: on by a duration, to a moment, or to the next thing that is due."""

    advance: Length | None = None
    to: Moment | None = None
    next: bool = False
    wait: float = Field(30, ge=0, le=600)

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Exactly one of the three."""
        if (self.advance is not None) + (self.to is not None) + self.next != 1:
            raise ValueError('give one of "advance", "to", "next"')
        return self

    @property
    def goal(self) -> datetime | timedelta | None:
        """The one that was given; None for the next due thing."""
        return self.to if self.to is not None else self.advance


class Rested(Order):
    """What a bot process says: that it begins, or that it has come to rest."""

    boot: str = Field(min_length=1)
    hello: bool = False
    handled: int | None = None
    generation: int | None = None
    next_due: Moment | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        """A report speaks of a generation."""
        if not self.hello and self.generation is None:
            raise ValueError("a report of rest needs the generation it speaks of")
        return self


class Misbehave(Order):
    """What is to go wrong with the next calls of a method."""

    method: str = Field(min_length=1)
    times: int = Field(1, ge=1)
    status: int | None = Field(None, ge=400, le=599)
    drop: Literal["before", "after"] | None = None
    delay: float = Field(0, ge=0, le=600)
    retry_after: int | None = Field(None, ge=0)
    description: str | None = None
    chat_id: int | None = None

    @model_validator(mode="after")
    def something(self) -> Self:
        """At least one thing goes wrong, and not two that contradict each other."""
        if self.status is None and self.drop is None and not self.delay:
            raise ValueError('give "status", "drop" or "delay"')
        if self.status is not None and self.drop is not None:
            raise ValueError('a call that is dropped has no "status"')
        return self


class Span(Order):
    """What a reader asks for: only later than a number, and how long (in real seconds) to wait for it."""

    after: int = -1
    since: int = -1
    seconds: float = Field(0, ge=0, le=600)
    wait: float = Field(0, ge=0, le=600)
    method: str | None = None


OrderT = TypeVar("OrderT", bound=Order)


async def read(request: Request, kind: type[OrderT]) -> OrderT:
    """The order in the body; Mistaken with one sentence when it is none."""
    try:
        return kind.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        raise Mistaken(_sentence(error)) from None


def read_query(request: Request) -> Span:
    """The order in the query."""
    try:
        return Span.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise Mistaken(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(map(str, first["loc"]))
    what = first["msg"].removeprefix("Value error, ")
    return f"{where}: {what}." if where else f"{what}."
