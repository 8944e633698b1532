from math import fsum

import pytest

from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.review import review_mentions
from ambassador.store.mentions.credit import read_shares
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.status import AmbassadorStatus, CustodyEnd, Verdict
from tests.services.talk import Talk, credit_mentions, match_mentions


def shares(talk):
    """Give post -> (ambassador's handle, serial, how)."""
    handles = {number: handle for handle, number in talk.ambassadors.items()}
    serials = {number: serial for serial, number in talk.devices.items()}
    names = {number: name for name, number in talk.posts.items()}
    with talk.work.reading() as session:
        return {
            names[row.mention_id]: (handles.get(row.ambassador_id), serials.get(row.device_id), row.method)
            for row in read_shares(session, talk.campaign)
        }


def credited(talk):
    match_mentions(talk.work)
    credit_mentions(talk.work, talk.campaign)
    return shares(talk)


@pytest.fixture
def talk(talk):
    """Nina and Leo have phones; Nina's post is answered, Leo quotes the answer, somebody is on her own."""
    talk.post("n1", "nina", "#q1brezza")
    talk.post("u1", "ugo", "bello", parent="n1", at=1)
    talk.post("l1", "leo", "anch'io", parent="u1", at=2)
    talk.post("e1", "eva", "dove?", parent="l1", at=3)
    talk.post("p1", "pia", "#q1brezza", at=4)
    return talk


def test_the_nearest_ambassador_upstream_is_credited_and_an_own_post_credits_its_author(talk):
    assert credited(talk) == {
        "n1": ("nina", "S1", CreditMethod.OWN_POST),
        "u1": ("nina", "S1", CreditMethod.UPSTREAM),
        "l1": ("leo", "S2", CreditMethod.OWN_POST),
        "e1": ("leo", "S2", CreditMethod.UPSTREAM),
        "p1": (None, None, CreditMethod.NOBODY),
    }


def test_the_rows_sum_to_the_total_by_ambassador_and_by_device(talk):
    credited(talk)
    table = credit_table(talk.work, talk.campaign)
    assert (table.total, table.unattributed) == (5, 1)
    for rows in (table.by_ambassador, table.by_device):
        assert fsum(row.mentions for row in rows) == 5
        assert fsum(row.share for row in rows) == pytest.approx(1.0)
        assert rows[-1].is_unattributed
    nina = next(row for row in table.by_ambassador if row.name == "Nina")
    assert (nina.mentions, nina.people, nina.own_posts, nina.serial) == (2, 1, 1, "S1")
    assert [row.serial for row in table.by_device] == ["S2", "S1", ""]


def test_the_device_is_the_one_in_hand_when_the_ambassador_posted(talk):
    talk.ambassador("zoe")
    talk.phone("OLD", "zoe", since=0, until=10)
    talk.phone("NEW", "zoe", since=20)
    for name, at in {"none_yet": -1, "old": 5, "between": 15, "new": 25}.items():
        talk.post(name, "zoe", "#q1brezza", at=at)
    talk.post("late", "ugo", "late answer", parent="old", at=30)
    found = credited(talk)
    serials = [found[name][1] for name in ("none_yet", "old", "between", "new", "late")]
    assert serials == [None, "OLD", None, "NEW", "OLD"]
    assert {found[name][0] for name in ("none_yet", "old", "between", "new", "late")} == {"zoe"}


def test_a_phone_kept_for_good_is_still_in_hand(talk):
    talk.ambassador("zoe")
    talk.phone("GIFT", "zoe", since=0, until=10, end=CustodyEnd.KEPT)
    talk.post("z", "zoe", "#q1brezza", at=50)
    assert credited(talk)["z"] == ("zoe", "GIFT", CreditMethod.OWN_POST)


def test_people_who_never_took_part_are_not_credited(talk):
    for handle, status in {"di": AmbassadorStatus.DECLINED, "re": AmbassadorStatus.RESERVE}.items():
        talk.ambassador(handle, status=status)
        talk.post(handle, handle, "#q1brezza")
    found = credited(talk)
    assert found["di"] == found["re"] == (None, None, CreditMethod.NOBODY)


def test_where_the_path_is_hidden_the_starter_is_credited_and_the_method_says_so(talk):
    talk.post("r", "ugo", root="n1", at=9)
    assert credited(talk)["r"] == ("nina", "S1", CreditMethod.STARTER)


def test_a_post_that_was_put_out_credits_nobody_below_it(talk):
    review_mentions(talk.work, [talk.posts["l1"]], talk.campaign, Verdict.REJECTED)
    talk.post("x", "pia", "#q1brezza", parent="l1", at=6)
    found = credited(talk)
    assert "l1" not in found
    assert found["x"] == ("nina", "S1", CreditMethod.UPSTREAM)


def test_computing_again_changes_nothing_and_follows_what_changed(talk):
    first = credited(talk)
    with talk.work.reading() as session:
        rows = read_shares(session, talk.campaign)
    assert credited(talk) == first
    with talk.work.reading() as session:
        assert read_shares(session, talk.campaign) == rows
    review_mentions(talk.work, [talk.posts["p1"]], talk.campaign, Verdict.REJECTED)
    assert set(shares(talk)) == {"n1", "u1", "l1", "e1"}


def test_a_circle_of_parents_is_climbed_once(talk):
    talk.post("a", "ada", "#q1brezza", parent="b")
    talk.post("b", "bea", "", parent="a")
    found = credited(talk)
    assert found["a"] == found["b"] == (None, None, CreditMethod.NOBODY)


def test_a_campaign_without_mentions_has_one_empty_row(work):
    talk = Talk(work)
    table = credit_table(work, talk.campaign)
    assert (table.total, len(table.by_device), table.by_device[0].share) == (0, 1, 0.0)
