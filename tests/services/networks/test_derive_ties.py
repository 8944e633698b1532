from datetime import UTC, datetime

from ambassador.services.imports.import_files import refresh_after
from ambassador.store.networks.derived_ties import rebuild_derived_ties
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.status import ImportKind
from tests.services.brought import bring, rows

HEAD = "post_id,platform,author,created_at,kind,parent_id,root_id,text\n"


def derive_ties(work):
    with work.writing() as session:
        return rebuild_derived_ties(session)


def ties(work):
    names = {one.id: one.handle for one in rows(work, Account)}
    return {
        (names[tie.source_id], names[tie.target_id], tie.kind): tie.interactions
        for tie in rows(work, Tie)
        if tie.origin == "mentions"
    }


def test_influence_flows_from_the_author_of_the_parent_to_whoever_reacts(work):
    text = (
        "p0,x,lia,2026-03-01T10:00:00Z,original,,,ciao\n"
        "p1,x,anna,2026-03-01T11:00:00Z,reply,p0,p0,bello\n"
        "p2,x,anna,2026-03-01T12:00:00Z,reply,p0,p0,davvero\n"
        "p3,x,ugo,2026-03-01T13:00:00Z,repost,,p0,\n"
        "p4,x,zoe,2026-03-01T14:00:00Z,quote,p1,p0,mah\n"
        "p5,x,lia,2026-03-01T15:00:00Z,reply,p0,p0,a me stessa\n"
    )
    bring(work, ImportKind.MENTIONS, HEAD + text)
    assert derive_ties(work) == 3
    assert ties(work) == {
        ("lia", "anna", "reply"): 2,
        ("lia", "ugo", "repost"): 1,
        ("anna", "zoe", "quote"): 1,
    }
    reply = next(tie for tie in rows(work, Tie) if tie.interactions == 2)
    assert (reply.first_at, reply.last_at) == (
        datetime(2026, 3, 1, 11, tzinfo=UTC),
        datetime(2026, 3, 1, 12, tzinfo=UTC),
    )


def test_a_shared_post_that_is_not_here_still_names_its_author(work):
    bring(work, ImportKind.MENTIONS, HEAD + "p1,x,anna,2026-03-01T11:00:00Z,,,,RT @lia: ciao\n")
    derive_ties(work)
    assert ties(work) == {("lia", "anna", "repost"): 1}


def test_people_named_in_a_text_are_tied_if_they_are_known(work):
    text = "p0,x,lia,2026-03-01T10:00:00Z,,,,ciao\np1,x,anna,2026-03-01T11:00:00Z,,,,dice @Lia e @ignota\n"
    bring(work, ImportKind.MENTIONS, HEAD + text)
    derive_ties(work)
    assert ties(work) == {("lia", "anna", "mention"): 1}


def test_deriving_again_changes_nothing_and_ties_of_files_stay(work):
    posts = HEAD + "p0,x,lia,2026-03-01T10:00:00Z,,,,\np1,x,anna,2026-03-01T11:00:00Z,reply,p0,,\n"
    bring(work, ImportKind.MENTIONS, posts)
    refresh_after(work)
    before = ties(work)
    assert derive_ties(work) == len(before) == 1
    assert ties(work) == before
