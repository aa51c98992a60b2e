"""Denial, subject, time and imagination, each alone: which words of a sentence they cover."""

from collections.abc import Callable

import pytest

from bot.domain import bygones, denials, imaginings, scopes, subjects
from bot.domain.phrases import Lexicon
from bot.domain.scopes import Heard
from bot.domain.words import Words, split

CUES = {
    "negation": ["no", "not", "without"],
    "no_negation": ["not sure"],
    "contrast": ["but", "now"],
    "instead": ["just"],
    "opinion": ["think"],
    "verbs": ["is", "had", "droops", "broke"],
    "me": ["i", "my"],
    "openers": ["i", "my", "he"],
    "joints": ["in", "that", "when", "and"],
    "subjects": ["and he"],
    "denies": ["denies"],
    "others": ["dad", "he"],
    "no_others": ["he he"],
    "reporting": ["says"],
    "long_ago": ["last year", "when i was"],
    "current": ["since"],
    "hypothetical": ["what if"],
    "questions": ["can", "does"],
    "urgent": ["help"],
    "story": ["had"],
    "narrated": ["was"],
    "fiction": ["in a novel"],
    "bygone": ["back then"],
    "dreams": ["dreamt"],
    "awake": ["woke"],
    "present": ["is"],
    "habit": ["often"],
    "onset": ["suddenly"],
}
TWITCH = {"twitch": ["twitches"]}


def heard(text: str) -> tuple[Words, Heard]:
    """Return the words of `text` and the cues in it."""
    words = split(text, {}, lambda word: word)
    return words, Heard(Lexicon(CUES).find(words, 0))


def said(words: Words, mask: int) -> str:
    """Return the words under a mask."""
    return " ".join(word for i, word in enumerate(words.words) if mask >> i & 1)


def denied(text: str) -> str:
    """Return what is denied."""
    words, cues = heard(text)
    return said(words, denials.negated(words, cues, scopes.new_clauses(words, cues)))


def gone(text: str) -> str:
    """Return what is long ago."""
    words, cues = heard(text)
    return said(words, bygones.times(words, cues, "long_ago", scopes.new_clauses(words, cues)))


def supposed(text: str) -> str:
    """Return what is only imagined."""
    words, cues = heard(text)
    return said(words, imaginings.imagined(words, cues, "hypothetical", scopes.new_clauses(words, cues)))


def elses(text: str) -> str:
    """Return what is about somebody else."""
    return said(*_with(text, subjects.others))


def asked(text: str) -> str:
    """Return what is asked about the world."""
    return said(*_with(text, imaginings.questions))


def near(text: str) -> str:
    """Return what is about somebody else who needs help now."""
    words, cues = heard(text)
    return said(words, subjects.beside(words, cues, subjects.others(words, cues)))


def imaginary(text: str) -> str:
    """Return what is said of nobody real."""
    return said(*_with(text, imaginings.made_up))


def other_times(text: str) -> str:
    """Return what was so in other times."""
    return said(*_with(text, bygones.bygone))


def sudden(text: str) -> str:
    """Return what came suddenly."""
    words, cues = heard(text)
    twitch = scopes.covered(Lexicon(TWITCH).find(words, 0).get("twitch", ()))
    return said(words, bygones.suddenly(words, cues, twitch))


