"""Picks that mind complaints: tone is learned back, the choice changes, and what it gives up is said."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest
from sqlmodel import select

from ambassador.errors import BadInputError
from ambassador.reports.notes import notes_of
from ambassador.reports.words import Words
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.mentions.refresh import refresh_in
from ambassador.services.picks.alternatives import swap_effect, what_if
from ambassador.services.picks.audience_tone import audience_tone
from ambassador.services.picks.picks import open_pick, pick_ambassadors
from ambassador.services.picks.recompute import compare_recomputed
from ambassador.services.results.report import campaign_report, complaints_minded
from ambassador.services.work import UnitOfWork
from ambassador.store.database import open_engine
from ambassador.store.picks.picks import get_pick
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.store.tables.people import Account, Person
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.picks.minded import minded_notes
from ambassador.values.picks.picks import Objective, PickAnswer, PickRequest
from ambassador.values.status import Label
from tests.conftest import NOW
from tests.databases import copy_sqlite
from tests.services.past import known_accounts, write_cascades, write_ties

SIZES: Mapping[str, int] = {"kind0": 18, "kind1": 18, "angry0": 28, "angry1": 28, "few": 4}
COMPLAIN: Mapping[str, float] = {"kind0": 0.05, "kind1": 0.1, "angry0": 0.6, "angry1": 0.5, "few": 0.1}
ASKED = PickRequest(2, key=1, runs=2_000)
RULE = ProbabilityRule.parse("constant:0.3")


def launches(work: UnitOfWork) -> None:
    """Play eight posts of each, answered by strangers who complain as often as that one's audience does."""
    rng, posts, seen = np.random.default_rng(3), [], 0
    for starter in rng.permutation(sorted(SIZES) * 8).tolist():
        joined = int(rng.poisson(SIZES[starter]))
        posts.append((starter, [f"once{seen + one}" for one in range(joined)]))
        seen += joined
    write_cascades(work, posts)
    label_answers(work, COMPLAIN, rng)
    with work.writing() as session:
        refresh_in(session, work)


def label_answers(work: UnitOfWork, complain: Mapping[str, float], rng: np.random.Generator) -> None:
    """Label every second answer, by the share of whom it answers."""
    with work.writing() as session:
        handles = {one.id: one.handle for one in session.exec(select(Account))}
        posts = {one.id: one for one in session.exec(select(Mention))}
        for one in posts.values():
            above = posts.get(one.parent_observed_id)
            if above is None or rng.random() < 0.5:
                continue
            bad = rng.random() < complain[handles[above.account_id]]
            label = Label.COMPLAINT if bad else Label.PRAISE
            session.add(MentionLabel(mention_id=one.id or 0, label=label, labelled_at=one.posted_at))


@pytest.fixture(scope="module")
def past(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitOfWork]:
    engine = open_engine(copy_sqlite(sqlite_template, tmp_path_factory.mktemp("minding")))
    work = UnitOfWork(engine, "tester", lambda: NOW)
    launches(work)
    yield work
    engine.dispose()


@pytest.fixture(scope="module")
def plain(past: UnitOfWork) -> PickAnswer:
    return pick_ambassadors(past, ASKED)


@pytest.fixture(scope="module")
def minding(past: UnitOfWork) -> PickAnswer:
    return pick_ambassadors(past, replace(ASKED, mind_complaints=1.0))


def handles(answer: PickAnswer) -> set[str]:
    return {one.handle for one in answer.picks}


def test_tone_is_learned_back(past: UnitOfWork) -> None:
    with past.reading() as session:
        tone = audience_tone(session)
        keys = {
            one.handle: NodeKey.of_account(one.id or 0, one.person_id)
            for one in session.exec(select(Account))
        }
    assert tone is not None
    found = dict(zip(COMPLAIN, tone.shares([keys[one] for one in COMPLAIN]), strict=True))
    for starter, share in COMPLAIN.items():
        assert found[starter] == pytest.approx(share, abs=0.15)
    # of strangers nothing is known: everybody's share
    assert tone.shares([keys["once1"]])[0] == tone.common.mean
    assert audience_tone(session) is tone or tone.answers > 100


