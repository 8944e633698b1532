"""Erasure: nothing personal is left in any table, the counts are, and an import does not bring them back."""

import json
from typing import Any

import pytest
from sqlalchemy import inspect, text
from sqlmodel import select

from ambassador.errors import ConflictError
from ambassador.services.people import erase_person as erasing
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person, export_person
from ambassador.services.people.merge_people import merge_people, undo_merge
from ambassador.services.people.people import list_people
from ambassador.services.people.person_card import open_person
from ambassador.services.work import UnitOfWork
from ambassador.store.people import people as store
from ambassador.store.tables.campaigns import MatchRule
from ambassador.store.tables.imports import ImportBatch, ImportChange
from ambassador.store.tables.mentions import Mention, PostAlias
from ambassador.store.tables.people import AudienceMember
from ambassador.values.people.people import NewPerson
from ambassador.values.status import ImportKind, MentionKind
from tests.conftest import NOW
from tests.people_samples import add, add_post, campaign_with, made, person_with_account

_SECRETS = ("zelda", "Zelda", "Timbuktu", "zelda@post.example", "555 0199", "posts/77", "Ich")


def _everything(work: UnitOfWork) -> str:
    """All texts of all tables, as one."""
    with work.engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        rows = [tuple(row) for name in names for row in connection.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
    return repr(rows)


def _zelda(work: UnitOfWork) -> tuple[int, int]:
    with work.writing() as session:
        person, account = person_with_account(
            session,
            "zelda",
            city="Timbuktu",
            email="zelda@post.example",
            telephone="+39 347 555 0199",
            figures={"followers": 5},
            topics=["Ich"],
        )
        _, fan = person_with_account(session, "zeldafan", name="Fan")
        post = add_post(session, account, "77", text="Ich bin Zelda", url="https://x.example/posts/77")
        add_post(
            session, fan, "78", kind=MentionKind.REPLY, parent_post_id="77", root_post_id="77",
            parent_author="zelda", parent_observed_id=post, text="love it @zelda. also @zeldafan",
        )  # fmt: skip
        campaign, _ = campaign_with(session, "Q1", person)
        add(session, MatchRule(campaign_id=campaign, version=1, authors=["zelda", "fan"], created_at=NOW))
        batch = ImportBatch(kind=ImportKind.PEOPLE, file_name="l.csv", sha256="0", actor="t", created_at=NOW)
        add(session, batch, AudienceMember(account_id=account, member_hash=b"h", read_at=NOW))
        before = {"name": "Zelda", "city": "Timbuktu"}
        add(session, ImportChange(batch_id=batch.id, table_name="person", row_id=person, before=before))
    return person, fan


def test_nothing_personal_is_left_anywhere(work: UnitOfWork) -> None:
    person, _ = _zelda(work)
    assert erase_person(work, person) == 1
    left = _everything(work).replace("zeldafan", "")
    assert [secret for secret in _SECRETS if secret in left] == []
    assert "secret" not in left


def test_the_counts_and_the_thread_stay(work: UnitOfWork) -> None:
    person, _ = _zelda(work)
    erase_person(work, person)
    with work.reading() as session:
        mentions = {mention.id: mention for mention in session.exec(select(Mention))}
        assert len(mentions) == 2
        post, reply = mentions[1], mentions[2]
        assert reply.parent_post_id == reply.root_post_id == post.post_id == "erased-1"
        assert reply.parent_observed_id == post.id
        assert reply.text == "love it @…. also @zeldafan"
    assert open_person(work, person).erased_at == NOW


def test_somebody_erased_is_not_taken_in_again(work: UnitOfWork) -> None:
    person, _ = _zelda(work)
    erase_person(work, person)
    with work.reading() as session:
        assert store.is_suppressed(session, "instagram", "zelda")
    with pytest.raises(ConflictError, match="own wish"):
        add_person(work, NewPerson("Zelda", "instagram", "zelda"))
    assert [row.name for row in list_people(work).rows] == ["Fan"]


def test_everybody_merged_into_them_goes_too_and_does_not_come_back(work: UnitOfWork) -> None:
    person, _ = _zelda(work)
    keep = made(work, "other", name="Other")
    merges = merge_people(work, keep, [person], "Zelda is Other")
    erase_person(work, keep)
    left = _everything(work).replace("zeldafan", "")
    assert [secret for secret in (*_SECRETS, "Other") if secret in left] == []
    with pytest.raises(ConflictError, match="erased"):
        undo_merge(work, merges)


def test_erasing_twice_is_refused(sqlite_work: UnitOfWork) -> None:
    person, _ = _zelda(sqlite_work)
    erase_person(sqlite_work, person)
    with pytest.raises(ConflictError, match="already"):
        erase_person(sqlite_work, person)


def test_a_person_gets_everything_known_of_them(sqlite_work: UnitOfWork) -> None:
    person, _ = _zelda(sqlite_work)
    whole = json.dumps(export_person(sqlite_work, person), default=str)
    assert all(known in whole for known in ("Zelda", "Timbuktu", "Ich bin Zelda", "Q1", "list.csv"))


def test_no_other_id_of_their_posts_is_left_and_answers_still_hang_together(work: UnitOfWork) -> None:
    with work.writing() as session:
        person, account = person_with_account(session, "zelda")
        _, fan = person_with_account(session, "fan")
        post = add_post(session, account, "77", text="mine")
        add(session, PostAlias(mention_id=post, platform="instagram", alias="CzShortCode"))
        answers = {"kind": MentionKind.REPLY, "parent_post_id": "CzShortCode", "root_post_id": "77"}
        answer = add_post(session, fan, "78", text="love it", **answers)
    erase_person(work, person)
    assert "CzShortCode" not in _everything(work)
    with work.reading() as session:
        assert session.exec(select(PostAlias)).all() == []
        row = session.get(Mention, answer)
        assert row is not None
        assert (row.parent_post_id, row.root_post_id) == (f"erased-{post}", f"erased-{post}")


@pytest.mark.parametrize("times", [1, 99])
def test_who_names_them_while_their_name_is_looked_for_is_scrubbed_too(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    person, other = made(work, "zelda", name="Zelda Lima"), made(work, "ugo")
    real, written = erasing.find_names_of, []

    def slow(*arguments: Any) -> Any:
        found = real(*arguments)
        if len(written) < times:
            written.append(1)
            with work.writing() as session:
                store.get_person(session, other).notes = f"{len(written)}: ask Zelda Lima"
        return found

    monkeypatch.setattr(erasing, "find_names_of", slow)
    erase_person(work, person)
    assert "Zelda" not in _everything(work)
    with work.reading() as session:
        assert store.get_person(session, other).notes == f"{len(written)}: ask \N{HORIZONTAL ELLIPSIS}"
