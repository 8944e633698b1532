"""Tables go up and down with data in them, on both databases, and match the code."""

from datetime import date

import pytest
from sqlalchemy import Engine, inspect
from sqlmodel import select

from ambassador.services.work import UnitOfWork
from ambassador.store import migrate
from ambassador.store.database import open_engine
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.people import Person
from tests.conftest import NOW


def _fill(work: UnitOfWork) -> None:
    with work.writing() as session:
        campaign = Campaign(
            name="Q1 Launch", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 24), created_at=NOW
        )
        person = Person(name="Nina", topics=["bikes"], created_at=NOW)
        device = Device(model="Q1", serial="S1", created_at=NOW)
        session.add_all([campaign, person, device])
        session.flush()
        assert campaign.id and person.id and device.id
        ambassador = Ambassador(campaign_id=campaign.id, person_id=person.id, created_at=NOW)
        session.add(ambassador)
        session.flush()
        assert ambassador.id
        session.add(
            Custody(reference="Q1-1", device_id=device.id, ambassador_id=ambassador.id, reserved_at=NOW)
        )


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    migrate.check(engine)


def test_tables_with_data_go_down_and_up_again(work: UnitOfWork) -> None:
    _fill(work)
    migrate.downgrade(work.engine, "base")
    assert set(inspect(work.engine).get_table_names()) == {"alembic_version"}
    migrate.upgrade(work.engine)
    _fill(work)
    with work.reading() as session:
        assert session.exec(select(Person.topics)).one() == ["bikes"]


def test_upgrading_twice_changes_nothing(work: UnitOfWork) -> None:
    _fill(work)
    migrate.upgrade(work.engine)
    assert migrate.version(work.engine) == migrate.newest_version()
    with work.reading() as session:
        assert session.exec(select(Device.serial)).one() == "S1"


@pytest.mark.parametrize("name", ["first.db", "with blanks.db"])
def test_a_new_file_gets_its_tables(tmp_path: object, name: str) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/{name}")
    migrate.upgrade(engine)
    assert "campaign" in inspect(engine).get_table_names()
    engine.dispose()


def test_merges_and_overridden_scores_come_and_go_without_touching_the_people(work: UnitOfWork) -> None:
    _fill(work)
    migrate.downgrade(work.engine, "0001")
    assert "score_by_hand" not in {column["name"] for column in inspect(work.engine).get_columns("person")}
    migrate.upgrade(work.engine)
    with work.reading() as session:
        assert session.exec(select(Person.name, Person.score_by_hand)).one() == ("Nina", None)
