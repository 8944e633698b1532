"""Amounts written before 0004 keep their worth when currencies get the digits of CLDR, up and down."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, select

from ambassador.services.work import UnitOfWork
from ambassador.store import migrate
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Device
from ambassador.store.tables.imports import ImportBatch, ImportChange
from ambassador.store.tables.people import Person
from ambassador.store.tables.records import Outcome, Pick
from ambassador.values.status import ImportKind, OutcomeKind
from tests.conftest import NOW

# 12 units of each currency: as written before, and as it must be read after.
TWELVE = [
    ("EUR", 1_200, 1_200),
    ("HUF", 12, 1_200),
    ("KWD", 1_200, 12_000),
    ("XOF", 1_200, 12),
    ("JPY", 12, 12),
]
each_currency = pytest.mark.parametrize(("currency", "before", "after"), TWELVE)


def _write(work: UnitOfWork, currency: str, minor: int) -> None:
    """Write one row of each kind that holds an amount, as it stood at 0003."""
    with work.writing() as session:
        day = date(2026, 5, 1)
        campaign_id = _as_of_then(
            session,
            Campaign(
                name="Q1", starts_on=day, ends_on=day, currency=currency, budget_minor=minor, created_at=NOW
            ),
        )
        nina = Person(name="Nina", fee_minor=minor, fee_currency=currency, created_at=NOW)
        person_id = _as_of_then(session, nina)
        _as_of_then(session, Person(name="Free", created_at=NOW))
        session.add(Device(model="Q1", cost_minor=minor, currency=currency, created_at=NOW))
        session.add(Device(model="Q1", cost_minor=None, currency=currency, created_at=NOW))
        session.flush()
        rows: list[SQLModel] = [
            Ambassador(
                campaign_id=campaign_id,
                person_id=person_id,
                fee_minor=minor,
                currency=currency,
                created_at=NOW,
            ),
            Outcome(
                campaign_id=campaign_id,
                kind=OutcomeKind.ORDERS,
                value_minor=minor,
                currency=currency,
                created_at=NOW,
            ),
            Pick(
                rung=3,
                random_key="1",
                code_version="0",
                actor="tester",
                created_at=NOW,
                arguments=_arguments(currency, minor),
                result=_result(currency, minor),
            ),
        ]
        session.add_all(rows)
        _write_changes(session, person_id, currency, minor)


def _as_of_then(session: Session, row: SQLModel) -> int:
    """Write a row into a table of an earlier version: only the columns it has there."""
    table = row.__table__
    here = {column["name"] for column in inspect(session.connection()).get_columns(table.name)}
    values = {name: value for name, value in row.model_dump().items() if name in here and name != "id"}
    return session.execute(table.insert().values(values)).inserted_primary_key[0]


def _arguments(currency: str, minor: int) -> dict[str, Any]:
    problem = {"budget": minor, "currency": currency, "fees": [[2, minor], [4, 0]], "count": minor}
    return {"problem": problem, "asked": {"budget": [minor, currency], "count": minor}}


def _result(currency: str, minor: int) -> dict[str, Any]:
    paid = {"person_id": 1, "fee_minor": minor, "currency": currency, "followers": minor}
    free = {"person_id": 2, "fee_minor": None, "currency": None}
    return {"cost_minor": minor, "currency": currency, "picks": [paid, free], "reserve": [paid]}


def _write_changes(session: Any, person_id: int, currency: str, minor: int) -> None:
    """An import said the fee again in another currency, a later one changed the amount alone."""
    batch = ImportBatch(kind=ImportKind.PEOPLE, file_name="f.csv", sha256="0", actor="tester", created_at=NOW)
    session.add(batch)
    session.flush()
    first = {
        "from": {"fee_minor": 700, "fee_currency": "EUR"},
        "to": {"fee_minor": minor, "fee_currency": currency},
    }
    second = {"from": {"fee_minor": minor}, "to": {"fee_minor": minor}}
    for before in (first, second, {}):
        session.add(ImportChange(batch_id=batch.id, table_name="person", row_id=person_id, before=before))
        session.flush()


def _amounts(work: UnitOfWork) -> list[Any]:
    with work.reading() as session:
        return [
            *session.exec(select(Campaign.budget_minor)),
            *session.exec(select(Person.fee_minor).order_by(Person.id)),  # type: ignore[arg-type]
            *session.exec(select(Device.cost_minor).order_by(Device.id)),  # type: ignore[arg-type]
            *session.exec(select(Ambassador.fee_minor)),
            *session.exec(select(Outcome.value_minor)),
        ]


def _records(work: UnitOfWork) -> tuple[Any, Any, list[Any]]:
    with work.reading() as session:
        pick = session.exec(select(Pick)).one()
        changes = session.exec(select(ImportChange.before).order_by(ImportChange.id)).all()  # type: ignore[arg-type]
        return pick.arguments, pick.result, list(changes)


@each_currency
def test_amounts_keep_their_worth_up_and_down(
    work: UnitOfWork, currency: str, before: int, after: int
) -> None:
    migrate.downgrade(work.engine, "0003")
    _write(work, currency, before)
    migrate.upgrade(work.engine)
    assert _amounts(work) == [after, after, None, after, None, after, after]
    migrate.downgrade(work.engine, "0003")
    assert _amounts(work) == [before, before, None, before, None, before, before]
    migrate.upgrade(work.engine)


@each_currency
def test_money_inside_picks_and_undo_is_rescaled_and_nothing_else(
    work: UnitOfWork, currency: str, before: int, after: int
) -> None:
    migrate.downgrade(work.engine, "0003")
    _write(work, currency, before)
    migrate.upgrade(work.engine)
    arguments, result, (first, second, erased) = _records(work)
    problem, paid = arguments["problem"], result["picks"][0]
    assert (problem["budget"], problem["fees"], problem["count"]) == (after, [[2, after], [4, 0]], before)
    assert arguments["asked"] == {"budget": [after, currency], "count": before}
    assert (result["cost_minor"], result["reserve"][0]["fee_minor"]) == (after, after)
    assert (paid["fee_minor"], paid["followers"]) == (after, before)
    assert result["picks"][1]["fee_minor"] is None
    assert first == {
        "from": {"fee_minor": 700, "fee_currency": "EUR"},
        "to": {"fee_minor": after, "fee_currency": currency},
    }
    assert second == {"from": {"fee_minor": after}, "to": {"fee_minor": after}}
    assert erased == {}
    migrate.downgrade(work.engine, "0003")
    assert _records(work)[:2] == (_arguments(currency, before), _result(currency, before))
    migrate.upgrade(work.engine)


def test_what_a_currency_cannot_pay_is_rounded_half_up(work: UnitOfWork) -> None:
    migrate.downgrade(work.engine, "0003")
    _write(work, "XOF", 1_250)
    migrate.upgrade(work.engine)
    assert set(_amounts(work)) == {13, None}
    assert _records(work)[1]["cost_minor"] == 13
