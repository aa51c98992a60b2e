"""One step made ready: what it says, what it waits for, where it goes."""

from dataclasses import replace

from bot.engine import acts, kinds, model, names
from bot.engine.conditions import ConditionError, Expression
from bot.engine.kinds import Choice, Flag, Moment, Several, Span, Times, WallTime, Whole
from bot.engine.model import Branch
from bot.engine.names import StepId
from bot.library import schema
from bot.library.acts import build_acts
from bot.library.asks import Spoken, read_spoken
from bot.library.building import Site, close, duration
from bot.library.fields import condition, fits
from bot.library.pictures import picture_fault
from bot.library.strict_yaml import Path
from bot.library.uses import Use

_ONLY_WITH = {
    "columns": "ask", "suggest": "ask", "among": "ask", "at_once": "ask", "tries": "ask", "silence": "ask",
    "or_": "ask", "wait": "ask", "in_place": "ask", "again": "ask", "gives": "call",
}  # fmt: skip
CALLER = "caller"


def build_step(site: Site, index: int, step: schema.Step) -> model.Step:
    """Return the step at this position of its flow's file."""
    path: Path = ("steps", index)
    _check_shape(site, path, step)
    spoken = _spoken(site, path, step) if step.ask is not None else None
    return model.Step(
        id=StepId(step.id),
        where=model.Where(site.source.tree.file, site.source.tree.line(path)),
        acts=build_acts(site, path, step),
        say=_say(site, path, step, spoken),
        picture=_picture(site, path, step) if step.picture is not None else None,
        ask=_ask(site, path, step, spoken) if spoken is not None else None,
        call=_call(site, path, step) if step.call is not None else None,
        switch=site.flow((*path, "switch"), step.switch) if step.switch is not None else None,
        hand=site.handed_over((*path, "with"), step.with_, step.switch) if step.switch is not None else {},
        end=step.end is not None,
        next=() if step.switch or step.end else _next(site, index, step),
        tags=frozenset(step.tags),
    )


def _check_shape(site: Site, path: Path, step: schema.Step) -> None:
    """Refuse a step that would go two ways at once, and what belongs to a question or call where there is none."""
    ways = [key for key in ("ask", "call", "switch", "end") if getattr(step, key) is not None]
    if len(ways) > 1:
        site.wrong(path, f"step «{step.id}» has {' and '.join(ways)}; a step has one of them")
    if step.back is not None and step.ask is None and step.call is None:
        site.wrong((*path, "back"), "«back» belongs to a step with ask: or call:; leave it out")
    if isinstance(step.say, list) and step.ask is not None:
        site.house.unsure.add(site.name)
        site.wrong((*path, "say"), "«say» of a question is one text; say the rest in a step before it")
    if step.id == CALLER:
        site.wrong((*path, "id"), f"«{CALLER}» is no name for a step: back: {CALLER} leads out of the flow; rename it")
    if step.next is not None and (step.switch or step.end):
        site.wrong((*path, "next"), f"step «{step.id}» has {ways[-1]} and next; keep one")
    if step.with_ and step.call is None and step.switch is None:
        site.wrong((*path, "with"), "«with» belongs to a step with call: or switch:; leave it out")
    for key, needs in _ONLY_WITH.items():
        if key in step.model_fields_set and getattr(step, needs) is None:
            name = key.rstrip("_")
            site.wrong((*path, name), f"«{name}» belongs to a step with {needs}:; leave it out")


# Saying ----------------------------------------------------------------------------------------------------------


def _say(site: Site, path: Path, step: schema.Step, spoken: Spoken | None) -> acts.Text | None:
    if step.say is None and step.ask is None:
        return None
    if isinstance(step.say, schema.Said):
        wanted = kinds.Field(Choice(site.house.vocabulary.get("article", ())))
        return acts.Text(step.say.part, article=site.given((*path, "say", "article"), step.say.article, wanted))
    if isinstance(step.say, list):
        return _several(site, (*path, "say"), step.say)
    key = step.say if isinstance(step.say, str) else f"{site.name}.{step.id}"
    if "." not in key:
        site.house.unsure.add(site.name)
        site.wrong((*path, "say"), f"«say» needs true, or a shared text such as care.{key}")
        return None
    buttons = tuple(spoken.labels.values()) if spoken is not None else None
    return site.text(path, key, buttons=buttons, caption=step.picture is not None)


