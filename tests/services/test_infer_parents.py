from dataclasses import replace
from math import fsum

import numpy as np
import pytest

from ambassador.propagation.parents import LogNormal, infer_parents, list_possible_parents
from ambassador.services.cascades import parent_evidence
from ambassador.services.cascades.draw_cascades import observe_cascade
from ambassador.services.cascades.infer_parents import build_network
from ambassador.services.cascades.observe_cascades import observe_cascades
from ambassador.services.imports.import_files import import_file
from ambassador.services.imports.undo_import import undo_import
from ambassador.services.learning.learn_influence import learn_influence
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.list_mentions import list_mentions
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.store.credit import read_shares
from ambassador.store.parent_candidates import HeardFrom, read_candidates
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.values.cascades import NAMED_IN_TEXT, PLATFORM_HIDES
from ambassador.values.credit import CreditMethod
from ambassador.values.inference import Basis, InferredFrom
from ambassador.values.mentions import MentionFilter
from ambassador.values.status import ImportKind, MentionKind
from tests.services.talk import T0, Talk


@pytest.fixture
def talk(work):
    """Nina starts; Leo and many others repost her, and the platform names her post alone."""
    talk = Talk(work)
    for handle, serial in {"nina": "S1", "leo": "S2"}.items():
        talk.ambassador(handle)
        talk.phone(serial, handle, since=-24)
    return talk


def tie(talk, source, target, probability=None):
    with talk.work.writing() as session:
        session.add(
            Tie(
                source_id=talk.account(source),
                target_id=talk.account(target),
                platform="x",
                kind="follow",
                given_probability=probability,
                first_at=T0,
            )
        )


def candidates(talk):
    """Give post -> {candidate's name or None: probability}."""
    names = {number: name for name, number in talk.posts.items()}
    with talk.work.reading() as session:
        return {
            names[post]: {names.get(row.candidate_id): row.probability for row in rows}
            for post, rows in read_candidates(session).items()
        }


def parent(talk, name):
    with talk.work.reading() as session:
        row = session.get(Mention, talk.posts[name])
        return row.parent_observed_id, row.parent_inferred_id, row.inferred_by


def shares(talk):
    """Give post -> {(ambassador, serial, how): share}."""
    handles = {number: handle for handle, number in talk.ambassadors.items()}
    serials = {number: serial for serial, number in talk.devices.items()}
    names = {number: name for name, number in talk.posts.items()}
    found = {}
    with talk.work.reading() as session:
        for row in read_shares(session, talk.campaign):
            key = (handles.get(row.ambassador_id), serials.get(row.device_id), row.method)
            found.setdefault(names[row.mention_id], {})[key] = row.share
    return found


def hidden_repost(talk):
    """Ugo hears from both Nina and Leo, and reposts soon after Leo did; others show what is usual."""
    for count, waited in enumerate((0.5, 1, 2, 4, 8, 5)):
        talk.post(f"o{count}", "ada", at=-200 + count)
        talk.post(f"p{count}", "bea", root=f"o{count}", at=-200 + count + waited)
    tie(talk, "ada", "bea", 0.2)
    talk.post("n1", "nina", "#q1brezza")
    talk.post("l1", "leo", root="n1", at=5)
    talk.post("u1", "ugo", root="n1", at=6)
    talk.post("s1", "stranger", root="n1", at=7)
    for source, target in (("nina", "leo"), ("nina", "ugo"), ("leo", "ugo")):
        tie(talk, source, target, 0.2)
    refresh_mentions(talk.work)


def test_hidden_parents_have_probabilities_and_the_start_stays_the_platforms_word(talk):
    hidden_repost(talk)
    found = candidates(talk)
    assert set(found) == {"l1", "u1", *(f"p{n}" for n in range(6))}, "nothing is known of the stranger"
    assert set(found["u1"]) == {"n1", "l1", None}
    assert fsum(found["u1"].values()) == pytest.approx(1.0)
    assert parent(talk, "u1") == (None, talk.posts["n1"], PLATFORM_HIDES)


