"""Every article can be found: by what its author says that people type, and from shelf to shelf."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine.advance import advance
from bot.engine.conversation import Conversation
from bot.engine.effects import Effect, Prompt
from bot.engine.events import Typed
from bot.library.articles import Article
from bot.library.house import load
from bot.session.hear import CALM, hear
from bot.session.inputs import PersonId
from bot.session.kept import Person
from bot.session.known import Known
from tests.chat import ROOT, Chat, chatting, the_house

NIGHT = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
SHELVES = load(ROOT / "flows", ROOT / "content")
ARTICLES: Sequence[Article] = tuple(SHELVES.articles["en"].values())
WISHES = {"help", "signs"}
"""What a few of the phrases rather want: they have flows of their own."""


def _answer(text: str) -> tuple[str, Sequence[Effect]]:
    """Return how grave a first message is heard, and what follows from it."""
    house = the_house()
    heard = hear(text, house.ear("en"), None, NIGHT, NIGHT.date())
    known = Known(Person(PersonId(7), NIGHT), NIGHT, "en", house.help)
    sprint = advance(house.flows, Conversation(), Typed("seed", text, heard), known, NIGHT)
    return heard.intent if heard.intent in WISHES else heard.level, sprint.effects


@pytest.mark.parametrize("article", ARTICLES, ids=[one.id for one in ARTICLES])
def test_each_ask_brings_its_article(article: Article) -> None:
    """What people type for it shows the article or offers it; only a sign of something graver has its card first."""
    own = f"articles.{article.id}.short"
    missed, reached = [], 0
    for ask in (*article.asks, article.title):
        level, effects = _answer(ask)
        prompt = next((effect for effect in effects if isinstance(effect, Prompt)), None)
        if level in CALM and prompt is not None:
            offered = prompt.key == "topic.which" and article.id in {option.value for option in prompt.options}
            calm = article.kind == "mechanism" and prompt.key == "hello.wish"  # a plain complaint is met as one
            reached += prompt.key == own or offered
            missed += [] if prompt.key == own or offered or calm else [f"«{ask}»: {prompt.key}"]
    assert not missed
    assert reached


async def test_each_article_stands_on_its_shelf(tmp_path: Path) -> None:
    """From /library, kind by kind, every article is two presses away, and its text can be read to the end."""
    async with chatting(tmp_path / "steady.db", NIGHT) as chat:
        read: list[str] = []
        await chat.says("/library")
        for kind in chat.last.labels:
            await _opened(chat, kind)
            titles = chat.last.labels[:-1]
            for title in titles:
                await _opened(chat, kind)
                await chat.taps(title)
                read += chat.said
                await chat.taps("More")
                read += chat.said
                await chat.taps("Done")
    assert sorted(read) == sorted(f"articles.{one.id}.{part}" for one in ARTICLES for part in ("short", "rest"))


async def _opened(chat: Chat, kind: str) -> None:
    await chat.says("/library")
    await chat.taps(kind)


async def test_like_this_leads_to_what_its_author_put_near(tmp_path: Path) -> None:
    """“More like this” offers the articles that stand in `near`, by their titles and in their order."""
    titles = {one.id: one.title for one in ARTICLES}
    async with chatting(tmp_path / "steady.db", NIGHT) as chat:
        for one in ARTICLES[:5]:
            await chat.says(f"/library {one.asks[0]}")
            if chat.last.keys != (f"articles.{one.id}.short",):
                continue
            await chat.taps("More like this")
            assert chat.last.labels[:-1] == [titles[near] for near in one.near]