def _picture(site: Site, path: Path, step: schema.Step) -> str:
    name, here = str(step.picture), (*path, "picture")
    if (step.say is None and step.ask is None) or isinstance(step.say, schema.Said | list):
        site.wrong(here, "«picture» belongs to a step with words of its own, by say: or ask:; leave it out")
    site.house.shown.add(name)
    if why := picture_fault(name, site.house.pictures):
        site.wrong(here, why)
    return name


def _several(site: Site, path: Path, parts: list[str | schema.More]) -> acts.Text | None:
    """Return a message of several texts; the first is always said."""
    if isinstance(parts[0], schema.More):
        site.house.unsure.add(site.name)
        site.wrong((*path, 0), "«say» begins with a text that is always said; put it first, without if:")
        return None
    keys = [part.say if isinstance(part, schema.More) else part for part in parts]
    first, *others = [site.text((*path, at), key, below=keys[at + 1 :]) for at, key in enumerate(keys)]
    also = [
        acts.Also(_if(site, (*path, at), part.if_) if isinstance(part, schema.More) else None, text)
        for at, (part, text) in enumerate(zip(parts[1:], others, strict=True), 1)
    ]
    return replace(first, also=tuple(also))


# Going -----------------------------------------------------------------------------------------------------------


def _next(site: Site, index: int, step: schema.Step) -> tuple[Branch, ...]:
    path: Path = ("steps", index, "next")
    steps = site.source.file.steps
    if step.next is None:
        if index + 1 < len(steps):
            return (Branch(None, StepId(steps[index + 1].id)),)
        site.wrong(path, f"step «{step.id}» is the last and leads nowhere; add end: done or next:")
        return ()
    if isinstance(step.next, str):
        return (Branch(None, site.target(path, step.next)),)
    for position, branch in enumerate(step.next[:-1]):
        if branch.else_ is not None:
            site.wrong((*path, position), "«else» is not the last way; what stands below it is never reached")
    if not step.next or step.next[-1].else_ is None:
        site.wrong(path, "«next» lacks an else; add the line: - else: STEP")
    return tuple(_branch(site, (*path, position), branch) for position, branch in enumerate(step.next))


def _branch(site: Site, path: Path, branch: schema.Branch) -> Branch:
    if branch.if_ is None or branch.then is None:
        return Branch(None, site.target((*path, "else"), str(branch.else_)))
    return Branch(_if(site, path, branch.if_), site.target((*path, "then"), branch.then))


def _if(site: Site, path: Path, source: str) -> Expression | None:
    try:
        return condition(source, site.source.names)
    except ConditionError as error:
        site.wrong((*path, "if"), f"«if» {error}")
        return None


def _call(site: Site, path: Path, step: schema.Step) -> model.Call:
    flow = site.flow((*path, "call"), str(step.call))
    other = site.house.sources.get(flow)
    for theirs, ours in step.gives.items() if other is not None else ():
        here: Path = (*path, "gives", theirs)
        source, target = other.data.get(theirs) if other is not None else None, site.data.get(ours)
        if source is None:
            known = list(other.data) if other is not None else []
            site.wrong(here, f"flow «{flow}» has no data «{theirs}»; {close(theirs, known)}")
        elif target is None or target.computed is not None:
            site.wrong(here, f"«{ours}» is no data of this flow that can be filled; {close(ours, list(site.data))}")
        elif why := fits(source, target):
            site.wrong(here, f"«{theirs}» {why}")
    back = _back(site, (*path, "back"), step.back) if step.back is not None else None
    return model.Call(flow, site.handed_over((*path, "with"), step.with_, flow), dict(step.gives), back)


# Asking ----------------------------------------------------------------------------------------------------------


