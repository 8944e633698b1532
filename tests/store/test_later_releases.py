"""Databases of releases from schema 0004 on, each made by its own code, open; every third on PostgreSQL too.

``python -m tests.store.releases.make COMMIT`` makes one more; nothing here has to be written for it.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from ambassador.errors import ConflictError
from ambassador.services.activations.activation_view import (
    find_activation,
    list_activations,
    open_activation,
)
from ambassador.services.activations.contests import count_contest
from ambassador.services.activations.law import read_law
from ambassador.services.activations.moments import read_moment
from ambassador.services.activations.questions import read_session
from ambassador.services.backups.making import back_up
from ambassador.services.backups.restoring import restore
from ambassador.services.forecasts.forecasts import open_forecast
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.incidents.reading import list_incidents
from ambassador.services.learned.learned import load_learned
from ambassador.services.mentions.refresh import bring_up_to_date, is_stale
from ambassador.services.picks.picks import open_pick
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store import migrate
from ambassador.store.database import open_engine
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.mentions import Credit, MentionCampaign, MentionLabel
from ambassador.store.tables.tone import ToneLabel
from ambassador.values.activations.states import PointState
from ambassador.values.incidents import IncidentKind
from ambassador.values.money import money
from ambassador.values.tone import Drawn, Tone
from tests.conftest import NOW
from tests.databases import new_postgresql_database
from tests.store.test_releases import RELEASES, faults_of_rows

SPRING, NEWER = 1, 5
SCHEMAS = sorted(path.name[7:11] for path in RELEASES.glob("schema-*.db.gz"))
LATER = [schema for schema in SCHEMAS if schema >= "0004"]
Opened = tuple[UnitOfWork, str, list[object]]
"""Where it is worked on, the schema it had, the credit it held."""
_ALL_IN_EUROS = {"EU1": (40_000, "EUR"), "KW1": (12_025_000, "EUR"), "JP1": (6_000_000, "EUR")}
_IN_THEIR_CURRENCY = {"EU1": (40_000, "EUR"), "KW1": (120_250, "KWD"), "JP1": (60_000, "JPY")}
"""Releases up to schema 0009 took no currency from a list of phones."""
WORKED_OUT_ANEW = "0005"
"""The migration that has everything computed again which follows from posts."""


@pytest.fixture(params=[(one, "sqlite") for one in LATER] + [(one, "postgresql") for one in LATER[-1::-3]])
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Open a release's database as a user would: unit of work, its schema, the credit of then."""
    schema, kind = request.param
    folder = tmp_path_factory.mktemp("release")
    file = folder / "release.db"
    file.write_bytes(gzip.decompress((RELEASES / f"schema-{schema}.db.gz").read_bytes()))
    url = f"sqlite:///{file}"
    if kind == "sqlite":
        yield from _open(url, schema)
        return
    back_up(url, folder / "then.zip", actor="tester")
    with new_postgresql_database(request.getfixturevalue("postgresql_url")) as place:
        restore(folder / "then.zip", place)
        yield from _open(place, schema)


def _open(url: str, schema: str) -> Iterator[Opened]:
    engine = open_engine(url)
    assert migrate.version(engine) == schema
    before = _credit(UnitOfWork(engine, "tester", lambda: NOW))
    engine.dispose()
    work = open_workspace(url, actor="tester").at(NOW)
    assert migrate.version(work.engine) == migrate.newest_version()
    migrate.check(work.engine)
    yield work, schema, before
    work.engine.dispose()


def _credit(work: UnitOfWork) -> list[object]:
    with work.reading() as session:
        columns = Credit.mention_id, Credit.campaign_id, Credit.ambassador_id, Credit.share, Credit.method
        return [tuple(row) for row in session.exec(select(*columns).order_by(col(Credit.mention_id)))]  # type: ignore[call-overload]


def test_every_schema_before_this_one_has_a_database_of_its_release() -> None:
    assert migrate.known_versions() - {migrate.newest_version()} <= set(SCHEMAS)


def test_a_database_of_then_is_worked_with_as_one_of_today(opened: Opened) -> None:
    what_followed_from_posts_comes_out_the_same(opened)
    results_money_and_phones_are_those_of_then(opened)
    records_are_shown_as_they_were_stored(opened)
    votes_are_counted_as_then(opened)
    the_conversation_is_that_of_then(opened)
    an_import_of_then_is_taken_back_and_the_doctor_finds_nothing_wrong(opened)


