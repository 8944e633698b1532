"""Many posts are written in pieces: the same comes out, and what goes wrong is told or taken back."""

import pytest

from ambassador.errors import CancelledError, ConflictError, DatabaseBusyError
from ambassador.services.imports import import_files
from ambassador.services.imports.import_files import ImportOptions, import_file, refresh_after
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions.refresh import bring_up_to_date, is_stale
from ambassador.services.results.results import observe_results
from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.store.tables.people import Account
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
    monkeypatch.setattr(import_files, "AT_ONCE", size)


def fails_after(monkeypatch, pieces, error):
    """Let the writing of posts fail once so many pieces are in."""
    real, done = import_files._PUT[ImportKind.MENTIONS], []

    def put(*arguments):
        if len(done) == pieces:
            raise error
        done.append(1)
        return real(*arguments)

    monkeypatch.setitem(import_files._PUT, ImportKind.MENTIONS, put)
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
        patch.setattr(import_files, "_take_back", lambda *_: None)  # killed: nobody takes anything back
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

    monkeypatch.setattr(import_files, "restore_changed", held)
    with pytest.raises(ConflictError, match=r"2\d of 51 rows of the file are in.*undoing import 1"):
        bring(work)
    assert len(rows(work, Mention)) == 24


def test_all_or_nothing_is_one_piece(work, story, monkeypatch):
    small_pieces(monkeypatch)
    done = fails_after(monkeypatch, 9, ValueError())
    bring(work, options=ImportOptions(all_or_nothing=True))
    assert len(done) == 1
