"""What a forecast assumes: learned where the log says enough, else named priors."""

from datetime import timedelta

import numpy as np
import pytest

from ambassador.services.forecasts.assumptions import (
    ANSWERS,
    HEAT,
    POSTING,
    free_after,
    law_of,
    repeats_of,
    timing_notes,
    timing_of,
)
from ambassador.services.forecasts.run_amounts import further_posts, mean_further_posts, outside_talkers
from ambassador.services.stored_json import from_json, to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.timing_laws import answer_delays, first_post_delays, posts_per_person
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.forecasts.timing import Delay, Repeats, Timing
from ambassador.values.status import CampaignStatus, MentionKind
from tests.services.story import FIRST_DAY, Story, add_mention, tell


def _close(work: UnitOfWork, story: Story) -> None:
    with work.writing() as session:
        campaign = session.get(Campaign, story.campaign)
        assert campaign
        campaign.status = CampaignStatus.CLOSED


def test_without_a_log_the_priors_are_used_and_say_so(work: UnitOfWork) -> None:
    with work.reading() as session:
        timing = timing_of(session, ForecastRequest(("a",)), None, None)
    assert (timing.answers, timing.posting, timing.repeats) == ((ANSWERS,), POSTING, None)
    assert np.hypot(timing.heat, timing.own_heat) == pytest.approx(HEAT)
    assert not timing.heat_learned


def test_what_a_reader_says_wins(work: UnitOfWork) -> None:
    ask = ForecastRequest(("a",), answer_hours=3.0, posting_hours=30.0, heat=0.0)
    with work.reading() as session:
        timing = timing_of(session, ask, None, None)
        steps = timing_of(session, ForecastRequest(("a",), hours_per_step=5), None, None)
    assert (timing.answers[0].median_hours, timing.posting.median_hours, timing.heat) == (3.0, 30.0, 0.0)
    assert (steps.answers, steps.posting, steps.heat) == ((Delay(5.0, 0.0),), Delay(0.0, 0.0), 0.0)


def test_a_delay_law_is_recovered(work: UnitOfWork) -> None:
    hours = np.random.default_rng(1).lognormal(np.log(7.0), 1.3, 4_000)
    law = law_of((3600 * hours).tolist(), "x")
    assert law is not None
    assert np.log(law.median_hours / 7.0) == pytest.approx(0, abs=4 * 1.3 / np.sqrt(4_000))
    assert law.sigma == pytest.approx(1.3, abs=4 * 1.3 / np.sqrt(2 * 4_000))
    assert law_of([60.0] * 19) is None


def test_only_the_first_answer_of_each_person_says_how_long_listeners_take(work: UnitOfWork) -> None:
    story = tell(work)
    with work.reading() as session:
        assert sorted(answer_delays(session)) == [("instagram", 2 * 3600.0), ("instagram", 30 * 3600.0)]
    with work.writing() as session:
        add_mention(session, story, "n2", "nina", hours=40, parent="n1", kind=MentionKind.REPLY)
    with work.reading() as session:
        assert len(answer_delays(session)) == 2


def test_posts_per_person_and_first_posts_are_read_from_closed_campaigns(work: UnitOfWork) -> None:
    story = tell(work)
    _close(work, story)
    with work.reading() as session:
        assert sorted(posts_per_person(session)) == [1, 1, 1, 1, 2]
        assert sorted(first_post_delays(session)) == [4 * 3600.0]


def test_nobody_is_free_to_speak_before_device_and_embargo(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        nina = session.get(Ambassador, story.ambassadors["nina"])
        assert nina
        nina.embargo_until = FIRST_DAY + timedelta(hours=14)
        person = nina.person_id
    with work.reading() as session:
        assert free_after(session, story.campaign)[person] == 26.0  # Rome's midnight is 12 hours before


def test_further_posts_have_the_mean_and_the_variance_learned() -> None:
    rng = np.random.default_rng(2)
    posts = 1 + rng.negative_binomial(0.7, 0.7 / (0.7 + 1.4), 5_000)
    found = repeats_of(posts.tolist())
    assert found is not None and found.people == 5_000
    assert found.mean == pytest.approx(1.4, rel=0.1)
    drawn = further_posts(np.full(20_000, 3), np.full(20_000, found.mean), found, rng)
    assert drawn.mean() == pytest.approx(3 * found.mean, rel=0.03)
    assert drawn.var() == pytest.approx(3 * float(np.var(posts)), rel=0.15)
    assert repeats_of([]) is None
    assert mean_further_posts(None, 3, rng) is None


def test_people_outside_the_network_come_as_in_closed_campaigns() -> None:
    active = np.tile(np.array([[10, 40]]), (20_000, 1))
    timing = Timing((ANSWERS,), POSTING, 0.0, 0.0, outside=((30, 60), (0, 4)))
    found = outside_talkers(timing, active, np.random.default_rng(3))
    assert found is not None
    assert found[:, -1].mean() == pytest.approx(40 * 30.5 / 60.5, rel=0.02)
    few = Timing((ANSWERS,), POSTING, 0.0, 0.0, outside=((0, 4),))
    assert outside_talkers(few, active, np.random.default_rng(3)) is None


def test_assumptions_survive_the_database() -> None:
    timing = Timing(
        (Delay(1.0, 2.0, 30), Delay(3.0, 1.0, 25, "x")), POSTING, 0.1, 0.2, repeats=Repeats(0.4, 1.0, 9),
        outside=((1, 20),),
    )  # fmt: skip
    assert from_json(Timing, to_json(timing)) == timing


def test_answers_that_take_days_are_told_in_days() -> None:
    slow = Timing((Delay(240.0, 1.0, 30),), POSTING, 0.0, 0.0)
    said = [note.text.format(**note.values) for note in timing_notes(slow)]
    assert "Half of the answers come within 10 days: learned from 30 answers." in said
