"""Forecasts: computed, recorded, read again, computed again."""

from datetime import date

import pytest
from sqlmodel import select

from ambassador.errors import BadInputError, FrozenRecordError
from ambassador.services.forecasts.forecasts import forecast, open_forecast, recompute_forecast
from ambassador.services.picks.alternatives import next_best, swap_effect
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.store.tables.records import Forecast
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.picks.picks import PickRequest
from ambassador.values.status import AmbassadorStatus, CampaignStatus, MentionKind, Verdict
from tests.conftest import NOW
from tests.services.crowd import CERTAIN, add_person, add_ties, follower_file, kept

CHAIN = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]


def _campaign(work: UnitOfWork, status: CampaignStatus = CampaignStatus.LIVE, days: int = 2) -> int:
    with work.writing() as session:
        return kept(
            session,
            Campaign(
                name=f"{status} {days}",
                status=status,
                starts_on=date(2026, 5, 1),
                ends_on=date(2026, 5, days),
                created_at=NOW,
            ),
        )


def _ambassador(work: UnitOfWork, campaign_id: int, person_id: int, status: AmbassadorStatus) -> None:
    with work.writing() as session:
        kept(session, Ambassador(campaign_id=campaign_id, person_id=person_id, status=status, created_at=NOW))


def _matched_post(work: UnitOfWork, handle: str, campaign_id: int) -> None:
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.handle == handle)).one()
        mention = Mention(
            platform="x", post_id=handle, account_id=account.id or 0, posted_at=NOW, recorded_at=NOW
        )
        mention_id = kept(session, mention)
        kept(
            session,
            MentionCampaign(
                mention_id=mention_id, campaign_id=campaign_id, verdict=Verdict.MATCHED, decided_at=NOW
            ),
        )


def test_word_passes_one_step_a_day_and_the_deadline_counts(work: UnitOfWork) -> None:
    add_ties(work, CHAIN)
    whole = forecast(
        work, ForecastRequest(("a",), runs=20, hours_per_step=24, probabilities=CERTAIN, key=1)
    ).result
    assert (whole.talkers.mean, whole.horizon_days) == (5, 5)
    assert [day.mean for day in whole.by_day] == [1, 2, 3, 4, 5]
    short = forecast(
        work, ForecastRequest(("a",), runs=20, days=2, hours_per_step=24, probabilities=CERTAIN, key=1)
    ).result
    assert (short.talkers.mean, short.talkers.quantiles) == (2, {})  # no launch differs from another
    assert short.audience is not None and short.audience.mean == 3
    quick = ForecastRequest(("a",), runs=20, days=2, hours_per_step=12, probabilities=CERTAIN, key=1)
    assert forecast(work, quick).result.talkers.mean == 4


