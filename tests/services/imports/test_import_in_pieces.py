"""Many posts are written in pieces: the same comes out, and what goes wrong is told or taken back."""

import pytest

from ambassador.errors import CancelledError, ConflictError, DatabaseBusyError
from ambassador.services.imports import pieces, write_rows
from ambassador.services.imports import undo_import as undoing
from ambassador.services.imports.import_files import ImportOptions, import_file, refresh_after
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions.refresh import bring_up_to_date, is_stale
from ambassador.services.results.results import observe_results
from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.store.tables.people import Account
from ambassador.values.drafts import AccountDraft, PersonDraft
from ambassador.values.status import ImportKind
from tests.everything import everything
from tests.services.brought import rows
from tests.services.talk import Talk

HEAD = "post_id,platform,author,author_id,followers,created_at,kind,parent_id,text,likes"
LINES = [
    f"p{n},x,{'nina' if n % 7 == 0 else f'u{n % 9}'},{'n' if n % 7 == 0 else f'i{n % 9}'},{100 + n},"
    f"2026-05-03T10:{n:02d}:00Z,{'reply' if n % 3 else 'original'},{f'p{n + 5}' if n % 3 else ''},"
    f"#q1brezza {n},{n}"
    for n in range(50)
]
TWICE = [LINES[3].rsplit(",", 1)[0] + ",77"]  # the same post again, far below, with another figure
FILE = "\n".join([HEAD, *LINES, *TWICE]).encode()


@pytest.fixture
def story(work):
    talk = Talk(work)
    talk.ambassador("nina")
    return talk.campaign


def bring(work, **more):
    return import_file(work, ImportKind.MENTIONS, "posts.csv", FILE, **more)


def small_pieces(monkeypatch, size=8):
    monkeypatch.setattr(pieces, "AT_ONCE", dict.fromkeys(pieces.AT_ONCE, size))
    monkeypatch.setattr(undoing, "AT_ONCE", size)


def fails_after(monkeypatch, pieces, error):
    """Let the writing of posts fail once so many pieces are in."""
    real, done = write_rows.PUT[ImportKind.MENTIONS], []

    def put(*arguments):
        if len(done) == pieces:
            raise error
        done.append(1)
        return real(*arguments)

    monkeypatch.setitem(write_rows.PUT, ImportKind.MENTIONS, put)
    return done


def test_a_file_in_pieces_brings_what_it_brings_in_one_go(work, story, monkeypatch):
    report = bring(work)
    refresh_after(work)
    whole = everything(work)
    undo_import(work, list_imports(work)[0].id)
    small_pieces(monkeypatch)
    in_pieces = bring(work)
    refresh_after(work)
    assert len(rows(work, ImportBatch)) == 2  # one a time it came, however many the pieces
    again = everything(work)
    for table in ("mention", "mention_metrics", "account", "tie", "mention_campaign", "credit", "snapshot"):
        assert again[table] == whole[table]
    assert (in_pieces.added, in_pieces.duplicates) == (report.added, report.duplicates)
    assert bring(work).added == 0


def test_undoing_it_leaves_nothing_of_any_piece(work, story, monkeypatch):
    bring_up_to_date(work)
    before = everything(work)
    small_pieces(monkeypatch)
    bring(work)
    refresh_after(work)
    undo_import(work, list_imports(work)[0].id)
    assert everything(work) == before


def test_what_goes_wrong_takes_back_the_pieces_before_it(work, story, monkeypatch):
    bring_up_to_date(work)
    before = everything(work)
    small_pieces(monkeypatch)
    for error in (CancelledError("stopped"), ConflictError("full"), ValueError("nobody expected this")):
        with monkeypatch.context() as patch:
            fails_after(patch, 3, error)
            with pytest.raises(type(error)):
                bring(work)
        bring_up_to_date(work)
        assert everything(work) == before
        assert not rows(work, ImportBatch)


