"""Which article is found for what people type: how often it is the right one, and how seldom one that nobody wants."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.topics import MOST, Found, Topics
from bot.errors import Fault
from bot.library.articles import read_articles

ROOT = Path(__file__).parents[2]
SMALL_LIBRARY = {
    "coffee": ["coffee", "caffeine", "can coffee cause twitching"],
    "shoes": ["shoes", "tight shoes", "my shoes are tight"],
    "heels": ["high heels", "shoes with heels"],
    "sleep": ["sleep", "twitching in my sleep", "i cannot sleep"],
    "causes": ["why", "what causes it"],
    "how_long": ["how long does it last"],
}
TITLES = {name: name.replace("_", " ") for name in SMALL_LIBRARY}
SMALL = Topics(SMALL_LIBRARY, TITLES)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and the articles that answer it: none, where it asks for none."""

    text: str
    articles: frozenset[str]


def _messages() -> list[Labelled]:
    rows: Sequence[dict[str, Any]] = yaml.safe_load((ROOT / "tests/topics/topics.yaml").read_text("utf-8"))
    wanted = [[row["article"]] if isinstance(row["article"], str) else row["article"] for row in rows]
    return [Labelled(row["text"], frozenset(names) - {"none"}) for row, names in zip(rows, wanted, strict=True)]


MESSAGES = _messages()


@pytest.fixture(scope="module")
def topics() -> Topics:
    """The reader of the English library."""
    faults: list[Fault] = []
    articles = read_articles(ROOT / "content", "en", faults)
    assert faults == []
    return Topics(
        {name: article.asks for name, article in articles.items()},
        {name: article.title for name, article in articles.items()},
    )


def _told(topics: Topics, wrong: Sequence[Labelled]) -> str:
    return "\n".join(f"{m.text}: {sorted(m.articles)}, not {topics.find(m.text)}" for m in wrong)


def test_the_set_is_large_knows_its_articles_and_has_no_message_twice(topics: Topics) -> None:
    """A small or padded set proves nothing, and nor does one about articles that are gone."""
    texts = [message.text for message in MESSAGES]
    assert len(texts) >= 350
    assert len(texts) == len(set(texts))
    assert sum(not message.articles for message in MESSAGES) >= 100
    assert {name for message in MESSAGES for name in message.articles} <= topics.articles
    assert len({name for message in MESSAGES for name in message.articles}) >= 60


def test_the_article_is_among_those_offered(topics: Topics) -> None:
    """Nearly everybody who asks is offered the answer."""
    asked = [message for message in MESSAGES if message.articles]
    missed = [message for message in asked if not message.articles & set(topics.find(message.text).topics)]
    assert len(missed) <= 0.03 * len(asked), _told(topics, missed)


def test_the_best_comes_first(topics: Topics) -> None:
    """Mostly the first that is offered is the answer."""
    asked = [message for message in MESSAGES if message.articles]
    missed = [m for m in asked if not m.articles & set(topics.find(m.text).topics[:1])]
    assert len(missed) <= 0.06 * len(asked), _told(topics, missed)


def test_who_is_sure_is_right(topics: Topics) -> None:
    """An article that is shown without asking is the one that was meant."""
    sure = [message for message in MESSAGES if message.articles and topics.find(message.text).sure]
    wrong = [message for message in sure if topics.find(message.text).topics[0] not in message.articles]
    assert len(sure) >= 0.7 * sum(bool(message.articles) for message in MESSAGES)
    assert len(wrong) <= 0.01 * len(sure), _told(topics, wrong)


def test_plain_talk_has_no_topic(topics: Topics) -> None:
    """Who asks for no article gets none."""
    plain = [message for message in MESSAGES if not message.articles]
    wrong = [message for message in plain if topics.find(message.text).topics]
    assert len(wrong) <= 0.05 * len(plain), _told(topics, wrong)


