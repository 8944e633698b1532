"""Known listeners and people nobody sees twice in one workspace: each is told apart, and both counted."""

import numpy as np
import pytest
from sqlmodel import select

from ambassador.services.calibration.calibration import check_calibration
from ambassador.services.calibration.leading import leading_law
from ambassador.services.forecasts.forecasts import forecast, recompute_forecast
from ambassador.services.mentions.refresh import refresh_in
from ambassador.services.picks.alternatives import swap_effect
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.picks.recompute import recompute_pick
from ambassador.services.work import UnitOfWork
from ambassador.store.people.people import find_accounts
from ambassador.store.tables.network import Tie
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.picks.picks import PickRequest
from tests.services.past import write_cascades, write_ties

FANS, CHANCE = 8, 0.5
STRANGERS = {f"s{place}": (30.0 if place < 3 else 6.0) for place in range(12)}


def both(work: UnitOfWork) -> None:
    """Write six posts of each of twelve starters, answered by listeners of a file and by strangers."""
    rng, posts, seen = np.random.default_rng(5), [], 0
    write_ties(work, [(one, f"{one}-fan{fan}") for one in STRANGERS for fan in range(FANS)])
    with work.writing() as session:
        for tie in session.exec(select(Tie)):
            tie.given_probability = CHANCE
    for starter in rng.permutation(sorted(STRANGERS) * 6).tolist():
        fans = [f"{starter}-fan{fan}" for fan in range(FANS) if rng.random() < CHANCE]
        new = int(rng.poisson(STRANGERS[starter]))
        posts.append((starter, [*fans, *(f"once{seen + one}" for one in range(new))]))
        seen += new
    write_cascades(work, posts)
    with work.writing() as session:
        refresh_in(session, work)


def truth(*starters: str) -> float:
    return sum(1 + FANS * CHANCE + STRANGERS[one] for one in starters)


def test_strangers_are_counted_without_those_ties_lead_to(sqlite_work: UnitOfWork) -> None:
    both(sqlite_work)
    with sqlite_work.reading() as session:
        leads = leading_law(session, sqlite_work)
        accounts = find_accounts(session, sorted(STRANGERS))
        keys = [NodeKey.of_account(accounts[one].id or 0, None) for one in sorted(STRANGERS)]
    assert leads is not None and leads.beside is not None
    assert leads.ties_weight == 1.0  # files say who hears from whom, and nothing is judged yet
    means, _ = leads.beside.moments(np.array(keys))
    wanted = [STRANGERS[one] for one in sorted(STRANGERS)]
    assert means == pytest.approx(wanted, rel=0.35)
    assert means.sum() == pytest.approx(sum(wanted), rel=0.08)


@pytest.mark.slow
def test_pick_what_if_and_forecast_obey_the_same_law_before_and_after_it_is_judged(
    sqlite_work: UnitOfWork,
) -> None:
    both(sqlite_work)
    _all_agree(sqlite_work)
    log = check_calibration(sqlite_work).log
    assert log is not None
    assert sum(log.weights.values()) == pytest.approx(1.0, abs=0.01)
    assert log.doubt is not None and 0.0 < log.doubt < 0.3
    _all_agree(sqlite_work)


def _all_agree(work: UnitOfWork) -> None:
    answer = pick_ambassadors(work, PickRequest(3, key=1, runs=1_000))
    assert {one.handle for one in answer.picks} == {"s0", "s1", "s2"}
    assert answer.spread is not None and answer.certificate is not None
    assert answer.spread.mean == pytest.approx(truth("s0", "s1", "s2"), rel=0.15)
    assert answer.certificate > 0.85
    assert answer.standing is not None
    again = recompute_pick(work, answer.pick_id)
    assert (again.spread, again.certificate) == (answer.spread, answer.certificate)
    swapped = swap_effect(work, answer.pick_id, "s0", "s5")
    assert swapped.after - swapped.before == pytest.approx(truth("s5") - truth("s0"), rel=0.3)
    seen = forecast(work, ForecastRequest(pick_id=answer.pick_id, runs=1_000, key=1))
    headline = seen.result.headline
    assert headline.mean == pytest.approx(answer.spread.mean, rel=0.12)
    low, high = headline.quantiles[80]
    assert low < truth("s0", "s1", "s2") < high
    assert recompute_forecast(work, seen.forecast_id) == seen.result
    assert seen.notes[0] == answer.standing