def test_a_file_cut_off_between_pieces_is_finished_by_the_same_file_again(work, story, monkeypatch):
    small_pieces(monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(write_rows, "take_back", lambda *_: None)  # killed: nobody takes anything back
        fails_after(patch, 3, CancelledError("killed"))
        with pytest.raises(CancelledError):
            bring(work)
    assert 0 < len(rows(work, Mention)) < 50
    assert is_stale(work)
    report = bring(work)
    refresh_after(work)
    assert report.added + len(LINES) - report.added == len(rows(work, Mention)) == 50
    assert len(rows(work, MentionMetrics)) == 50
    assert observe_results(work, story).total.mentions == 50
    for batch in list_imports(work):
        undo_import(work, batch.id)
    assert not rows(work, Mention)
    assert {one.handle for one in rows(work, Account)} == {"nina"}


def test_where_nothing_can_be_taken_back_the_message_says_what_is_in(work, story, monkeypatch):
    small_pieces(monkeypatch)
    fails_after(monkeypatch, 3, DatabaseBusyError("held by others"))

    def held(*_: object) -> None:
        raise DatabaseBusyError("held by others")

    monkeypatch.setattr(undoing.undo, "restore_changed", held)
    with pytest.raises(ConflictError, match=r"2\d of 51 rows of the file are in.*undoing import 1"):
        bring(work)
    assert len(rows(work, Mention)) == 24


def test_all_or_nothing_is_one_piece(work, story, monkeypatch):
    small_pieces(monkeypatch)
    done = fails_after(monkeypatch, 9, ValueError())
    bring(work, options=ImportOptions(all_or_nothing=True))
    assert len(done) == 1


PEOPLE = "handle,name,followers,city\n" + "".join(
    f"{handle},{handle.title()} Rossi,{n},{'Bari' if n % 2 else 'Pisa'}\n"
    for n, handle in enumerate([f"k{number % 17}" for number in range(40)])
)
TIES = "source,target,weight\n" + "".join(f"k{n % 11},k{(5 * n + 1) % 13},{n}\n" for n in range(60))
LISTS = {
    ImportKind.PEOPLE: (PEOPLE, ("person", "account", "snapshot")),
    ImportKind.TIES: (TIES, ("tie", "account")),
}


@pytest.mark.parametrize("kind", LISTS)
def test_lists_in_pieces_bring_what_they_bring_in_one_go(work, monkeypatch, kind):
    text, tables = LISTS[kind]
    options = ImportOptions(answers={"direction": "as-listed"})
    bring_up_to_date(work)
    before = everything(work)
    first = import_file(work, kind, "list.csv", text.encode(), options)
    whole = everything(work)
    undo_import(work, first.batch_id)
    assert everything(work) == before
    small_pieces(monkeypatch, 7)
    again = import_file(work, kind, "list.csv", text.encode(), options)
    in_pieces = everything(work)
    assert {name: in_pieces[name] for name in tables} == {name: whole[name] for name in tables}
    assert (again.added, again.updated, again.duplicates) == (first.added, first.updated, first.duplicates)
    assert import_file(work, kind, "list.csv", text.encode(), options).added == 0
    undo_import(work, again.batch_id)
    assert everything(work) == before


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_cut_off_and_sent_again_changes_what_it_would_have_changed(work, monkeypatch, kind):
    """The same file again only fills blanks, but not where it never came to its end."""
    text, tables = LISTS[kind]
    options = ImportOptions(answers={"direction": "as-listed"})
    import_file(work, kind, "old.csv", text.replace("Bari", "Lecce").replace(",1", ",2").encode(), options)
    whole = import_file(work, kind, "list.csv", text.encode(), options)
    right = everything(work)
    undo_import(work, whole.batch_id)
    small_pieces(monkeypatch, 7)
    real, done = write_rows.PUT[kind], []

    def put(*arguments):
        if len(done) == 1:
            raise CancelledError("killed")
        done.append(1)
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(write_rows, "take_back", lambda *_: None)
        patch.setitem(write_rows.PUT, kind, put)
        with pytest.raises(CancelledError):
            import_file(work, kind, "list.csv", text.encode(), options)
    import_file(work, kind, "list.csv", text.encode(), options)
    again = everything(work)
    assert {name: again[name] for name in tables} == {name: right[name] for name in tables}
    assert "unfinished" not in repr(again["workspace_setting"])


def test_rows_that_speak_of_one_person_stay_in_one_piece():
    rows_read = [
        PersonDraft(number, (AccountDraft("x", f"a{number}"), AccountDraft("ig", other)))
        for number, other in enumerate(["p", "q", "r", "s", "q"])
    ]
    parted = pieces.pieces_of(ImportKind.PEOPLE, rows_read)
    assert parted == [rows_read]
    small = dict.fromkeys(pieces.AT_ONCE, 2)
    kept = dict(pieces.AT_ONCE)
    pieces.AT_ONCE.update(small)
    try:
        parted = pieces.pieces_of(ImportKind.PEOPLE, rows_read)
    finally:
        pieces.AT_ONCE.update(kept)
    assert [[row.line for row in piece] for piece in parted] == [[0, 1, 4], [2, 3]]
