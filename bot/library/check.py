"""The rules of the house over everything that was read: no talk gets stuck, nothing is without words, no words idle."""

from collections.abc import Iterable

from bot.engine.answers import MOST_NUMBERS, MOST_TIMES
from bot.engine.facts import REMINDERS
from bot.engine.kinds import Choice, Moment, Several, Span, Times, Told, WallTime, Whole, Words, Zone
from bot.engine.model import Flow, Flows
from bot.errors import Fault
from bot.library.building import Building
from bot.library.content import SHARED_FILES, Content
from bot.library.fields import described
from bot.library.filled import unfilled
from bot.library.graph import cycles, quiet_ways, reachable, reversed_ways, ways
from bot.library.house_words import LEADS, SHARED
from bot.library.limits import LONGEST_CAPTION, LONGEST_TEXT, units
from bot.library.pictures import idle_pictures
from bot.library.proofs import unproved
from bot.library.shelf import ARTICLES
from bot.library.uses import Use

SIGNS = ("doctor", "emergency", "crisis", "doubt")


def check_house(flows: Flows, house: Building) -> None:
    """Add what breaks a rule to the faults."""
    faults = house.faults
    for name, flow in flows.flows.items():
        if name not in house.unsure:
            faults.extend(_flow_faults(flow))
            faults.extend(unproved(flow, house.sources[name]))
    faults.extend(_quiet_loops(flows))
    faults.extend(_calls(flows))
    faults.extend(unfilled(flows, broken=bool(house.broken)))
    if not house.broken:
        faults.extend(_beginnings(flows))
        faults.extend(idle_pictures(house.pictures, house.shown))
    for content in house.contents:
        faults.extend(_commands(flows, content, house.broken))
        faults.extend(_needed(content, house))
        faults.extend(_idle_words(content, house))


# Flows -----------------------------------------------------------------------------------------------------------


def _flow_faults(flow: Flow) -> Iterable[Fault]:
    yield from _lost_steps(flow)
    for step in flow.steps.values():
        where = step.where
        if step.ask is None:
            continue
        ask = step.ask
        pressed = isinstance(ask.kind, Choice | Several) or (
            isinstance(ask.kind, Whole) and ask.kind.high - ask.kind.low < MOST_NUMBERS
        )
        free = isinstance(ask.kind, Words | Told)
        typed = isinstance(ask.kind, Whole | WallTime | Times | Moment | Span | Zone)
        if typed and not (pressed or free or ask.suggest or ask.tries or ask.skips or ask.back):
            yield Fault(
                where.file,
                where.line,
                f"step «{step.id}» can only be answered by typing; add tries:, back: or a skip for who cannot",
            )
        if ask.again is not None and not flow.holds:
            yield Fault(where.file, where.line, f"step «{step.id}» has again:, which is for flows with holds: true")


def _lost_steps(flow: Flow) -> Iterable[Fault]:
    """Find steps that nothing leads to and steps that lead to no end: of those behind one another, the first."""
    seen = reachable([flow.first], lambda id_: ways(flow.steps[id_]) if id_ in flow.steps else ())
    before = reversed_ways(flow)
    # A way to a step that is not there was told already; it is taken for an end.
    outs = [s.id for s in flow.steps.values() if not s.next or any(way not in flow.steps for way in ways(s))]
    ending = reachable(outs, lambda id_: before.get(id_, ()))
    unseen = [id_ for id_ in flow.steps if id_ not in seen]
    roots = [id_ for id_ in unseen if not before[id_]] or unseen[:1]
    for id_ in roots:
        where = flow.steps[id_].where
        yield Fault(where.file, where.line, f"step «{id_}» is never reached; lead to it, or delete it")
    for id_, step in flow.steps.items():
        from_outside = id_ == flow.first or any(other in ending for other in before[id_])
        if id_ in seen and id_ not in ending and from_outside:
            where = step.where
            yield Fault(where.file, where.line, f"from step «{id_}» no way leads to an end; add end: done or next:")


def _quiet_loops(flows: Flows) -> Iterable[Fault]:
    nodes = [(name, id_) for name, flow in flows.flows.items() for id_, step in flow.steps.items() if step.ask is None]
    for name, id_ in sorted(cycles(nodes, quiet_ways(flows))):
        where = flows.flows[name].steps[id_].where
        yield Fault(where.file, where.line, f"step «{id_}» goes round in a loop without a question; put one into it")


def _calls(flows: Flows) -> Iterable[Fault]:
    called = {
        name: [step.call.flow for step in flow.steps.values() if step.call is not None]
        for name, flow in flows.flows.items()
    }
    for name in sorted(cycles(called, lambda flow: called.get(flow, ()))):
        flow = flows.flows[name]
        for step in flow.steps.values():
            if step.call is not None and name in reachable([step.call.flow], lambda other: called.get(other, ())):
                message = (
                    f"step «{step.id}» calls «{step.call.flow}», which comes back to «{name}»; use switch: instead"
                )
                yield Fault(step.where.file, step.where.line, message)


def _beginnings(flows: Flows) -> Iterable[Fault]:
    for what, wanted, have in (("sign", SIGNS, flows.signs), ("reminder", REMINDERS, flows.reminders)):
        for value in wanted:
            if value not in have:
                yield Fault(
                    "flows", 1, f"no flow begins at the {what} {value}; write one with start: {{{what}: {value}}}"
                )
    if not flows.idle:
        yield Fault(
            "flows", 1, "no flow begins when free text comes and nothing runs; write one with start: {idle: true}"
        )


