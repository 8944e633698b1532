import csv
from datetime import timedelta

import numpy as np
import pytest

from ambassador.cli.calibration.evaluate import seconds_of
from ambassador.cli.main import main
from ambassador.errors import BadInputError
from ambassador.propagation.growth.growth import Look
from ambassador.propagation.growth.windows import Course
from ambassador.services.calibration.past_arrays import courses_of
from ambassador.services.calibration.past_columns import PastColumns
from ambassador.services.calibration.size_evaluation import evaluate_courses, evaluate_size
from ambassador.services.cascades import growth
from ambassador.services.cascades.growth import cascade_alarms, observe_growth
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.values.calibration.past import PastPost
from ambassador.values.cascades.cascades import Pace
from ambassador.values.cascades.growth import Heading
from tests.propagation.branching import simulated_past
from tests.services.talk import T0, Talk


def spread(talk, name, hours):
    """Write a start and answers to it so many hours after T0."""
    first, *rest = hours
    talk.post(name, f"by{name}", "#q1brezza", at=first)
    for number, at in enumerate(rest):
        talk.post(f"{name}{number}", f"by{name}{number}", parent=name, at=at)


@pytest.fixture
def talk(work):
    """Twelve cascades that ended long ago, one that runs, one that has hardly begun."""
    talk = Talk(work)
    rng = np.random.default_rng(2)
    for number in range(12):
        start = -2000.0 + 100 * number
        spread(talk, f"old{number}-", [start, *(start + np.sort(rng.exponential(10, 12 + number))).tolist()])
    spread(talk, "new-", [0.0, 1.0, 2.0, 4.0, 7.0, 9.0, 11.5])
    spread(talk, "tiny-", [10.0, 11.0])
    refresh_mentions(talk.work)
    return talk


def test_a_running_cascade_has_a_curve_and_a_cone_and_a_small_one_is_too_early(talk):
    view = observe_growth(talk.work)
    new, tiny = view.outlooks
    assert (new.handle, new.heading, new.seen) == ("bynew-", Heading.OPEN, 7)
    assert [posts for _, posts in new.curve] == [1, 2, 3, 4, 5, 6, 7]
    assert not new.rests_on_a_prior and new.learned_from >= 10
    middles = [point.middle for point in new.cone]
    assert middles == sorted(middles) and middles[0] == 7
    low, high = new.cone[-1].ranges[80]
    assert 7 <= low <= middles[-1] <= high
    assert (tiny.heading, tiny.cone) == (Heading.TOO_EARLY, ())


def test_cascades_that_are_over_are_not_looked_at_unless_asked_for(talk):
    assert {one.handle for one in observe_growth(talk.work).outlooks} == {"bynew-", "bytiny-"}
    asked = observe_growth(talk.work, root_id=talk.posts["old3-"]).outlooks
    assert [(one.heading, one.pace, one.cone) for one in asked] == [(Heading.OVER, Pace.OVER, ())]


def test_a_campaigns_cascades_are_foretold_from_all_the_organisation_has_seen(talk):
    view = observe_growth(talk.work, talk.campaign)
    assert view.outlooks[0].learned_from == observe_growth(talk.work).outlooks[0].learned_from


def test_without_a_past_it_rests_on_general_experience(work):
    talk = Talk(work)
    spread(talk, "only-", [0.0, 1.0, 2.0, 4.0, 7.0])
    refresh_mentions(talk.work)
    (only,) = observe_growth(talk.work).outlooks
    assert only.rests_on_a_prior and only.learned_from == 0
    assert only.cone[-1].ranges[90][1] > 5


def test_nothing_said_is_nothing_foretold(work):
    assert observe_growth(work).outlooks == ()


