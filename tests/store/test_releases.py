"""Databases written by earlier releases open with today's code and say what they said then.

Each is a small workspace made by the services of the last release before 0004, taken down to its schema by
that release: people, imports, phones, posts with credit, picks, forecasts, outcomes, what was learned and
how it was checked, in five currencies.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from ambassador.services.calibration.calibration import read_calibration
from ambassador.services.doctor import examine
from ambassador.services.forecasts.forecasts import open_forecast
from ambassador.services.learned.learned import load_learned
from ambassador.services.mentions.refresh import bring_up_to_date, is_stale
from ambassador.services.picks.picks import open_pick
from ambassador.services.results.results import observe_results
from ambassador.services.stored_json import from_json
from ambassador.services.work import UnitOfWork
from ambassador.store import migrate
from ambassador.store.database import open_engine
from ambassador.store.forecasts.forecasts import get_forecast
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.devices import Device
from ambassador.store.tables.mentions import Credit
from ambassador.store.tables.people import Account, Person
from ambassador.values.doctor import Fault, FaultKind
from ambassador.values.forecasts.forecasts import ForecastResult
from ambassador.values.money import Money, money
from tests.conftest import NOW

RELEASES = Path(__file__).parent / "releases"
LAUNCH = 1


@pytest.fixture(scope="module", params=["0001", "0002", "0003"])
def before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitOfWork]:
    """Open a database of each earlier schema."""
    path = tmp_path_factory.mktemp("release") / "release.db"
    path.write_bytes(gzip.decompress((RELEASES / f"schema-{request.param}.db.gz").read_bytes()))
    engine = open_engine(f"sqlite:///{path}")
    assert migrate.version(engine) == request.param
    migrate.upgrade(engine)
    migrate.check(engine)
    yield UnitOfWork(engine, "tester", lambda: NOW)
    engine.dispose()


def test_results_are_those_of_then(before: UnitOfWork) -> None:
    results = observe_results(before, LAUNCH)
    total, cost = results.total, results.cost.total
    assert (total.talkers, total.mentions, total.cascades, total.largest_cascade) == (4, 5.0, 1, 4)
    assert (total.views.value, total.engagements.value, total.seen.low) == (91_000.0, 2_103.0, 412_000)
    assert (total.orders, total.order_value) == (10, Money(4_990, "EUR"))
    assert cost == Money(80_000, "EUR")


def test_credit_is_that_of_then(before: UnitOfWork) -> None:
    with before.reading() as session:
        shares = session.exec(
            select(Credit.mention_id, Credit.ambassador_id, Credit.share).order_by(col(Credit.mention_id))
        ).all()
    assert list(shares) == [
        (337, 1, 1.0), (338, 1, 1.0), (339, 1, 1.0), (340, 1, 1.0), (341, 2, 1.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pick_id", "handle", "cost", "budget"),
    [
        (1, "loud", money("130", "EUR"), money("200", "EUR")),
        (2, "fatou", money("25000", "XOF"), money("30000", "XOF")),
        (3, "khaled", money("1.25", "KWD"), money("5", "KWD")),
    ],
)
def test_picks_are_shown_as_they_were_stored(
    before: UnitOfWork, pick_id: int, handle: str, cost: Money, budget: Money
) -> None:
    answer = open_pick(before, pick_id)
    assert answer.picks[0].handle == handle
    assert (answer.cost, answer.budget, answer.picks[0].fee) == (cost, budget, cost)
    assert answer.asked is not None
    assert answer.asked.budget == budget


def test_forecasts_are_shown_as_they_were_stored(before: UnitOfWork) -> None:
    with before.reading() as session:
        frozen = from_json(ForecastResult, get_forecast(session, 1).result)
    from_network = open_forecast(before, 2).result
    assert (frozen.talkers.quantiles[90], frozen.audience, frozen.talkers.median) == ((2, 9), None, None)
    assert frozen.views is not None and frozen.views.mean == 65_000
    talkers = from_network.talkers
    assert (talkers.mean, talkers.median, talkers.quantiles[80]) == (23.42, 24.0, (22.900000000000002, 24.0))
    assert open_forecast(before, 3).result.horizon_days == 24


def test_what_was_learned_and_the_calibration_are_read(before: UnitOfWork) -> None:
    with before.reading() as session:
        assert load_learned(session) is not None
    log = read_calibration(before).log
    assert log is not None
    assert (log.cascades, log.history, len(log.ways)) == (12, 28, 4)


def test_amounts_are_worth_what_they_were(before: UnitOfWork) -> None:
    with before.reading() as session:
        fees = session.exec(
            select(Account.handle, Person.fee_minor, Person.fee_currency)
            .join(Person, col(Account.person_id) == Person.id)
            .where(col(Person.fee_minor).is_not(None))
        ).all()
        devices = session.exec(select(Device.serial, Device.cost_minor, Device.currency)).all()
    worth = {handle: Money(minor or 0, code or "") for handle, minor, code in fees}
    assert worth["hanna"] == money("13000", "HUF")
    assert worth["khaled"] == money("1.25", "KWD")
    assert worth["fatou"] == money("25000", "XOF")
    assert worth["ken"] == money("9000", "JPY")
    assert {serial: Money(minor or 0, code) for serial, minor, code in devices if serial} == {
        "EU1": money("400", "EUR"),
        "HU1": money("150000", "HUF"),
        "KW1": money("120.25", "KWD"),
        "XO1": money("250000", "XOF"),
        "JP1": money("60000", "JPY"),
    }
    with before.reading() as session:
        budgets = {
            one.name: Money(one.budget_minor or 0, one.currency) for one in session.exec(select(Campaign))
        }
    assert budgets["Launch HUF"] == money("900000", "HUF")
    assert budgets["Launch KWD"] == money("900.50", "KWD")


def test_what_followed_from_posts_is_worked_out_anew(before: UnitOfWork) -> None:
    assert is_stale(before)
    bring_up_to_date(before)
    test_credit_is_that_of_then(before)
    test_results_are_those_of_then(before)
    (fault,) = faults_of_rows(before)  # the writer of that day had left one phone as it was when it came back
    assert fault.kind is FaultKind.STOCK
    assert fault.what.values == {"device": "#4", "status": "delivered", "wanted": "in_stock"}
    assert "nobody has it any more" in fault.what.text


def faults_of_rows(work: UnitOfWork) -> list[Fault]:
    """Name what the doctor finds wrong in a database, whatever lies in the data folder."""
    found = examine(work.engine.url.render_as_string(hide_password=False)).faults
    return [one for one in found if one.kind not in {FaultKind.UNKNOWN_FILE, FaultKind.BACKUP}]
