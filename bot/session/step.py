"""One thing that happened to one person, in memory: from their facts to what changes. An exception harms nobody else.

What fell due is fenced here: a reminder or timer that was moved on since does nothing, and none speaks in the night.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import assert_never, cast

import structlog

from bot.domain.schedule import Occurrence, out_of_quiet, send_until, verdict
from bot.domain.zones_at import zones_at
from bot.engine.advance import advance, at_a_menu, awaited, else_awaited, held
from bot.engine.conversation import Conversation, load
from bot.engine.effects import Mistake, Prompt, Say, Show
from bot.engine.events import Began, Commanded, Event, Heard, Located, Pressed, Reminded, Showed, Typed, Waited
from bot.engine.kinds import Value, Zone
from bot.engine.names import FlowName, Lane
from bot.engine.renewed import renewed
from bot.session.entries import day_in_words
from bot.session.hear import hear, located
from bot.session.house import House
from bot.session.inputs import (
    Blocked,
    Command,
    Incoming,
    Location,
    Media,
    Press,
    ReminderDue,
    Text,
    TimerDue,
    Unblocked,
    ZonesChanged,
)
from bot.session.kept import Changes, Firing, Person, Reminder, Timer, quiet
from bot.session.known import Known
from bot.session.outgoing import Outgoing
from bot.session.perform import TOGETHER, perform, place
from bot.session.reminding import PUT_OFF as SNOOZED
from bot.session.reminding import is_paused, put_off_name, timed

log = structlog.get_logger()

CHECKIN = "checkin"
"""The reminder that asks about a day, and is not needed once that day has its entry."""
OUT_OF_STEP = timedelta(minutes=1)
"""So much later nobody follows what is done together any more."""
PUT_OFF = timedelta(hours=1)
"""How long a follow-up waits while an emergency card is open."""
MIDNIGHT = time()
STALE = timedelta(days=3)
"""A question that Telegram could not be given for so long is not asked any more."""
BEGAN = ("sent", "skipped:not_needed")
"""Outcomes of a reminder whose flow began: it said what it had to say, or nothing."""
ONE_BY_ONE = timedelta(days=1)
"""Of what was missed while the bot was down, so much is gone through occurrence by occurrence."""


@dataclass(slots=True)
class Step:
    """The work on one person's event."""

    house: House
    changes: Changes
    incoming: Incoming
    now: datetime
    seed: str

    def take(self, timers: Mapping[int, Timer]) -> None:
        """Do it. `timers`: those of this person that still stand."""
        what = self.incoming.what
        match what:
            case Blocked():
                self._block()
            case Unblocked():
                pass
            case ReminderDue(kind, at):
                self._reminder(kind, at)
            case TimerDue(number):
                self._timer(timers.get(number))
            case ZonesChanged():
                self._retime()
            case Text() | Command() | Press() | Media() | Location():
                self._come_back()
                self._sprint(self._event(what))
            case _:
                assert_never(what)
        changes = self.changes
        if changes.erase:
            # They are gone; only somebody who began to talk again, or agreed again, has a row.
            person = changes.person
            changes.touch = person.conversation is not None or person.consented_at is not None
            changes.touch |= any(changes.timers.values())

    # What people do --------------------------------------------------------------------------------------------

    def _event(self, what: Text | Command | Press | Media | Location) -> Event:
        match what:
            case Text(text, edited):
                return Typed(self.seed, text, self._heard(text, self._conversation()), edited=edited)
            case Command("start", link) if link.lower() in self.house.flows.commands:
                # A deep link: t.me/<bot>?start=water comes as /start water.
                return Commanded(self.seed, link.lower(), Heard())
            case Command(name, tail):
                return Commanded(self.seed, name, self._heard(tail, Conversation()))
            case Press(data=data):
                nonce, _, option = data.partition(":")
                return Pressed(self.seed, nonce, option)
            case Media():
                return Showed(self.seed)
            case Location(latitude, longitude):
                wanted = isinstance(awaited(self.house.flows, self._conversation(), self.now), Zone)
                return Located(self.seed, zones_at(latitude, longitude) if wanted else ())
            case _:
                assert_never(what)

    def _come_back(self) -> None:
        """Note that they are here. Whoever blocked us and writes again has their reminders back, without a backlog."""
        person = replace(self.changes.person, seen_at=self.now)
        if person.consented_at is not None and self.incoming.language is not None:
            person = replace(person, language=self.house.language(self.incoming.language))
        self.changes.person = replace(person, blocked_at=None)
        if person.blocked_at is not None:
            self._retime()

    def _retime(self) -> None:
        if self.changes.person.blocked_at is not None:
            return
        for kind in self.changes.person.reminders:
            self.changes.person = timed(self.changes.person, kind, self.now)
            self.changes.reminders[kind] = self.changes.person.reminders[kind]

    def _block(self) -> None:
        person = quiet(replace(self.changes.person, blocked_at=self.now))
        self.changes.person = person
        self.changes.reminders |= person.reminders
        self.changes.parcels.clear()
        self.changes.drop_parcels = True

    # What falls due --------------------------------------------------------------------------------------------

    def _reminder(self, kind: str, at: datetime) -> None:
        person = self.changes.person
        reminder = person.reminders.get(kind)
        if reminder is None or reminder.next_at != at or reminder.next_date is None or reminder.next_slot is None:
            return
        if person.blocked_at is not None:
            self.changes.person = quiet(person)
            self.changes.reminders |= self.changes.person.reminders
            return
        coming = Occurrence(at, reminder.next_date, reminder.next_slot)
        later = None if reminder.once else timed(person, kind, self._gone_through(at))
        following = None if later is None else later.reminders[kind].next_at
        if following is not None and following <= self.now:
            outcome: str = "skipped:late"  # a newer one is due as well, and nobody needs both in one minute
        elif reminder.once is not None and is_paused(person, at):
            self.changes.person = timed(person, kind, self.now)  # nothing else would bring it: it waits
            self.changes.reminders[kind] = self.changes.person.reminders[kind]
            return
        elif is_paused(person, at):
            outcome = "skipped:paused"
        else:
            outcome = self._remind(reminder, coming)
            if outcome in BEGAN:
                self.changes.timers[put_off_name(kind)] = None  # the one that was put off is this one
        self._fired(at, Firing(kind, coming.day, coming.slot, self.now, outcome))

    def _gone_through(self, at: datetime) -> datetime:
        """Return after when the next occurrence is looked for: behind this one, so that each leaves its record."""
        return max(at, self.now - ONE_BY_ONE)

    def _fired(self, at: datetime, firing: Firing) -> None:
        """Write down what became of the occurrence (it was due `at`), and when the next one is."""
        person = self.changes.person
        person = replace(person, fired=person.fired | {(firing.kind, firing.day, firing.slot)})
        self.changes.firings.append(firing)
        reminder = person.reminders.get(firing.kind)
        if reminder is not None and reminder.next_at == at:  # the talk it began may have changed it
            if reminder.once is None:
                person = timed(person, firing.kind, self._gone_through(at))
            else:  # it came, or never will
                others = {kind: other for kind, other in person.reminders.items() if kind != firing.kind}
                person = replace(person, reminders=others)
            self.changes.reminders[firing.kind] = person.reminders.get(firing.kind)
        self.changes.person = person
        log.info("reminder_fired", kind=firing.kind, outcome=firing.outcome)

    def _timer(self, timer: Timer | None) -> None:
        """Start the flow, or notice the silence. In the night a flow waits for the morning; a silence stays one."""
        if timer is None or timer.name in self.changes.timers or self.changes.all_timers_off:
            return  # dealt with, replaced or called off, perhaps in this very batch
        person = self.changes.person
        self.changes.timers[timer.name] = None
        if person.blocked_at is not None:
            return
        if timer.flow == SNOOZED:
            self._snoozed(timer)
            return
        zone = self._known(person).somewhere
        morning = self.now if zone is None else out_of_quiet(self.now, zone, person.preferences.quiet)
        if timer.flow is None and timer.data.get(TOGETHER):
            late = self.now - timer.due_at > OUT_OF_STEP
            self._sprint(Waited(self.seed, Lane(timer.lane), timer.nonce, late))
            return
        if timer.flow is None:
            if morning == self.now and zone is not None:
                self._sprint(Waited(self.seed, Lane(timer.lane), timer.nonce), bulk=True)
            return
        if held(self.house.flows, self._conversation(), self.now):
            morning = max(morning, self.now + PUT_OFF)
        if morning > self.now:
            self.changes.timers[timer.name] = replace(timer, due_at=morning, id=None)
            return
        flow = FlowName(timer.flow)
        if flow in self.house.flows.flows:
            self._sprint(Began(self.seed, flow, dict(timer.data)), bulk=True, until=self.now + STALE)

    def _snoozed(self, timer: Timer) -> None:
        """Remind once more at the time that they asked for. What is late for that does not come in the night."""
        person, kind = self.changes.person, cast("str", timer.data["kind"])
        reminder, known = person.reminders.get(kind), self._known(person)
        if reminder is None or (reminder.next_at is not None and reminder.next_at <= self.now):
            return  # it was switched off, or comes by itself in this very minute
        about = cast("str | None", timer.data.get("day"))
        day = known.today if about is None else date.fromisoformat(about)
        if kind == CHECKIN and day in person.checkins:
            return  # it was told meanwhile
        coming = Occurrence(timer.due_at, known.today, next(iter(reminder.times), MIDNIGHT))
        told = day_in_words(day, known.language)
        given: dict[str, Value] = {} if about is None else {"day": about, "day_words": told}
        log.info("reminder_again", kind=kind, outcome=self._remind(reminder, coming, given))

    def _remind(self, reminder: Reminder, coming: Occurrence, given: Mapping[str, Value] | None = None) -> str:
        """Let its flow begin, if it may at this hour, with what is `given`. Returns `sent`, or `skipped:<why>`."""
        known = self._known(self.changes.person)
        outcome = verdict(coming, self.now, known.zone, known.person.preferences.quiet)
        if outcome != "send":
            return outcome
        if held(self.house.flows, self._conversation(), self.now):
            return "skipped:emergency"
        until = send_until(coming, known.zone, known.person.preferences.quiet)
        reminded = Reminded(self.seed, reminder.kind, reminder.words, once=reminder.once is not None, given=given or {})
        return "sent" if self._sprint(reminded, bulk=True, until=until) else "skipped:not_needed"

    # The sprint ------------------------------------------------------------------------------------------------

    def _sprint(self, event: Event, *, bulk: bool = False, until: datetime | None = None) -> bool:
        """Run the engine and put what it wants into the changes. Returns whether anything is said."""
        known = self._known(self.changes.person)
        if isinstance(event, Typed | Commanded):
            known = replace(known, here=event.heard.country)
        sprint = advance(self.house.flows, self._conversation(), event, known, self.now)
        for effect in sprint.effects:
            if isinstance(effect, Mistake):
                log.error("flow_mistake", file=effect.where.file, line=effect.where.line, mistake=effect.message)
        press = self.incoming.what if isinstance(self.incoming.what, Press) else None
        outgoing = Outgoing(self.house.words, known.language, press)
        perform(sprint.effects, self.changes, cast("Known", sprint.facts), outgoing, bulk=bulk, until=until)
        place(self.changes, sprint.conversation)
        return any(isinstance(effect, Say | Prompt | Show) for effect in sprint.effects)

    def _known(self, person: Person) -> Known:
        told = person.language if person.consented_at is not None else self.incoming.language
        return Known(person, self.now, self.house.language(told), self.house.help)

    def _heard(self, text: str, talks: Conversation) -> Heard:
        known, flows = self._known(self.changes.person), self.house.flows
        kind, menu = awaited(flows, talks, self.now), at_a_menu(flows, talks, self.now)
        ear, glass = self.house.ear(known.language), known.person.preferences.glass
        zone = None if known.person.zone is None else known.zone
        other = else_awaited(flows, talks, self.now)
        heard = hear(text, ear, kind, self.now, known.today, menu=menu, glass=glass, zone=zone, other=other)
        return located(heard, text, kind)

    def _conversation(self) -> Conversation:
        state = self.changes.person.conversation
        if state is None:
            return Conversation()
        try:
            return renewed(self.house.flows, load(state))
        except ValueError as error:
            log.error("conversation_unreadable", reason=str(error))  # noqa: TRY400  (its trace would say no more)
            return Conversation()
