from datetime import timedelta

import pytest

from ambassador.errors import NotFoundError
from ambassador.services.cascades.cascade_measures import observe_cascades
from ambassador.services.cascades.draw_cascades import observe_cascade, observe_forest
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.values.cascades.cascades import Pace, Shape
from tests.services.talk import Talk, hours


@pytest.fixture
def talk(work):
    """A chain of four, a star of three whose paths are hidden, and a post alone."""
    talk = Talk(work)
    talk.post("a", "lia", "#q1brezza")
    talk.post("b", "ugo", parent="a", at=1)
    talk.post("c", "eva", parent="b", at=2)
    talk.post("d", "lia", parent="c", at=3)
    talk.post("s", "leo", "#q1brezza", at=4)
    talk.post("s1", "ada", root="s", at=5)
    talk.post("s2", "ivo", root="s", at=6)
    talk.post("x", "pia", "other things", at=7)
    refresh_mentions(talk.work)
    return talk


def test_cascades_are_measured_the_largest_first(talk):
    view = observe_cascades(talk.work)
    chain, star, alone = view.cascades
    assert (chain.root_handle, chain.size, chain.people, chain.depth, chain.breadth) == ("lia", 4, 3, 3, 1)
    assert chain.structural_virality == pytest.approx(5 / 3)
    assert (alone.size, alone.depth, alone.structural_virality) == (1, 0, None)
    assert (view.mentions, view.people) == (8, 7)
    assert star.size == 3


def test_where_the_platform_hides_the_path_depth_and_virality_are_not_known(talk):
    star = observe_cascades(talk.work).cascades[1]
    assert (star.depth, star.breadth, star.structural_virality, star.largest_broadcast_share) == (None,) * 4
    assert (star.hidden_parents, star.path_is_known) == (2, False)


def test_a_campaign_holds_only_its_own_cascades(talk):
    view = observe_cascades(talk.work, talk.campaign)
    assert [row.root_handle for row in view.cascades] == ["lia", "leo"]
    assert sum(row.size for row in view.cascades) == view.mentions == 7


def test_an_answer_of_ours_between_two_posts_does_not_break_the_cascade(sqlite_work):
    talk = Talk(sqlite_work)
    talk.account("brezza", brand=True)
    talk.post("a", "lia", "#q1brezza")
    talk.post("b", "brezza", "sorry", parent="a", at=1)
    talk.post("c", "ugo", "thanks", parent="b", at=2)
    refresh_mentions(sqlite_work)
    (row,) = observe_cascades(sqlite_work, talk.campaign).cascades
    assert (row.size, row.depth) == (2, 1)
    assert observe_cascades(sqlite_work).cascades[0].depth == 2


def test_what_is_wrong_with_the_data_is_survived_and_told(sqlite_work):
    talk = Talk(sqlite_work)
    talk.post("a", "lia", parent="b", at=1)
    talk.post("b", "ugo", parent="a", at=2)
    talk.post("c", "eva", parent="nowhere")
    talk.post("d", "leo", parent="d")
    talk.post("e", "pia", at=9)
    talk.post("f", "ada", parent="e", at=3)
    refresh_mentions(sqlite_work)
    view = observe_cascades(sqlite_work)
    assert (view.mentions, sum(row.size for row in view.cascades)) == (6, 6)
    assert [str(note).split(".")[0] for note in view.dirt] == [
        "Posts that name themselves as their parent: 1",
        "Circles of parents: 1",
        "Posts that answer a post which is not here: 1",
        "Posts dated before the post they answer: 1",
    ]


def test_finished_talk_brings_answers_per_post_and_is_over(talk):
    view = observe_cascades(talk.work.at(hours(24 * 60)))
    assert view.reproduction == pytest.approx(5 / 8)
    assert view.pace is Pace.OVER


@pytest.mark.parametrize(
    ("days", "pace"),
    [([0, 0, 1, 1, 1, 1, 1, 1], Pace.GROWING), ([0] * 6 + [1], Pace.FADING), ([0, 0, 1, 1], Pace.STEADY)],
)
def test_the_last_stretch_against_the_one_before_says_where_it_is_heading(sqlite_work, days, pace):
    talk = Talk(sqlite_work)
    for number, day in enumerate(days):
        talk.post(f"p{number}", "lia", at=24 * day + number * 0.1)
    assert observe_cascades(sqlite_work.at(hours(24 * 1 + 2))).pace is pace


