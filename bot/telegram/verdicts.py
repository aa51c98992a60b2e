"""What to do with a parcel that did not go through. Pure: one table from (body, trouble) to a verdict.

A reply must come at least once, a reminder at most once, a flood wait ends to the second, and nothing blocks a chat
for ever. The words matched are Telegram's own; its Bot API gives no codes for them.
"""

from dataclasses import dataclass

from bot.session.kept import Posted
from bot.session.screens import Account, Acknowledge, Message, Photo
from bot.telegram.troubles import NotSent, Refused, Trouble

ATTEMPTS = 8
GATEWAYS = (502, 504)
"""The gateway gave up waiting; what stands behind it may have done the work."""

BLOCKED = "blocked"
UNKNOWN = "unknown outcome"
NO_MESSAGE = "no message to edit"

UNPARSABLE = "can't parse entities"
UNCHANGED = "message is not modified"
ELSEWHERE = ("there is no text in the message to edit", "there is no caption in the message to edit")
"""The message has a picture, or has none, other than the parcel has it."""
TOO_LATE = (
    "message to edit not found",
    "message can't be edited",
    "query is too old",
    "query id is invalid",
    "message_id_invalid",
)
"""Nothing is wrong: the message is gone, or the press was long ago."""


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands there, `message` being its id where Telegram told one."""

    message: int | None = None


@dataclass(frozen=True, slots=True)
class Dead:
    """It is given up. `quiet`: nobody needs to look into it."""

    reason: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """Once more at once, without marks."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Once more at once, as a caption if it was a text, as a text if it was a caption."""


@dataclass(frozen=True, slots=True)
class Unpictured:
    """Once more at once, the words alone: Telegram does not take the picture."""

    reason: str


@dataclass(frozen=True, slots=True)
class Flood:
    """Nothing to this chat for so many seconds of the clock."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Away:
    """The person lets the bot write no more."""


@dataclass(frozen=True, slots=True)
class Again:
    """Once more after a pause in real seconds. `line`: nobody can be reached, so all wait."""

    line: bool = False


@dataclass(frozen=True, slots=True)
class Disowned:
    """Telegram does not know the token any more."""


Settled = Sent | Dead | Flood | Away | Again | Disowned
Verdict = Settled | Plain | Elsewhere | Unpictured


def judge(posted: Posted, trouble: Trouble, *, marked: bool) -> Verdict:
    """Return what becomes of a parcel. `marked`: its words were sent as HTML."""
    if isinstance(trouble, NotSent):
        return Again(line=True)
    if not isinstance(trouble, Refused) or trouble.status in GATEWAYS:
        return _unanswered(posted)
    if trouble.retry_after is not None:
        return Flood(trouble.retry_after)
    match trouble.status:
        case 400:
            return _mistaken(posted, trouble.reason.lower(), marked=marked)
        case 401:
            return Disowned()
        case 403:
            return Away()
        case _:
            # At Telegram's own trouble (5xx), or a proxy's.
            spent = posted.attempts + 1 >= ATTEMPTS
            return Dead(f"refused {posted.attempts + 1} times: {trouble.reason}") if spent else Again()


def _unanswered(posted: Posted) -> Verdict:
    match posted.body:
        case Acknowledge():
            return Dead(UNKNOWN, quiet=True)  # of no use a moment later
        case Message() | Photo() | Account() if posted.bulk:
            return Dead(UNKNOWN)
        case Account() if posted.attempts + 1 >= ATTEMPTS:
            return Dead(UNKNOWN)  # a file too large for the line would keep every later answer from its chat
        case _:
            return Again()  # an edit can be made twice without harm, a reply must come


def _mistaken(posted: Posted, reason: str, *, marked: bool) -> Verdict:
    if reason.startswith(UNCHANGED):
        return Sent()
    if reason.startswith(TOO_LATE):
        return Dead(reason, quiet=True)
    if marked and reason.startswith(UNPARSABLE):
        return Plain()
    if reason.startswith(ELSEWHERE):
        return Elsewhere()
    return Unpictured(reason) if isinstance(posted.body, Photo | Account) else Dead(reason)
