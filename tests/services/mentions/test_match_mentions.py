import pytest

from ambassador.errors import NotFoundError
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.mentions.review import review_mentions
from ambassador.services.undo import take_back
from ambassador.values.campaigns.campaigns import MatchRuleDraft
from ambassador.values.mentions.mentions import Doubt, MatchEvidence, MentionFilter, Reason
from ambassador.values.status import Verdict
from tests.services.talk import Talk, match_mentions


def found(talk, verdict=Verdict.MATCHED, campaign=None):
    """Name the posts of a campaign with the reason each is there for."""
    wanted = MentionFilter(campaign_id=campaign or talk.campaign, verdict=verdict)
    return {
        row.post_id: next(str(m.reason) for m in row.campaigns if m.campaign_id == wanted.campaign_id)
        for row in list_mentions(talk.work, wanted).rows
    }


def test_posts_match_with_the_reason_shown(work):
    talk = Talk(work)
    talk.post("a", "lia", "Che bello #Q1Brezza!")
    talk.post("b", "ugo", "Brezza Mobile ha un Q1")
    talk.post("c", "eva", "nothing")
    report = match_mentions(work, talk.campaign)
    assert found(talk) == {"a": "hashtag #q1brezza", "b": "keyword brezza mobile"}
    assert (report.campaigns[0].matched, report.campaigns[0].rule_version) == (2, 1)


def test_what_hangs_from_a_matched_post_belongs_too(work):
    talk = Talk(work)
    talk.post("a", "lia", "#q1brezza")
    talk.post("b", "ugo", "wow", parent="a", at=1)
    talk.post("c", "eva", "quanto?", parent="b", at=2)
    talk.post("d", "leo", "", root="a", at=3)
    match_mentions(work)
    assert found(talk) == {"a": "hashtag #q1brezza", "b": "answer", "c": "answer", "d": "answer"}


def test_doubtful_posts_wait_and_what_hangs_from_them_waits_with_them(work):
    talk = Talk(work)
    talk.post("a", "lia", "my Q1")
    talk.post("b", "ugo", "really?", parent="a", at=1)
    match_mentions(work)
    assert found(talk) == {}
    assert found(talk, Verdict.REVIEW) == {"a": "keyword q1 | one ordinary word"}
    review_mentions(work, [talk.posts["a"]], talk.campaign, Verdict.MATCHED)
    assert set(found(talk)) == {"a", "b"}


def test_matching_twice_changes_nothing(work):
    talk = Talk(work)
    talk.post("a", "lia", "#q1brezza")
    talk.post("b", "ugo", "Q1")
    assert match_mentions(work).changed == 2
    assert match_mentions(work).changed == 0


def test_a_new_rule_matches_anew_and_a_persons_verdict_survives_it(work):
    talk = Talk(work)
    for name, text in {"a": "#q1brezza", "b": "#q1brezza", "c": "#vento", "d": "none"}.items():
        talk.post(name, "lia", text)
    match_mentions(work)
    review_mentions(work, [talk.posts["b"]], talk.campaign, Verdict.REJECTED)
    review_mentions(work, [talk.posts["d"]], talk.campaign, Verdict.MATCHED)
    talk.change_rule(MatchRuleDraft(hashtags=("vento", "q1brezza")))
    match_mentions(work)
    assert found(talk) == {"a": "hashtag #q1brezza", "c": "hashtag #vento", "d": "by hand"}
    talk.change_rule(MatchRuleDraft(hashtags=("vento",)))
    report = match_mentions(work)
    assert set(found(talk)) == {"c", "d"}
    assert set(found(talk, Verdict.REJECTED)) == {"b"}
    assert (report.campaigns[0].rule_version, report.campaigns[0].by_hand) == (3, 2)


def test_a_post_put_out_by_hand_passes_nothing_on(work):
    talk = Talk(work)
    talk.post("a", "lia", "#q1brezza")
    talk.post("b", "ugo", "wow", parent="a", at=1)
    talk.post("c", "eva", "also #q1brezza", parent="a", at=2)
    match_mentions(work)  # as every import is followed by
    assert set(found(talk)) == {"a", "b", "c"}
    review_mentions(work, [talk.posts["a"]], talk.campaign, Verdict.REJECTED)
    assert found(talk) == {"c": "hashtag #q1brezza"}


