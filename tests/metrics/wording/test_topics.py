"""Topics: found again where they were put in, the same each time, and never in the way of odd texts."""

import numpy as np
import pytest
from scipy import sparse

from ambassador.metrics.wording.topics import NONE, find_topics, telling_words

SUBJECTS = {
    "battery": "battery batteria charger drains empty recharge noon power",
    "camera": "camera foto night zoom portrait sharp lens pictures",
    "price": "price euro expensive discount offer cheap month contract",
}
FILLER = ["the", "a", "this", "with", "today", "phone", "people", "really"]


@pytest.fixture(scope="module")
def told() -> tuple[list[str], np.ndarray]:
    rng = np.random.default_rng(7)
    subjects = [words.split() for words in SUBJECTS.values()]
    truth = rng.integers(0, 3, 300)
    texts = [
        " ".join(rng.permutation([*rng.choice(subjects[one], 4, replace=False), *rng.choice(FILLER, 3)]))
        for one in truth
    ]
    return texts, truth


def test_the_subjects_that_were_put_in_are_found_again(told: tuple[list[str], np.ndarray]) -> None:
    texts, truth = told
    found = find_topics(texts, 3)
    assert len(found.words) == 3
    for topic, words in enumerate(found.words):
        here = truth[found.of == topic]
        subject = np.bincount(here).argmax()
        assert (here == subject).mean() > 0.97
        assert set(words) <= set(list(SUBJECTS.values())[subject].split())
        assert all(found.of[place] == topic for place in found.typical[topic])
    assert sum(found.sizes) + found.without == 300


def test_the_same_texts_give_the_same_topics(told: tuple[list[str], np.ndarray]) -> None:
    first, again = find_topics(told[0], 3, seed=4), find_topics(told[0], 3, seed=4)
    assert (first.of == again.of).all()
    assert (first.words, first.typical) == (again.words, again.typical)


def test_a_text_that_shares_no_word_belongs_to_none(told: tuple[list[str], np.ndarray]) -> None:
    found = find_topics([*told[0], "zanzibar", "", "the of and"], 3)
    assert found.of[-3:].tolist() == [NONE] * 3


def test_what_was_passed_on_a_thousand_times_is_typical_once() -> None:
    found = find_topics(
        [*["battery dead again"] * 40, "dead battery", *["lovely camera colours"] * 45, *["hi"] * 9], 2
    )
    assert [len(one) for one in found.typical] == [1, 2]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["one text"],
        ["😍", "😍", "😡"],
        ["שלום עולם טוב", "שלום עולם", "مرحبا بالعالم"],
        ["word " * 20_000, "word other", "other thing", "thing word"],
        ["same words here"] * 30,
    ],
)
def test_odd_texts_are_no_error(texts: list[str]) -> None:
    found = find_topics(texts, 5)
    assert len(found.of) == len(texts)
    assert sum(found.sizes) + found.without == len(texts)


def test_log_odds_are_those_of_the_paper() -> None:
    """Equations 15 to 22 of Monroe, Colaresi and Quinn, word by word."""
    rng = np.random.default_rng(3)
    table = rng.integers(0, 6, (12, 9))
    members = np.array([0, 3, 4, 8])
    ours = {word: sum(int(table[row, word]) for row in members) for word in range(9)}
    total = {word: sum(int(one) for one in table[:, word]) for word in range(9)}
    everything, here = sum(total.values()), sum(ours.values())
    scores = {}
    for word in range(9):
        prior, whole = 9 * total[word] / everything, 9.0
        mine, theirs = ours[word] + prior, total[word] - ours[word] + prior
        odds = np.log(mine / (here + whole - mine)) - np.log(theirs / (everything - here + whole - theirs))
        scores[word] = odds / np.sqrt(1 / mine + 1 / theirs)
    expected = [word for word in sorted(scores, key=lambda word: -scores[word]) if scores[word] > 0][:5]
    assert telling_words(sparse.csr_array(table), members) == expected
