"""What comes from outside is shown letter by letter; only what a Markup says is formatted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.ui.kit.markup import Markup, badge, bold, bullets, joined, markup, paragraphs, plain, shown

EMPTY = ":small[]"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("![x](http://evil.example/a.png)", f"!\\[x\\](h{EMPTY}ttp://evil.example/a.png)"),
        ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
        ("[click](javascript:alert(1))", "\\[click\\](javascript\\:alert(1))"),
        ("**bold** _i_ `code` ~~s~~", "\\*\\*bold\\*\\* \\_i\\_ \\`code\\` \\~\\~s\\~\\~"),
        (":red[x] :smile: :material/home:", f"\\:red\\[x\\] \\:{EMPTY}smile: \\:{EMPTY}material/home:"),
        ("$x^2$ &lt; C&A", "\\$x^2\\$ \\&lt; C&A"),
        ("www.evil.example", f"w{EMPTY}ww.evil.example"),
        ("anna@mail.example", f"anna{EMPTY}@mail.example"),
        ("a -> b", f"a \\-{EMPTY}\\> b"),
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("---", "\\---"),
        ("a | b", "a \\| b"),
        ("a title #", "a title \\#"),
        ("two\nlines\r\n\u2028# of it", "two lines # of it"),
        ("     code", " code"),
        ("\u202eright to left\u2069", "right to left"),
        ("\\*", "\\\\\\*"),
    ],
)
def test_signs_of_formatting_are_escaped(text: str, escaped: str) -> None:
    assert plain(text) == escaped


@pytest.mark.parametrize(
    "text", ["anna_rossi", "@anna.rossi", "12:30", "-5%", "1.200 €", "C&A", "Q1 (2026)", "#1"]
)
def test_what_is_no_formatting_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_a_text_is_escaped_once() -> None:
    once = plain("*x*")
    assert shown(once) is once
    assert markup("**{name}**", name=once) == "**\\*x\\***"


def test_formatting_of_ours_holds_texts_from_outside() -> None:
    assert bold(" *x* ") == "**\\*x\\***"
    assert bold("") == ""
    assert bullets(["# a", "", "b"]) == "- \\# a\n- b"
    assert paragraphs([bold("a"), "*b*", ""]) == "**a**\n\n\\*b\\*"
    assert joined(" · ", [bold("a"), "", "_b_"]) == "**a** · \\_b\\_"
    assert badge(":material/home:", "x]", colour="green") == ":green-badge[:material/home: x\\]]"
    assert markup("{count} of **{name}**", count=3, name=" `x` ") == "3 of **\\`x\\`**"


@given(st.text(alphabet="*_`[]()<>!#-+=~$:@&|\\{}.^ \n'\"/1aé", max_size=12))
def test_no_sign_that_always_formats_is_left_bare(text: str) -> None:
    escaped = plain(text).replace(EMPTY, "")
    assert not re.search(r"[*`\[\]<>$~|\n]", re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped))
    assert isinstance(plain(text), Markup)


@given(st.text(alphabet="*_`[]()<>!#-+=~$:@&|\\{}.^'\"/1aé", max_size=12))
def test_every_letter_is_still_there(text: str) -> None:
    """CommonMark reads a backslash before a sign as the sign."""
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain(text).replace(EMPTY, "")) == text