# Words -----------------------------------------------------------------------------------------------------------


def _commands(flows: Flows, content: Content, broken: set[str]) -> Iterable[Fault]:
    if "common" in content.unreadable or "common" not in content.files:
        return
    for command, name in flows.commands.items():
        if command not in content.commands:
            message = f"lacks the description of /{command} (flows/{name}.yaml); add it below commands:"
            place = content.places.get("commands")
            yield Fault(content.file("common"), place.tree.line(place.path) if place is not None else 1, message)
    for command in content.commands:
        if command not in flows.commands and not broken:
            yield content.places[f"commands.{command}"].fault("describes a command that no flow has; delete it")


def _needed(content: Content, house: Building) -> Iterable[Fault]:
    around = _around(content)
    absent: dict[str, list[str]] = {}
    for use in house.uses:
        file, _, name = use.key.partition(".")
        if file in content.unreadable:
            continue
        if file not in content.files:
            absent.setdefault(file, []).append(f"«{name.partition('.')[0]}»")
            continue
        if use.key in content.labels:
            continue
        if use.key in content.texts:
            yield from _values(content, use, around)
            continue
        entry = content.places.get(_entry(use.key))
        line = entry.tree.line((*entry.path, *use.key.split(".")[2:])) if entry is not None else 1
        yield Fault(content.file(file), line, f"lacks the words «{name}», which {use.by} needs; add them")
    for file, entries in absent.items():
        wanted = ", ".join(dict.fromkeys(entries))
        yield Fault(content.file(file), 1, f"is not there; write it, with words for {wanted}")


def _values(content: Content, use: Use, around: int) -> Iterable[Fault]:
    """Check the places for values in a text, and how long it can become."""
    place = content.places[use.key]
    texts = content.whole(use.key)
    widths: dict[str, int] = {}
    for name in sorted({name for text in texts for name in text.names}):
        field = use.names.fields.get(name)
        if field is None:
            yield place.fault(
                f"has {{{name}}}, for which {use.by} has no value; declare it under data:, or name a fact"
            )
            continue
        width = _width(field.kind)
        if width is None:
            yield place.fault(f"has {{{name}}}, which is {described(field.kind)}; say it in words of your own")
        elif not isinstance(field.kind, Whole) and any(name in text.counted for text in texts):
            yield place.fault(f"has a bar of {{{name}}}, which is no whole number; use one")
        elif not isinstance(field.kind, Whole) and any(text.by == name for text in texts):
            yield place.fault(f"chooses its form by {{{name}}}, which is no whole number; use one")
        widths[name] = width or 0
    longest = sum(text.longest(widths) + 2 for text in texts) - 2
    if use.buttons is not None:
        longest += around + sum(units(label.text) + 2 for key in use.buttons if (label := content.labels.get(key)))
    longest += sum(_longest(content, use, key) + 2 for key in use.below)
    most, below = (LONGEST_CAPTION, " below a picture") if use.caption else (LONGEST_TEXT, "")
    if longest > most:
        yield place.fault(f"can become {longest} characters, and Telegram takes {most}{below}; make it shorter")


def _longest(content: Content, use: Use, key: str) -> int:
    """Return the units of another text of the same message; what is wrong with its places is told where it stands."""
    fields = use.names.fields
    texts = content.whole(key)
    widths = {name: _width(fields[name].kind) or 0 for text in texts for name in text.names if name in fields}
    return sum(text.longest(widths) + 2 for text in texts)


def _around(content: Content) -> int:
    """Return the units that may be said above a question, and below it once it was answered."""

    def longest(key: str) -> int:
        return max((text.longest({}) for text in content.whole(key)), default=0)

    return max(map(longest, LEADS)) + longest("common.typed_choice") + 4


def _width(kind: object) -> int | None:
    """Return the most units that a value of this kind takes in a text; None: it has no words of its own."""
    match kind:
        case Whole(low, high):
            return max(len(str(low)), len(str(high)))
        case Words(longest):
            return 2 * longest
        case WallTime():
            return 5
        case Times():
            return 7 * MOST_TIMES
        case Zone():
            return 40
        case _:
            return None


def _idle_words(content: Content, house: Building) -> Iterable[Fault]:
    """Find words that nobody says. What belongs to a flow that cannot be judged is left alone."""
    used = {f"vocabulary.{name}.{word}" for name, words in house.vocabulary.items() for word in words}
    for use in house.uses:
        used |= {use.key, f"{use.key}.title"}
    unsure = house.broken | house.unsure
    spared = {ARTICLES} | (unsure | SHARED_FILES if unsure else unsure)
    entries = {_entry(key) for key in used}
    told: set[str] = set()
    for key in sorted(content.labels.keys() | content.texts.keys()):
        if key in used or key.partition(".")[0] in spared:
            continue
        at = key if _entry(key) in entries or key.startswith("vocabulary.") else _entry(key)
        if at not in told:
            told.add(at)
            yield content.places[at].fault("is said by nobody; delete it, or say it in a flow")
    for entry in content.typed:
        if entry not in house.asked | set(SHARED.values()) | told and entry.partition(".")[0] not in spared:
            yield content.places[entry].fault("has typed words and asks nothing; delete them")


def _entry(key: str) -> str:
    return ".".join(key.split(".")[:2])
