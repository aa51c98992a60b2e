"""Errors by who can mend them: the author or the operator. Anything else is our bug; a stale button is no error.

What a person reads stands in `content/`, never in an exception.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake in `flows/` or `content/`, told to its author as `file:line: what is wrong, what to do`."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class FlowError(Exception):
    """The author's: everything that is wrong in `flows/` and `content/`, all at once, sorted by place."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class OperatorError(Exception):
    """The operator's: one sentence that says what is wrong and what to do. Printed without a traceback."""


class StoreError(OperatorError):
    """The operator's: the database cannot serve (locked, newer than this code, disk gone)."""
