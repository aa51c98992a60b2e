"""HTML is read as Telegram reads it, with offsets in UTF-16 units, and refused in its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.formatting import Entity, plain, typed, units
from bot.playground.parse_html import UnparsableHTML, parse_html


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("a <b>b</b> c", "a b c", ["bold"]),
        ("<strong>a</strong><EM>b</EM>", "ab", ["bold", "italic"]),
        (
            "<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>",
            "abcde",
            ["underline"] * 2 + ["strikethrough"] * 3,
        ),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", ["spoiler"] * 2),
        ("<code>a</code><pre>b</pre><blockquote>c</blockquote>", "abc", ["code", "pre", "blockquote"]),
        ("<blockquote expandable>c</blockquote>", "c", ["blockquote"]),
        ("<pre><code class='language-python'>x</code></pre>", "x", ["pre"]),
        ("<a href='https://example.org/?a=1&amp;b=2'>x</a>", "x", ["text_link"]),
        ("<a href=nonsense>x</a>", "x", []),
        ('<tg-emoji emoji-id="5">x</tg-emoji>', "x", ["custom_emoji"]),
        ("<b>a</>", "a", ["bold"]),
        ("<b></b>a", "a", []),
        ("&lt;b&gt; &amp; &quot;&#65;&#x42; &nbsp; & &lt", '<b> & "AB &nbsp; & <', []),
        ("a > b", "a > b", []),
    ],
)
def test_what_telegram_reads(source: str, text: str, kinds: list[str]) -> None:
    """Each tag of Telegram's becomes an entity; only four names and numbers are decoded, all else stays."""
    words = parse_html(source)
    assert words.text == text
    assert [entity.type for entity in words.entities] == kinds


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("é<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("a <p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b x>a</b>", 'Expected equal sign in declaration of an attribute of the tag "b" at byte offset 0'),
        ("<b =1>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<span class='big'>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ],
)
def test_what_telegram_refuses(source: str, reason: str) -> None:
    """HTML that does not parse is refused with Telegram's reason and its byte offset."""
    with pytest.raises(UnparsableHTML) as refused:
        parse_html(source)
    assert str(refused.value) == reason


def test_offsets_count_utf16() -> None:
    """A sign beyond the first plane counts twice, and leading spaces that are trimmed move all marks."""
    assert parse_html("  🦶<b>a🦶 </b>  ").entities == (Entity("bold", 2, 3),)
    assert parse_html("<i> <b>a</b></i>").entities == (Entity("italic", 0, 1), Entity("bold", 0, 1))


def test_language_of_code() -> None:
    """Code inside preformatted text names its language there; alone it has none."""
    assert parse_html('<pre><code class="language-python">x</code></pre>').entities == (
        Entity("pre", 0, 1, language="python"),
    )
    assert parse_html('<code class="language-python">x</code>').entities == (Entity("code", 0, 1),)


def test_html_is_safe_to_show() -> None:
    """What is shown holds Telegram's tags only, without an address that runs something."""
    shown = parse_html('<b>&lt;script&gt;</b> <a href="javascript:x">y</a> <a href="https://e.org/&quot;">z</a>').html
    assert shown == '<b>&lt;script&gt;</b> <a>y</a> <a href="https://e.org/&quot;">z</a>'
    assert plain("<b>").html == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("/start", ["/start"]),
        ("🦶 /water 2", ["/water"]),
        ("/a@steady_toes_bot", ["/a@steady_toes_bot"]),
        ("1/2 a/b", []),
    ],
)
def test_typed_commands(text: str, commands: list[str]) -> None:
    """Each command that is typed is marked, a fraction or a path is not."""
    words = typed(text)
    raw = words.text.encode("utf-16-le")
    marked = [raw[one.offset * 2 : (one.offset + one.length) * 2].decode("utf-16-le") for one in words.entities]
    assert marked == commands


@given(st.text(alphabet="<>/&;#= '\"abiuspx1 🦶\n") | st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    """Nothing that a bot may send breaks the reader, and every mark lies inside the text."""
    try:
        words = parse_html(source)
    except UnparsableHTML:
        return
    assert all(one.offset >= 0 and one.offset + one.length <= units(words.text) for one in words.entities)