def test_computing_again_changes_nothing(talk):
    hidden_repost(talk)
    first = candidates(talk), shares(talk)
    with talk.work.reading() as session:
        rows = read_candidates(session)
    refresh_mentions(talk.work)
    assert (candidates(talk), shares(talk)) == first
    with talk.work.reading() as session:
        assert read_candidates(session) == rows


def test_credit_is_shared_where_the_path_is_uncertain_and_sums_to_exactly_one(talk):
    hidden_repost(talk)
    found = shares(talk)
    assert found["l1"] == {("leo", "S2", CreditMethod.OWN_POST): 1.0}
    assert set(found["u1"]) == {
        ("leo", "S2", CreditMethod.INFERRED),
        ("nina", "S1", CreditMethod.INFERRED),
        ("nina", "S1", CreditMethod.STARTER),
    }
    assert found["s1"] == {("nina", "S1", CreditMethod.STARTER): 1.0}
    for one in found.values():
        assert sum(one.values()) == fsum(one.values()) == 1.0
    table = credit_table(talk.work, talk.campaign)
    for rows in (table.by_ambassador, table.by_device):
        assert fsum(row.mentions for row in rows) == 4.0


def test_the_page_of_one_post_lists_who_it_may_have_come_from(talk):
    hidden_repost(talk)
    (row,) = list_mentions(talk.work, MentionFilter(mention_id=talk.posts["u1"])).rows
    assert {one.handle for one in row.possible_parents} == {"nina", "leo", ""}
    assert fsum(one.probability for one in row.possible_parents) == pytest.approx(1.0)


def test_a_chain_in_the_text_names_the_parent_even_without_any_ids(talk):
    talk.post("a", "ada", "Look at #q1brezza", at=0)
    talk.post("b", "bea", "RT @ada: Look at #q1brezza", at=1, kind=MentionKind.REPOST)
    talk.post("c", "cara", "wow RT @bea: RT @ada: Look at #q1brezza", at=2, kind=MentionKind.REPOST)
    talk.post("d", "dan", "Look at #q1brezza (via @bea)", at=3)
    talk.post("late", "eva", "RT @fay: Look at #q1brezza", at=1, kind=MentionKind.REPOST)
    talk.post("fay", "fay", "Look at #q1brezza", at=4)
    refresh_mentions(talk.work)
    named = {name: parent(talk, name) for name in ("b", "c", "d", "late")}
    assert named["b"] == (None, talk.posts["a"], NAMED_IN_TEXT)
    assert named["c"] == named["d"] == (None, talk.posts["b"], NAMED_IN_TEXT)
    assert named["late"] == (None, None, ""), "a post is not taken from a later one"


def test_the_mark_of_a_repost_is_no_evidence_where_the_platform_names_the_start(talk):
    talk.post("n1", "nina", "The #q1brezza is here")
    talk.post("b", "bea", "RT @nina: The #q1brezza is here", root="n1", at=1)
    talk.post("c", "cara", "RT @bea: RT @nina: The #q1brezza is here", root="n1", at=2)
    refresh_mentions(talk.work)
    assert parent(talk, "b") == (None, talk.posts["n1"], PLATFORM_HIDES)
    assert parent(talk, "c") == (None, talk.posts["b"], NAMED_IN_TEXT)


def test_a_text_parent_goes_when_its_post_goes(talk):
    talk.post("a", "ada", "Look at #q1brezza", at=0)
    talk.post("d", "dan", "Look at #q1brezza (via @ada)", at=3)
    refresh_mentions(talk.work)
    assert parent(talk, "d")[2] == NAMED_IN_TEXT
    with talk.work.writing() as session:
        session.get(Mention, talk.posts["a"]).archived_at = T0
    refresh_mentions(talk.work)
    assert parent(talk, "d") == (None, None, "")


