from datetime import timedelta

import pytest
from sqlalchemy import event

from ambassador.errors import ConflictError, NotFoundError
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.imports.import_files import ImportOptions
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.store.schema import metadata
from ambassador.store.tables.devices import Device
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.values.status import ImportKind
from tests.services.brought import bring, rows
from tests.services.launch import add_launch

REVERSED = ImportOptions(answers={"direction": "reversed"})
PEOPLE = "handle,platform,followers,city\nlia,ig,10,Bari\nanna,ig,20,Roma\n"
POSTS = (
    "post_id,platform,author,created_at,parent_id,likes\np0,x,lia,2026-03-01,,10\np1,x,anna,2026-03-02,p0,1\n"
)
TABLES = (Account, Person, Snapshot, Tie, Mention, MentionMetrics, Device)


@pytest.mark.parametrize(
    ("kind", "content", "options"),
    [
        (ImportKind.PEOPLE, PEOPLE, None),
        (ImportKind.TIES, "follower,followed\na,b\n", REVERSED),
        (ImportKind.MENTIONS, POSTS, None),
        (ImportKind.DEVICES, "model,serial\nQ1,S1\n", None),
    ],
)
def test_an_undone_import_leaves_no_trace_and_can_come_again(work, kind, content, options):
    report = bring(work, kind, content, options)
    refresh_mentions(work)
    undone = undo_import(work, report.batch_id)
    assert undone.kept == 0
    assert {table.__name__: len(rows(work, table)) for table in TABLES} == {t.__name__: 0 for t in TABLES}
    assert list_imports(work)[0].undone_at == work.now()
    assert bring(work, kind, content, options).added == report.added


def test_what_an_import_changed_is_what_it_was(work):
    bring(work, ImportKind.PEOPLE, PEOPLE)
    later = work.at(work.now() + timedelta(days=1))
    newer = bring(later, ImportKind.PEOPLE, "handle,platform,followers,city\nlia,ig,11,Lecce\n", name="b.csv")
    undo_import(later, newer.batch_id)
    assert [person.city for person in rows(work, Person)] == ["Bari", "Roma"]
    assert [one.followers for one in rows(work, Snapshot)] == [10, 20]


def test_what_was_edited_by_hand_since_stays(work):
    bring(work, ImportKind.PEOPLE, PEOPLE)
    newer = bring(work, ImportKind.PEOPLE, "handle,platform,city\nlia,ig,Lecce\n", name="b.csv")
    lia = rows(work, Person)[0]
    with work.writing() as session:
        session.get(Person, lia.id).city = "Taranto"
    undo_import(work, newer.batch_id)
    assert rows(work, Person)[0].city == "Taranto"


def test_people_who_became_ambassadors_stay(work):
    report = bring(work, ImportKind.PEOPLE, PEOPLE)
    lia = rows(work, Person)[0]
    invite_people(work, add_launch(work), [lia.id])
    assert undo_import(work, report.batch_id).kept > 0
    assert [person.name for person in rows(work, Person)] == ["lia"]


def test_posts_a_later_import_speaks_of_stay(work):
    first = bring(work, ImportKind.MENTIONS, POSTS)
    later = work.at(work.now() + timedelta(days=7))
    bring(later, ImportKind.MENTIONS, POSTS.replace(",10\n", ",30\n"), name="w2.csv")
    assert undo_import(work, first.batch_id).kept >= 1
    assert [post.post_id for post in rows(work, Mention)] == ["p0"]
    assert [one.likes for one in rows(work, MentionMetrics)] == [30]


def test_an_import_is_undone_once(work):
    report = bring(work, ImportKind.PEOPLE, PEOPLE)
    undo_import(work, report.batch_id)
    with pytest.raises(ConflictError, match="was undone already"):
        undo_import(work, report.batch_id)
    with pytest.raises(NotFoundError):
        undo_import(work, 999)


@pytest.mark.parametrize(
    ("kind", "content", "of"),
    [
        (ImportKind.PEOPLE, PEOPLE, ("account", "person")),
        (ImportKind.MENTIONS, POSTS, ("account", "mention")),
    ],
)
def test_whatever_points_at_a_row_is_asked_before_it_goes(sqlite_work, kind, content, of):
    report = bring(sqlite_work, kind, content)
    refresh_mentions(sqlite_work)
    said: list[str] = []
    event.listen(sqlite_work.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    undo_import(sqlite_work, report.batch_id)
    assert not rows(sqlite_work, Account)
    asked = "\n".join(one for one in said if one.startswith(("SELECT", "DELETE", "UPDATE")))
    pointing = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in of and key.ondelete != "CASCADE"
    }
    assert pointing
    assert {one for one in pointing if one not in asked} == set()