def _with(text: str, scope: Callable[[Words, Heard], int]) -> tuple[Words, int]:
    words, cues = heard(text)
    return words, scope(words, cues)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("no pain", "pain"),
        ("no pain but my face droops", "pain"),
        ("no pain my face droops", "pain"),
        ("no pain. weakness", "pain"),
        ("no pain, numbness or tingling", "pain numbness or tingling"),
        ("no pain, my face droops", "pain"),
        ("not painful just numb", "painful"),
        ("i do not think my arm is weak", "my arm is weak"),
        ("weakness no", "weakness"),
        ("numbness: no, weakness", "numbness"),
        ("not sure why my arm is weak", ""),
        ("no pain and my face droops", "pain and my face droops"),
        ("no pain and he droops", "pain and"),
        ("denies pain, cough, fever. weak", "pain cough fever"),
        ("denies pain, cough but droops", "pain cough"),
    ],
)
def test_denial_reaches_to_the_next_thought(text: str, covered: str) -> None:
    """A denial covers its own clause and its list, and never what comes after."""
    assert denied(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("my dad has als", "my dad has als"),
        ("dad is ill and i am weak", "dad is ill and"),
        ("dad is ill. weak", "dad is ill"),
        ("dad says my face droops", ""),
        ("he he it twitches", ""),
    ],
)
def test_what_is_said_of_others_ends_where_i_begin(text: str, covered: str) -> None:
    """What others have is not mine; what they say of me is."""
    assert elses(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("last year i had a seizure", "last year i had a seizure"),
        ("i had a seizure last year", "i had a seizure last year"),
        ("i had a seizure last year, my face droops", "i had a seizure last year"),
        ("i had a seizure last year my face droops", "i had a seizure last year"),
        ("last year i had a seizure but today", "last year i had a seizure"),
        ("weak since last year", ""),
    ],
)
def test_the_past_keeps_to_itself(text: str, covered: str) -> None:
    """What was long ago is not now; what lasts since then is."""
    assert gone(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [("what if my arm is weak", "my arm is weak"), ("what if it fails my face droops", "it fails"), ("i am weak", "")],
)
def test_what_is_imagined_ends_where_it_becomes_real(text: str, covered: str) -> None:
    """A fear is no sign; the sign behind it is one."""
    assert supposed(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [("can twitching cause seizures", "can twitching cause seizures"), ("can i be weak", ""), ("can not breathe", "")],
)
def test_a_question_about_the_world_is_not_about_me(text: str, covered: str) -> None:
    """Only a question without me in it, and `can not` is none."""
    assert asked(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("dad is weak", "dad is weak"),
        ("dad is often weak", ""),
        ("dad is weak. he was well", "dad is weak"),
        ("dad was well and is weak", "dad was well and is weak"),
        ("dad had a fall and is weak", ""),
        ("dad is often weak. help", ""),
        ("dad is often weak. he begs for help", "dad is often weak he begs for help"),
        ("dad is well. i am weak", "dad is well"),
    ],
)
def test_somebody_else_needs_help_now_unless_it_is_an_old_story(text: str, covered: str) -> None:
    """Stories and habits of others are not beside me; one urgent sentence about them makes all of it urgent."""
    assert near(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("my arm hangs. suddenly", "my arm hangs suddenly"),
        ("suddenly my toe twitches. my arm hangs", "suddenly my toe twitches"),
        ("suddenly. one. two. three", "suddenly one two"),
        ("my arm hangs", ""),
    ],
)
def test_suddenly_is_said_of_all_but_the_toe(text: str, covered: str) -> None:
    """An onset in a sentence of its own goes for the whole message, one of the twitching only for itself."""
    assert sudden(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("in a novel he faints", "in a novel he faints"),
        ("is he weak? he faints in a novel. is that real? i faint", "is he weak he faints in a novel is that real"),
        ("i faint. in a novel", "in a novel"),
        ("in a novel he faints and my face droops", "in a novel he faints and"),
        ("my face droops like that in a novel", "in a novel"),
        ("i dreamt that my face droops. i faint", "i dreamt that my face droops"),
        ("i dreamt and woke my face droops", "i dreamt and"),
    ],
)
def test_a_novel_is_about_nobody(text: str, covered: str) -> None:
    """Its words, the questions beside it and dreams are imagined; what is told of oneself beside them is real."""
    assert imaginary(text) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("back then, i was weak. i faint", "back then i was weak"),
        ("i was weak back then but i faint", "i was weak back then"),
    ],
)
def test_other_times_end_where_the_present_begins(text: str, covered: str) -> None:
    """A sentence of back then is past as a whole, commas or not, up to its `but`."""
    assert other_times(text) == covered