def test_without_any_ids_credit_goes_to_whom_the_words_name_and_the_rest_is_not_attributable(talk):
    """The second rung of the ladder: an export that says who posted what, and nothing more."""
    talk.post("n1", "nina", "My new phone #q1brezza", at=0)
    talk.post("r", "rob", "RT @nina: My new phone #q1brezza", at=1, kind=MentionKind.REPOST)
    talk.post("g", "gia", "RT @leo: a post that is not here #q1brezza", at=2, kind=MentionKind.REPOST)
    talk.post(
        "h", "hal", "RT @gia: RT @leo: a post that is not here #q1brezza", at=3, kind=MentionKind.REPOST
    )
    talk.post("t", "tea", "thanks @nina and @leo #q1brezza", at=4)
    talk.post("p", "pia", "#q1brezza at the shop", at=5)
    refresh_mentions(talk.work)
    found = shares(talk)
    assert found["r"] == {("nina", "S1", CreditMethod.NAMED): 1.0}
    assert found["g"] == found["h"] == {("leo", "S2", CreditMethod.NAMED): 1.0}
    assert found["t"] == {
        ("nina", "S1", CreditMethod.TAGGED): 0.5,
        ("leo", "S2", CreditMethod.TAGGED): 0.5,
    }
    assert found["p"] == {(None, None, CreditMethod.UNATTRIBUTED): 1.0}
    table = credit_table(talk.work, talk.campaign)
    assert (table.by_ambassador[-1].mentions, table.by_ambassador[-1].is_outside) == (1.0, False)


def test_a_start_by_a_stranger_is_outside_and_a_reaction_to_nothing_known_is_not_attributable(talk):
    talk.post("n1", "nina", "#q1brezza")
    talk.post("u1", "ugo", "", parent="n1", at=1)
    talk.post("p", "pia", "#q1brezza", at=2)
    talk.post("q", "pia", "#q1brezza", at=3, kind=MentionKind.REPLY)
    refresh_mentions(talk.work)
    found = shares(talk)
    assert found["p"] == {(None, None, CreditMethod.NOBODY): 1.0}
    assert found["q"] == {(None, None, CreditMethod.UNATTRIBUTED): 1.0}
    table = credit_table(talk.work, talk.campaign)
    assert [(row.is_outside, row.mentions) for row in table.by_ambassador[-2:]] == [(True, 1.0), (False, 1.0)]


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


def test_an_import_that_is_undone_takes_its_possible_parents_along(work):
    head = "platform,post_id,author,created_at,root_id,parent_id,kind\n"
    first = "x,1,nina,2026-05-01T10:00:00Z,,,original\nx,2,leo,2026-05-01T10:30:00Z,,1,reply\n"
    second = (
        "x,3,nina,2026-05-02T10:00:00Z,,,original\n"
        "x,4,leo,2026-05-02T10:20:00Z,3,,repost\n"
        "x,5,ugo,2026-05-02T10:40:00Z,3,,repost\n"
    )
    import_file(work, ImportKind.MENTIONS, "first.csv", (head + first).encode())
    refresh_mentions(work)
    report = import_file(work, ImportKind.MENTIONS, "second.csv", (head + second).encode())
    refresh_mentions(work)
    with work.reading() as session:
        found = read_candidates(session)
    assert len(found) == 1, "Leo has answered Nina before; Ugo is a stranger"
    undo_import(work, report.batch_id)
    with work.reading() as session:
        assert read_candidates(session) == {}


def bases(talk):
    with talk.work.reading() as session:
        return {Basis.parse(row.method) for rows in read_candidates(session).values() for row in rows}


def seen_talk(talk, rounds, first=0):
    """Nina and Leo post in turn; Ugo answers Leo within ten minutes every time, and Nina never."""
    for count in range(first, first + rounds):
        at = -2000 + 24 * count
        talk.post(f"sn{count}", "nina", at=at)
        talk.post(f"sl{count}", "leo", at=at + 1)
        talk.post(f"su{count}", "ugo", parent=f"sl{count}", at=at + 1 + 1 / 6)
        if count % 8 == 0:
            talk.post(f"sv{count}", "leo", parent=f"sn{count}", at=at + 0.5)


def one_hidden(talk):
    for source, target in (("nina", "leo"), ("nina", "ugo"), ("leo", "ugo")):
        tie(talk, source, target)
    talk.post("n1", "nina", "#q1brezza")
    talk.post("l1", "leo", root="n1", at=1 / 60)
    talk.post("u1", "ugo", root="n1", at=1 / 60 + 1 / 6)
    refresh_mentions(talk.work)


