"""Patterns ruled out by the words alone: none that could be there is left out, and they keep their order."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phrases import Field, Lexicon, pattern
from bot.domain.shortlist import Shortlist
from bot.domain.words import split

WRITTEN = ("weak arm", "arm .. weak", "numb && toes >> knees", "cold? arm", "arm & ! cold", "toes ~ cold|numb", "weak")
READ = tuple(pattern(each) for each in WRITTEN)
OWN = {name: said for _, own in READ for name, said in own.items()}
PATTERNS = tuple(each for each, _ in READ)
SHORTLIST = Shortlist({"all": PATTERNS}, {"=arm": 9})


@given(st.lists(st.sampled_from(("weak", "arm", "numb", "toes", "knees", "cold", "and", ".")), max_size=9))
def test_what_is_not_on_the_list_is_not_there(said: list[str]) -> None:
    """For any text, the patterns that are found are the same with and without the list, in the same order."""
    words = split(" ".join(said), {}, lambda word: word)
    hits = Lexicon({name: [one.replace("|", "") for one in every] for name, every in OWN.items()}).find(words, 0)
    field = Field(words, hits, 0, 0)
    listed = SHORTLIST.of(hits.keys()).get("all", [])
    assert [each for each in listed if field.follow(each, -1, -1)] == [
        each for each in PATTERNS if field.follow(each, -1, -1)
    ]
    assert [PATTERNS.index(each) for each in listed] == sorted(PATTERNS.index(each) for each in listed)


def test_a_pattern_is_listed_only_where_all_its_groups_are_there() -> None:
    """One word of two is not enough, said before or anywhere."""
    for alone in ("=numb", "=toes", "=knees"):
        assert SHORTLIST.of({alone}) == {}
    assert SHORTLIST.of({"=numb", "=toes", "=knees"}) == {"all": [PATTERNS[2]]}
