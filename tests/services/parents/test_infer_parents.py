"""Parents the platform hides, each with its probability."""

from math import fsum

import pytest

from ambassador.services.imports.import_files import import_file
from ambassador.services.imports.undo_import import undo_import
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.mentions.refresh import bring_up_to_date, refresh_mentions
from ambassador.store import migrate
from ambassador.store.cascades.parent_candidates import read_candidates
from ambassador.values.cascades.cascades import PLATFORM_HIDES
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.status import ImportKind
from tests.services.parents.hidden import candidates, hidden_repost, parent, shares


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


def test_a_database_from_before_possible_parents_were_kept_gets_them_at_its_next_start(talk):
    hidden_repost(talk)
    before = candidates(talk), shares(talk)
    assert before[0]
    migrate.downgrade(talk.work.engine, "0001")
    migrate.upgrade(talk.work.engine)
    assert candidates(talk) == {}
    assert bring_up_to_date(talk.work)
    assert (candidates(talk), shares(talk)) == before
    assert not bring_up_to_date(talk.work)