def test_every_article_is_found_by_its_own_words(topics: Topics) -> None:
    """What its author wrote for an article leads to it, first or among those offered."""
    faults: list[Fault] = []
    asks = {name: article.asks for name, article in read_articles(ROOT / "content", "en", faults).items()}
    lost = [(name, ask) for name, phrases in asks.items() for ask in phrases if name not in topics.find(ask).topics]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("can coffee cause this", Found(("coffee",), sure=True, question=True)),
        ("COFFEES?!", Found(("coffee",), sure=True, question=True)),
        ("cofee", Found(("coffee",), sure=True)),
        ("my shoes are tight", Found(("shoes",), sure=True)),
        ("heels or coffee?", Found(("coffee", "heels"), question=True)),
        ("i can't sleep", Found(("sleep",), sure=True)),
        ("i do not drink coffee", Found()),
        ("i do not drink coffee, why does it twitch", Found(("causes",), sure=True, question=True)),
        ("not the shoes?", Found(("shoes",), sure=True, question=True)),
        ("remind me of my shoes at 8", Found()),
        ("why", Found(("causes",), sure=True, question=True, small=True)),
        ("why do birds sing", Found(question=True)),
        ("how long does this usually last", Found(("how_long",), sure=True, question=True)),
        ("i bought coffee, bread, butter and flowers for my sister", Found()),
        ("", Found()),
    ],
)
def test_a_small_library(text: str, found: Found) -> None:
    """Stems, slips, denials, small words and what else a message says: each has its weight."""
    assert SMALL.find(text) == found


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("is it?", True),
        ("what now", True),
        ("hi, can it be coffee", True),
        ("ok and why", True),
        ("tell me about shoes", True),
        ("did i do it", True),
        ("did my exercises", False),
        ("it is what it is", False),
        ("i was wondering about shoes", True),
        ("shoes", False),
        ("...", False),
    ],
)
def test_questions_are_known(text: str, question: bool) -> None:
    """A question mark asks, and so does how a clause begins."""
    assert SMALL.find(text).question is question


def test_it_is_told_why() -> None:
    """The phrase that decided can be read."""
    assert [(match.article, match.phrase) for match in SMALL.ranked("too tight shoes")][:2] == [
        ("shoes", "tight shoes"),
        ("heels", "shoes with heels"),
    ]


def test_a_library_without_articles_answers_nothing() -> None:
    """A language may have no articles yet."""
    assert Topics({}, {}).find("can coffee cause this?") == Found(question=True)


@given(st.text(max_size=300) | st.text(alphabet="coffee shoes? why not", max_size=300))
def test_any_text_has_a_reading(text: str) -> None:
    """Whatever is typed, at most three articles come back, each once, and only one where it is sure."""
    found = SMALL.find(text)
    assert len(found.topics) <= MOST
    assert len(found.topics) == len(set(found.topics))
    assert set(found.topics) <= SMALL.articles
    assert not found.sure or len(found.topics) == 1


def test_a_message_takes_less_than_a_millisecond(topics: Topics) -> None:
    """Reading is cheap: the labelled messages on average, and the longest one that there can be."""
    best = min(_seconds(topics) for _ in range(3))
    assert best / len(MESSAGES) < 0.001
    start = time.process_time()
    topics.find("does coffee help my twitching toes when i sleep, " * 90)
    assert time.process_time() - start < 0.02


def _seconds(topics: Topics) -> float:
    start = time.process_time()
    for message in MESSAGES:
        topics.find(message.text)
    return time.process_time() - start


def test_a_phrase_typed_word_for_word_is_its_article() -> None:
    """Each phrase belongs to one article: typed as it stands, it means that one, however near another is."""
    topics = Topics({"als": ["als", "what is als"], "fear": ["is it als", "shoe"]}, {"als": "ALS", "fear": "Fear"})
    assert topics.find("Is it ALS?") == Found(("fear",), sure=True, question=True)
    assert not topics.find("could it be als").sure or topics.find("could it be als").topics == ("als",)