def what_followed_from_posts_comes_out_the_same(
    opened: Opened,
) -> None:
    work, schema, before = opened
    assert is_stale(work) is (schema < WORKED_OUT_ANEW)
    bring_up_to_date(work)
    assert _credit(work) == before
    assert len(before) == 28
    with work.reading() as session:
        by_hand = session.exec(select(MentionCampaign).where(MentionCampaign.by_hand)).all()
        assert [(one.mention_id, one.verdict.value) for one in by_hand] == [(5, "rejected")]
        assert len(session.exec(select(MentionLabel)).all()) == 1


def results_money_and_phones_are_those_of_then(opened: Opened) -> None:
    work, schema, _ = opened
    bring_up_to_date(work)
    results = observe_results(work, SPRING)
    total = results.total
    assert (total.talkers, total.mentions, total.cascades, total.largest_cascade) == (9, 28.0, 9, 3)
    assert (total.views.value, total.engagements.value) == (46_600.0, 1_347.0)
    assert (total.orders, total.order_value) == (3, money("149.70", "EUR"))
    assert results.cost.goods == money("400", "EUR")
    assert results.cost.shipping == money("8" if schema >= "0006" else "0", "EUR")  # said since 0006
    with work.reading() as session:
        phones = {one.serial: (one.cost_minor, one.currency) for one in session.exec(select(Device))}
        stay = session.exec(select(Custody)).one()
        assert (stay.reference, stay.tracking, stay.delivered_at is None) == ("P-0001", "T1", False)
    assert phones == (_IN_THEIR_CURRENCY if schema >= "0010" else _ALL_IN_EUROS)


def records_are_shown_as_they_were_stored(opened: Opened) -> None:
    work = opened[0]
    answer, forecast = open_pick(work, 1), open_forecast(work, 1).result
    assert [one.handle for one in answer.picks] == ["tea", "lia"]
    assert (answer.cost, answer.budget) == (money("616", "EUR"), money("900", "EUR"))
    assert (forecast.talkers.mean, forecast.talkers.quantiles[50]) == (3.96, (3.0, 5.0))
    with work.reading() as session:
        assert load_learned(session) is not None


def votes_are_counted_as_then(opened: Opened) -> None:
    work, schema, _ = opened
    if schema < "0010":  # the first with votes
        return
    card = next(one for one in list_activations(work) if one.title == "Square")
    assert (card.title, card.status.value, card.cost, card.took_part) == (
        "Square", "closed", money("40", "EUR"), 5,
    )  # fmt: skip
    ideas = [(one.key, one.title, one.cost) for one in open_activation(work, card.id).entries]
    assert ideas == [("1", "Benches", money("300", "EUR")), ("2", "Trees", money("200", "EUR"))]
    if schema < "0014":  # the first with contests and questions
        return
    photos, ask = (find_activation(work, name) for name in ("Photos", "Ask us"))
    ranking = [(one.key, one.place, one.votes, one.points) for one in count_contest(work, photos).entries]
    assert ranking == [("1", 1, 1, 9.2), ("2", 2, 0, 2.0)]
    assert {one.state for one in read_law(work, photos)} == {PointState.DONE}
    asked = [(one.text, one.askers, one.answer) for one in read_session(work, ask).standing]
    assert asked == [("When does it come?", 2, "In May.")]


def the_conversation_is_that_of_then(opened: Opened) -> None:
    work, schema, _ = opened
    if schema < "0016":  # the first with moments, labels of tone and incidents
        return
    evening = read_moment(work, find_activation(work, "Evening"))
    assert evening is not None
    assert (evening.draft.place, evening.draft.by, evening.draft.audience) == ("Channel 4", "x:tea", 90_000)
    with work.reading() as session:
        rows = session.exec(select(ToneLabel).order_by(col(ToneLabel.mention_id))).all()
        assert [(one.mention_id, one.tone, one.drawn) for one in rows] == [
            (2, Tone.POSITIVE, Drawn.CHOSEN), (3, Tone.POSITIVE, Drawn.CHOSEN),
            (4, Tone.NEGATIVE, Drawn.RANDOM),
        ]  # fmt: skip
    (incident,) = list_incidents(work).incidents
    assert (incident.perimeter, incident.kind, incident.posts) == ("Storm", IncidentKind.SPIKE, 42)


def an_import_of_then_is_taken_back_and_the_doctor_finds_nothing_wrong(
    opened: Opened,
) -> None:
    work = opened[0]
    newer = next(one for one in list_imports(work) if one.file_name == "newer.csv")
    assert (newer.added, newer.updated) == (0, 1)
    undo_import(work, newer.id)
    with pytest.raises(ConflictError):
        undo_import(work, newer.id)
    assert faults_of_rows(work) == []


def test_the_packed_files_are_small() -> None:
    assert all((Path(RELEASES) / f"schema-{one}.db.gz").stat().st_size < 60_000 for one in SCHEMAS)
