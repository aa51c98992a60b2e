"""Effects become what is written and what goes out. The facts have changed already; here it is put into rows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import assert_never, cast

from bot.domain.schedule import due_after
from bot.engine import effects
from bot.engine.conversation import Conversation, dump
from bot.engine.facts import KINDS
from bot.session.entries import entry_day
from bot.session.kept import Changes, Ended, Logged, Parcel, Person, Timer
from bot.session.known import Known
from bot.session.outgoing import Outgoing
from bot.session.reminding import just_done, put_off, put_off_name, rhythm_of, timed
from bot.session.screens import Body, Message, Photo, Rebutton, Rewrite

SILENCE = "silence:"
TOGETHER = "together"
SOON = timedelta(minutes=1)
"""After the end of a pause: whoever ends it reads so first."""


def fork(changes: Changes) -> Changes:
    """Return a copy that can be thrown away when a step fails."""
    return replace(
        changes,
        checkins=dict(changes.checkins),
        logged=list(changes.logged),
        reminders=dict(changes.reminders),
        firings=list(changes.firings),
        timers=dict(changes.timers),
        parcels=list(changes.parcels),
    )


def perform(
    wanted: Iterable[effects.Effect],
    changes: Changes,
    known: Known,
    outgoing: Outgoing,
    *,
    bulk: bool = False,
    until: datetime | None = None,
) -> None:
    """Put the effects into `changes`. `known`: the facts after all of them; its person becomes the one written.

    `bulk`, `until`: of the parcels that come of them.
    """
    before = changes.person
    changes.person = known.person
    for effect in wanted:
        _keep(effect, changes, known, before)
        bodies = outgoing.bodies(effect)
        if bulk and known.person.preferences.silent:
            bodies = [replace(body, silent=True) if isinstance(body, Message | Photo) else body for body in bodies]
        changes.parcels += (Parcel(body, bulk=bulk, until=until) for body in bodies)
    if changes.erase:
        changes.parcels = [replace(parcel, forget=True) for parcel in changes.parcels if not _unknown_edit(parcel.body)]
    for kind in before.reminders.keys() & known.person.reminders.keys():
        if rhythm_of(known.person, kind) != rhythm_of(before, kind):
            _time_reminder(kind, changes, known.now)
    if known.person.preferences.paused_until != before.preferences.paused_until:
        _repause(changes, known)
    if known.person.zone != before.zone:
        for kind in known.person.reminders:
            _time_reminder(kind, changes, known.now)


def _repause(changes: Changes, known: Known) -> None:
    """What comes once waits for the end of a pause. What an ended one had held back comes now."""
    for kind, reminder in changes.person.reminders.items():
        if reminder.once is None:
            continue
        held = reminder.next_at is not None and reminder.next_at > known.now
        _time_reminder(kind, changes, known.now)
        due = changes.person.reminders[kind]
        if held and due.next_at is not None and due.next_at <= known.now:
            due = replace(due, next_at=known.now + SOON)
            changes.person = replace(changes.person, reminders={**changes.person.reminders, kind: due})
            changes.reminders[kind] = due


def _unknown_edit(body: Body) -> bool:
    """Whether this edits a message whose id only the outbox knew, and the erasure took that away."""
    return isinstance(body, Rewrite | Rebutton) and body.message is None


def place(changes: Changes, conversation: Conversation) -> None:
    """Write down where the talks stand."""
    running = conversation.talks
    changes.person = replace(changes.person, conversation=dump(conversation) if running else None)


def _keep(effect: effects.Effect, changes: Changes, known: Known, before: Person) -> None:
    match effect:
        case effects.Save(to, fields):
            if to == "checkin":
                day = entry_day(fields, known.today)
                changes.checkins |= {day: known.person.checkins[day]} if day in known.person.checkins else {}
            elif to == "episode_end":
                onset = changes.onset or before.onset
                if onset is not None:
                    changes.ended, changes.onset = Ended(onset, max(onset, known.today)), None
            else:
                changes.onset = known.today - timedelta(days=cast("int", fields["days_ago"]))
        case effects.Log(what, amount):
            changes.logged.append(Logged(what, known.today, known.now, amount))
            if amount > 0:
                _done(what, changes, known.now)
        case effects.SetReminder(kind, at):
            if at is not None:
                changes.timers[put_off_name(kind)] = None
            if kind in known.person.reminders:
                _time_reminder(kind, changes, known.now)
            else:
                changes.reminders[kind] = None
                changes.timers[put_off_name(kind)] = None
        case effects.Snooze():
            changes.timers[put_off_name(effect.kind)] = put_off(effect, known.now, known.zone)
        case effects.SetPerson("pause_hours" | "pause_days" | "pause_until", int() | str() as long) if long:
            changes.timers |= dict.fromkeys(map(put_off_name, changes.person.reminders))
        case effects.Schedule(name, flow, after, at, data):
            due = _due(after, at, known)
            changes.timers[name] = Timer(name, due, str(flow), dict(data))
        case effects.Unschedule(name):
            changes.timers[name] = None
        case effects.AwaitSilence(lane, nonce, after, together):
            name = SILENCE + lane
            data = {TOGETHER: True} if together else {}
            changes.timers[name] = Timer(name, known.now + after, None, data, lane, nonce)
        case effects.StopAll():
            changes.all_timers_off = True
            changes.timers.clear()
            for kind in KINDS:
                changes.reminders[kind] = None
        case effects.Erase():
            _erase(changes)
        case effects.Say() | effects.Prompt() | effects.Repaint() | effects.Close() | effects.Withdraw():
            pass
        case effects.SetPerson() | effects.Toast() | effects.Mistake() | effects.Show():
            pass
        case _:
            assert_never(effect)


def _erase(changes: Changes) -> None:
    changes.erase, changes.touch = True, False
    changes.onset, changes.ended, changes.all_timers_off = None, None, False
    for part in (changes.checkins, changes.logged, changes.reminders, changes.firings, changes.timers):
        part.clear()


def _due(after: timedelta, at: str | None, known: Known) -> datetime:
    if known.somewhere is None:
        # Nobody knows when it is night for them: the same time of day as now, when they are awake.
        return known.now + after
    clock = None if at is None else time.fromisoformat(at)
    return due_after(known.now, after, clock, known.zone, known.person.preferences.quiet)


def _time_reminder(kind: str, changes: Changes, now: datetime) -> None:
    person = timed(changes.person, kind, now)
    changes.person = person
    changes.reminders[kind] = person.reminders[kind]


def _done(kind: str, changes: Changes, now: datetime) -> None:
    """Take back the reminder that is near, and the one that was put off: what it would ask for is done."""
    changes.timers[put_off_name(kind)] = None
    changes.person, firings = just_done(changes.person, kind, now)
    if firings:
        changes.firings += firings
        changes.reminders[kind] = changes.person.reminders[kind]
