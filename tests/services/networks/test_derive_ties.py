from datetime import UTC, datetime, timedelta

import numpy as np

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


def test_many_reactions_are_counted_as_one_by_one(work):
    rng = np.random.default_rng(4)
    people, kinds = [f"p{number}" for number in range(9)], ["reply", "repost", "quote"]
    lines, counted = [], {}
    for number in range(160):
        who, parent = people[rng.integers(9)], int(rng.integers(-40, max(number, 1)))
        parent = parent if rng.random() < 0.8 else -1
        kind = kinds[rng.integers(3)] if 0 <= parent < number else "original"
        named = people[rng.integers(9)] if rng.random() < 0.3 else ""
        at = datetime(2026, 3, 1, 10, tzinfo=UTC) + timedelta(minutes=number, microseconds=number)
        text = f"so says @{named}" if named else "so it is"
        above = f"m{parent}" if 0 <= parent < number else ""
        lines.append((f"m{number}", "x", who, at.isoformat(), kind, above, above, text))
        answered = lines[parent][2] if above else ""
        for source, how in ((answered, kind), (named if named != answered else "", "mention")):
            if source and source != who:
                counted.setdefault((source, who, how), []).append(at)
    bring(work, ImportKind.MENTIONS, HEAD + "".join(",".join(line) + "\n" for line in lines))
    derive_ties(work)
    names = {one.id: one.handle for one in rows(work, Account)}
    found = {
        (names[tie.source_id], names[tie.target_id], tie.kind): (
            tie.interactions,
            tie.first_at,
            tie.last_at,
        )
        for tie in rows(work, Tie)
    }
    assert found == {key: (len(moments), min(moments), max(moments)) for key, moments in counted.items()}
