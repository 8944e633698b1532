"""Shapes of cascades whose parents are uncertain."""

from ambassador.services.cascades.cascade_measures import observe_cascades
from ambassador.services.cascades.draw_cascades import observe_cascade
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.values.cascades.inference import InferredFrom, ParentBasis
from tests.services.parents.hidden import bases, candidates, hidden_repost


def test_shapes_come_with_ranges_and_say_how_sure_they_are(talk):
    hidden_repost(talk)
    view = observe_cascades(talk.work, talk.campaign)
    (row,) = view.cascades
    assert (row.depth, row.hidden_parents) == (None, 3)
    shape = row.plausible
    assert shape.depth.within_90[0] == 1
    assert shape.depth.within_90[1] == 2
    assert shape.breadth.within_90 == (2, 3)
    assert 0 < shape.sure < 1
    for figure in (shape.depth, shape.breadth, shape.structural_virality, shape.reproduction):
        assert figure.within_90[0] <= figure.within_80[0] <= figure.within_50[0] <= figure.median
        assert figure.median <= figure.within_50[1] <= figure.within_80[1] <= figure.within_90[1]
    assert observe_cascades(talk.work, talk.campaign) == view, "the same trees are drawn every time"


def test_where_nothing_is_known_no_shape_is_stated(talk):
    talk.post("n1", "nina", "#q1brezza")
    talk.post("s1", "stranger", root="n1", at=7)
    refresh_mentions(talk.work)
    (row,) = observe_cascades(talk.work, talk.campaign).cascades
    assert (row.depth, row.plausible) == (None, None)
    tree = observe_cascade(talk.work, talk.posts["n1"], talk.campaign)
    assert tree.in_order_of_time
    assert [node.sure for node in tree.nodes] == [1.0, 0.0]


def test_the_tree_hangs_posts_from_their_likeliest_parent_and_marks_them(talk):
    hidden_repost(talk)
    tree = observe_cascade(talk.work, talk.posts["n1"], talk.campaign)
    sure = {node.mention_id: node.sure for node in tree.nodes}
    assert sure[talk.posts["n1"]] == 1.0
    assert 0 < sure[talk.posts["u1"]] < 1
    assert sure[talk.posts["s1"]] == 0.0
    assert tree.inferred >= 1
    best = max((share, name) for name, share in candidates(talk)["u1"].items() if name)
    node = next(node for node in tree.nodes if node.mention_id == talk.posts["u1"])
    assert node.parent_id == talk.posts[best[1]]


def test_what_a_branch_carried_is_a_range_where_parents_are_inferred(talk):
    hidden_repost(talk)
    tree = observe_cascade(talk.work, talk.posts["n1"], talk.campaign)
    for branch in tree.branches:
        if branch.mention_id is not None:
            low, high = branch.share_range
            assert low <= branch.share <= high
    talk.post("w1", "wim", parent="n1", at=1)
    talk.post("w2", "wam", parent="w1", at=2)
    talk.post("o9", "nina", "another #q1brezza", at=10)
    talk.post("w3", "wim", parent="o9", at=11)
    talk.post("w4", "wam", parent="w3", at=12)
    refresh_mentions(talk.work)
    seen = observe_cascade(talk.work, talk.posts["o9"])
    assert seen.branches[0].share_range is None, "what was seen is a fact"


def test_given_probabilities_are_said_to_be_given(talk):
    hidden_repost(talk)
    assert bases(talk) == {ParentBasis(InferredFrom.GIVEN)}
    (row,) = observe_cascades(talk.work, talk.campaign).cascades
    assert row.plausible.basis == ParentBasis(InferredFrom.GIVEN)
