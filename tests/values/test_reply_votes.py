"""What a reply names: by key, tag or title, whatever its case, accents and emoji; unclear stays unclear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.values.activations.reply_votes import named_options, plain_tokens, says_no

COLOURS = {"1": "Red", "2": "Verde perché sì", "B": "Blue sky", "C": "Blue"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1", "1"),
        ("@brand 1!!!", "1"),
        ("1️⃣❤️", "1"),
        ("①", "1"),
        ("🅱️", "B"),
        ("b", "B"),
        ("Voto 2 😍", "2"),
        ("we at home all say option b, hands down", "B"),
        ("per me 1", "1"),
        ("#B", "B"),
        ("I adore #red so much", "1"),
        ("RED!", "1"),
        ("VERDE PERCHE SI", "2"),
        ("verde perché si, come sempre", "2"),
        ("blue sky", "B"),
        ("the blue one", "C"),
        ("blue sky and blue", "BC"),
        ("1 or 2?", "12"),
        ("1/2", "12"),
        ("I have 1 dog", ""),
        ("10", ""),
        ("1.5", ""),
        ("https://x.example/1 look", ""),
        ("@1 hello", ""),
        ("reddish", ""),
        ("", ""),
        ("😍😍", ""),
        ("\u202e1\u202c", "1"),
        ("مرحبا", ""),
    ],
)
def test_what_a_reply_names(text: str, keys: str) -> None:
    assert "".join(named_options(text, COLOURS)) == keys


def test_a_no_is_seen_unless_it_is_an_option_itself() -> None:
    assert says_no("Not red", COLOURS)
    assert says_no("il rosso non mi piace", COLOURS)
    assert not says_no("Red!", COLOURS)
    assert not says_no("NO", {"1": "Sì", "2": "No"})
    assert named_options("no", {"1": "Sì", "2": "No"}) == ("2",)


@given(
    st.sampled_from(sorted(COLOURS)),
    st.sampled_from(
        ["{}", " {} ", "@brand {}", "{}!!!", "❤️{}❤️", "#{}", "voto {}", "VOTE {}", "option {} please"]
    ),
    st.booleans(),
)
def test_a_key_is_read_however_it_is_dressed(key: str, dress: str, upper: bool) -> None:
    text = dress.format(key.upper() if upper else key.lower())
    assert named_options(text, COLOURS) == (key,)


@given(st.text(max_size=60))
def test_any_text_is_read_and_names_what_stands_in_it(text: str) -> None:
    found = named_options(text, COLOURS)
    tokens = " ".join(plain_tokens(text)).replace("#", "")
    for key in found:
        words = plain_tokens(COLOURS[key])
        assert key.casefold() in tokens.split() or " ".join(words) in tokens or "".join(words) in tokens
