"""Learning from the organisation's own past."""

from importlib import import_module

import numpy as np
import pytest

from ambassador.errors import BadInputError
from ambassador.services.learned.learned import load_learned
from ambassador.services.learning.learn import learn_influence
from ambassador.services.learning.learned_view import learn_overview
from ambassador.services.work import UnitOfWork
from tests.services.answers import HEADER, brought_in, posts


@pytest.fixture
def taught(work: UnitOfWork) -> UnitOfWork:
    brought_in(work, posts(60))
    return work


def test_without_anybody_who_follows_there_is_nothing_to_learn(work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="nothing to learn"):
        learn_influence(work)
    assert learn_overview(work).learned is None
    assert not learn_overview(work).enough


def test_the_posts_nobody_answered_count_too(taught: UnitOfWork) -> None:
    found = learn_influence(taught)
    with taught.reading() as session:
        learned = load_learned(session)
    assert learned is not None
    by_kind = dict(zip([one.handle for one in found.susceptible], found.susceptible, strict=True))
    assert by_kind["bea"].strength == pytest.approx(0.9, abs=0.08)
    assert by_kind["carl"].strength == pytest.approx(0.1, abs=0.08)
    assert found.contagious[0].handle == "anna"
    assert found.contagious[0].strength == pytest.approx(1.0, abs=0.1)
    assert found.contagious[0].seen == 60
    assert found.rests_on.cascades == 120


def test_the_same_past_is_learned_once_and_a_longer_one_again(taught: UnitOfWork) -> None:
    first = learn_influence(taught)
    assert learn_influence(taught).number == first.number
    brought_in(taught, posts(5, first=60), "more.csv")
    assert learn_overview(taught).learned is not None
    assert learn_overview(taught).learned.stale  # type: ignore[union-attr]
    again = learn_influence(taught)
    assert again.number > first.number
    assert not again.stale


def test_it_is_checked_on_the_last_part_of_the_past(taught: UnitOfWork) -> None:
    check = learn_influence(taught).check
    assert check is not None
    assert check.trained_on == 97
    assert check.tested_on == 24
    assert {"activity_only", "goyal_bernoulli", "constant"} <= set(check.baselines)


def test_delays_come_from_the_answers_seen(taught: UnitOfWork) -> None:
    learn_influence(taught)
    with taught.reading() as session:
        learned = load_learned(session)
    assert learned is not None
    assert learned.delay("x").median == pytest.approx(600.0, rel=0.01)
    assert np.asarray(learned.network.labels).tolist() == sorted(np.asarray(learned.network.labels).tolist())


def test_one_answer_to_one_post_is_no_certainty(work: UnitOfWork) -> None:
    lines = ["a0,x,anna,2024-01-01T08:00:00Z,original,", "b0,x,bea,2024-01-01T08:10:00Z,reply,a0"]
    brought_in(work, HEADER + "\n".join(lines) + "\n")
    found = learn_influence(work)
    assert found.check is None
    assert found.susceptible[0].counted_on < 0.7
    assert not found.susceptible[0].known
    assert found.rests_on.cascades == 1


def test_what_was_learned_is_read_back_as_it_was_kept(taught: UnitOfWork) -> None:
    learn_influence(taught)
    with taught.reading() as session:
        first, second = load_learned(session), load_learned(session)
    assert first is not None and second is not None
    assert first.alpha.tolist() == second.alpha.tolist()
    assert first.network.tie_count == first.alpha.size == first.beta.size
    assert first.outside.by_node.size == first.network.node_count
    draw = first.sampled(np.random.default_rng(1))
    assert np.asarray(draw.labels).tolist() == np.asarray(first.network.labels).tolist()


def test_one_lucky_post_names_nobody_most_contagious(taught: UnitOfWork) -> None:
    day = "2024-06-01"
    crowd = [f"f{n},x,fan{n},{day}T08:{10 + n}:00Z,reply,star" for n in range(30)]
    brought_in(
        taught, HEADER + "\n".join([f"star,x,star,{day}T08:00:00Z,original,", *crowd]) + "\n", "star.csv"
    )
    listed = {one.handle: one for one in learn_influence(taught).contagious}
    assert next(iter(listed)) == "anna"
    assert listed["anna"].known
    assert listed["anna"].at_least < listed["anna"].strength
    assert listed["star"].seen == 1
    assert not listed["star"].known


def test_what_an_older_version_learned_is_offered_to_be_learned_again(
    taught: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = learn_influence(taught).number
    for module in ("learn", "learned_view"):
        monkeypatch.setattr(import_module(f"ambassador.services.learning.{module}"), "VERSION", "later")
    overview = learn_overview(taught)
    assert overview.learned is not None and overview.learned.stale
    assert learn_influence(taught).number > first