def test_the_choice_turns_to_whose_audience_is_kind(plain: PickAnswer, minding: PickAnswer) -> None:
    assert handles(plain) == {"angry0", "angry1"}
    assert handles(minding) == {"kind0", "kind1"}
    assert plain.minded is None
    assert all(one.complaint_share is None for one in plain.picks)
    assert all((one.complaint_share or 1) < 0.25 and one.labelled_answers > 20 for one in minding.picks)


def test_what_is_given_up_and_spared_is_of_the_same_launches(plain: PickAnswer, minding: PickAnswer) -> None:
    found = minding.minded
    assert found is not None and minding.spread is not None and plain.spread is not None
    assert not found.same and set(found.handles) == handles(plain)
    assert found.plain_spread == pytest.approx(plain.spread.mean, rel=0.05)
    assert found.plain_spread - minding.spread.mean == pytest.approx(found.given_up.mean)
    assert found.plain_complainers - found.complainers.mean == pytest.approx(found.spared.mean)
    # some 36 answers to the kind, 56 to the angry: a twelfth of them complains, or more than half
    assert 1 < found.complainers.mean < 6 and 20 < found.plain_complainers < 40
    low, high = found.complainers.ends()
    assert low is not None and high is not None and low < found.complainers.mean < high
    told = [str(note) for note in minded_notes(found)]
    assert told[2].startswith("It gives up about ") and told[2].endswith(" complaints fewer.")
    assert minding.certificate is not None and minding.certificate > 0.999


def test_it_is_kept_read_again_and_computed_again(past: UnitOfWork, minding: PickAnswer) -> None:
    again = open_pick(past, minding.pick_id)
    assert again.minded == minding.minded
    assert again.asked is not None and again.asked.mind_complaints == 1.0
    assert compare_recomputed(past, minding.pick_id).same
    with past.reading() as session:
        assert get_pick(session, minding.pick_id).arguments["problem"]["minded"]["weight"] == 1.0


def test_what_else_it_could_be_says_who_complains(past: UnitOfWork, minding: PickAnswer) -> None:
    found = minding.minded
    assert found is not None and minding.spread is not None
    assert len(what_if(past, minding.pick_id).counted) == 2
    swapped = swap_effect(past, minding.pick_id, "kind0", "angry0")
    assert swapped.complaining_before == pytest.approx(found.complainers.mean, rel=0.2)
    assert swapped.complaining_after is not None and swapped.complaining_after > 8
    seen = forecast(past, ForecastRequest(pick_id=minding.pick_id, runs=500, key=1))
    told = seen.notes[1].values
    share = found.complainers.mean / minding.spread.mean
    assert told["complainers"] == pytest.approx(share * seen.result.headline.mean, abs=0.1)
    assert told["low"] < told["complainers"] < told["high"]


def test_a_demand_costs_what_counts(past: UnitOfWork) -> None:
    asked = replace(ASKED, must=("angry0",), mind_complaints=1.0)
    prices = what_if(past, pick_ambassadors(past, asked).pick_id).prices
    assert len(prices) == 1 and 1 < prices[0].gain.mean < 16


def test_without_weight_nothing_of_it_is_asked_or_kept(past: UnitOfWork, plain: PickAnswer) -> None:
    assert compare_recomputed(past, plain.pick_id).same
    with past.reading() as session:
        assert get_pick(session, plain.pick_id).arguments["problem"]["minded"] is None


