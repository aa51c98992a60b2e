"""Every fact of the two articles has its place in the library, with its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import Fault
from bot.library.articles import Article, read_articles
from bot.library.coverage import PAGE, Fact, page, read_facts, uncovered

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def articles() -> Mapping[str, Article]:
    """The library as it is delivered."""
    faults: list[Fault] = []
    articles = read_articles(ROOT / "content", "en", faults)
    assert faults == []
    return articles


@pytest.fixture(scope="module")
def facts() -> Sequence[Fact]:
    """The list of facts as it is delivered."""
    faults: list[Fault] = []
    facts = read_facts(ROOT / "content", faults)
    assert faults == []
    return facts


def test_every_fact_is_carried(facts: Sequence[Fact], articles: Mapping[str, Article]) -> None:
    """Each article that a fact names is there, and has the fact's numbers and key words."""
    assert len(facts) > 90
    assert uncovered(facts, articles) == []


def test_the_page_is_up_to_date(facts: Sequence[Fact], articles: Mapping[str, Article]) -> None:
    """docs/coverage.md is what the facts say."""
    written = (ROOT / PAGE).read_text(encoding="utf-8")
    assert written == page(facts, articles), "stale: run  python -m bot.library.coverage"


def test_a_lost_number_is_told(facts: Sequence[Fact], articles: Mapping[str, Article]) -> None:
    """A fact whose number went out of the article, or whose article went, or whose words lack the number, is told."""
    bath = next(fact for fact in facts if fact.id == "foot_bath")
    warmth = articles["warmth"]
    changed = replace(warmth, summary=warmth.summary.replace("20 m", "2 m"), body=warmth.body.replace("20 m", "120 m"))
    assert uncovered([bath], {**articles, "warmth": changed}) == [
        "«foot_bath» is to be in warmth.md, which lacks «20 minutes»"
    ]
    assert uncovered([replace(bath, articles=("hot",))], articles) == [
        "«foot_bath» names the article hot, which is not there"
    ]
    assert uncovered([replace(bath, words=("foot bath",))], articles) == [
        "«foot_bath» says 20, and its words do not; add it to words:"
    ]


FACT = "- {id: a, from: toes, part: p, fact: f, articles: [x], words: [w]}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facts: [a]\n", "1: needs sources: {short: name} and facts: [...]"),
        (f"sources: {{toes: T}}\nfacts:\n{FACT}\n{FACT}\n", "4: «a» stands here twice; give one of them another id"),
        (
            f"sources: {{feet: T}}\nfacts:\n{FACT}\n",
            "3: «a» is from toes, which is not among sources; name one of them",
        ),
        (
            "sources: {toes: T}\nfacts:\n" + FACT.replace("words: [w]", "words: []"),
            "3: «a» needs lists of text, not empty, for articles and words; numbers in quotes",
        ),
        (
            "sources: {toes: T}\nfacts:\n" + FACT.replace("words: [w]", "words: [20]"),
            "3: «a» needs lists of text, not empty, for articles and words; numbers in quotes",
        ),
        (
            "sources: {toes: T}\nfacts:\n" + FACT.replace("part: p", "part: 1"),
            "3: «id», «from», «part» and «fact» are text; write them in quotes",
        ),
        (
            "sources: {toes: T}\nfacts:\n" + FACT.replace("part: p, ", ""),
            "3: a fact has id, from, part, fact, articles, words, a note if you like, and nothing else",
        ),
    ],
)
def test_a_mistake_in_the_facts_is_told(text: str, said: str, tmp_path: Path) -> None:
    """The author reads where it is, what is wrong and what to do."""
    (tmp_path / "content/en").mkdir(parents=True)
    (tmp_path / "content/en/facts.yaml").write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    read_facts(tmp_path / "content", faults)
    assert [str(fault) for fault in faults] == [f"content/en/facts.yaml:{said}"]
