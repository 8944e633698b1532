"""Whoever is erased, the counts of a campaign stay as they were; whatever comes later brings nobody back."""

from collections import Counter
from collections.abc import Mapping

import pytest
from sqlmodel import col, select

from ambassador.services.doctor import examine
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.mentions.review import review_mentions
from ambassador.services.people.erase_person import erase_person
from ambassador.services.results.results import observe_results
from ambassador.services.undo import take_back
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Credit, Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.campaigns.campaigns import MatchRuleDraft
from ambassador.values.doctor import FaultKind
from ambassador.values.status import ImportKind, Verdict
from tests.everything import everything
from tests.services.brought import bring
from tests.services.talk import Talk

NAME = "zelda7"
RULE = MatchRuleDraft(hashtags=("q1brezza",), keywords=("zelda7", "brezza"), exclude_words=("zelda7 fake",))
HEAD = "post_id,author,platform,posted_at,parent_id,kind,text,likes\n"
LINES = (
    "own,zelda7,x,2026-05-03T10:00:00Z,,original,my new phone is so bright today #q1brezza,9",
    "answer,leo,x,2026-05-03T11:00:00Z,own,reply,bright,1",
    "below,mia,x,2026-05-03T12:00:00Z,answer,reply,indeed,1",
    "word,leo,x,2026-05-04T10:00:00Z,,original,what a video of zelda7 again,2",
    "tag,mia,x,2026-05-04T11:00:00Z,,original,with @zelda7 and @nina #q1brezza,2",
    "under,leo,x,2026-05-04T11:30:00Z,tag,reply,nice,2",
    'via,oda,x,2026-05-04T12:00:00Z,,original,"RT @zelda7: my new phone is so bright today #q1brezza",3',
    "passes,zelda7,x,2026-05-04T13:00:00Z,,original,via @nina #q1brezza,3",
    "doubt,oda,x,2026-05-05T10:00:00Z,,original,zelda7 fake #q1brezza,3",
    "weak,oda,x,2026-05-05T11:00:00Z,,original,brezza and no zelda7 fake,3",
    "other,oda,x,2026-05-05T12:00:00Z,,original,nothing of ours,3",
)  # fmt: skip
POSTS = HEAD + "\n".join(LINES) + "\n"


def told(work: UnitOfWork) -> Talk:
    """Two ambassadors, of whom one will be erased, and people who talk with and about them."""
    talk = Talk(work, RULE)
    for handle in (NAME, "nina"):
        talk.ambassador(handle)
    bring(work, ImportKind.MENTIONS, POSTS, name="posts.csv")
    refresh_mentions(work)
    return talk


def counts(work: UnitOfWork, talk: Talk) -> Mapping[str, object]:
    """What is counted: matches by verdict, credit by ambassador, who hangs from whom, the results."""
    with work.reading() as session:
        parents = {
            row.id: row.parent_observed_id or row.parent_inferred_id for row in session.exec(select(Mention))
        }
        belongs = {
            (row.mention_id, row.verdict)
            for row in session.exec(select(MentionCampaign))
            if row.verdict is not Verdict.REJECTED
        }
        credit: Counter[int | None] = Counter()
        for share in session.exec(select(Credit)):
            credit[share.ambassador_id] += share.share
    total = observe_results(work, talk.campaign).total
    return {
        "matches": belongs,
        "credit": dict(credit),
        "parents": parents,
        "results": (total.talkers, total.mentions, total.cascades, total.largest_cascade),
        "engagements": total.engagements,
    }


def post_id(work: UnitOfWork, handle: str, likes: str) -> int:
    with work.reading() as session:
        found = session.exec(
            select(Mention.id)
            .join(Account, col(Account.id) == Mention.account_id)
            .where(col(Account.handle) == handle, col(Mention.text).contains(likes))
        ).one()
    assert found is not None
    return found


def test_the_story_rests_on_words_and_names(work: UnitOfWork) -> None:
    talk = told(work)
    before = counts(work, talk)
    assert len(before["matches"]) == 9  # type: ignore[arg-type]
    assert before["credit"][talk.ambassadors[NAME]] > before["credit"][talk.ambassadors["nina"]] > 0  # type: ignore[index]


def test_counts_stay_as_they_were_whatever_is_worked_out_or_brought_in_again(work: UnitOfWork) -> None:
    talk = told(work)
    before = counts(work, talk)
    assert erase_person(work, talk.people[NAME]) == 2
    assert counts(work, talk) == before
    refresh_mentions(work)
    assert counts(work, talk) == before
    bring(work, ImportKind.MENTIONS, POSTS, name="posts again.csv")
    refresh_mentions(work)
    assert counts(work, talk) == before
    assert NAME not in str(everything(work, imports=True))


def test_the_doctor_takes_what_was_kept_for_right(work: UnitOfWork) -> None:
    talk = told(work)
    erase_person(work, talk.people[NAME])
    faults = examine(work.engine.url.render_as_string(hide_password=False)).faults
    assert [fault for fault in faults if fault.kind is not FaultKind.UNKNOWN_FILE] == []


def test_a_new_rule_finds_what_is_left_of_the_words_and_loses_nothing_erased(work: UnitOfWork) -> None:
    talk = told(work)
    erase_person(work, talk.people[NAME])
    talk.change_rule(MatchRuleDraft(keywords=("what a video",)))
    refresh_mentions(work)
    with work.reading() as session:
        own = set(session.exec(select(Mention.id).where(col(Mention.erased_at).is_not(None))))
        rows = {row.mention_id: (row.rule, row.verdict) for row in session.exec(select(MentionCampaign))}
    assert {rows[key] for key in own if key is not None} == {("kept", Verdict.MATCHED)}
    assert rows[post_id(work, "leo", "what a video")] == ("keyword what a video", Verdict.MATCHED)
    assert rows[post_id(work, "oda", "fake #q1brezza")] == ("kept", Verdict.REVIEW)


def test_a_person_can_decide_otherwise_and_take_that_back(work: UnitOfWork) -> None:
    talk = told(work)
    erase_person(work, talk.people[NAME])
    before, kept = counts(work, talk), post_id(work, "leo", "what a video")
    noting = work.noting()
    review_mentions(noting, [kept], talk.campaign, Verdict.REJECTED)
    assert kept not in {key for key, _ in counts(work, talk)["matches"]}  # type: ignore[attr-defined]
    take_back(work, noting.kept or ())
    assert counts(work, talk) == before


@pytest.mark.parametrize("first", [NAME, "nina"])
def test_everybody_may_be_erased_one_after_the_other(work: UnitOfWork, first: str) -> None:
    talk = told(work)
    before = counts(work, talk)
    for handle in (first, *({NAME, "nina"} - {first})):
        erase_person(work, talk.people[handle])
    refresh_mentions(work)
    assert counts(work, talk) == before
