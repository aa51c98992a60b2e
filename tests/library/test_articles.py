"""The library: what an author gets wrong is told; what is delivered is right, readable, safe and in our own words."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Fault
from bot.library.articles import Article, read_articles
from bot.library.coverage import plain, read_facts
from bot.library.drafts import KINDS, Origin
from bot.library.house import load
from bot.library.limits import LONGEST_TEXT, markup_faults, units, visible
from bot.library.markdown import html_of
from bot.library.strict_yaml import read_file
from bot.library.texts import plural_of, read_text
from bot.playground.parse_html import parse_html
from tests.library.shingles import known, shingles
from tests.library.small_house import faults, loaded

ROOT = Path(__file__).parents[2]
FOLDER = "content/en/articles"

ARTICLE = """\
---
id: warm
title: Warmth
kind: remedy
summary: It can **help** & is cheap.
asks: [warm, heat, warm towel, foot bath, is heat good]
near: [cold, rest]
sources: [{name: A page, part: its end}, {name: Another}]
checked: 2026-11-21
---
Wrap it in a **warm
towel**.

Two ways:
- a towel
- a bath
  of 20 minutes
"""
OTHERS = {
    "cold": ARTICLE.replace("id: warm", "id: cold").replace(
        "[warm, heat, warm towel, foot bath, is heat good]", "[cold, ice, frozen, cool, is ice good]"
    ).replace("[cold, rest]", "[warm, rest]"),
    "rest": ARTICLE.replace("id: warm", "id: rest").replace(
        "[warm, heat, warm towel, foot bath, is heat good]", "[rest, lie, sit, sleep, nap]"
    ).replace("[cold, rest]", "[warm, cold]"),
}  # fmt: skip
LONG = "x" * 61
FOOT, _ = read_text("<i>{sources}, {checked}.</i>", plural_of("en"))


def read(root: Path, warm: str, more: Mapping[str, str] | None = None) -> tuple[Mapping[str, Article], list[str]]:
    """Return the articles of a small library, and what is said of it."""
    directory = root / "content/en/articles"
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in {"warm.md": warm, **{f"{n}.md": t for n, t in OTHERS.items()}, **(more or {})}.items():
        (directory / name).write_text(text, encoding="utf-8")
    told: list[Fault] = []
    assert FOOT is not None
    articles = read_articles(root / "content", "en", told, FOOT)
    return articles, [str(fault) for fault in sorted(told)]


def test_an_article_is_read(tmp_path: Path) -> None:
    """Front matter and body become an article, with HTML that Telegram takes."""
    articles, told = read(tmp_path, ARTICLE)
    assert told == []
    assert list(articles) == ["cold", "rest", "warm"]
    warm = articles["warm"]
    assert (warm.id, warm.title, warm.kind, warm.checked) == ("warm", "Warmth", "remedy", date(2026, 11, 21))
    assert warm.summary == "It can <b>help</b> &amp; is cheap."
    assert warm.body == "Wrap it in a <b>warm towel</b>.\n\nTwo ways:\n• a towel\n• a bath of 20 minutes"
    assert (warm.asks[2], warm.near) == ("warm towel", ("cold", "rest"))
    assert warm.sources == (Origin("A page", "its end"), Origin("Another", ""))
    assert warm.foot == "<i>A page; Another, November 21, 2026.</i>"
    assert warm.short == f"<b>Warmth</b>\n\n{warm.summary}\n\n{warm.foot}"
    assert warm.rest == f"<b>Warmth</b>\n\n{warm.body}\n\n{warm.foot}"
    assert warm.whole == f"<b>Warmth</b>\n\n{warm.summary}\n\n{warm.body}\n\n{warm.foot}"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("title: Warmth\n", "", "1: «title» is missing; add title: above the second ---"),
        ("title: Warmth\n", "title: 5\n", "3: «title» is not text; write it in quotes"),
        ("title: Warmth", f"title: {'x' * 41}", "3: «title» has 41 characters and may have 40; make it shorter"),
        ("kind: remedy", "kind: cure", f"4: «kind» is none of {', '.join(KINDS)}; write one of them"),
        ("It can **help**", "x" * 340, "5: «summary» has 352 characters and may have 350; make it shorter"),
        ("It can **help**", "It <b>can</b>", "5: «summary» has HTML; leave the tag out, **bold** is all there is"),
        ("[warm, heat, ", "[", "6: «asks» needs a list of 5 to 25, such as [first, second]"),
        ("[warm, heat", "[warm, 5", "6: «asks» has something that is not text; write it in quotes"),
        ("warm towel,", f"{LONG},", f"6: «asks» has «{LONG}», longer than 60 characters; make it shorter"),
        ("[warm, heat", "[warm, Warm!", "6: «asks» has «Warm!» twice; keep one"),
        ("[warm, heat", "[warm, Ice", "6: «asks» has «Ice», which cold.md has too; leave it to one of them"),
        ("[cold, rest]", "[cold]", "7: «near» needs a list of 2 to 4, such as [first, second]"),
        ("[cold, rest]", "[cold, tea]", "7: «near» has «tea», which is no other article; write the id of one"),
        ("[cold, rest]", "[cold, warm]", "7: «near» has «warm», which is no other article; write the id of one"),
        ("[cold, rest]", "[cold, cold]", "7: «near» has «cold» twice; keep one"),
        ("[{name: A page, part: its end}, {name: Another}]", "A page",
         "8: «sources» needs a list such as [{name: Toe twitching, part: home remedies}]"),
        ("{name: Another}", "{page: Another}",
         "8: «sources» needs for each a name and, if you like, a part: {name: …, part: …}"),
        ("2026-11-21", "2026-11-31", "9: «checked» is no day; write it such as 2026-11-21"),
        ("2026-11-21", "21.11.2026", "9: «checked» is no day; write it such as 2026-11-21"),
        ("id: warm", "id: hot", "2: «id» is hot, and the file is warm.md; name both alike"),
        ("checked:", "colour: red\nchecked:",
         "9: «colour» is a key that nobody reads; there are id, title, kind, summary, asks, near, sources, checked"),
        ("kind: remedy", "kind: remedy\nkind: cause", "5: has the key «kind» twice; keep one"),
        ("kind: remedy", "kind: @", "4: "),
        ("---\nid", "id", "1: has no front matter; begin with a line ---, its keys, and a line ---"),
        ("- a towel", "- a <i>towel</i>", "15: has HTML; leave the tag out, **bold** is all there is"),
        ("- a towel", "- a towel&nbsp;", "15: has an entity of HTML; write the sign itself"),
        ("Two ways:", "## Two ways", "14: is a heading; write it as **bold**"),
        ("- a towel", "1. a towel", "15: is a list that is not read; begin each line with - and a blank"),
        ("- a towel", "  - a towel", "15: is a bullet below a bullet; make it one of its own"),
        ("- a towel", "- `a` towel", "15: has a backtick; leave it out"),
        ("- a towel", "- a [towel](x)", "15: has a link; name the source in sources: instead"),
        ("- a towel", "- a _towel_", "15: has an underscore around words; **bold** is all there is"),
        ("- a towel", "- a *towel*", "15: has a * that opens or closes nothing; bold is **so**"),
        ("towel**.", "towel.", "11: has a * that opens or closes nothing; bold is **so**"),
        ("Two ways:", "| a | b |",
         "14: is a line, a table or a quotation; articles have paragraphs and bullets"),
        ("Two ways:", "x" * 1800,
         "11: the text below the front matter has 1859 characters; write 1 to 1800"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(was: str, now: str, said: str, tmp_path: Path) -> None:
    """The author reads the file, the line, what is wrong and what to do; the article is left out."""
    assert ARTICLE.count(was) == 1
    articles, told = read(tmp_path, ARTICLE.replace(was, now))
    assert [fault for fault in told if not fault.startswith(f"{FOLDER}/warm.md:{said}")] == []
    assert told
    assert "warm" not in articles


def test_an_empty_body_is_told(tmp_path: Path) -> None:
    """An article says more than its summary."""
    _, told = read(tmp_path, ARTICLE.partition("Wrap")[0])
    assert told == [f"{FOLDER}/warm.md:11: the text below the front matter has 0 characters; write 1 to 1800"]


def test_what_is_no_article_is_told(tmp_path: Path) -> None:
    """A file of another kind in the folder, or with a name that is no id, is not passed over."""
    _, everything = read(tmp_path, ARTICLE, {"notes.txt": "x", "Warm-2.md": ARTICLE.replace("id: warm", "id: Warm-2")})
    told = [fault for fault in everything if "asks" not in fault]
    assert [one.partition(";")[0] for one in told] == [
        f"{FOLDER}/Warm-2.md:2: «id» needs lower case letters, digits and _, at most 32, with a letter first",
        f"{FOLDER}/notes.txt:1: is not read",
    ]


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A file in another encoding is a fault, not a crash."""
    read(tmp_path, ARTICLE)
    (tmp_path / "content/en/articles/warm.md").write_bytes(b"---\n\xff\n---\n")
    told: list[Fault] = []
    read_articles(tmp_path / "content", "en", told)
    assert [str(fault) for fault in told] == [
        f"{FOLDER}/warm.md:1: cannot be read; save it as a text file with the encoding UTF-8"
    ]


