"""The library as flows see it: articles and kinds as lists of words; what is near, or of a kind, as tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.engine.conditions import Type
from bot.library.articles import Article
from bot.library.content import Content, Label
from bot.library.drafts import KINDS
from bot.library.texts import fixed

ARTICLES = "articles"
"""What the keys of their words begin with: `articles.als.short`, `.rest`, `.whole`."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """`lists` stand beside those of flows/vocabulary.yaml; `tables` are called in expressions: `near(topic)`."""

    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tables: Mapping[str, Type] = field(default_factory=dict)


def shelve(articles: Mapping[str, Article]) -> Shelf:
    """Put the articles of the house's own language on the shelf."""
    if not articles:
        return Shelf()
    of_kind: dict[str, tuple[str, ...]] = {
        kind: tuple(one.id for one in articles.values() if one.kind == kind) for kind in KINDS
    }
    of_kind = {kind: ids for kind, ids in of_kind.items() if ids}
    near = {one.id: tuple(other for other in one.near if other in articles) for one in articles.values()}
    tables: dict[str, dict[str, tuple[str, ...]]] = {"near": near, "of_kind": of_kind}
    return Shelf(
        {"article": tuple(articles), "article_kind": tuple(of_kind)},
        {name: Type("table", frozenset(table), table=table) for name, table in tables.items()},
    )


def spell(content: Content, articles: Mapping[str, Article], others: Mapping[str, Article]) -> None:
    """Put titles and texts among a language's words; where it has no such article, those of `others`."""
    for one in (articles.get(id_, other) for id_, other in others.items()):
        content.labels[f"vocabulary.article.{one.id}"] = Label(one.title)
        for part, shown in (("short", one.short), ("rest", one.rest), ("whole", one.whole)):
            content.texts[f"{ARTICLES}.{one.id}.{part}"] = fixed(shown)
