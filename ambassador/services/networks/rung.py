"""On which rung of the ladder the data stand, what that rests on, and what would lift it."""

from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.evidence import EvidenceCounts, count_evidence
from ambassador.values.imports.imports import Note
from ambassador.values.networks.network import Rung

CAMPAIGNS_TO_LEARN = 3
"""Closed campaigns before learned probabilities are offered: a setting of the ladder, not a law."""


def describe_rung(work: UnitOfWork, campaign_id: int | None = None) -> Rung:
    """Tell what a pick or a forecast can be built on in this database.

    The rung belongs to the data of the whole organisation; a campaign does not change it.

    Examples
    --------
    >>> rung = describe_rung(work)
    >>> rung.number, str(rung.built_on)
    (5, '10 ties among 7 people, under this model')
    """
    del campaign_id
    with work.reading() as session:
        return rung_of(count_evidence(session))


def rung_of(evidence: EvidenceCounts) -> Rung:
    """Find the highest rung the evidence reaches."""
    if evidence.file_ties:
        learned = evidence.closed_campaigns >= CAMPAIGNS_TO_LEARN and evidence.parameter_sets > 0
        return _learned(evidence) if learned else _market(evidence)
    if evidence.follower_lists:
        return _follower_lists(evidence)
    if evidence.mention_ties and evidence.reactions:  # links read from words alone carry no forecast
        return _reactions(evidence)
    return _without_ties(evidence)


def _without_ties(evidence: EvidenceCounts) -> Rung:
    if evidence.mentions:
        built = mark("past results in {mentions} mentions by {authors} people")
        step = mark("an export with the ids of replies, quotes and reposts shows who passes word on")
        return Rung(2, Note(built, {"mentions": evidence.mentions, "authors": evidence.authors}), Note(step))
    if evidence.accounts_with_figures:
        built = mark("followers and likes of {accounts} accounts")
        step = mark("the mentions of an earlier campaign show who really posts, and what it brings")
        return Rung(1, Note(built, {"accounts": evidence.accounts_with_figures}), Note(step))
    built = mark("{people} names, without figures")
    step = mark("a list with followers and average likes allows a choice within a budget")
    return Rung(0, Note(built, {"people": evidence.people}), Note(step))


def _reactions(evidence: EvidenceCounts) -> Rung:
    built = mark("{reactions} reactions to {posts} posts, among people seen before")
    step = mark("follower lists of the 20 to 60 people on the shortlist make the first hop exact")
    values = {"reactions": evidence.reactions, "posts": evidence.answered_posts}
    return Rung(3, Note(built, values), Note(step), word_of_mouth=True)


def _follower_lists(evidence: EvidenceCounts) -> Rung:
    built = mark(
        "follower lists of {lists} people (first hop exact), {reactions} reactions (second hop estimated)"
    )
    step = mark(
        "the follow ties of a market (Bluesky, Mastodon, an API of your own) allow the full simulation"
    )
    values = {"lists": evidence.follower_lists, "reactions": evidence.reactions}
    return Rung(4, Note(built, values), Note(step), word_of_mouth=evidence.mention_ties > 0)


def _market(evidence: EvidenceCounts) -> Rung:
    built = mark("{ties} ties among {people} people, under this model")
    values = {"ties": evidence.file_ties + evidence.mention_ties, "people": evidence.tied_accounts}
    missing = CAMPAIGNS_TO_LEARN - evidence.closed_campaigns
    step = mark("closed campaigns to check the ranges by; still missing: {missing}")
    if missing <= 0:
        step = mark("probabilities learned from your closed campaigns")
    return Rung(5, Note(built, values), Note(step, {"missing": max(missing, 0)}), word_of_mouth=True)


def _learned(evidence: EvidenceCounts) -> Rung:
    built = mark("{ties} ties, with what {campaigns} closed campaigns taught")
    values = {"ties": evidence.file_ties + evidence.mention_ties, "campaigns": evidence.closed_campaigns}
    step = mark("every closed campaign makes the ranges better")
    return Rung(6, Note(built, values), Note(step), word_of_mouth=True)
