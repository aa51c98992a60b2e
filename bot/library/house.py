"""The whole house, read at start: flows, words, help lines. Either all of it is right or nothing runs.

`load` reads every file once and tells every mistake at once, each as `file:line: what is wrong, what to do`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import UnknownLocaleError

from bot.domain.intentwords import IntentWords
from bot.domain.signwords import SignWords
from bot.engine.conditions import Type
from bot.engine.model import Flows
from bot.errors import Fault, FlowError
from bot.library.articles import NO_FOOT, Article, read_articles
from bot.library.building import Building, Source
from bot.library.check import check_house
from bot.library.content import read_content
from bot.library.ear import read_ear, sign_faults
from bot.library.fields import Scope
from bot.library.flows import build_flows, read_data
from bot.library.help_lines import HelpLines, read_help_lines
from bot.library.house_words import HOUSE
from bot.library.intents import read_intents
from bot.library.pictures import Picture, read_pictures
from bot.library.schema import read_flow_file
from bot.library.shapes import OPTION
from bot.library.shelf import shelve, spell
from bot.library.strict_yaml import Tree, read_file
from bot.library.texts import Plural, plural_of
from bot.library.uses import Use
from bot.library.words import FALLBACK, Words

Menu = Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class House:
    """What `flows/` and `content/` hold, ready to run."""

    flows: Flows
    words: Words
    languages: Mapping[str, str]
    """The name of each language in itself, by its tag."""
    menu: Menu
    """By language: the commands and what they do, in the order in which the menu shows them."""
    help_lines: HelpLines
    ear: Mapping[str, SignWords]
    """By language: the words of its warning signs."""
    articles: Mapping[str, Mapping[str, Article]]
    """By language: the library, by the ids of its articles."""
    intents: Mapping[str, IntentWords]
    """By language: how people say what they want. A language without them has its commands and buttons."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By name: the pictures of `content/media`."""


def load(flows: Path, content: Path) -> House:
    """Read the house. Raises `FlowError` with every mistake in it; nothing else, whatever the files hold."""
    faults: list[Fault] = []
    languages, plurals = _languages(content, faults)
    known = {path.stem for path in flows.glob("*.y*ml")} - {"vocabulary"}
    contents = [read_content(content, tag, plural, known, faults) for tag, plural in plurals.items()]
    articles = {
        one.language: read_articles(content, one.language, faults, one.texts.get("common.article_foot", NO_FOOT))
        for one in contents
    }
    shelf = shelve(articles.get(FALLBACK, {}))
    for one in contents:
        spell(one, articles[one.language], articles.get(FALLBACK, {}))
    vocabulary = {**_vocabulary(flows, faults), **shelf.lists}
    sources, broken = _sources(flows, vocabulary, shelf.tables, faults)
    building = Building(sources, contents, vocabulary, faults, broken, pictures=read_pictures(content / "media"))
    for key, word in HOUSE.items():
        building.uses.append(Use(key, "bot/library/house_words.py", Scope(word.values, {})))
    built = build_flows(building)
    check_house(built, building)
    help_lines = HelpLines()
    tree = read_file(content, "help_lines.yaml", faults)
    if tree is not None:
        help_lines = read_help_lines(tree, faults)
    ear = _ears(content, plurals, vocabulary, faults)
    intents = _intents(content, plurals, faults)
    if faults:
        raise FlowError(faults)
    menu = {one.language: tuple(one.commands.items()) for one in contents}
    return House(built, Words(contents), languages, menu, help_lines, ear, articles, intents, building.pictures)


def _languages(content: Path, faults: list[Fault]) -> tuple[dict[str, str], dict[str, Plural]]:
    tree = read_file(content, "languages.yaml", faults)
    named: dict[str, str] = {}
    plurals: dict[str, Plural] = {}
    value: Any = tree.value if tree is not None else {FALLBACK: "English"}
    if tree is None:
        tree = Tree(f"{content.name}/languages.yaml", value)
    if not isinstance(value, dict) or FALLBACK not in value:
        faults.append(tree.fault((), f"needs a language a line, and {FALLBACK} among them: {FALLBACK}: English"))
        value = {FALLBACK: "English"}
    for tag, name in value.items():
        if not isinstance(name, str):
            faults.append(tree.fault((tag,), f"«{tag}» needs the language's name in itself, such as en: English"))
            continue
        try:
            plural = plural_of(tag)
        except (ValueError, UnknownLocaleError):
            faults.append(tree.fault((tag,), f"«{tag}» is no language that CLDR knows; write one such as en or pt-BR"))
            continue
        if not (content / tag).is_dir():
            faults.append(tree.fault((tag,), f"«{tag}» has no words; make the folder {content.name}/{tag}"))
            continue
        named[tag], plurals[tag] = name, plural
    return named, plurals


def _ears(
    content: Path, languages: Collection[str], vocabulary: Mapping[str, Collection[str]], faults: list[Fault]
) -> dict[str, SignWords]:
    ears: dict[str, SignWords] = {}
    for language in languages:
        read = read_ear(content, language, faults)
        if read is not None:
            faults.extend(sign_faults(*read, vocabulary))
            ears[language] = read[1]
    return ears


def _intents(content: Path, languages: Collection[str], faults: list[Fault]) -> dict[str, IntentWords]:
    intents: dict[str, IntentWords] = {}
    for language in languages:
        file = f"{language}/intents.yaml"
        tree = read_file(content, file, faults) if (content / file).exists() else None
        words = read_intents(tree, faults) if tree is not None else None
        if words is not None:
            intents[language] = words
    return intents


def _vocabulary(flows: Path, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    if not (flows / "vocabulary.yaml").exists():
        return {}
    tree = read_file(flows, "vocabulary.yaml", faults)
    if tree is None:
        return {}
    lists: dict[str, tuple[str, ...]] = {}
    value = tree.value if isinstance(tree.value, dict) else {"vocabulary": tree.value}
    for name, words in value.items():
        written = words if isinstance(words, list) else []
        lists[name] = tuple(dict.fromkeys(w for w in written if isinstance(w, str) and re.fullmatch(OPTION, w)))
        if not lists[name] or len(lists[name]) < len(written):
            message = f"«{name}» needs a list of words of a-z, 0-9 and _, each once, such as [weakness, numbness]"
            faults.append(tree.fault((name,), message))
    return lists


def _sources(
    flows: Path, vocabulary: Mapping[str, tuple[str, ...]], tables: Mapping[str, Type], faults: list[Fault]
) -> tuple[dict[str, Source], set[str]]:
    sources: dict[str, Source] = {}
    broken: set[str] = set()
    for path in sorted(flows.glob("*.y*ml")):
        if path.suffix != ".yaml":
            faults.append(Fault(f"{flows.name}/{path.name}", 1, f"is not read; name it {path.stem}.yaml"))
            continue
        if path.stem == "vocabulary":
            continue
        tree = read_file(flows, path.name, faults)
        file = read_flow_file(tree, faults) if tree is not None else None
        if tree is None or file is None:
            broken.add(path.stem)
            continue
        if file.flow != path.stem:
            faults.append(tree.fault(("flow",), f"«flow» is {file.flow}, and the file is {path.name}; name both alike"))
            broken.add(path.stem)
            continue
        sources[path.stem] = read_data(file, tree, vocabulary, tables, faults)
    return sources, broken
