"""The two ways of saying no: in Telegram's words to the bot, in ours to whoever uses the JSON API."""

from http import HTTPStatus
from typing import Any


class Refused(Exception):  # noqa: N818  (Telegram refuses; it is no fault of ours)
    """Telegram's no to the bot: its status code and its exact description, with the prefix it uses."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        """The JSON that Telegram would send."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


class Mistaken(Exception):  # noqa: N818  (the caller of the JSON API mistook something)
    """A 4xx of the JSON API: one sentence, and what may help as further fields."""

    def __init__(self, sentence: str, status: int = HTTPStatus.BAD_REQUEST, **more: Any) -> None:
        super().__init__(sentence)
        self.status = int(status)
        self.body: dict[str, Any] = {"error": sentence, **more}


def bad_request(reason: str) -> Refused:
    """A 400 in Telegram's form."""
    return Refused(HTTPStatus.BAD_REQUEST, f"Bad Request: {reason}")
