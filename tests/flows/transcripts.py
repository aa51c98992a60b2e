"""Transcripts: talks written as YAML, played against the whole house. The format stands in README.md beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from bot.domain.schedule import Moment, local_day
from bot.domain.signs import Reading
from bot.domain.zones import zone_of
from bot.session.inputs import Incoming, ReminderDue
from bot.session.kept import Changes, Checkin, Person, Reminder
from bot.session.perform import SILENCE
from tests.chat import Chat

HERE = Path(__file__).parent
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Transcript:
    """One talk. `place`: its file and number, by which pytest calls it; `lines`: where each of its steps stands."""

    place: str
    raw: Mapping[str, Any]
    file: str
    lines: Sequence[int]

    @property
    def begins(self) -> datetime:
        """When it begins (UTC)."""
        at = self.raw["clock"]
        return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(UTC)


def all_transcripts() -> list[Transcript]:
    """Return the transcripts of all files here."""
    found = []
    for path in sorted(HERE.glob("*.yaml")):
        with path.open(encoding="utf-8") as file:  # a file with a name, so that what is no YAML is told with it
            loader = yaml.BaseLoader(file)
            node = loader.get_single_node()
        talks = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for number, talk in enumerate(talks, 1):
            raw = loader.construct_document(talk)
            assert isinstance(raw, dict), f"tests/flows/{path.name}: talk {number} needs keys, such as test: and steps:"
            lacking = {"test", "flow", "clock", "steps"} - set(raw)
            assert not lacking, (
                f"tests/flows/{path.name}:{talk.start_mark.line + 1}: lacks {', '.join(sorted(lacking))}"
            )
            steps = next(value for key, value in talk.value if key.value == "steps")
            lines = [step.start_mark.line + 1 for step in steps.value]
            found.append(Transcript(f"{path.stem}-{number}", raw, f"tests/flows/{path.name}", lines))
    return found


async def play(chat: Chat, transcript: Transcript) -> None:
    """Play it. Fails at the first step that is not as it was written."""
    unknown = set(transcript.raw) - {"test", "flow", "clock", "person", "steps"}
    assert not unknown, f"{transcript.file}, talk {transcript.place}: no such key: {unknown}"
    await _prepare(chat, transcript.raw.get("person", {}))
    player = _Player(chat)
    for line, step in zip(transcript.lines, transcript.raw["steps"], strict=True):
        player.at = f"{transcript.file}:{line}"
        try:
            await player.step(step)
        except Exception as error:
            error.add_note(f"at {player.at}, in the talk «{transcript.raw['test']}»")
            raise


def _reminder(kind: str, at: Sequence[str], words: str) -> Reminder:
    if "T" in at[0]:
        return Reminder(kind, (), words=words, once=Moment(at[0]))
    return Reminder(kind, tuple(map(time.fromisoformat, at)), words=words)


def _when(reminder: Reminder | None) -> object:
    return None if reminder is None else (reminder.times, reminder.once)


async def _prepare(chat: Chat, known: Mapping[str, Any]) -> None:
    unknown = set(known) - {
        "consent", "zone", "country", "conditions", "onset", "checkin", "checkins", "glasses", "rounds", "reminders",
        "words",
    }  # fmt: skip
    assert not unknown, f"no such thing about a person: {unknown}"
    now, day = chat.clock.at, local_day(chat.clock.at, zone_of(known.get("zone", "UTC")))
    own = known.get("words", {})
    reminders = {kind: _reminder(kind, at, own.get(kind, "")) for kind, at in known.get("reminders", {}).items()}
    if not known:
        return
    await chat.becomes(
        lambda person: replace(
            person,
            consented_at=now if known.get("consent") == "true" else None,
            zone=known.get("zone"),
            country=known.get("country"),
            conditions={name: true == "true" for name, true in known.get("conditions", {}).items()},
            onset=day - timedelta(days=int(known["onset"])) if "onset" in known else None,
            reminders=reminders,
        )
    )
    await chat.kept_before(
        checkins=[
            _checkin(day - timedelta(days=int(ago)), now - timedelta(days=int(ago)), told)
            for ago, told in {
                **({"0": {"strength": "3"}} if known.get("checkin") == "true" else {}),
                **known.get("checkins", {}),
            }.items()
        ],
        glasses=int(known.get("glasses", 0)),
        rounds=int(known.get("rounds", 0)),
        day=day,
    )


def _checkin(day: date, at: datetime, told: Mapping[str, Any]) -> Checkin:
    strength = int(told["strength"]) if "strength" in told else None
    mood, signs = told.get("mood", "same"), tuple(told.get("signs", ()))
    return Checkin(day, at, mood, strength, told.get("often"), told.get("sleep"), signs)


class _Player:
    def __init__(self, chat: Chat) -> None:
        self.chat, self.at, self.before = chat, "", 0

    async def step(self, step: Mapping[str, Any]) -> None:
        what = next(iter(step))
        value = step[what]
        match what:
            case "says":
                self._forget()
                if "heard" in step:
                    self.chat.ear.instead = _reading(step["heard"])
                await self.chat.says(value)
            case "taps":
                self._forget()
                for label in value if isinstance(value, list) else [value]:
                    await self.chat.taps(label)
            case "taps_old":
                self._forget()
                await self.chat.taps_old(value["label"], int(value["back"]))
            case "sends":
                self._forget()
                if isinstance(value, dict):
                    await self.chat.shares(*map(float, value["location"]))
                else:
                    await self.chat.sends(value)
            case "reminded":
                self._forget()
                await self._remind(value)
            case "advance":
                self._forget()
                await self.chat.later(_duration(value))
            case "shows":
                assert value in self.chat.last.html, f"{self.at}: shows {self.chat.last.html!r}, not {value!r}"
            case "bot":
                wanted = [] if value == "nothing" else value if isinstance(value, list) else [value]
                assert self.chat.said == wanted, f"{self.at}: said {self.chat.said}, not {wanted}"
            case "picture":
                wanted = [] if value == "nothing" else value if isinstance(value, list) else [value]
                assert self.chat.pictures == wanted, f"{self.at}: showed {self.chat.pictures}, not {wanted}"
            case "saved":
                wanted = {} if value == "nothing" else value
                saved = self._saved(wanted)
                assert saved == wanted, f"{self.at}: kept {saved}, not {wanted}"
            case "started":
                frames = [f.flow for talk in (await self.chat.conversation()).talks for f in talk.frames]
                begun = value in frames or any(key.startswith(f"{value}.") for key in self.chat.said)
                assert begun, f"{self.at}: {value} did not begin; running {frames}, said {self.chat.said}"
            case "ended":
                talks = (await self.chat.conversation()).talks
                assert not talks, f"{self.at}: it still runs, at {talks[-1].top}"
            case _:
                raise AssertionError(f"{self.at}: no such step: {what}")

    def _forget(self) -> None:
        self.before = len(self.chat.store.written)

    async def _remind(self, kind: str) -> None:
        now = self.chat.clock.at

        def due(person: Person) -> Person:
            local = now.astimezone(zone_of(person.zone or "UTC"))
            slot = local.time().replace(second=0, microsecond=0)
            while (kind, local.date(), slot) in person.fired:
                slot = (datetime.combine(local.date(), slot) + timedelta(minutes=1)).time()
            times = person.reminders[kind].times if kind in person.reminders else (slot,)
            before = person.reminders.get(kind, Reminder(kind, times))
            coming = replace(before, next_at=now, next_date=local.date(), next_slot=slot)
            return replace(person, reminders={**person.reminders, kind: coming})

        await self.chat.becomes(due)
        self.chat.new = []
        await self.chat.session.handle([Incoming(self.chat.person, ReminderDue(kind, now))])
        await self.chat.deliver()

    def _saved(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        saved: dict[str, Any] = {}
        for before, changes in self.chat.store.written[self.before :]:
            saved |= _kept(before, changes, self.chat.clock.at, wanted)
        return saved


def _kept(before: Person, changes: Changes, now: datetime, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a batch kept, in the words of a transcript (all values are text, as YAML has them here)."""
    person, saved = changes.person, dict[str, Any]()
    zone = zone_of(person.zone or "UTC")
    for entry in changes.checkins.values():
        parts = {"mood": entry.mood, "strength": entry.strength, "often": entry.often, "sleep": entry.sleep}
        told = {name: "null" if value is None else str(value) for name, value in parts.items()}
        saved["checkin"] = {**told, "signs": list(entry.signs)}
        if ago := (local_day(now, zone) - entry.day).days:
            saved["checkin"]["days_ago"] = str(ago)
    if changes.ended is not None:
        saved["episode_end"] = "true"
    if changes.onset is not None:
        saved["episode"] = {"days_ago": str((local_day(now, zone) - changes.onset).days)}
    for logged in changes.logged:
        saved[logged.what] = str(int(saved.get(logged.what, 0)) + logged.amount)
    if not changes.erase and person.consented_at != before.consented_at:
        saved["consent"] = "true" if person.consented_at else "false"
    if not changes.erase and person.zone != before.zone:
        saved["zone"] = person.zone or "null"
    if not changes.erase and person.country != before.country:
        saved["country"] = person.country or "null"
    if not changes.erase and person.conditions != before.conditions:
        saved["conditions"] = {name: str(true).lower() for name, true in person.conditions.items()}
    if not changes.erase and person.preferences != before.preferences:
        chosen = person.preferences.dump()
        saved["preferences"] = {
            name: str(value).lower() if value is True else str(value) for name, value in chosen.items()
        }
    set_by_hand = {
        kind: ([reminder.once] if reminder.once else [f"{at:%H:%M}" for at in reminder.times]) if reminder else []
        for kind, reminder in changes.reminders.items()
        if not changes.all_timers_off and (reminder is None or _when(before.reminders.get(kind)) != _when(reminder))
    }
    said = {
        kind: reminder.words
        for kind, reminder in changes.reminders.items()
        if reminder
        and reminder.words
        and (kind not in before.reminders or before.reminders[kind].words != reminder.words)
    }
    if said:
        saved["words"] = said
    if set_by_hand:
        saved["reminders"] = set_by_hand
    timers = {name: timer for name, timer in changes.timers.items() if not name.startswith(SILENCE)}
    scheduled = {
        name: _as_written(timer.due_at, now, zone, (wanted.get("scheduled") or {}).get(name))
        for name, timer in timers.items()
        if timer is not None
    }
    if scheduled:
        saved["scheduled"] = scheduled
    off = [name for name, timer in timers.items() if timer is None]
    if off and "called_off" in wanted:
        saved["called_off"] = off[-1]
    if changes.all_timers_off:
        saved["stopped"] = "true"
    if changes.erase:
        saved["erased"] = "true"
    return saved


def _as_written(due: datetime, now: datetime, zone: Any, wanted: str | None) -> str:
    """Return a due time as its distance: in local days where the transcript counts days, else exactly."""
    days = (local_day(due, zone) - local_day(now, zone)).days
    if wanted == f"{days}d":
        return wanted
    if wanted is not None and due - now == _duration(wanted):
        return wanted
    return str(due - now)


def _reading(heard: Mapping[str, Any]) -> Reading:
    return Reading(
        level=heard.get("level", "none"),
        signs=frozenset(heard.get("signs", ())),
        doubt=heard.get("doubt"),
        number=int(heard["number"]) if "number" in heard else None,
    )


def _duration(text: str) -> timedelta:
    found = re.fullmatch(r"(\d+)([smhd])", text)
    assert found, f"no duration: {text}"
    return timedelta(**{UNITS[found[2]]: int(found[1])})
