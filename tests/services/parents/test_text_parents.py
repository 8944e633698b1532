"""Parents and credit read from the words of posts."""

from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.store.tables.mentions import Mention
from ambassador.values.cascades.cascades import NAMED_IN_TEXT, PLATFORM_HIDES
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.status import MentionKind
from tests.services.parents.hidden import parent, shares
from tests.services.talk import T0


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