def _spoken(site: Site, path: Path, step: schema.Step) -> Spoken | None:
    """Return the words around a question; None where what it asks for cannot be asked."""
    name = str(step.ask)
    asked = site.data.get(name)
    entry = f"{site.name}.{step.id}"
    site.house.asked.add(entry)
    if asked is None or isinstance(asked.kind, Flag):
        site.house.unsure.add(site.name)
    if asked is None:
        site.wrong((*path, "ask"), f"«{name}» is not declared under data:; {close(name, list(site.data))}")
        return None
    if isinstance(asked.kind, Flag):
        site.wrong((*path, "ask"), f"«{name}» is true or false and cannot be asked; make it {{choice: [yes, no]}}")
        return None
    if step.at_once and not isinstance(asked.kind, Several):
        site.wrong((*path, "at_once"), "«at_once» belongs to a question for a set; leave it out")
    if step.in_place and step.picture is not None:
        site.wrong(
            (*path, "in_place"), "«in_place» changes words alone, and a picture stands above these; leave it out"
        )
    if step.wait is not None and step.silence is not None:
        site.wrong((*path, "wait"), "«wait» and «silence» both go on by themselves; keep one")
    if step.suggest and not isinstance(asked.kind, WallTime | Times):
        site.wrong((*path, "suggest"), "«suggest» belongs to a question for a time; leave it out")
    declared = site.source.file.data[name]
    named = declared.choice if declared.choice is not None else declared.set_
    spoken = read_spoken(
        entry, asked, named if isinstance(named, str) else None, step.suggest, site.house.contents,
        back=step.back is not None,
    )  # fmt: skip
    site.house.faults.extend(spoken.faults)
    by = site.by(path)
    site.house.uses.extend(Use(key, by, site.source.names) for key in spoken.labels.values())
    return spoken


def _ask(site: Site, path: Path, step: schema.Step, spoken: Spoken) -> model.Ask:
    kind = site.data[str(step.ask)].kind
    entry = f"{site.name}.{step.id}"
    silence, tries = step.silence, step.tries
    again = None
    if step.again:
        buttons = tuple(spoken.labels.values())
        again = site.text((*path, "again"), f"{entry}.again", buttons=buttons, caption=step.picture is not None)
    return model.Ask(
        fills=str(step.ask),
        kind=kind,
        columns=step.columns or (6 if isinstance(kind, Whole) else 1),
        labels=spoken.labels,
        spoken=spoken.spoken,
        among=_among(site, (*path, "among"), step.among, kind) if step.among is not None else None,
        at_once=step.at_once is not None,
        suggest=tuple(step.suggest),
        other=step.or_ or "",
        other_kind=_other(site, (*path, "or"), step.or_, kind) if step.or_ is not None else None,
        skips=spoken.skips,
        tries=model.Tries(tries.max, site.target((*path, "tries", "then"), tries.then)) if tries is not None else None,
        back=_back(site, (*path, "back"), step.back) if step.back is not None else None,
        silence=_silence(site, (*path, "silence"), silence, entry) if silence is not None else None,
        wait=_wait(site, (*path, "wait"), step.wait) if step.wait is not None else None,
        days=isinstance(kind, Times) and "days" in site.data,
        in_place=step.in_place is not None,
        again=again,
    )


def _other(site: Site, path: Path, name: str, kind: kinds.Kind) -> kinds.Kind | None:
    """Return the kind of what else may be typed: a moment or a span, which is none of the question's own answers."""
    other = site.data.get(name)
    if other is None or not isinstance(other.kind, Moment | Span) or not other.optional or other.computed is not None:
        site.wrong(path, f"«{name}» must be data of this flow that is a moment or a span, with optional: true")
        return None
    if isinstance(kind, kinds.Words | kinds.Told | Moment | Span):
        site.wrong(path, "«or» is for a question that other words do not answer; leave it out")
    return other.kind


def _back(site: Site, path: Path, name: str) -> StepId:
    return names.CALLER if name == CALLER else site.target(path, name)


def _among(site: Site, path: Path, source: str, kind: kinds.Kind) -> Expression | None:
    if not isinstance(kind, Choice | Times):
        site.wrong(path, "«among» belongs to a question for a choice; leave it out")
        return None
    wanted: kinds.Kind = kind if isinstance(kind, Times) else Several(kind.options)
    given = site.given(path, source, kinds.Field(wanted))
    if not isinstance(given, Expression):
        site.wrong(path, "«among» needs an expression that gives a set, such as =near(topic)")
        return None
    return given


def _wait(site: Site, path: Path, wait: schema.Wait) -> model.Wait:
    then, late = site.target((*path, "then"), wait.then), site.target((*path, "late"), wait.late)
    return model.Wait(duration(wait.after), then, late)


def _silence(site: Site, path: Path, silence: schema.Silence, entry: str) -> model.Silence:
    said = site.text((*path, "say"), silence.say if "." in silence.say else f"{entry}.{silence.say}")
    return model.Silence(duration(silence.after), said, silence.times, site.target((*path, "then"), silence.then))
