import pytest

from ambassador.values.mentions.edits import is_edit

WHOLE = "The second battery test with the Q1, on the train to Lecce, with maps on all the way"


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("Two days", "Two days #q1"),
        ("Battery is grate", "Battery is great"),
        ("Two days wi...", "Two days with the Q1"),
        ("Two da\u2026", "Two days with the Q1"),
    ],
)
def test_other_words_are_an_edit(known, told):
    assert is_edit(known, told)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (WHOLE, WHOLE),
        ("One &amp; two", "One & two"),
        ("One two", " One\ntwo "),
        ("", "first words seen"),
        (WHOLE, ""),
        (WHOLE, WHOLE[:40] + "\u2026"),
        (WHOLE, WHOLE[:41] + "... https://t.co/ab1"),
        (WHOLE, WHOLE[:25]),  # within a word
        (WHOLE, "The second battery test"),  # whole words: cut without a sign
        (f"{'a' * 100} {'c' * 9}", "a" * 100),  # at a usual length
        (WHOLE, "with the Q1, on the train"),
        (WHOLE, "An edited beginning of the second batt\u2026"),
    ],
)
def test_the_same_words_in_part_or_written_otherwise_are_none(known, told):
    assert not is_edit(known, told)