def test_seen_answers_say_who_passed_it_on(talk):
    one_hidden(talk)
    before = candidates(talk)["u1"]
    seen_talk(talk, 40)
    refresh_mentions(talk.work)
    after = candidates(talk)["u1"]
    assert bases(talk) == {Basis(InferredFrom.THESE_POSTS)}
    assert after["l1"] > max(0.8, before["l1"]), "Ugo follows Leo and never Nina"
    assert fsum(after.values()) == pytest.approx(1.0)


def test_what_was_learned_is_not_tested_on_what_it_was_learned_from(talk, monkeypatch):
    """However good it looks there: it saw the answers."""
    seen_talk(talk, 40)
    one_hidden(talk)
    tried = []
    monkeypatch.setattr(parent_evidence, "_stated", lambda *told: tried.append(told) or told[2] * 0.0)
    learn_influence(talk.work)
    assert bases(talk) == {Basis(InferredFrom.THESE_POSTS)}
    assert not tried
    seen_talk(talk, 40, first=100)
    refresh_mentions(talk.work)
    assert tried, "what came later is a test"


def test_what_was_learned_is_used_where_it_names_later_parents_better_and_learning_anew_infers_anew(
    talk, monkeypatch
):
    seen_talk(talk, 40)
    one_hidden(talk)
    first = learn_influence(talk.work)
    seen_talk(talk, 40, first=100)
    monkeypatch.setattr(
        parent_evidence,
        "_stated",
        lambda posterior, _, asked: np.full(asked.size, 0.9 if posterior.log_likelihood == LEARNED else 0.2),
    )
    monkeypatch.setattr(parent_evidence.LearnedBefore, "posterior", as_learned)
    refresh_mentions(talk.work)
    (basis,) = bases(talk)
    assert (basis.kind, basis.parameter_set_id) == (InferredFrom.LEARNED, first.number)
    assert basis.cascades == first.rests_on.cascades
    rows = candidates(talk)
    refresh_mentions(talk.work)
    assert candidates(talk) == rows, "computing again changes nothing"
    learn_influence(talk.work)
    assert bases(talk) == {Basis(InferredFrom.THESE_POSTS)}, "nothing is newer than what was learned now"


LEARNED, LAW = 1.0, LogNormal(600.0, 1.0)


def as_learned(self, posts, platform):
    found = infer_parents(list_possible_parents(posts, self.network), 0.5 + 0 * self.network.probability, LAW)
    return replace(found, log_likelihood=LEARNED)


def test_what_was_learned_is_not_used_where_no_parent_was_seen_to_test_it_by(talk):
    one_hidden(talk)
    for count in range(30):
        talk.post(f"an{count}", "nina", at=50 + 24 * count)
        talk.post(f"al{count}", "leo", root=f"an{count}", at=51 + 24 * count)
    refresh_mentions(talk.work)
    learn_influence(talk.work)
    assert bases(talk) == {Basis(InferredFrom.THESE_POSTS)}


def test_a_tie_given_twice_and_seen_in_a_reaction_keeps_its_largest_probability():
    heard = [HeardFrom(5, 3, 0.2), HeardFrom(3, 5, None), HeardFrom(5, 3, None), HeardFrom(5, 3, 0.4)]
    network, given = build_network(heard, [1, 9])
    ends = zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True)
    keys = [tuple(network.keys_of(pair)) for pair in ends]
    assert keys == [(3, 5), (5, 3)]
    assert given.tolist() == pytest.approx([float("nan"), 0.4], nan_ok=True)


def test_given_probabilities_decide_even_where_a_reaction_shows_one_more_tie(talk):
    hidden_repost(talk)
    talk.post("r", "fay", "yes", parent="n1", at=0.2)
    refresh_mentions(talk.work)
    assert bases(talk) == {Basis(InferredFrom.GIVEN)}


def test_given_probabilities_are_said_to_be_given(talk):
    hidden_repost(talk)
    assert bases(talk) == {Basis(InferredFrom.GIVEN)}
    (row,) = observe_cascades(talk.work, talk.campaign).cascades
    assert row.plausible.basis == Basis(InferredFrom.GIVEN)
