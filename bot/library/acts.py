"""What a step does (`save` … `erase`), in the order in which its author wrote it."""

from collections.abc import Callable
from datetime import timedelta

from bot.engine import acts
from bot.engine.acts import Act
from bot.engine.conditions import Expression
from bot.engine.facts import KINDS, LONGEST_OWN, SAVES, SETS
from bot.engine.kinds import Choice, Field, Moment, Times, WallTime, Whole, Words
from bot.library.building import Site, close, duration
from bot.library.schema import Step
from bot.library.strict_yaml import Path

_DAYS = Field(Whole(1, 60))
_COUNT = Field(Whole(1, 100))
_TIME, _TIMES = Field(WallTime(), optional=True), Field(Times(), optional=True)
_MOMENT = Field(Moment(), optional=True)
_KIND = Field(Choice(KINDS))
_DAY = Field(Words(10), optional=True)
_OWN_WORDS = Field(Words(LONGEST_OWN), optional=True)


def build_acts(site: Site, path: Path, step: Step) -> tuple[Act, ...]:
    """Return the acts of the step at `path`."""
    written = site.source.tree.value["steps"][path[1]]
    return tuple(act for key in written if key in _ACTS for act in _ACTS[key](site, (*path, key), step))


def _let(site: Site, path: Path, step: Step) -> list[Act]:
    own = {name: field for name, field in site.data.items() if field.computed is None}
    return [acts.Let(site.fields(path, step.let or {}, own))]


def _save(site: Site, path: Path, step: Step) -> list[Act]:
    assert step.save is not None
    to, fields = step.save.to, step.save.fields
    if to not in SAVES:
        site.wrong((*path, "to"), f"there is nothing called «{to}» to save; {close(to, list(SAVES))}")
        return []
    for name, target in SAVES[to].items():
        if name not in fields and not target.optional:
            site.wrong((*path, "fields"), f"«fields» lacks {name}; add it")
    return [acts.Keep(to, site.fields((*path, "fields"), fields, SAVES[to]))]


def _set(site: Site, path: Path, step: Step) -> list[Act]:
    return [acts.Put(site.fields(path, step.set_ or {}, SETS))]


def _log(site: Site, path: Path, step: Step) -> list[Act]:
    return [acts.Count(what, site.given((*path, what), raw, _COUNT)) for what, raw in (step.log or {}).items()]


def _remind(site: Site, path: Path, step: Step) -> list[Act]:
    assert step.remind is not None
    raw = step.remind.at
    times = enumerate([raw] if isinstance(raw, str) else raw or ())
    given = tuple(site.given((*path, "at", i), time, _several_or_one(site, time)) for i, time in times)
    at = None if raw is None else given
    words = site.given((*path, "words"), step.remind.words, _OWN_WORDS)
    once = site.given((*path, "once"), step.remind.once, _MOMENT)
    after = None if step.remind.in_ is None else duration(step.remind.in_)
    return [acts.Remind(site.given((*path, "kind"), step.remind.kind, _KIND), at, words, once, after)]


def _several_or_one(site: Site, raw: str) -> Field:
    named = site.source.names.fields.get(raw[1:].strip()) if raw.startswith("=") else None
    return _TIMES if named is not None and isinstance(named.kind, Times) else _TIME


def _snooze(site: Site, path: Path, step: Step) -> list[Act]:
    assert step.snooze is not None
    kind = site.given((*path, "kind"), step.snooze.kind, _KIND)
    at = site.given((*path, "at"), step.snooze.at, _TIME)
    day = site.given((*path, "day"), step.snooze.day, _DAY)
    return [acts.PutOff(kind, None if step.snooze.in_ is None else duration(step.snooze.in_), at, day)]


def _schedule(site: Site, path: Path, step: Step) -> list[Act]:
    assert step.schedule is not None
    later = step.schedule
    flow = site.flow((*path, "flow"), later.flow)
    at = site.given((*path, "at"), later.at, Field(WallTime(), optional=True))
    data = site.handed_over((*path, "with"), later.with_, later.flow)
    after = site.given((*path, "in"), later.in_, _DAYS) if later.in_.startswith("=") else duration(later.in_)
    if not isinstance(after, Expression | timedelta):
        return []  # told already
    return [acts.Later(flow, after, at, later.replace or later.flow, data)]


def _call_off(site: Site, path: Path, step: Step) -> list[Act]:
    name = str(step.call_off)
    laters = [each.schedule for source in site.house.sources.values() for each in source.file.steps if each.schedule]
    known = sorted({later.replace or later.flow for later in laters})
    if name not in known and not site.house.broken:
        site.wrong(path, f"nothing is scheduled under «{name}»; {close(name, known)}")
    return [acts.CallOff(name)]


_ACTS: dict[str, Callable[[Site, Path, Step], list[Act]]] = {
    "let": _let,
    "save": _save,
    "set": _set,
    "log": _log,
    "remind": _remind,
    "snooze": _snooze,
    "schedule": _schedule,
    "call_off": _call_off,
    "stop": lambda _site, _path, _step: [acts.Halt()],
    "erase": lambda _site, _path, _step: [acts.Forget()],
    "show": lambda _site, _path, step: [acts.Look(step.show)] if step.show is not None else [],
}
