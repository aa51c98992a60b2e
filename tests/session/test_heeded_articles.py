"""What an article must not say to somebody stands above it, whichever of the articles with that advice they read."""

import pytest

from bot.engine.effects import Prompt, Say
from bot.engine.events import Began
from bot.engine.model import FlowName
from tests.flows.walking import Walker, somebody

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


def read(article: str, **conditions: bool) -> list[str]:
    """Return the texts that somebody with these conditions gets, in their order, when they open the article."""
    walker = Walker(somebody(conditions=conditions))
    walker.happens(Began(walker.seed, FlowName("article"), {"topic": article}))
    said: list[str] = []
    for effect in walker.last:
        if isinstance(effect, Say):
            said += [effect.key, *(key for key, _ in effect.also)]
        elif isinstance(effect, Prompt):
            said.append(effect.key)
    return said


@pytest.mark.parametrize(("has", "gate", "article"), CASES)
def test_the_gate_stands_above_every_article_with_that_advice(has: str, gate: str, article: str) -> None:
    """Who told of a condition reads first what does not hold for them; nobody else does."""
    said = read(article, **{has: True})
    assert said[0] == "article.heed"
    assert said.index(gate) < said.index(f"articles.{article}.short")
    assert gate not in read(article, **{has: False})
