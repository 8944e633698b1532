"""Shares of complaints are learned back from counts, and few answers say little."""

import numpy as np
import pytest
from scipy.special import betaln

from ambassador.metrics.complaint_share import CommonShare, complaint_shares, learn_common_share


def counted(people: int, answers: float, strength: float, mean: float = 0.2) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(5)
    share = rng.beta(strength * mean, strength * (1 - mean), people)
    told = rng.poisson(answers, people)
    return share, told.astype(float), rng.binomial(told, share).astype(float)


@pytest.mark.parametrize(("strength", "low", "high"), [(4.0, 2.5, 7.0), (100.0, 30.0, 200.0)])
def test_the_common_law_is_learned_back(strength: float, low: float, high: float) -> None:
    _, answers, complaints = counted(200, 12, strength)
    common = learn_common_share(answers, complaints)
    assert common.mean == pytest.approx(0.2, abs=0.03)
    assert low < common.strength < high


def test_shrunken_shares_are_nearer_the_truth_than_everybodys_own_and_than_one_for_all() -> None:
    share, answers, complaints = counted(300, 6, 6.0)
    found = complaint_shares(learn_common_share(answers, complaints), answers, complaints)
    alone = np.divide(complaints, answers, out=np.full(300, 0.5), where=answers > 0)
    error = np.mean((found - share) ** 2)
    assert error < 0.8 * np.mean((alone - share) ** 2)
    assert error < 0.8 * np.mean((complaints.sum() / answers.sum() - share) ** 2)


def test_the_law_is_the_average_over_what_is_likely() -> None:
    answers, complaints = np.array([3.0, 8.0, 3.0]), np.array([1.0, 0.0, 1.0])
    weights, means, strengths = [], [], []
    for mean in np.linspace(0.005, 0.995, 100):
        for strength in np.geomspace(2.0, 200.0, 25):
            a, b = mean * strength, (1 - mean) * strength
            each = [
                betaln(a + one, b + told - one) - betaln(a, b)
                for told, one in zip(answers, complaints, strict=True)
            ]
            weights.append(np.exp(sum(each)))
            means.append(mean)
            strengths.append(np.log(strength))
    common = learn_common_share(answers, complaints)
    assert common.mean == pytest.approx(np.average(means, weights=weights))
    assert np.log(common.strength) == pytest.approx(np.average(strengths, weights=weights))


def test_even_where_everybody_complains_nobody_surely_does() -> None:
    common = learn_common_share(np.array([2.0, 1.0]), np.array([2.0, 1.0]))
    assert 0.6 < common.mean < 1
    assert complaint_shares(common, np.array([2.0]), np.array([2.0]))[0] < 1


def test_one_angry_answer_condemns_nobody() -> None:
    found = complaint_shares(CommonShare(0.1, 10.0), np.array([1.0, 50.0]), np.array([1.0, 25.0]))
    assert found[0] < 0.2 < found[1]


def test_more_complaints_than_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="more complaints"):
        learn_common_share(np.array([1.0]), np.array([2.0]))
