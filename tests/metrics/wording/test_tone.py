"""The order of reading: its regression beside a slow twin, what it learns, and how its worth is measured."""

import numpy as np
import pytest
from scipy import sparse
from scipy.special import expit

from ambassador.metrics.wording.checking import (
    calibrate,
    calibration_error,
    fold_of,
    found_first,
    found_range,
    macro_f1,
    unseen_logits,
)
from ambassador.metrics.wording.features import COLUMNS, MOST_CHARACTERS, features_of
from ambassador.metrics.wording.regression import (
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    ToneModel,
    even_weights,
    fit_texts,
    learn_tone,
    likeness,
    prior_weights,
)
from tests.naive.tones import weights as naive_weights

ODD = ["", " ", "😡", "😍😍", "שלום עולם", "مرحبا بالعالم", "a", "x" * 100_000, "\u202egnirts", "\ud83d"]


def test_the_regression_finds_what_looking_for_every_weight_finds() -> None:
    rng = np.random.default_rng(5)
    rows, tones = rng.normal(0, 1, (14, 4)).round(2), rng.integers(0, 3, 14)
    prior = rng.normal(0, 0.5, (3, 5))
    counts = even_weights(tones)
    start = rows @ prior[:, :-1].T + prior[:, -1]
    moved = fit_texts(likeness(sparse.csr_array(rows)), tones, counts, start)
    found = prior + np.hstack([moved.T @ rows, moved.sum(axis=0)[:, None]])
    expected = naive_weights(rows, tones.tolist(), counts.tolist(), prior, 1.0)
    assert found == pytest.approx(expected, abs=2e-3)


def test_without_a_label_the_lexicon_alone_orders() -> None:
    texts = ["non funziona, pessimo servizio, voglio il rimborso!", "oggi piove", "bellissimo, lo adoro 😍"]
    model = learn_tone(features_of([]), np.empty(0, np.int64))
    assert (model.weights == prior_weights()).all()
    assert np.argsort(-model.negativity(features_of(texts))).tolist() == [0, 1, 2]
    assert model.logits(features_of(texts)).argmax(axis=1).tolist() == [NEGATIVE, NEUTRAL, POSITIVE]


def test_a_turning_word_turns_praise_round() -> None:
    good, bad = ToneModel(prior_weights()).negativity(features_of(["it is good", "it is not good"]))
    assert bad > good


def test_what_is_labelled_is_learned_though_no_list_knows_it() -> None:
    rng = np.random.default_rng(2)
    words = np.array(["zorg", "blip", "vint", "karo", "mell", "tusk", "drim", "olpe"])
    texts, tones = [], []
    for _ in range(240):
        tone = int(rng.integers(0, 3))
        own = {NEGATIVE: "grunk", NEUTRAL: "", POSITIVE: "flimmer"}[tone]
        texts.append(" ".join(rng.permutation([own, *rng.choice(words, 5)])))
        tones.append(tone)
    kinds = np.array(tones)
    logits = unseen_logits(features_of(texts), kinds, fold_of(texts))
    assert macro_f1(kinds, logits.argmax(axis=1), np.ones(240)) > 0.95
    lexicon = ToneModel(prior_weights()).logits(features_of(texts))
    assert macro_f1(kinds, lexicon.argmax(axis=1), np.ones(240)) < 0.3


@pytest.mark.parametrize("tones", [[0], [2], [1, 1, 1, 1], [0] * 10])
def test_one_label_and_labels_of_one_kind_are_no_error(tones: list[int]) -> None:
    rows = features_of([f"words {place}" for place in range(len(tones))])
    model = learn_tone(rows, np.array(tones))
    assert np.isfinite(model.negativity(features_of(ODD))).all()
    assert model.logits(rows).argmax(axis=1).tolist() == tones


def test_odd_texts_have_a_row_each_and_long_ones_are_cut() -> None:
    rows = features_of(ODD)
    assert rows.shape == (len(ODD), COLUMNS)
    assert np.diff(rows.indptr)[:2].tolist() == [0, 0]
    cut = features_of(["x" * 100_000, "x" * MOST_CHARACTERS])
    assert (cut[[0]] != cut[[1]]).nnz == 0


def test_a_text_is_the_same_whoever_stands_beside_it() -> None:
    texts = ["la batteria è finita", "ciao @nina 😍", "", "quarto testo, con un po' di parole"]
    together = features_of(texts)
    for place, text in enumerate(texts):
        assert (together[[place]] != features_of([text])).nnz == 0


def test_whom_a_post_addresses_makes_no_difference() -> None:
    one = features_of(["@nina pessimo https://x.example/1"])
    other = features_of(["@leo.neri pessimo"])
    assert (one != other).nnz == 0


def test_of_equal_scores_the_expected_share_is_found() -> None:
    """Beside reading them in every order."""
    rng = np.random.default_rng(1)
    negative, score = rng.random(30) < 0.3, rng.integers(0, 3, 30).astype(float)
    reads = []
    for _ in range(4_000):
        order = np.lexsort((rng.random(30), -score))[:6]
        reads.append(negative[order].sum() / negative.sum())
    error = 4 * np.std(reads) / np.sqrt(4_000)
    assert found_first(negative, score, np.ones(30)) == pytest.approx(np.mean(reads), abs=error)


def test_a_weight_counts_like_so_many_texts() -> None:
    negative, score = np.array([True, False, True]), np.array([3.0, 2.0, 1.0])
    again = np.repeat([0, 1, 2], [2, 5, 3])
    weighted = found_first(negative, score, np.array([2.0, 5.0, 3.0]))
    assert weighted == pytest.approx(found_first(negative[again], score[again], np.ones(10)))


def test_the_range_holds_the_truth_about_nine_times_in_ten() -> None:
    """Samples of 150 of a stream in which reading the first fifth finds a known share."""
    rng = np.random.default_rng(4)
    score = rng.normal(0, 1, 200_000)
    negative = rng.random(200_000) < expit(1.5 * score - 2.5)
    truth = found_first(negative, score, np.ones(200_000))
    held = 0
    for _ in range(40):
        some = rng.integers(0, 200_000, 150)
        span = found_range(negative[some], score[some], np.ones(150), np.zeros(150, np.int64), rng)
        held += span is not None and span.low <= truth <= span.high
    assert held / 40 >= 0.75


def test_calibrated_odds_are_right_and_others_are_not() -> None:
    rng = np.random.default_rng(6)
    odds = rng.normal(0, 2, 5_000)
    negative = rng.random(5_000) < expit(0.4 * odds - 1.5)
    ones = np.ones(5_000)
    right = calibrate(negative, odds, ones).chance(odds)
    assert calibration_error(negative, right, ones) < 0.03
    assert calibration_error(negative, expit(odds), ones) > 0.15


def test_alike_texts_are_never_learned_from_and_judged_at_once() -> None:
    folds = fold_of(["same words", "other", "@nina Same  words", "more", "same words https://x.example"])
    assert folds[0] == folds[2] == folds[4]