def test_no_folder_is_no_library(tmp_path: Path) -> None:
    """A language without articles has none, and that is no mistake."""
    told: list[Fault] = []
    assert read_articles(tmp_path, "en", told) == {}
    assert told == []


@given(st.text(alphabet=st.sampled_from("ab *-_#<>&;`[]()\n1.|+"), max_size=60))
def test_whatever_is_written_telegram_takes(markdown: str) -> None:
    """Any text at all becomes HTML that parses and has no tag but b, whatever is wrong with it."""
    html, _ = html_of(markdown)
    assert markup_faults(html) == []
    assert set(re.findall(r"</?(\w+)>", html)) <= {"b"}
    parse_html(html)


@given(
    at=st.integers(0, len(ARTICLE)),
    cut=st.integers(0, 30),
    put=st.one_of(st.binary(max_size=8), st.text(alphabet="[]{}:,-#*\n 0x'\"", max_size=8).map(str.encode)),
)
def test_whatever_bytes_are_there_are_read(
    at: int, cut: int, put: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A file with anything at all in it is an article or a fault, never a crash."""
    root = tmp_path_factory.getbasetemp() / "any"
    read(root, ARTICLE)
    source = ARTICLE.encode()
    (root / FOLDER / "warm.md").write_bytes(source[:at] + put + source[at + cut :])
    told: list[Fault] = []
    assert ("warm" in read_articles(root / "content", "en", told)) == (not told)


def test_the_house_tells_of_its_library(tmp_path: Path) -> None:
    """What is wrong in an article is told with everything else, and a house that is right has its articles."""
    article = f"{FOLDER}/warm.md"
    right = {f"{FOLDER}/{name}.md": text for name, text in {"warm": ARTICLE, **OTHERS}.items()}
    house = loaded(tmp_path, right)
    assert list(house.articles["en"]) == ["cold", "rest", "warm"]
    assert house.articles["en"]["warm"].foot == "From A page; Another, November 21, 2026."
    assert faults(tmp_path, {**right, article: ARTICLE.replace("kind: remedy", "kind: cure")}) == [
        f"{article}:4: «kind» is none of {', '.join(KINDS)}; write one of them"
    ]


# The library as it is delivered ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def articles() -> Mapping[str, Article]:
    """The English library, with the foot that the house has for it."""
    told: list[Fault] = []
    common = read_file(ROOT / "content", "en/common.yaml", told)
    assert common is not None
    foot, _ = read_text(common.value["article_foot"]["say"], plural_of("en"))
    assert foot is not None
    articles = read_articles(ROOT / "content", "en", told, foot)
    assert told == []
    return articles


def test_the_library_is_there(articles: Mapping[str, Article]) -> None:
    """There are articles of every kind."""
    assert len(articles) >= 35
    assert {article.kind for article in articles.values()} == set(KINDS)


def test_every_article_fits_a_message(articles: Mapping[str, Article]) -> None:
    """Each message of an article parses, is short enough, and ends with its sources and who has not reviewed it."""
    for article in articles.values():
        for shown in (article.short, article.rest, article.whole):
            assert parse_html(shown).text == visible(shown)
            assert set(re.findall(r"</?(\w+)>", shown)) <= {"b", "i"}
            assert units(visible(shown)) <= LONGEST_TEXT
            assert shown.endswith("No clinician has reviewed this yet.</i>")
            assert all(source.name in visible(shown) for source in article.sources)


def test_every_article_is_near_another(articles: Mapping[str, Article]) -> None:
    """Reading on from article to article leads to each of them."""
    named = {other for article in articles.values() for other in article.near}
    assert set(articles) - named == set()


def sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence; a colon and the end of a line end one too."""
    parts = re.split(r"(?<=[.!?:])\s+|\n+", text)
    return [words for part in parts if (words := re.findall(r"[A-Za-z][A-Za-z’'-]*|\d+", part))]


def measures(text: str) -> tuple[float, float]:
    """Return LIX (Björnsson 1968) and Flesch and Kincaid's grade; a syllable is a group of vowels."""
    said = sentences(text)
    words = [word for sentence in said for word in sentence]
    average = len(words) / len(said)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    lix = average + 100 * sum(len(word) > 6 for word in words) / len(words)
    return lix, 0.39 * average + 11.8 * syllables / len(words) - 15.59


def test_children_of_ten_can_read_it(articles: Mapping[str, Article]) -> None:
    """Each article reads like a children's book (LIX up to 30, grade up to 6), and so does each of its sentences."""
    grades: list[float] = []
    for article in articles.values():
        text = f"{article.title}.\n{visible(article.summary)}\n{visible(article.body)}"
        lix, grade = measures(text)
        grades.append(grade)
        assert lix <= 30, article.id
        assert grade <= 6, article.id
        for words in sentences(text):
            assert len(words) <= 30, f"{article.id}: {' '.join(words)}"
            assert sum(len(word) > 9 for word in words) <= 3, f"{article.id}: {' '.join(words)}"
    assert sum(grades) / len(grades) <= 4


def test_the_measure_measures() -> None:
    """Hard words and long sentences raise it; what a leaflet says in Latin is above the bounds."""
    lix, grade = measures(
        "Involuntary fasciculations predominantly originate from spontaneous depolarisation of peripheral neurons."
    )
    assert lix > 60
    assert grade > 15
    assert measures("The toe is small. It can jump.")[1] < 1


def test_nothing_is_copied(articles: Mapping[str, Article]) -> None:
    """No eight words in a row of the two articles, or of their readers, stand in ours, nor in the list of facts."""
    seen = known()
    assert len(seen) > 1500
    files = [*(ROOT / "content/en/articles").glob("*.md"), ROOT / "content/en/facts.yaml"]
    assert len(files) > len(articles)
    for path in files:
        same = [run for key, run in shingles(path.read_text(encoding="utf-8")).items() if key in seen]
        assert same == [], path.name


OTHER_NUMBERS = {
    "18": "under 18: a doctor first",
    "24": "hours a day, and 7 days: what 24/7 means",
    "7": "the same, and 7 to 8 hours of sleep",
    "112 911 999 000": "emergency numbers",
    "6 8": "glasses a day (NHS), and hours of sleep",
    "0.8 1": "litres an hour that kidneys pass (Joo and Kim 2013); exercise 1; 1 in 5,000",
    "5,000": "0.02 % the other way round",
    "2 3": "exercises 2 and 3; 3 at night",
}


def test_no_number_without_a_reason(articles: Mapping[str, Article]) -> None:
    """Each number in an article is in a fact that it carries, or among the few others with their reason."""
    told: list[Fault] = []
    facts = read_facts(ROOT / "content", told)
    others = {number for numbers in OTHER_NUMBERS for number in numbers.split()}
    for name, article in articles.items():
        own = " ".join(word for fact in facts if name in fact.articles for word in fact.words)
        numbers = set(re.findall(r"\d[\d.,/]*\d|\d", plain(article)))
        assert numbers <= others | set(re.findall(r"\d[\d.,/]*\d|\d", own)), name


def having(articles: Mapping[str, Article], pattern: str) -> list[tuple[str, str]]:
    """Return ids and texts of the articles whose text has the pattern."""
    texts = [(name, plain(article)) for name, article in articles.items()]
    return [(name, text) for name, text in texts if re.search(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("advice", "gates"),
    [
        (
            r"foot bath|heating pad|(warm|damp|cold) (towel|cloth)|hot water|\bice\b|frozen|cold in a",
            ["diabetes", "numb", "flow"],
        ),
        (r"\bglasses\b|enough to drink|electrolytes|something to drink", ["kidney", "heart"]),
        (r"bananas|much potassium", ["kidney"]),
        (r"10 times", ["stop when it hurts", "chair|sitting"]),
        (r"bare sand|on sand|barefoot", ["diabetes", "firm floor"]),
        (r"side effect|from a medicine|new medicine|some medicines", ["(not|n’t) stop"]),
        (r"\bpills\b|a dose|vitamin D", ["ask|doctor"]),
        (r"alcohol each day", ["do not stop all at once"]),
    ],
)
def test_advice_stands_with_its_gate(advice: str, gates: list[str], articles: Mapping[str, Article]) -> None:
    """Who names heat, ice, water, sand, exercise or medicines says in the same message for whom it is not."""
    found = [
        (article.id, text)
        for article in articles.values()
        for text in (visible(article.short), visible(article.rest))
        if re.search(advice, text.rpartition("From:")[0], re.IGNORECASE)
    ]
    assert found
    for name, text in found:
        for gate in gates:
            assert re.search(gate, text, re.IGNORECASE), f"{name} lacks {gate}: {text}"


def test_what_calms_also_says_when_to_go(articles: Mapping[str, Article]) -> None:
    """Nobody is only reassured: each such article says when a doctor should look, and the first says when to call."""
    for article in articles.values():
        if article.kind in ("reassurance", "remedy") or article.id in ("causes", "anxiety"):
            assert re.search(r"\bdoctor\b", plain(article)), article.id
        if article.kind == "reassurance" and article.id != "neurologist":
            assert re.search(r"two weeks", plain(article)), article.id
    for name in ("is_it_harmless", "als_fear", "when_to_see_a_doctor"):
        assert "emergency number" in plain(articles[name])


def test_children_and_pregnant_people_are_sent_to_a_doctor(articles: Mapping[str, Article]) -> None:
    """Each remedy and each exercise says that under 18, or pregnant, a doctor comes first."""
    for article in articles.values():
        if article.kind in ("remedy", "exercise"):
            assert re.search("under 18", plain(article)), article.id
            assert re.search("pregnant", plain(article)), article.id


def test_an_illness_calms_first_and_ends_with_the_doctor(articles: Mapping[str, Article]) -> None:
    """An article about an illness begins with what is calm and true, and ends with when to see a doctor or call."""
    for article in articles.values():
        if article.kind == "condition":
            text = visible(article.body)
            first, *_, last = text.split("\n\n")
            assert first.startswith("First, what is true:"), article.id
            assert "\n\nSee a doctor" in text, article.id
            assert last.startswith("Call your local emergency number"), article.id


@pytest.mark.parametrize(
    "never",
    [
        r"!",
        r"don[’']?t worry|do not worry|no need to worry|just relax|calm down",
        r"you have (als|ms|parkinson|neuropathy)|you probably|it is probably|most likely you",
        r"\d\s*(mg|mcg|µg|g|iu|ml|units)\b",
        r"(?<!not )(?<!never )stop (taking )?(the|your|a|that) medicine",
        r"more than a few weeks|for a few weeks|three weeks",
        r"1 in \d+ (people|adults)|more likely than",
    ],
)
def test_what_is_never_said(never: str, articles: Mapping[str, Article]) -> None:
    """No cheer, no diagnosis, no dose, no stopping of medicines, no line but two weeks, no ranking of illnesses."""
    found = having(articles, never)
    assert [name for name, _ in found if not (name == "calm_down" and "calm" in never)] == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("massage", ["can cause", "can ease", "too much or too sudden"]),
        ("much_exercise", ["too much or too sudden", "gentle exercise can calm"]),
        ("tired_muscle", ["harmless", "being unwell", "fever"]),
        ("vitamin_d", ["too little vitamin D"]),
        ("electrolytes", ["low in sugar"]),
        ("astral_body", ["folk tale", "folklore"]),
        ("ill_with_it", ["two weeks or more"]),
    ],
)
def test_where_the_articles_contradict_each_other(name: str, says: list[str], articles: Mapping[str, Article]) -> None:
    """Both sides stand side by side, or the safer one."""
    text = plain(articles[name])
    for part in says:
        assert re.search(part, text, re.IGNORECASE), part


def test_commands_are_there(articles: Mapping[str, Article]) -> None:
    """A command that an article names is one that the house has; the house has these articles."""
    house = load(ROOT / "flows", ROOT / "content")
    assert house.articles["en"] == articles
    named = {command for article in articles.values() for command in re.findall(r"(?<![\w/])/([a-z]+)", plain(article))}
    assert named
    assert named <= set(house.flows.commands)