def test_a_review_can_be_undone_wholly(work):
    talk = Talk(work)
    for name, text in {"a": "Q1", "b": "Q1 again", "c": "nothing"}.items():
        talk.post(name, "lia", text)
    talk.post("d", "ugo", "yes", parent="a", at=1)
    match_mentions(work)
    waiting = found(talk, Verdict.REVIEW)
    noting = work.noting()
    count = review_mentions(noting, [talk.posts[name] for name in "abc"], talk.campaign, Verdict.MATCHED)
    assert (count, set(found(talk))) == (3, {"a", "b", "c", "d"})
    take_back(work, noting.kept or ())
    assert (found(talk), found(talk, Verdict.REVIEW)) == ({}, waiting)


def test_one_mention_may_belong_to_several_campaigns(work):
    talk = Talk(work)
    other = talk.add_campaign("Preview", MatchRuleDraft(hashtags=("preview",)))
    talk.post("a", "lia", "#q1brezza #preview")
    match_mentions(work)
    assert found(talk) == {"a": "hashtag #q1brezza"}
    assert found(talk, campaign=other) == {"a": "hashtag #preview"}


def test_our_own_posts_are_no_talk_but_pass_on_what_hangs_from_them(work):
    talk = Talk(work)
    talk.account("brezza", brand=True)
    talk.post("a", "lia", "#q1brezza broken")
    talk.post("b", "brezza", "sorry! #q1brezza", parent="a", at=1)
    talk.post("c", "lia", "thanks", parent="b", at=2)
    match_mentions(work)
    assert set(found(talk)) == {"a", "c"}


def test_the_window_is_counted_in_the_campaigns_own_zone(work):
    talk = Talk(work)
    midnight_in_rome = -(2 * 24 + 12)
    talk.post("in", "lia", "#q1brezza", at=midnight_in_rome)
    talk.post("before", "lia", "#q1brezza", at=midnight_in_rome - 0.1)
    match_mentions(work)
    assert set(found(talk)) == {"in"}
    assert set(found(talk, Verdict.REVIEW)) == {"before"}


def test_a_parent_that_comes_with_a_later_import_is_found_then(work):
    talk = Talk(work)
    talk.post("b", "ugo", "wow", parent="a", at=1)
    match_mentions(work)
    assert found(talk) == {}
    talk.post("a", "lia", "#q1brezza")
    match_mentions(work)
    row = list_mentions(work, MentionFilter(talk.campaign)).rows[0]
    assert (row.post_id, row.parent_id, row.parent_handle) == ("b", talk.posts["a"], "lia")
    assert not row.parent_is_inferred


def test_where_only_the_start_is_named_the_parent_is_marked_as_inferred(work):
    talk = Talk(work)
    talk.post("a", "lia", "#q1brezza")
    talk.post("b", "ugo", root="a", at=1)
    match_mentions(work)
    row = list_mentions(work, MentionFilter(talk.campaign)).rows[0]
    assert (row.parent_id, row.parent_is_inferred) == (talk.posts["a"], True)


def test_a_circle_of_parents_ends(work):
    talk = Talk(work)
    talk.post("a", "lia", "#q1brezza", parent="b")
    talk.post("b", "ugo", "", parent="a")
    talk.post("c", "eva", "", parent="c")
    match_mentions(work)
    assert set(found(talk)) == {"a", "b"}


def test_unknown_campaigns_and_mentions_are_refused(work):
    talk = Talk(work)
    with pytest.raises(NotFoundError):
        match_mentions(work, 999)
    with pytest.raises(NotFoundError):
        review_mentions(work, [999], talk.campaign, Verdict.MATCHED)


@pytest.mark.parametrize("doubt", [None, *Doubt])
@pytest.mark.parametrize("evidence", list(MatchEvidence))
def test_a_reason_is_read_back_as_it_was_written(evidence, doubt):
    reason = Reason(evidence, "#q1", doubt, "results" if doubt is Doubt.EXCLUDE_WORD else "")
    assert Reason.parse(str(reason)) == reason