def test_young_posts_weigh_less_so_that_a_running_cascade_is_not_called_finished(sqlite_work):
    talk = Talk(sqlite_work)
    for number in range(10):
        talk.post(f"o{number}", "lia", at=number)
        talk.post(f"a{number}", "ugo", parent=f"o{number}", at=number + 10)
    for number in range(20):
        talk.post(f"y{number}", "eva", at=19.5)
    refresh_mentions(sqlite_work)
    running = observe_cascades(sqlite_work.at(hours(20))).reproduction
    assert running > 10 / 40


def test_the_shape_is_said_in_words(talk):
    assert observe_cascades(talk.work).shape is Shape.PASSED_ON
    for number in range(12):
        talk.post(f"n{number}", "leo", parent="a", at=8)
    refresh_mentions(talk.work)
    assert observe_cascades(talk.work).shape is Shape.ONE_SHOUT
    for number in range(40):
        talk.post(f"m{number}", "zoe", at=9)
    assert observe_cascades(talk.work).shape is Shape.MANY_SMALL


def test_nothing_yet_is_said_as_such(sqlite_work):
    view = observe_cascades(sqlite_work)
    assert (view.cascades, view.reproduction, view.largest_share, view.shape) == (
        (),
        None,
        None,
        Shape.NO_ANSWERS,
    )
    assert observe_forest(sqlite_work).branches == ()


def test_over_time_the_posts_sum_to_the_total(talk):
    view = observe_cascades(talk.work, talk.campaign)
    assert sum(day.posts for day in view.over_time) == 7
    assert {day.handle for day in view.over_time} == {"lia", "leo"}


def test_an_opened_cascade_names_its_branches_and_what_each_carried(sqlite_work):
    talk = Talk(sqlite_work)
    talk.post("a", "lia")
    talk.post("b", "ugo", parent="a", at=1)
    for number in range(6):
        talk.post(f"b{number}", f"u{number}", parent="b", at=2)
    talk.post("c", "eva", parent="a", at=1)
    talk.post("c1", "ivo", parent="c", at=3)
    refresh_mentions(sqlite_work)
    tree = observe_cascade(sqlite_work, talk.posts["a"])
    assert [(b.handle, b.posts, b.share) for b in tree.branches] == [("ugo", 7, 0.7), ("eva", 2, 0.2)]
    assert tree.row.size == len(tree.nodes) == 10
    root = next(node for node in tree.nodes if node.parent_id is None)
    assert (root.handle, root.below, root.x, root.y) == ("lia", 9, pytest.approx(0), pytest.approx(0))
    assert all(abs(node.x) <= 1.0001 and abs(node.y) <= 1.0001 for node in tree.nodes)
    with pytest.raises(NotFoundError):
        observe_cascade(sqlite_work, talk.posts["b"])


def test_a_hidden_path_is_drawn_in_order_of_time(talk):
    tree = observe_cascade(talk.work, talk.posts["s"])
    assert tree.in_order_of_time
    assert [node.handle for node in tree.nodes] == ["leo", "ada", "ivo"]


def test_a_forest_has_a_middle_and_a_branch_per_cascade(talk):
    tree = observe_forest(talk.work, talk.campaign)
    assert [(b.handle, b.posts) for b in tree.branches] == [("lia", 4), ("leo", 3)]
    assert sum(branch.share for branch in tree.branches) == pytest.approx(1.0)
    assert len(tree.nodes) == 7 + 1


def test_of_a_large_tree_only_the_carrying_part_is_drawn_and_the_rest_counted(sqlite_work, monkeypatch):
    monkeypatch.setattr("ambassador.services.cascades.draw_cascades.DRAWN", 5)
    talk = Talk(sqlite_work)
    talk.post("a", "lia")
    for number in range(8):
        talk.post(f"b{number}", "ugo", parent="a", at=number)
    talk.post("c", "eva", parent="b3", at=9)
    refresh_mentions(sqlite_work)
    tree = observe_cascade(sqlite_work, talk.posts["a"])
    assert (len(tree.nodes), tree.not_drawn) == (5, 5)
    drawn = {node.mention_id for node in tree.nodes}
    assert all(node.parent_id in drawn for node in tree.nodes if node.parent_id is not None)
    assert talk.posts["b3"] in drawn


def test_refreshing_twice_changes_nothing(talk):
    assert refresh_mentions(talk.work).changed == 0
    assert refresh_mentions(talk.work.at(hours(0) + timedelta(days=9))).changed == 0
