"""Learned probabilities over today's ties."""

import numpy as np
import pytest
from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.influence.learned import LearnedInfluence
from ambassador.propagation.influence.learning import learn_influence
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.services.forecasts.forecasts import forecast, recompute_forecast
from ambassador.services.learned.learned import as_arrays
from ambassador.services.learned.learned_rule import beats_baselines, covers, lay_over
from ambassador.services.networks.network import load_network
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.stored_json import to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.learning.learning import add_parameters
from ambassador.store.tables.records import Forecast, Pick
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.learning import InfluenceEvaluation, PredictionScore, TieDirection
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.picks.picks import PickRequest
from tests.conftest import NOW
from tests.services.crowd import add_ties

TIES = [("a", "b"), ("a", "c"), ("b", "c"), ("b", "d")]


def _learned(network: InfluenceNetwork) -> LearnedInfluence:
    cascades = [0, 0, 1, 1, 2, 3]
    log = CascadeLog.from_entries(cascades, [0, 1, 0, 1, 0, 1], [0.0, 60.0, 0.0, 60.0, 0.0, 0.0])
    return learn_influence(network, log)


def _plain(pairs: list[tuple[int, int]]) -> InfluenceNetwork:
    source, target = np.array(pairs).T
    return InfluenceNetwork.from_keys(source, target, None)


def test_each_tie_gets_its_own_posterior_and_a_newer_one_the_common_probability_loosely() -> None:
    learned = _learned(_plain([(11, 13), (11, 17), (13, 17)]))
    today = _plain([(11, 13), (13, 17), (11, 19), (11, 17)])
    found = lay_over(today, learned)
    posterior = learned.alpha / (learned.alpha + learned.beta)
    by_pair = dict(
        zip(
            zip(today.out_sources.tolist(), today.out_targets.tolist(), strict=True),
            found.network.probability,
            strict=True,
        )
    )
    assert by_pair[0, 1] == posterior[0]
    assert by_pair[0, 3] == pytest.approx(posterior.mean())
    assert found.strength.min() <= (learned.alpha + learned.beta).min() * 1.5
    assert [note.values for note in found.notes] == [{}, {"ties": 1}]


def test_a_set_that_knows_few_of_the_ties_does_not_speak_for_them() -> None:
    learned = _learned(_plain([(11, 13), (11, 17)]))
    assert covers(learned, [11, 11], [13, 99])
    assert not covers(learned, [11, 11, 13], [13, 99, 99])
    assert not covers(learned, [], [])


def test_nothing_learned_is_said_where_it_is_asked_for(work: UnitOfWork) -> None:
    add_ties(work, TIES)
    with work.reading() as session, pytest.raises(BadInputError, match="nothing is learned"):
        load_network(session, ProbabilityRule.parse("learned"), 1)


@pytest.mark.parametrize(("ranked", "used"), [(0.80, True), (0.84, False)])
def test_ties_that_rank_people_worse_than_partial_credit_are_not_used_however_likely_they_make_it(
    ranked: float, used: bool
) -> None:
    floor = PredictionScore(ranked, -0.5, 0.0)
    found = InfluenceEvaluation(
        auc=0.8,
        log_likelihood=-0.1,
        calibration_error=0.0,
        exposed=1_000,
        baselines={"goyal_partial_credit": floor},
        direction=TieDirection.AS_LISTED,
        activated=100,
        silent=900,
        stored=PredictionScore(0.8, -0.1, 0.0),
        stored_slope=1.0,
        stored_auc_error=0.01,
    )
    assert found.verdict.text.startswith("Use it" if used else "Use the simple way")
    assert beats_baselines({"check": to_json(found)}) is used


def _keep(session: Session, learned: LearnedInfluence, *, better: bool) -> None:
    check = {"log_likelihood": -0.1, "baselines": {"activity": {"log_likelihood": -0.2 if better else -0.05}}}
    add_parameters(
        session,
        algorithm="test",
        version="0",
        trained_until=NOW,
        data_hash="",
        metrics={"check": check},
        arrays=as_arrays(learned),
        at=NOW,
    )


def test_picks_and_forecasts_use_what_was_learned_only_while_it_beats_simple_ways(work: UnitOfWork) -> None:
    add_ties(work, TIES)
    with work.reading() as session:
        plain = load_network(session, ProbabilityRule(), 1).network
    learned = _learned(plain)
    with work.writing() as session:
        _keep(session, learned, better=True)
    view = forecast(work, ForecastRequest(("a",), runs=300, key=4))
    answer = pick_ambassadors(work, PickRequest(1, key=4))
    assert (view.probabilities, answer.probabilities) == ("learned", "learned")
    assert any("learned from your own past" in note.text for note in view.notes)
    with work.writing() as session:
        _keep(session, learned, better=False)
    assert recompute_forecast(work, view.forecast_id) == view.result
    with work.reading() as session:
        kept = session.get(Forecast, view.forecast_id), session.get(Pick, answer.pick_id)
        assert [one and one.parameter_set_id for one in kept] == [1, 1]
    assert forecast(work, ForecastRequest(("a",), runs=300, key=4)).probabilities == "weighted-cascade"
    asked = ForecastRequest(("a",), runs=300, key=4, probabilities=ProbabilityRule.parse("learned"))
    assert forecast(work, asked).probabilities == "learned"
