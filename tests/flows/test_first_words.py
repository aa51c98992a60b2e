"""Each warning sign has a talk in which it is the very first thing that somebody writes."""

import yaml

from tests.flows.transcripts import HERE, all_transcripts

VOCABULARY = HERE.parents[1] / "flows" / "vocabulary.yaml"
LISTS = ("emergency_sign", "crisis_sign", "soon_sign")


def test_every_sign_is_answered_when_it_is_the_first_word() -> None:
    """A sign that is new in the vocabulary is not shown to be heard before somebody writes its talk."""
    lists = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    signs = {sign for name in LISTS for sign in lists[name]}
    told = {one.raw["test"].partition(" - ")[0] for one in all_transcripts() if one.file.endswith("/first_words.yaml")}
    assert signs - told == set()
