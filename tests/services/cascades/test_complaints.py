"""The complaint branch: split off exactly, carried by whom, and whether an answer slowed it."""

from datetime import timedelta

import numpy as np
import pytest

from ambassador.services.care import open_from_mentions
from ambassador.services.care.moves import answer_case, log_minutes
from ambassador.services.cascades.complaints import complaint_branch
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.mentions.review import label_mentions
from ambassador.values.cascades.complaints import Slowed
from ambassador.values.status import Label
from tests.services.incidents.worlds import BEGINS, World, hours


@pytest.fixture
def world(sqlite_work) -> World:
    """Thirty earlier cascades of twenty to forty posts over two days; then a promotion."""
    world = World(sqlite_work, perimeter=False)
    rng = np.random.default_rng(4)
    for number in range(30):
        at = BEGINS + timedelta(days=number)
        world.posts([at], authors=("press",))
        name = f"p{world.count}"
        delays = np.sort(rng.exponential(9, int(rng.integers(20, 40))))
        world.posts([at + hours(float(delay)) for delay in delays], parent=name)
    world.author("brand", brand=True)
    return world


def promoted(world: World, after: int) -> int:
    """Write a promotion with a complaint below it that we answer after six hours."""
    at = BEGINS + timedelta(days=40)
    world.posts([at], "promo", authors=("nina",))
    promo = f"p{world.count}"
    world.posts([at + hours(1), at + hours(2)], "bella", parent=promo)
    (complaint,) = world.posts([at + hours(1)], "si rompe", authors=("zoe",), parent=promo)
    name = f"p{world.count}"
    world.burst(15, at=at + hours(1.1), within=5.5, text="anche a me", parent=name)
    world.posts([at + hours(7)], "lo cambiamo", authors=("brand",), parent=name)
    if after:
        world.burst(after, at=at + hours(7.5), within=30, text="e allora", parent=name)
    world.posts([at + hours(60)], "altro")
    refresh_mentions(world.work)
    return complaint


def test_the_branch_and_the_rest_make_the_whole(world):
    complaint = promoted(world, 0)
    none = complaint_branch(world.work)
    assert none.branch.posts == 0 and none.effect is None and none.reproduction is None
    label_mentions(world.work, [complaint], Label.COMPLAINT)
    found = complaint_branch(world.work)
    assert (found.complaints, found.branches, found.branch.posts) == (1, 1, 16)
    assert found.branch.posts + found.without.posts == found.whole.posts
    assert found.branch.people == 5
    assert found.carriers[0].handle == "zoe" and found.carriers[0].brought == 15
    low, high = found.reproduction_range
    assert low < found.reproduction < high and found.reproduction == pytest.approx(15 / 16, abs=0.05)
    assert found.care_minutes is None and (found.cases, found.answers) == (0, 0)


def test_a_case_of_complaint_counts_wholes_answers(world):
    complaint = promoted(world, 0)
    label_mentions(world.work, [complaint], Label.COMPLAINT)
    (case,) = open_from_mentions(world.work, [complaint])
    found = complaint_branch(world.work)
    assert (found.cases, found.answers) == (1, 1)
    assert found.care_minutes is None and found.cases_logged == 0
    log_minutes(world.work, case.id, 7)
    answer_case(world.work, case.id, "a new one is on its way", minutes=5)
    found = complaint_branch(world.work)
    assert (found.care_minutes, found.cases_logged, found.cases, found.answers) == (12, 1, 1, 2)
    assert complaint_branch(world.work) is found, "kept until something changes"
    log_minutes(world.work, case.id, None)
    assert complaint_branch(world.work).care_minutes == 7


@pytest.mark.parametrize(
    ("after", "verdict"), [(0, Slowed.SLOWED), (14, Slowed.CANNOT_TELL), (160, Slowed.GREW)]
)
def test_an_answer_is_judged_by_what_earlier_cascades_went_on_to_bring(world, after, verdict):
    complaint = promoted(world, after)
    label_mentions(world.work, [complaint], Label.COMPLAINT)
    effect = complaint_branch(world.work).effect
    assert (effect.before, effect.after, effect.handle) == (16, after, "zoe")
    assert effect.verdict is verdict
    low, high = effect.ranges[80]
    assert low <= effect.expected <= high


def test_too_few_posts_before_the_answer_cannot_be_told(world):
    at = BEGINS + timedelta(days=40)
    (complaint,) = world.posts([at], "si rompe", authors=("zoe",))
    world.posts([at + hours(1)], "lo cambiamo", authors=("brand",), parent=f"p{world.count}")
    world.posts([at + hours(60)], "altro")
    refresh_mentions(world.work)
    label_mentions(world.work, [complaint], Label.COMPLAINT)
    effect = complaint_branch(world.work).effect
    assert effect.verdict is Slowed.TOO_LITTLE and effect.expected is None
