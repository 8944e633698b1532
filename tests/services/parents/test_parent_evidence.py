"""By what hidden parents are found: given ties, these posts, or what was learned."""

from dataclasses import replace
from math import fsum

import numpy as np
import pytest

from ambassador.propagation.parents.possible_parents import LogNormal, infer_parents, list_possible_parents
from ambassador.services.learning.learn import learn_influence
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.parents import parent_evidence
from ambassador.services.parents.infer_parents import build_network
from ambassador.store.cascades.parent_candidates import HeardFrom
from ambassador.values.cascades.inference import InferredFrom, ParentBasis
from tests.services.parents.hidden import bases, candidates, hidden_repost, shares, tie


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
    assert bases(talk) == {ParentBasis(InferredFrom.THESE_POSTS)}
    assert after["l1"] > max(0.8, before["l1"]), "Ugo follows Leo and never Nina"
    assert fsum(after.values()) == pytest.approx(1.0)


def test_what_was_learned_is_not_tested_on_what_it_was_learned_from(talk, monkeypatch):
    """However good it looks there: it saw the answers."""
    seen_talk(talk, 40)
    one_hidden(talk)
    tried = []
    monkeypatch.setattr(parent_evidence, "_stated", lambda *told: tried.append(told) or told[2] * 0.0)
    learn_influence(talk.work)
    assert bases(talk) == {ParentBasis(InferredFrom.THESE_POSTS)}
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
    assert bases(talk) == {ParentBasis(InferredFrom.THESE_POSTS)}, (
        "nothing is newer than what was learned now"
    )
    found = bases(talk), candidates(talk), shares(talk)
    refresh_mentions(talk.work)
    assert found == (bases(talk), candidates(talk), shares(talk)), "learning leaves nothing to be worked out"


LEARNED, LAW = 1.0, LogNormal(600.0, 1.0)


def as_learned(self, posts):
    found = infer_parents(list_possible_parents(posts, self.network), 0.5 + 0 * self.network.probability, LAW)
    return replace(found, log_likelihood=LEARNED)


def test_what_was_learned_is_not_used_where_no_parent_was_seen_to_test_it_by(talk):
    one_hidden(talk)
    for count in range(30):
        talk.post(f"an{count}", "nina", at=50 + 24 * count)
        talk.post(f"al{count}", "leo", root=f"an{count}", at=51 + 24 * count)
    refresh_mentions(talk.work)
    learn_influence(talk.work)
    assert bases(talk) == {ParentBasis(InferredFrom.THESE_POSTS)}


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
    assert bases(talk) == {ParentBasis(InferredFrom.GIVEN)}
