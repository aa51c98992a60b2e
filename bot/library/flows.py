"""From what an author wrote to the engine's `Flows`: every name resolved, every value typed, every default set."""

from collections.abc import Mapping
from keyword import iskeyword

from bot.engine import model, names
from bot.engine.conditions import ConditionError, Type
from bot.engine.facts import GIVEN, WANTED
from bot.engine.kinds import Choice, Field, Flag, Several
from bot.engine.names import FlowName, Lane, StepId
from bot.errors import Fault
from bot.library.building import Building, Site, Source, duration
from bot.library.fields import condition, described, kind_of, scope, type_of
from bot.library.schema import FlowFile
from bot.library.steps import build_step
from bot.library.strict_yaml import Tree

_FUNCTIONS = frozenset({"len", "min", "max", "first"})


def read_data(
    file: FlowFile,
    tree: Tree,
    vocabulary: Mapping[str, tuple[str, ...]],
    tables: Mapping[str, Type],
    faults: list[Fault],
) -> Source:
    """Settle the types of a flow's data; computed ones may use those above them."""
    before = len(faults)
    data: dict[str, Field] = {}
    for name, declared in file.data.items():
        path = ("data", name)
        if iskeyword(name) or name in _FUNCTIONS | tables.keys():
            faults.append(tree.fault(path, f"«{name}» is a word of the conditions; choose another name"))
        computed = None
        try:
            kind = kind_of(declared, vocabulary)
            if declared.bool_ is not None and declared.bool_ != "given":
                computed = condition(declared.bool_, scope(data, tables))
        except ConditionError as error:
            faults.append(tree.fault(path, f"«{name}» {error}"))
            worded = Choice(()) if declared.choice is not None else Several(())
            kind = worded if declared.choice is not None or declared.set_ is not None else Flag()
        data[name] = Field(kind, declared.optional, computed)
    return Source(file, tree, data, scope(data, tables), sure=len(faults) == before)


def build_flows(house: Building) -> model.Flows:
    """Build all flows and what begins them."""
    flows = {FlowName(name): _flow(Site(house, source)) for name, source in house.sources.items()}
    begun: dict[str, dict[str, FlowName]] = {
        what: {} for what in ("command", "sign", "reminder", "idle", "topic", "intent")
    }
    for name, flow in flows.items():
        starts = flow.starts
        idle, topic = ("true" if starts.idle else None), ("true" if starts.topic else None)
        beginnings = [("command", starts.command), ("sign", starts.sign), ("reminder", starts.reminder)]
        beginnings += [("idle", idle), ("topic", topic), *(("intent", intent) for intent in starts.intents)]
        for what, value in beginnings:
            first = name if value is None else begun[what].setdefault(value, name)
            if first != name:
                message = f"«{what}: {value}» begins flows/{first}.yaml already; one flow for each"
                house.faults.append(house.sources[name].tree.fault(("start", what), message))
    idle_flow = begun["idle"].get("true", FlowName(""))
    return model.Flows(
        flows=flows,
        commands=begun["command"],
        signs=begun["sign"],
        reminders=begun["reminder"],
        idle=idle_flow,
        topic=begun["topic"].get("true"),
        intents=begun["intent"],
    )


def _flow(site: Site) -> model.Flow:
    file, tree = site.source.file, site.source.tree
    steps: dict[StepId, model.Step] = {}
    if not site.source.sure:
        site.house.unsure.add(site.name)
    for index, step in enumerate(file.steps):
        if step.id in steps:
            site.wrong(("steps", index, "id"), f"«{step.id}» is the name of two steps; rename one")
            site.house.unsure.add(site.name)
        steps[StepId(step.id)] = build_step(site, index, step)
    if file.aside and file.expires.aside is not None:
        site.wrong(("expires", "aside"), "«aside» is for a flow that begins in the talk; leave it out")
    if file.aside and site.name == names.TALK:
        site.wrong(("flow",), f"«{site.name}» cannot be the name of a flow that runs aside; choose another")
    start = file.start
    intents = (start.intent,) if isinstance(start.intent, str) else tuple(start.intent)
    if intents:
        _check_handed(site, WANTED)
    elif start.sign or start.idle or start.topic or start.command:
        _check_handed(site, GIVEN)
    return model.Flow(
        name=FlowName(site.name),
        version=file.version,
        where=model.Where(tree.file, tree.line(("flow",))),
        starts=model.Starts(start.command, start.sign, start.reminder, bool(start.idle), bool(start.topic), intents),
        lane=Lane(site.name) if file.aside else names.TALK,
        expires=duration(file.expires.after),
        aside_for=duration(file.expires.aside) if file.expires.aside is not None else None,
        data=site.data,
        first=StepId(file.steps[0].id),
        steps=steps,
        resumes=file.resumes,
        holds=file.holds,
        pierces=file.pierces,
        yields=file.yields,
        quiet=file.quiet,
        one_card=file.one_card,
        changes=_changes(site, file),
    )


def _changes(site: Site, file: FlowFile) -> Mapping[int, Mapping[StepId, StepId]]:
    """Return what older versions called the steps of today: each leads, over later changes, to a step that is there."""
    there = {step.id for step in file.steps}
    for version, renamed in file.changes.items():
        if int(version) >= file.version:
            older = f"«{version}» is not an older version than {file.version}; raise «version»"
            site.wrong(("changes", version), older)
        later = {old for since, names in file.changes.items() if int(since) > int(version) for old in names}
        for old, new in renamed.items():
            if new not in there | later:
                site.wrong(("changes", version, old), f"«{new}» is not a step of this flow; name one")
            if old in there:
                site.wrong(("changes", version, old), f"«{old}» is a step of this flow still; name one that is gone")
    return {
        int(version): {StepId(old): StepId(new) for old, new in renamed.items()}
        for version, renamed in file.changes.items()
    }


def _check_handed(site: Site, handed: Mapping[str, Field]) -> None:
    """Check the data that free text fills: what the ear heard must fit."""
    for name, given in handed.items():
        own = site.data.get(name)
        if own is None:
            continue
        missing = given.optional and not own.optional and not isinstance(own.kind, Several)
        if own.computed is not None or type_of(own).base != type_of(given).base or missing:
            wanted = described(given.kind) + (", optional: true" if missing else "")
            site.wrong(("data", name), f"«{name}» is filled with what free text said and must be {wanted}")
