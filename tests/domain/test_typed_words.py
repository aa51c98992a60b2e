"""Words, slips, phrases, numbers, durations and languages: the small parts of reading, each alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.foreign import other_script
from bot.domain.numbers import Counting
from bot.domain.phrases import Field, Lexicon, pattern
from bot.domain.signwords import Numbers, SignWords
from bot.domain.typos import Mender
from bot.domain.words import NONE, STRONG, WEAK, split
from tests.domain.test_signs import READER

NUMBERS = Numbers(
    units={"one": 1, "two": 2, "five": 5, "seven": 7, "ten": 10},
    tens={"twenty": 20},
    scales={"hundred": 100},
    out_of=("out of",),
)


def plainly(word: str) -> str:
    """Mend nothing."""
    return word


def test_words_and_breaks() -> None:
    """Sentences end strongly, commas and dots weakly, and an apostrophe is part of a word."""
    words = split("I can't… my dad's arm, it doesn’t\nmove. Help?", {"can't": "can not"}, plainly)
    assert words.words == ("i", "can", "not", "my", "dad", "arm", "it", "does", "not", "move", "help")
    assert words.breaks == (STRONG, NONE, NONE, WEAK, NONE, NONE, WEAK, NONE, NONE, WEAK, STRONG)
    assert words.asked == 1 << 10


def test_years_of_the_last_century_are_whole() -> None:
    """Who writes '89 means 1989; '24 and a quoted number stay as they are."""
    assert split("in '89, '24 and '350'", {}, plainly).words == ("in", "1989", "24", "and", "350")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("weaknes", "weakness"),
        ("waekness", "weakness"),
        ("numbbbb", "numb"),
        ("week", "week"),
        ("number", "number"),
        ("drooping", "drooping"),
        ("arn", "arn"),
        ("yeakness", "yeakness"),
    ],
)
def test_slips_are_mended_and_right_words_left(typed: str, read: str) -> None:
    """A slip of the finger is read through; a word that is right, short or begins otherwise stays."""
    assert Mender(["weakness", "weak", "numb", "arm"], ["droop"], ["week", "number"]).mend(typed) == read


def test_a_short_beginning_does_not_keep_a_slip() -> None:
    """`fan*` makes no word of fanited; a beginning of four letters or more does."""
    assert Mender(["fainted"], ["fan"], []).mend("fanited") == "fainted"
    assert Mender(["fainted"], ["fani"], []).mend("fanited") == "fanited"


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("my arm is weak", True),
        ("arm so very weak", True),
        ("arm. weak", False),
        ("weak arm", False),
        ("arm is not weak", False),
        ("arm one two three four five six weak", False),
        ("both legs weak", True),
    ],
)
def test_a_pattern_is_followed_within_a_sentence_and_not_across_a_denial(text: str, there: bool) -> None:
    """`..` skips five words at most, no full stop and no `not`."""
    wanted, own = pattern("{limb} .. weak")
    words = split(text, {}, plainly)
    hits = Lexicon({"limb": ["arm", "both legs"], "not": ["not"], **own}).find(words, 0)
    field = Field(words, hits, 0, words.mask(lambda i: words.words[i] == "not"))
    assert bool(field.follow(wanted, -1, -1)) is there


@pytest.mark.parametrize(
    ("written", "text", "there"),
    [
        ("toes >> knees >> hips", "numb toes. then the knees. hips now", True),
        ("toes >> knees >> hips", "hips. then the knees. toes now", False),
        ("toes >> knees", "toes and toes", False),
        ("cold && white", "the foot is white. it is cold", True),
        ("cold && white", "the foot is white", False),
        ("cold && toes >> knees", "toes, then knees. they are cold", True),
        ("cold && toes >> knees", "knees, then toes. they are cold", False),
    ],
)
def test_what_is_said_anywhere_in_a_message_or_later_in_it(written: str, text: str, there: bool) -> None:
    """`&&` and `>>` look beyond the sentence, and `>>` only ahead."""
    wanted, own = pattern(written)
    words = split(text, {}, plainly)
    field = Field(words, Lexicon(own).find(words, 0), 0, 0)
    assert bool(field.follow(wanted, -1, -1)) is there


@pytest.mark.parametrize(
    ("written", "text", "there"),
    [
        ("give up all|$", "i give up", True),
        ("give up all|$", "i give up, all of it", True),
        ("give up all|$", "i give up smoking", False),
        ("want .. to? die", "want so much to die", True),
        ("want .. to? die", "want so very much die", True),
        ("want .. to? die", "die", False),
    ],
)
def test_a_clause_may_end_instead_of_a_word_and_a_gap_stays_before_one_that_is_missing(
    written: str, text: str, there: bool
) -> None:
    """`a|$` is a, or the end of the clause; `.. x? y` skips words before y where x is missing."""
    wanted, own = pattern(written)
    words = split(text, {}, plainly)
    assert bool(Field(words, Lexicon(own).find(words, 0), 0, 0).follow(wanted, -1, -1)) is there


@pytest.mark.parametrize(("denied_too", "there"), [(False, False), (True, True)])
def test_a_denial_parts_a_condition_from_what_is_meant_unless_it_may_be_denied(denied_too: bool, there: bool) -> None:
    """`bleeding and i do not want it to stop`: the denial stands between both."""
    wanted, own = pattern("bleeding & stop")
    words = split("bleeding and i do not want it to stop", {}, plainly)
    field = Field(words, Lexicon(own).find(words, 0), 0, words.mask(lambda i: words.words[i] == "not"))
    assert bool(field.follow(replace(wanted, denied_too=denied_too), -1, -1)) is there


def test_both_sides_of_an_and_may_stand_in_any_order() -> None:
    """`this & that` needs both, in one sentence."""
    wanted, own = pattern("sudden & arm weak")
    for text, there in (
        ("sudden arm weak", True),
        ("arm weak all sudden", True),
        ("arm weak. sudden", False),
        ("arm weak", False),
    ):
        words = split(text, {}, plainly)
        assert bool(Field(words, Lexicon(own).find(words, 0), 0, 0).follow(wanted, -1, -1)) is there, text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("about a 7", 7),
        ("seven", 7),
        ("7/10", 7),
        ("7 out of 10", 7),
        ("twenty five", 25),
        ("two hundred", 200),
        ("1,500", 1500),
        ("7.0", 7),
        ("7.5", None),
        ("20:30", None),
        ("five or seven", None),
        ("6-7", None),
        ("this one is the bad one", None),
        ("one", 1),
        ("2nd toe", None),
        ("", None),
    ],
)
def test_the_one_number_of_an_answer(text: str, number: int | None) -> None:
    """One whole number is an answer, in digits or words; several, halves and times are none."""
    assert Counting(NUMBERS).answer(split(text, {}, plainly)) == number


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("since 3 weeks", 21),
        ("for 3 weeks", 21),
        ("three weeks now", 21),
        ("a fortnight", 14),
        ("for months", 60),
        ("couple of days", 2),
        ("a couple of weeks", 14),
        ("since yesterday", 1),
        ("a month and a half", 45),
        ("two and a half weeks", 17),
        ("day 17 of this twitch", 17),
        ("half a year", 182),
        ("it started 2 weeks ago", 14),
        ("it lasts for 3 weeks every time", None),
        ("my appointment is in 3 weeks", None),
        ("i have been married for 20 years", None),
        ("i am 25 years old", None),
        ("every 3 weeks", None),
        ("my dad has had it for 3 years", None),
        ("toe twitches for 3 days, i have been a nurse for 20 years", 3),
        ("ten minutes", 0),
        ("hello", None),
    ],
)
def test_durations_in_any_wording(text: str, days: int | None) -> None:
    """How long it has been, and nothing else that takes time, in the same sentence too."""
    assert READER.read(text).days == days


def test_two_weeks_are_a_reason_for_a_doctor() -> None:
    """Thirteen days are not, fourteen are, however mild."""
    assert READER.read("13 days of twitching").level == "self_care"
    assert READER.read("14 days of twitching").signs == {"two_weeks"}


@pytest.mark.parametrize(
    "text",
    [
        "me duele el dedo del pie desde hace semanas",
        "mon gros orteil tremble depuis trois jours",
        "mein zeh zuckt seit drei wochen",
        "mi trema il dito del piede da ieri",
        "meu dedo do pé não para de tremer",
        "mijn teen trilt al drie weken",
        "drga mi palec u nogi od tygodnia",
        "у меня дёргается палец",
        "我的脚趾在抽搐",
        "hola",
    ],
)
def test_another_language_is_noticed(text: str) -> None:
    """The commonest languages are told by their script or their small words."""
    assert READER.read(text).foreign


@pytest.mark.parametrize(
    "text",
    ["hi", "no", "toe", "3", "ok la", "me too", "die toe is sore", "a", "😀", "on", "c u", "un toe", "mal de toe"],
)
def test_short_english_is_not_foreign(text: str) -> None:
    """A word that two languages share does not send anybody away."""
    assert not READER.read(text).foreign


@given(st.text(alphabet="абвгдежз", min_size=2, max_size=40))
def test_another_script_is_foreign(text: str) -> None:
    """Whatever its words are."""
    assert other_script(text)


@pytest.mark.parametrize(
    ("sign", "complaint"),
    [
        ({"level": "grave", "patterns": ["weak"]}, "signs.x.level"),
        ({"level": "doctor", "patterns": []}, "signs.x.patterns"),
        ({"level": "doctor", "patterns": ["{nobody} weak"]}, "names the group {nobody}"),
        ({"level": "doctor", "patterns": ["Weak"]}, "write small letters"),
        ({"level": "doctor", "patterns": ["weak ..", "weak"]}, "begins or ends"),
        ({"level": "doctor", "patterns": ["weak &"]}, "nothing on one side"),
        ({"level": "doctor", "patterns": ["weak"], "colour": 1}, "Extra inputs"),
    ],
)
def test_a_mistake_in_the_words_is_told(sign: dict[str, object], complaint: str) -> None:
    """The author of signs.yaml learns what is wrong and where."""
    words = {
        "groups": {},
        "cues": {"negation": ["not"]},
        "signs": {"x": sign},
        "numbers": {"units": {}},
        "durations": {"units": {}},
        "foreign": {"function_words": {}},
    }
    with pytest.raises(ValidationError, match=complaint):
        SignWords.model_validate(words)
