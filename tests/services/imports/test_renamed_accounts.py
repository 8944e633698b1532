"""Accounts that change their handles: one by its id, called as it was last seen, in any order of files."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlmodel import select

from ambassador.services.imports import import_file
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.status import ImportKind

HEAD = "post_id,platform,author,author_id,created_at,kind,text"


def _bring(work, *lines, kind=ImportKind.MENTIONS, head=HEAD):
    return import_file(work, kind, "f.csv", "\n".join([head, *lines]).encode())


def _post(number, author, author_id, day):
    return f"p{number},x,{author},{author_id},2026-05-{day:02d}T10:00:00Z,original,hello"


def _accounts(work):
    with work.reading() as session:
        return {one.native_id: one.handle for one in session.exec(select(Account))}


def _told(report):
    return [str(note) for note in report.notes], [
        (change.what, change.field, change.before, change.after) for change in report.changes
    ]


@pytest.mark.parametrize("seed", range(6))
def test_every_id_is_one_account_called_as_last_seen_whatever_the_order_of_rows_and_files(work, seed):
    rng = Random(seed)
    posts, handles = [], {}
    start = datetime(2026, 5, 1, tzinfo=UTC)
    for owner in range(4):
        for step in range(5):
            at = start + timedelta(days=step, minutes=owner)
            handle = f"name{owner}v{rng.randrange(step + 1)}"
            handles[f"i{owner}"] = handle
            posts.append(
                (f"{owner}{step}", f"i{owner}", f"{owner}{step},x,{handle},i{owner},{at:%FT%TZ},original,a")
            )
    rng.shuffle(posts)
    cut = rng.randrange(1, len(posts))
    for part in (posts[:cut], posts[cut:], posts):
        _bring(work, *(line for *_, line in part))
    assert _accounts(work) == handles
    with work.reading() as session:
        owners = select(Mention.post_id, Account.native_id).join(Account)
        assert set(session.exec(owners)) == {(post, owner) for post, owner, _ in posts}


def test_a_new_handle_is_told_with_the_old_one_and_taken_back_whole(work):
    _bring(work, "ugo,x,Ugo,https://x.com/ugo", kind=ImportKind.PEOPLE, head="handle,platform,name,url")
    _bring(work, _post(1, "ugo", "u1", 3))
    report = _bring(work, _post(2, "ugo_new", "u1", 9))
    assert _told(report) == ([], [("@ugo", "Handle", "ugo", "ugo_new")])
    with work.reading() as session:
        account = session.exec(select(Account)).one()
        assert (account.handle, account.display_handle, account.url) == ("ugo_new", "ugo_new", "")
    undo_import(work, list_imports(work)[0].id)
    with work.reading() as session:
        account = session.exec(select(Account)).one()
        assert (account.handle, account.display_handle, account.url) == ("ugo", "ugo", "https://x.com/ugo")


def test_a_handle_given_up_within_a_file_or_in_an_older_file_is_told_and_brings_nothing_back(work):
    both = _bring(work, _post(2, "ugo_new", "u1", 9), _post(1, "ugo", "u1", 3))
    sentence = "line {}: @ugo is called @ugo_new by now: both have the account id u1"
    assert _told(both) == ([sentence.format(3)], [])
    older = _bring(work, _post(3, "ugo", "u1", 4))
    assert _told(older) == ([sentence.format(2)], [])
    assert _accounts(work) == {"u1": "ugo_new"}


def test_an_account_known_without_its_id_learns_it_and_its_later_handle_from_one_file(work):
    _bring(work, "ugo,x,Ugo", kind=ImportKind.PEOPLE, head="handle,platform,name")
    _bring(work, _post(1, "ugo", "u1", 3), _post(2, "ugo_new", "u1", 9))
    assert _accounts(work) == {"u1": "ugo_new"}


def test_another_id_under_a_known_handle_is_told(work):
    _bring(work, _post(1, "ugo", "u1", 3))
    report = _bring(work, _post(2, "ugo", "u2", 9))
    told = "line 2: @ugo has the account id u2, but u1 so far: taken as one account"
    assert _told(report) == ([told], [])
    assert _accounts(work) == {"u1": "ugo"}


def test_an_id_that_another_account_has_is_told(work):
    _bring(work, _post(1, "ugo", "u1", 3), _post(2, "leo", "", 3))
    report = _bring(work, _post(3, "leo", "u1", 9))
    told = "line 2: @leo has the account id u1, as @ugo has: merge them if they are one"
    assert _told(report) == ([told], [])
