"""Lengths as Telegram counts them, and the HTML it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.limits import markup_faults, units, visible


@pytest.mark.parametrize(("text", "length"), [("", 0), ("abc", 3), ("é", 1), ("😀", 2), ("👍🏽", 4), ("🇩🇪", 4)])
def test_lengths_are_utf_16(text: str, length: int) -> None:
    """An emoji is two units or more."""
    assert units(text) == length


def test_what_is_read_of_html() -> None:
    """Tags do not count; an entity is one sign."""
    assert visible('<b>a</b> &lt; <a href="https://x.org/?a=b&amp;c">link</a>') == "a < link"


@pytest.mark.parametrize(
    "markup",
    [
        "plain",
        "<b>a <i>b</i></b>",
        '<a href="https://nhs.uk/x?a=1">x</a>',
        "<u>a</u><s>b</s><code>c</code>",
        "a &lt; b &#39;",
    ],
)
def test_right_html_is_right(markup: str) -> None:
    """The tags of the house, well nested, are taken."""
    assert markup_faults(markup) == []


@pytest.mark.parametrize(
    "markup",
    [
        "a < b", "a > b", "a & b", "&nbsp;", "<br>", "<b>", "</b>", "<b><i>x</b></i>", "<B>x</B>", "<b >x</b x>",
        "<a>x</a>", '<a href="javascript:x">x</a>', '<a href="http://x">x</a>', "<!-- x -->", "<b", "b>", "<>",
        '<a href="https://x" onclick="y">x</a>', "<script>x</script>", '<a href="https://x/{}">x</a>',
        '<a href="tel:911">911</a>',
    ],
)  # fmt: skip
def test_wrong_html_is_refused(markup: str) -> None:
    """Whatever Telegram would not parse, or the house does not use, has a fault."""
    assert markup_faults(markup)


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "x", "&lt;", "<", ">", "&", "<p>"]), max_size=10))
def test_what_is_taken_is_balanced(parts: list[str]) -> None:
    """HTML without fault opens and closes each tag as often, and holds nothing bare."""
    markup = "".join(parts)
    if not markup_faults(markup):
        assert markup.count("<b>") == markup.count("</b>")
        assert markup.count("<i>") == markup.count("</i>")
        assert not {"<", ">", "&", "<p>"} & set(parts) or "<" not in visible(markup.replace("&lt;", ""))
