"""Erasure reaches every text: a table says how, and a new column must be in it."""

import pytest
import sqlalchemy as sa
from sqlmodel import select

from ambassador.services.imports.undo_import import undo_import
from ambassador.services.people.erase_person import erase_person
from ambassador.services.work import UnitOfWork
from ambassador.store.people.scrub import BLANKED, KEPT, SCRUBBED
from ambassador.store.schema import metadata
from ambassador.store.tables.campaigns import MatchRule
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account, Person
from ambassador.store.tables.records import Outcome
from ambassador.values.status import ImportKind, OutcomeKind
from tests.conftest import NOW
from tests.people_samples import add, add_post, campaign_with, made, person_with_account
from tests.services.brought import bring

_POSTS = (
    "id,platform,author,date,text,parent,parent author\n"
    "1,x,zoe.lima,2026-05-02T10:00:00Z,I am here,,\n"
    "2,x,ugo,2026-05-02T11:00:00Z,thanks @Zoe.Lima and @zoe.limax,1,zoe.lima\n"
)


def _is_text(column: sa.Column[object]) -> bool:
    kind = getattr(column.type, "impl", column.type)
    return isinstance(kind, sa.String | sa.JSON) and not isinstance(column.type, sa.Enum)


def test_every_text_column_says_how_erasure_treats_it() -> None:
    parts = (SCRUBBED, BLANKED, KEPT)
    said = [(table, name) for part in parts for table, names in part.items() for name in names]
    assert len(said) == len(set(said))
    assert set(said) == {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if _is_text(column)
    }


def _zoe(work: UnitOfWork) -> int:
    with work.writing() as session:
        person, account = person_with_account(session, "zoe.lima", name="Zoë Lima")
        _, other = person_with_account(session, "ugo", name="Ugo", source="zoe.lima followers.csv")
        url = "https://x.example/Zoe.Lima"
        account_row = session.get(Account, account)
        assert account_row
        account_row.url = url
        text = f"ZOË LIMA, zoe lima and Zoe.Lima ({url}) and @zoe.lima. not zoe.limax"
        add_post(session, other, "9", text=text)
        campaign, (deal,) = campaign_with(session, "Q1", person)
        device = Device(model="Q1", note="for Zoe Lima", created_at=NOW)
        add(session, device)
        stay = Custody(reference="R1", device_id=device.id, ambassador_id=deal, reserved_at=NOW)
        add(session, stay)
        event = {"device_id": device.id, "to_status": "lost", "happened_at": NOW, "actor": "t"}
        add(
            session,
            DeviceEvent(custody_id=stay.id, note="left at her mother's", **event),
            DeviceEvent(note="Zoé Lima called", **event),
            Outcome(
                campaign_id=campaign,
                ambassador_id=deal,
                kind=OutcomeKind.PRESS,
                note="her interview",
                created_at=NOW,
            ),
            Outcome(campaign_id=campaign, kind=OutcomeKind.PRESS, note="about zoe.lima", created_at=NOW),
            MatchRule(
                campaign_id=campaign, version=1, authors=["x:zoe.lima", "ugo"], keywords=["Zoë Lima", "Q1"],
                created_at=NOW,
            ),
            ImportBatch(
                kind=ImportKind.PEOPLE, file_name="Zoe Lima.csv", sha256="0", actor="t", created_at=NOW
            ),
        )  # fmt: skip
    return person


def test_texts_of_others_lose_the_names_and_nothing_else(work: UnitOfWork) -> None:
    erase_person(work, _zoe(work))
    with work.reading() as session:
        assert session.exec(select(Mention.text)).one() == "…, … and … (…) and @…. not zoe.limax"
        assert session.exec(select(Device.note)).one() == "for …"
        assert sorted(session.exec(select(DeviceEvent.note))) == ["", "… called"]
        assert sorted(session.exec(select(Outcome.note))) == ["", "about …"]
        assert session.exec(select(ImportBatch.file_name)).one() == "….csv"
        assert session.exec(select(MatchRule.authors, MatchRule.keywords)).one() == (["ugo"], ["Q1"])
        assert session.exec(select(Person.source).where(Person.name == "Ugo")).one() == "… followers.csv"


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Zoé Lima 🌸", "zoe lima was here", "… was here"),
        ("✨ Zoé Lima | Travel", "ask Zoé  Lima about travel", "ask … about travel"),
        ("Zoé Lima", "Lima, Zoé said so", "… said so"),
        ("Zoé Lima", "thanks Lima Zoé!", "thanks …!"),
        ("Benedetta Lima (she/her)", "#BenedettaLima and benedetta_lima", "#… and …"),
        ("Zoé Lima", "zoelima.example and limas of zoe", "zoelima.example and limas of zoe"),
        ("\u0301\u0301\u0301", "a - b", "a - b"),
        ("Lima Zoé 2003", "Lima in May, zoe in June", "Lima in May, zoe in June"),
    ],
)
def test_a_name_goes_without_its_flowers_in_either_order_and_joined(
    work: UnitOfWork, name: str, text: str, left: str
) -> None:
    person = made(work, "q8", platform="x", name=name)
    made(work, "ugo", platform="x")
    bring(
        work,
        ImportKind.MENTIONS,
        f'post_id,platform,author,created_at,text\np1,x,ugo,{NOW:%FT%TZ},"{text}"\n',
    )
    erase_person(work, person)
    with work.reading() as session:
        assert session.exec(select(Mention.text)).one() == left


def test_the_same_file_brings_nobody_back_and_can_be_undone(work: UnitOfWork) -> None:
    person = made(work, "zoe.lima", platform="x", name="Zoe Lima")
    made(work, "ugo", platform="x")
    first = bring(work, ImportKind.MENTIONS, _POSTS)
    assert first.rejected == 0
    erase_person(work, person)
    again = bring(work, ImportKind.MENTIONS, _POSTS.replace("here,,", "here!,,").replace("2,x", "3,x"))
    assert again.rejected == 1
    with work.reading() as session:
        assert sorted(session.exec(select(Account.handle))) == ["", "ugo"]
        posts = session.exec(select(Mention).order_by(Mention.id)).all()  # type: ignore[arg-type]
        assert [post.parent_author for post in posts] == ["", "", ""]
        assert posts[-1].text == "thanks @… and @zoe.limax"
    assert first.batch_id
    undo_import(work, first.batch_id)


def test_undoing_an_import_that_changed_somebody_erased_since_works(work: UnitOfWork) -> None:
    content = "platform,handle,name,city\nx,zoe.lima,Zoe Lima,Bari\n"
    bring(work, ImportKind.PEOPLE, content)
    newer = bring(work, ImportKind.PEOPLE, content.replace("Bari", "Rome"), name="n.csv")
    with work.reading() as session:
        person = session.exec(select(Person.id)).one()
    erase_person(work, person or 0)
    assert newer.batch_id
    undo_import(work, newer.batch_id)
    with work.reading() as session:
        assert session.exec(select(Person.city, Person.name)).one() == (None, None)


def test_nothing_is_left_in_the_bytes_of_the_file(sqlite_work: UnitOfWork) -> None:
    hidden = "Zoraya Quintanilha"
    person = made(sqlite_work, "zoe", name=hidden, notes="secretnote")
    path = sqlite_work.engine.url.database or ""
    with sqlite_work.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    with open(path, "rb") as file:  # noqa: PTH123
        assert hidden.encode() in file.read()
    erase_person(sqlite_work, person)
    for name in (path, f"{path}-wal"):
        with open(name, "rb") as file:  # noqa: PTH123
            content = file.read()
        assert hidden.encode() not in content
        assert b"secretnote" not in content
