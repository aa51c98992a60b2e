"""What they told of themselves is heeded wherever advice is given: articles, water, exercises, reminders."""

from datetime import time

import pytest

from bot.engine.answers import DONE
from bot.engine.effects import Prompt, Say
from bot.engine.events import Began, Heard, Pressed, Typed
from bot.engine.facts import CONDITIONS
from bot.engine.kinds import Value
from bot.engine.names import FlowName
from bot.session.kept import Reminder
from tests.flows.walking import NOW, Walker, somebody

REMEDIES = (
    "warmth", "cold", "home_remedies", "electrolytes", "massage", "exercises", "toe_raise", "toe_flex", "toe_curl",
    "sand", "calcium_magnesium", "vitamin_d", "vitamin_b12", "treatment", "little_to_drink",
    "caffeine_alcohol", "medicine",
)  # fmt: skip
GATES = {
    ("numb_feet", "article.hot"): ("warmth", "cold", "home_remedies"),
    ("numb_feet", "article.bare"): ("sand", "good_shoes"),
    ("kidney_heart", "article.drinks"): ("little_to_drink", "electrolytes", "home_remedies"),
    ("balance", "article.sways"): ("sand", "exercises", "toe_raise"),
    ("pregnant", "article.pregnant"): REMEDIES,
    ("under_18", "article.young"): REMEDIES,
}
CASES = [(has, gate, article) for (has, gate), articles in GATES.items() for article in articles]


NOT_TOLD = dict.fromkeys(CONDITIONS, False)
NO_GOAL = ("kidney_heart", "pregnant", "under_18")
"""With any of these no glasses are counted towards a goal, and nobody is reminded to drink."""
NO_EXERCISE = ("pregnant", "under_18")


def who(*told: str) -> Walker:
    """Return somebody who was asked about everything and told of these, with every reminder on."""
    kinds = ("water", "exercise")
    reminders = {kind: Reminder(kind, (time(18),), NOW, NOW.date(), time(18)) for kind in kinds}
    return Walker(somebody(conditions=NOT_TOLD | dict.fromkeys(told, True), reminders=reminders))


def said(walker: Walker) -> list[str]:
    """Return the texts of the last sprint, in their order."""
    keys: list[str] = []
    for effect in walker.last:
        if isinstance(effect, Say):
            keys += [effect.key, *(key for key, _ in effect.also)]
        elif isinstance(effect, Prompt):
            keys.append(effect.key)
    return keys


def begin(walker: Walker, flow: str, **data: Value) -> list[str]:
    """Begin a flow; return what it says."""
    walker.happens(Began(walker.seed, FlowName(flow), data))
    return said(walker)


@pytest.mark.parametrize(("has", "gate", "article"), CASES)
def test_the_gate_stands_above_every_article_with_that_advice(has: str, gate: str, article: str) -> None:
    """Who told of a condition reads first what does not hold for them; nobody else does."""
    texts = begin(who(has), "article", topic=article)
    assert texts[0] == "article.heed"
    assert texts.index(gate) < texts.index(f"articles.{article}.short")
    assert begin(who(), "article", topic=article) == [f"articles.{article}.short"]


@pytest.mark.parametrize("told", NO_GOAL)
def test_a_goal_for_water_is_the_doctors(told: str) -> None:
    """With any of these there are no reminders to drink, none that still stands speaks, and no goal can be chosen."""
    assert begin(who(told), "water_setup") == [
        "water_setup.known" if told == "kidney_heart" else "water_setup.ask_doctor"
    ]
    for has, asked in ((told, False), (None, True)):
        walker = who(*([] if has is None else [has]))
        walker.is_reminded("water")
        assert said(walker) == (["water_reminder.ask"] if asked else [])
        chooser = who(*([] if has is None else [has]))
        begin(chooser, "settings")
        for option in ("water", "ml", "usual"):
            chooser.presses(option)
        assert ("settings.goal" in said(chooser), "settings.goal_is_the_doctors" in said(chooser)) == (asked, not asked)


@pytest.mark.parametrize("told", NO_GOAL)
def test_telling_of_it_ends_the_reminders_to_drink(told: str) -> None:
    """Who tells of it later has their reminders to drink off in the same moment; of the others none is."""
    for ticked, off in ((told, True), ("balance", False)):
        walker = who()
        begin(walker, "conditions")
        walker.presses(ticked)
        walker.happens(Pressed(walker.seed, walker.newest.nonce, DONE))
        assert ("water" not in walker.person.reminders, "exercise" in walker.person.reminders) == (off, True)


@pytest.mark.parametrize("told", NO_EXERCISE)
def test_exercises_are_a_question_for_the_doctor(told: str) -> None:
    """Who is pregnant or under 18 is sent to ask before any exercise, and is reminded of none."""
    assert begin(who(told), "exercise") == ["exercise.ask_first"]
    for has, asked in (([told], []), ([], ["exercise_reminder.ask"])):
        walker = who(*has)
        walker.is_reminded("exercise")
        assert said(walker) == asked


def test_who_is_unsteady_exercises_seated() -> None:
    """Balance that they told of once is heeded each time; pain and «It hurts» at any exercise stop them."""
    assert begin(who("balance"), "exercise") == ["exercise.seated"]
    walker = who()
    assert begin(walker, "exercise") == ["exercise.standing"]
    for shown in ("exercise.standing", "exercise.big_toe", "exercise.curl"):
        assert walker.newest.key == shown
        hurt = walker.branch()
        hurt.presses("hurts")
        assert said(hurt) == ["exercise.pain"]
        assert hurt.conversation.talks == ()
        walker.presses("next")


@pytest.mark.parametrize(
    ("flow", "cautious"), [("water_setup", "water_setup.limited_words"), ("exercise", "exercise.seated")]
)
def test_whoever_is_not_understood_is_never_taken_for_well(flow: str, cautious: str) -> None:
    """Where the question before the advice gets no answer, twice, the careful one is given."""
    walker = Walker(somebody())
    begin(walker, flow)
    for _ in range(2):
        assert cautious not in said(walker)
        walker.happens(Typed(walker.seed, "hm", Heard()))
    assert said(walker)[-1] == cautious
