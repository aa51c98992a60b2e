"""What can go wrong with a call of the Bot API, by what it means for the one who sent it: not by library or status.

None of them carries an address: the token is a part of each. A refusal's words are cut before what they quote.
"""

from telegram.error import TelegramError


class NotSent(TelegramError):  # noqa: N818  (it names what happened)
    """Telegram has not got it: no connection could be made. Sending again is safe."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"not sent ({kind})")


class Unknown(TelegramError):  # noqa: N818  (the same)
    """It may have arrived, or not: the answer never came, or says nothing."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no answer ({kind})")


class Refused(TelegramError):  # noqa: N818  (the same)
    """Telegram's no. `retry_after`: seconds, where it told them; a 429 always has them (1 if it told none)."""

    def __init__(self, status: int, description: str, retry_after: float | None = None) -> None:
        self.status = status
        self.reason = _reason(description) or f"status {status}"
        self.retry_after = retry_after
        super().__init__(f"{status}: {self.reason}")


Trouble = NotSent | Unknown | Refused
TROUBLES = (NotSent, Unknown, Refused)
"""For `except`."""


def _reason(description: str) -> str:
    # "Bad Request: can't parse entities: Unsupported start tag …": what follows the second colon quotes what was sent.
    head, colon, tail = description.partition(": ")
    return (tail if colon else head).partition(": ")[0].strip()[:120]