def test_a_cascade_that_falls_silent_where_talk_was_expected_is_an_alarm(work):
    talk = Talk(work)
    for number in range(14):
        start = -3000.0 + 120 * number
        spread(talk, f"old{number}-", [start, *(start + np.arange(1, 72, 1.5 + number / 30)).tolist()])
    spread(talk, "dead-", [0.0, *np.arange(1, 24, 1.5).tolist()])
    spread(talk, "live-", [0.0, *np.arange(1, 50, 1.5).tolist()])
    refresh_mentions(talk.work)
    (alarm,) = cascade_alarms(talk.work, talk.campaign)
    assert (alarm.root_id, alarm.handle, alarm.posts) == (talk.posts["dead-"], "bydead-", 0)
    assert alarm.low >= 1


def test_the_same_past_is_learned_from_once(monkeypatch):
    asked = []
    monkeypatch.setattr(growth, "learn_growth", lambda _, look: asked.append(look) or len(asked))
    growth._learned.cache_clear()
    times, look = np.arange(6.0), Look(window=10.0)
    first = growth.growth_after([Course(times)], look)
    assert growth.growth_after([Course(times.copy())], Look(window=10.0)) == first
    assert growth.growth_after([Course(times)], Look(window=11.0)) != first
    assert growth.growth_after([Course(times + 1)], look) != first
    assert len(asked) == 3
    growth._learned.cache_clear()


def draft(name, at, *, parent="", root=""):
    return PastPost("x", name, name, T0.timestamp() + at, parent_id=parent, root_id=root)


def test_dirty_posts_make_the_cascades_one_would_draw_by_hand():
    posts = PastColumns.of(
        [
            draft("a", 0),
            draft("b", 10, parent="a"),
            draft("b", 10, parent="a"),  # twice
            draft("c", -5, parent="b"),  # before its start
            draft("d", 100, root="gone"),  # its start is missing
            draft("e", 130, root="gone"),
            draft("f", 140, parent="lost", root="gone"),
            draft("g", 50, parent="g2"),
            draft("g2", 60, parent="g"),  # a circle
        ]
    )
    assert [one.times.tolist() for one in courses_of(posts)] == [[0, 0, 10], [0, 10], [0, 30, 40]]


def written(path, courses):
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["post_id", "platform", "author_handle", "created_at", "kind", "root_id"])
        for number, course in enumerate(courses):
            for place, at in enumerate(course.times.tolist()):
                when = T0 + timedelta(days=number, seconds=round(at))
                rows.writerow(
                    [
                        f"c{number}-{place}",
                        "x",
                        f"u{place}",
                        when.isoformat(),
                        "repost" if place else "original",
                        f"c{number}-0" if place else "",
                    ]
                )
    return path


def test_sizes_in_a_file_are_foretold_from_its_oldest_cascades(tmp_path, capsys):
    path = written(tmp_path / "posts.csv", simulated_past(np.random.default_rng(4), 60))
    found = evaluate_size(path, 3600.0)
    assert 10 <= found.cascades <= 18 and 30 <= found.learned_from <= 42
    assert found.median_ape < found.baselines["multiplier"].median_ape
    assert 0.4 <= found.coverage_80 <= 1
    assert main(["evaluate", "size", "--mentions", str(path), "--observe", "1h", "--json"]) == 0
    assert f'"median_ape": {found.median_ape}' in capsys.readouterr().out


def test_a_file_with_nothing_to_measure_on_is_refused(tmp_path):
    path = written(tmp_path / "posts.csv", [Course(np.zeros(3))] * 5)
    with pytest.raises(BadInputError):
        evaluate_size(path, 3600.0)
    with pytest.raises(BadInputError):
        evaluate_size(path, 3600.0, test_share=1.5)


@pytest.mark.parametrize("text", ["", "1", "h", "1h banana", "-1h", "0m"])
def test_what_is_no_span_of_time_is_refused(text):
    with pytest.raises(BadInputError):
        seconds_of(text)


def test_the_newest_share_is_one_of_the_cascades_that_can_be_looked_at():
    small = [Course(np.zeros(3))] * 40
    able = simulated_past(np.random.default_rng(14), 10)
    look = Look(window=3600.0, least=4)
    judged = sum(look.moment(one) is not None for one in able)
    found = evaluate_courses([*able, *small], look, 0.3)
    assert found.learned_from == int(0.7 * judged) > 0
    assert found.cascades == judged - found.learned_from