def test_each_ambassador_is_credited_with_whom_they_reached_first(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    view = forecast(
        work, ForecastRequest(("a", "c", "b"), runs=20, hours_per_step=24, probabilities=CERTAIN, key=1)
    )
    assert [(one.handle, one.talkers.mean) for one in view.people] == [("a", 11), ("c", 5), ("b", 1)]
    assert sum(one.talkers.mean for one in view.people) == view.result.talkers.mean


def test_a_recorded_forecast_reads_the_same_and_can_be_computed_again(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    half = ProbabilityRule.parse("constant:0.5")
    view = forecast(work, ForecastRequest(("a", "c"), runs=200, probabilities=half, key=5))
    assert open_forecast(work, view.forecast_id) == view
    add_ties(work, [("a", "later")])
    assert recompute_forecast(work, view.forecast_id) == view.result
    with pytest.raises(FrozenRecordError), work.writing() as session:
        session.exec(select(Forecast)).one().result = {}


def test_views_are_those_that_are_known_and_never_made_up(work: UnitOfWork) -> None:
    add_ties(work, CHAIN)
    add_person(work, "a", {"followers": 900, "average_views": 400.0})
    add_person(work, "b", {"followers": 500})
    both = forecast(
        work, ForecastRequest(("a", "b"), runs=20, hours_per_step=24, probabilities=CERTAIN, key=1)
    )
    assert both.result.views is not None and both.result.views.mean == 400
    assert both.result.audience_bounds == (900, 1_400)
    assert any("known for 1 of 2" in str(note) for note in both.notes)
    assert forecast(work, ForecastRequest(("b",), runs=20, key=1)).result.views is None


def test_a_campaign_means_those_who_accepted_and_its_own_length(work: UnitOfWork) -> None:
    add_ties(work, CHAIN)
    campaign = _campaign(work, days=2)
    with pytest.raises(BadInputError, match="nobody to forecast for"):
        forecast(work, ForecastRequest(campaign_id=campaign))
    _ambassador(work, campaign, add_person(work, "a"), AmbassadorStatus.ACCEPTED)
    _ambassador(work, campaign, add_person(work, "d"), AmbassadorStatus.DECLINED)
    view = forecast(
        work, ForecastRequest(campaign_id=campaign, runs=20, hours_per_step=24, probabilities=CERTAIN, key=1)
    )
    assert [one.handle for one in view.people] == ["a"]
    assert (view.result.horizon_days, view.result.talkers.mean) == (2, 2)
    assert view.starts_on == date(2026, 5, 1)


def test_who_posted_in_closed_campaigns_is_expected_to_post_and_the_rest_of_the_talk_is_told(
    work: UnitOfWork,
) -> None:
    add_ties(work, [("a", "x1"), ("b", "x2")])
    closed = _campaign(work, CampaignStatus.CLOSED)
    for handle in ("a", "b"):
        _ambassador(work, closed, add_person(work, handle), AmbassadorStatus.DONE)
    add_person(work, "stranger")
    _matched_post(work, "a", closed)
    _matched_post(work, "stranger", closed)
    view = forecast(
        work, ForecastRequest(("a", "b"), runs=4000, hours_per_step=24, probabilities=CERTAIN, key=3)
    )
    chances = {one.handle: one.posting_probability for one in view.people}
    assert chances["a"] == pytest.approx((10 * 0.5 + 1) / 11)
    assert chances["b"] == pytest.approx(10 * 0.5 / 11)
    assert view.result.talkers.mean == pytest.approx(2 * (chances["a"] + chances["b"]), abs=0.15)
    assert view.result.outside_share == pytest.approx(0.5)
    assert any("1 of 2 people did" in str(note) for note in view.notes)


def test_without_ties_only_those_who_post_are_counted_and_it_is_said(work: UnitOfWork) -> None:
    add_person(work, "a", {"followers": 900, "average_likes": 50.0})
    view = forecast(work, ForecastRequest(("a",), runs=50, key=1))
    assert (view.result.talkers.mean, view.result.by_day, view.result.audience) == (1, (), None)
    assert view.result.interactions is not None and view.result.interactions.mean == 50
    assert any("whom they make talk is not known" in str(note) for note in view.notes)
    assert open_forecast(work, view.forecast_id) == view


def test_a_forecast_can_be_made_for_a_pick(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    picked = pick_ambassadors(work, PickRequest(2, probabilities=CERTAIN, key=1))
    view = forecast(
        work,
        ForecastRequest(pick_id=picked.pick_id, runs=20, hours_per_step=24, probabilities=CERTAIN, key=1),
    )
    assert view.result.talkers.mean == 16
    assert view.pick_id == picked.pick_id


def test_the_next_best_depends_on_who_is_in(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    people = {handle: add_person(work, handle) for handle in ("a", "b", "c")}
    campaign = _campaign(work)
    assert [one.handle for one in next_best(work, campaign, 1).people] == ["a"]
    _ambassador(work, campaign, people["a"], AmbassadorStatus.ACCEPTED)
    _ambassador(work, campaign, people["c"], AmbassadorStatus.DECLINED)
    found = next_best(work, campaign, 2)
    assert ([one.handle for one in found.people], found.already) == (["b"], 1)


def test_the_effect_of_a_swap_is_measured_on_the_same_coins(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    picked = pick_ambassadors(work, PickRequest(2, probabilities=CERTAIN, key=1))
    effect = swap_effect(work, picked.pick_id, "c", "b")
    assert (effect.before, effect.after, effect.difference.mean) == (16, 12, -4)
    with pytest.raises(BadInputError, match="b must be picked"):
        swap_effect(work, picked.pick_id, "b", "c")


def test_no_runs_are_refused(work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="at least 1"):
        forecast(work, ForecastRequest(("a",), runs=0))


def test_who_may_see_it_is_not_counted_on_ties_that_hold_few_of_the_followers(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    ask = ForecastRequest(("a",), runs=20, hours_per_step=24, probabilities=CERTAIN, key=1)
    assert forecast(work, ask).result.audience is not None
    add_person(work, "a", {"followers": 5_000})
    result = forecast(work, ask).result
    assert (result.audience, result.audience_bounds) == (None, (5_000, 5_000))


def test_mentions_reach_and_views_come_by_day_and_by_ambassador(work: UnitOfWork) -> None:
    add_ties(work, CHAIN)
    add_person(work, "a", {"followers": 900, "average_views": 400.0})
    add_person(work, "c", {"followers": 50, "average_views": 30.0})
    for handle in ("a", "a", "c"):
        _post(work, handle)
    ask = ForecastRequest(("a", "c"), runs=4000, days=2, hours_per_step=24, probabilities=CERTAIN, key=1)
    result = forecast(work, ask).result
    amounts, daily = result.amounts, result.daily
    assert [day.mean for day in result.by_day] == [2, 4]
    # a has 900 followers, one of whom is b; c has 50, one of whom is d; b and d are not counted twice
    assert [day.mean for day in daily.audience_at_least] == [4 + 899, 5 + 899]
    assert [day.mean for day in daily.audience_at_most] == [4 + 899 + 49, 5 + 899 + 49]
    assert amounts.mentions is not None and amounts.mentions.mean == pytest.approx(4 * 1.5, rel=0.4)
    assert amounts.mentions.quantiles[90][0] >= 4
    assert amounts.impressions is not None and amounts.impressions.mean >= 430
    one, other = result.by_person
    assert (one.amounts.audience_at_least.mean, other.amounts.audience_at_most.mean) == (2 + 899, 3 + 49)  # type: ignore[union-attr]
    assert [day.mean for day in one.by_day] == [1, 2]


def _post(work: UnitOfWork, handle: str) -> None:
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.handle == handle)).one()
        count = len(session.exec(select(Mention)).all())
        root = {"parent_post_id": "m0", "kind": MentionKind.REPLY} if count else {}
        session.add(
            Mention(
                platform="x",
                post_id=f"m{count}",
                account_id=account.id or 0,
                posted_at=NOW,
                recorded_at=NOW,
                **root,
            )
        )


def test_heat_widens_the_range_and_leaves_certain_ties_certain(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    half = ProbabilityRule.parse("constant:0.5")
    asks = {
        heat: forecast(
            work, ForecastRequest(("a", "c"), runs=2000, days=30, probabilities=half, key=5, heat=heat)
        ).result.talkers.quantiles[90]
        for heat in (0.0, 1.0)
    }
    assert asks[1.0][0] < asks[0.0][0] and asks[1.0][1] > asks[0.0][1]
    sure = ForecastRequest(("a",), runs=200, days=60, probabilities=CERTAIN, key=5, heat=1.0)
    certain = forecast(work, sure).result.talkers
    assert (certain.mean, certain.median, certain.quantiles) == (11, 11, {})


def test_a_forecast_recorded_in_steps_is_read_and_computed_again_as_it_was(work: UnitOfWork) -> None:
    add_ties(work, CHAIN)
    view = forecast(work, ForecastRequest(("a",), runs=20, hours_per_step=24, probabilities=CERTAIN, key=1))
    with work.writing() as session:
        now = session.get(Forecast, view.forecast_id)
        assert now
        arguments = {**now.arguments, "problem": {**now.arguments["problem"], "hours_per_step": 24}}
        for newer in ("timing", "view_variation", "past"):
            del arguments["problem"][newer]
        for seed in arguments["problem"]["seeds"]:
            seed.pop("free_after", None)
        kept_names = ("horizon_days", "talkers", "audience", "views", "by_day", "by_person")
        result = {name: now.result[name] for name in kept_names}
        result["by_person"] = [
            {name: one[name] for name in ("person_id", "account_id", "talkers")}
            for one in result["by_person"]
        ]
        older = Forecast(
            **now.model_dump(exclude={"id", "arguments", "result"}), arguments=arguments, result=result
        )
        number = kept(session, older)
    opened = open_forecast(work, number)
    assert (opened.timing, opened.hours_per_step, opened.result.amounts.mentions) == (None, 24, None)
    again = recompute_forecast(work, number)
    assert [day.mean for day in again.by_day] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "wrong", [{"heat": -1.0}, {"heat": 9.0}, {"answer_hours": 0.0}, {"posting_hours": -2.0}]
)
def test_assumptions_that_make_no_sense_are_refused(work: UnitOfWork, wrong: dict[str, float]) -> None:
    with pytest.raises(BadInputError, match="heat lies between"):
        forecast(work, ForecastRequest(("a",), **wrong))  # type: ignore[arg-type]