def test_along_ties_the_same_is_minded(sqlite_work: UnitOfWork) -> None:
    """Two starters with twenty listeners each; in a workspace of its own, as it changes the network."""
    past = sqlite_work
    launches(past)
    with past.writing() as session:
        known_accounts(session, {f"listener{one}" for one in range(60)})
    write_ties(past, [("angry0", f"listener{one}") for one in range(22)])
    write_ties(past, [("kind0", f"listener{22 + one}") for one in range(20)])
    asked = replace(ASKED, count=1, probabilities=RULE, runs=500)
    plain = pick_ambassadors(past, asked)
    minding = pick_ambassadors(past, replace(asked, mind_complaints=1.0))
    assert (handles(plain), handles(minding)) == ({"angry0"}, {"kind0"})
    found = minding.minded
    assert found is not None and minding.spread is not None
    assert found.plain_complainers / (found.plain_spread - 1) == pytest.approx(0.6, abs=0.15)
    assert found.complainers.mean / (minding.spread.mean - 1) == pytest.approx(0.07, abs=0.05)
    assert compare_recomputed(past, minding.pick_id).same
    counted = what_if(past, minding.pick_id, (1,)).counted
    assert [str(note) for note in counted] == [str(note) for note in minded_notes(found)[:2]]
    swapped = swap_effect(past, minding.pick_id, "kind0", "angry0")
    assert swapped.complaining_before == pytest.approx(found.complainers.mean, rel=0.2)
    assert swapped.complaining_after == pytest.approx(found.plain_complainers, rel=0.2)
    heavy = pick_ambassadors(past, replace(asked, mind_complaints=10.0))
    assert heavy.minded is not None and heavy.minded.cut_off > 20
    assert any("count 0, never below" in str(note) for note in minded_notes(heavy.minded))


@pytest.mark.parametrize("weight", [-0.1, nan, inf, 1e300, 10.5])
def test_weights_that_are_none_are_refused(past: UnitOfWork, weight: float) -> None:
    with pytest.raises(BadInputError, match="write 0 to 10"):
        pick_ambassadors(past, replace(ASKED, mind_complaints=weight))


def test_by_views_nobody_can_mind_complaints(past: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="needs people who talk"):
        pick_ambassadors(past, replace(ASKED, mind_complaints=1.0, objective=Objective.VIEWS))


def test_without_labels_it_says_what_to_do(sqlite_work: UnitOfWork) -> None:
    write_ties(sqlite_work, [("nina", "ada"), ("leo", "ada")])
    with pytest.raises(BadInputError, match="label some"):
        pick_ambassadors(sqlite_work, replace(ASKED, mind_complaints=1.0, probabilities=RULE))


def test_few_labels_and_nothing_but_complaints_are_told(sqlite_work: UnitOfWork) -> None:
    write_cascades(sqlite_work, [("nina", ["ada", "bea"]), ("leo", ["ada"])])
    write_ties(sqlite_work, [("nina", "ada"), ("leo", "ada")])
    label_answers(sqlite_work, {"nina": 1.0, "leo": 1.0}, np.random.default_rng(1))
    found = pick_ambassadors(
        sqlite_work, replace(ASKED, count=1, mind_complaints=1.0, probabilities=RULE, runs=100)
    )
    assert found.minded is not None
    told = " ".join(map(str, minded_notes(found.minded)))
    assert "answers to posts are labelled, so people can hardly be told apart" in told
    assert "Every labelled answer is a complaint" in told


def test_the_report_of_a_campaign_says_what_its_pick_gave_up(sqlite_work: UnitOfWork) -> None:
    past = sqlite_work
    launches(past)
    minding = pick_ambassadors(past, replace(ASKED, mind_complaints=1.0))
    campaign = create_campaign(past, CampaignDraft("Launch", date(2026, 3, 1), date(2026, 3, 31)))
    assert complaints_minded(past, campaign) == ()
    with past.writing() as session:
        person = Person(name="Kind", created_at=NOW)
        session.add(person)
        session.flush()
        session.add(
            Ambassador(
                campaign_id=campaign, person_id=person.id or 0, pick_id=minding.pick_id, created_at=NOW
            )
        )
    assert minding.minded is not None
    assert complaints_minded(past, campaign) == minded_notes(minding.minded)
    said = notes_of(campaign_report(past, campaign, "it"), Words("it"))
    assert any("Rinuncia a circa" in line for line in said)
