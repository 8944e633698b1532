"""How long one change keeps others from writing: ``python -m benchmarks.locks [--postgresql] [CASE ...]``.

For each case the longest transaction that writes, in seconds of the clock and of the processor: on a machine
that others use too, the second number is the one that stays. PostgreSQL works in processes of its own, which
the second number does not see: there the clock counts, on a machine with nothing else to do.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from sqlalchemy import text
from sqlmodel import Session

from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.devices.devices import reserve_device
from ambassador.services.imports import ImportOptions, import_file, refresh_after
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.learning.learn import learn_influence
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.people import list_people
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.store.database import open_engine
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.people.people import NewPerson
from ambassador.values.status import ImportKind
from benchmarks.rows import Row
from benchmarks.writers import NOW, POSTS, people_and_campaign, posts
from tests.databases import new_postgresql_database, postgresql_server

TIES, PEOPLE, LINES, PARCELS, MANY_POSTS = 100_000, 20_000, 20_000, 1_000, 50_000
_GOAL = "no single one above 1 s"


@dataclass
class Held:
    """What was measured of the transactions that wrote."""

    seconds: list[tuple[float, float]] = field(default_factory=list)
    """Of the clock, of the processor; one pair each."""

    def told(self) -> str:
        """Say the longest, by either clock."""
        wall, processor = (max(one) for one in zip(*self.seconds, strict=True))
        count = len(self.seconds)
        return f"{count:,} transactions, the longest {processor:.2f} s of the processor, {wall:.2f} s"


@contextmanager
def measured() -> Iterator[Held]:
    """Measure every transaction that writes while this is open."""
    held, real = Held(), UnitOfWork.writing

    @contextmanager
    def writing(work: UnitOfWork, patience: float | None = None) -> Iterator[Session]:
        began = 0.0, 0.0
        try:
            with real(work, patience) as session:
                began = time.monotonic(), time.thread_time()
                yield session
        finally:
            held.seconds.append((time.monotonic() - began[0], time.thread_time() - began[1]))

    UnitOfWork.writing = writing  # type: ignore[method-assign,assignment]
    try:
        yield held
    finally:
        UnitOfWork.writing = real  # type: ignore[method-assign]


def _bring(work: UnitOfWork, kind: ImportKind, text: str) -> None:
    answers = {"direction": "as-listed"}
    import_file(work, kind, f"{kind.value}.csv", text.encode(), ImportOptions(answers=answers))
    refresh_after(work)


def _ties() -> str:
    rng = Random(2)  # noqa: S311 - made-up ties
    lines = ["source,target,platform,weight"]
    lines += [
        f"u{rng.randrange(20_000)},u{rng.randrange(20_000)},x,{rng.randrange(1, 9)}" for _ in range(TIES)
    ]
    return "\n".join(lines)


def _people() -> str:
    lines = ["handle,platform,name,followers,city,email"]
    lines += [
        f"u{n},x,Person {n},{50 + n},{'Bari' if n % 2 else 'Pisa'},p{n}@example.org" for n in range(PEOPLE)
    ]
    return "\n".join(lines)


def _phones() -> str:
    return "\n".join(["model,serial,cost,currency", *(f"Q1,S{n},400,EUR" for n in range(LINES))])


def _outcomes() -> str:
    lines = ["campaign,kind,quantity,value,currency,date,code"]
    lines += [f"Launch,order,1,{10 + n % 90},EUR,2026-05-{1 + n % 9:02d},C{n}" for n in range(LINES)]
    return "\n".join(lines)


def _couriers(work: UnitOfWork) -> Callable[[], object]:
    """Bring in what couriers say of many parcels: day after day on their way, and one day delivered."""
    _bring(work, ImportKind.PEOPLE, "\n".join(["handle,platform", *(f"p{n},x" for n in range(PARCELS))]))
    phones = (f"Launch,S{n},400,EUR" for n in range(PARCELS))
    _bring(work, ImportKind.DEVICES, "\n".join(["model,serial,cost,currency", *phones]))
    draft = CampaignDraft("Sent", date(2026, 5, 1), date(2026, 5, 24))
    people = [row.id for row in list_people(work).rows if row.name.startswith("p")]
    ambassadors = invite_people(work, create_campaign(work, draft), people)
    parcels = [reserve_device(work, one).reference for one in ambassadors]
    days = LINES // PARCELS
    lines = [
        f"{parcel},{'delivered' if day == days else 'shipped'},2026-05-{day:02d}T10:00:00Z"
        for day in range(days, 0, -1)
        for parcel in parcels
    ]
    text = "\n".join(["reference,status,date", *lines])
    return lambda: _bring(work, ImportKind.COURIER, text)


def _undo(work: UnitOfWork, kind: ImportKind, text: str) -> Callable[[], object]:
    _bring(work, kind, text)
    newest = list_imports(work)[0].id
    return lambda: undo_import(work, newest)


def _erase(work: UnitOfWork) -> Callable[[], object]:
    """Erase somebody who wrote a tenth of all posts, whom a quarter of the others name."""
    head, *lines = posts(MANY_POSTS).split("\n")
    for number, line in enumerate(lines):
        cells = line.split(",")
        if number % 10 == 0:
            cells[2:4] = "loudest", "999999"
        elif number % 4 == 0:
            cells[8] = f"thanks @loudest {number}"
        lines[number] = ",".join(cells)
    person = add_person(work, NewPerson("Loud One", "x", "loudest"))
    _bring(work, ImportKind.MENTIONS, "\n".join([head, *lines]))
    return lambda: erase_person(work, person)


def _learn(work: UnitOfWork) -> Callable[[], object]:
    _bring(work, ImportKind.MENTIONS, posts(POSTS))
    _bring(work, ImportKind.TIES, _ties())
    return lambda: learn_influence(work)


def _import(kind: ImportKind, text: Callable[[], str]) -> Callable[[UnitOfWork], Callable[[], object]]:
    def prepare(work: UnitOfWork) -> Callable[[], object]:
        file = text()
        return lambda: _bring(work, kind, file)

    return prepare


CASES: dict[str, tuple[str, Callable[[UnitOfWork], Callable[[], object]]]] = {
    "posts": (f"{POSTS:,} posts in", _import(ImportKind.MENTIONS, lambda: posts(POSTS))),
    "ties": (f"{TIES:,} ties in", _import(ImportKind.TIES, _ties)),
    "people": (f"{PEOPLE:,} people in", _import(ImportKind.PEOPLE, _people)),
    "phones": (f"{LINES:,} phones in", _import(ImportKind.DEVICES, _phones)),
    "outcomes": (f"{LINES:,} outcomes in", _import(ImportKind.OUTCOMES, _outcomes)),
    "couriers": (f"{LINES:,} lines of couriers in, {PARCELS:,} parcels", _couriers),
    "undo posts": (f"{POSTS:,} posts undone", lambda work: _undo(work, ImportKind.MENTIONS, posts(POSTS))),
    "undo ties": (f"{TIES:,} ties undone", lambda work: _undo(work, ImportKind.TIES, _ties())),
    "undo people": (f"{PEOPLE:,} people undone", lambda work: _undo(work, ImportKind.PEOPLE, _people())),
    "erase": (f"somebody loud erased among {MANY_POSTS:,} posts", _erase),
    "learn": (f"learned from {POSTS:,} posts and {TIES:,} ties", _learn),
}


@contextmanager
def _on_sqlite() -> Iterator[Callable[[], AbstractContextManager[str]]]:
    @contextmanager
    def place() -> Iterator[str]:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'locks.db'}"

    yield place


@contextmanager
def _on_postgresql() -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """Start a server as the tests do; unlike them it waits until the disk has what is committed."""
    with postgresql_server() as server:
        engine = open_engine(server)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for safety in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(text(f"ALTER SYSTEM SET {safety} = on"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        yield lambda: new_postgresql_database(server)


def lock_rows(names: list[str], *, postgresql: bool = False) -> Iterator[Row]:
    """Make each change in a workspace of its own and say how long others could not write."""
    with (_on_postgresql if postgresql else _on_sqlite)() as places:
        for name in names:
            yield _lock_row(name, places, "PostgreSQL" if postgresql else "SQLite")


def _lock_row(name: str, places: Callable[[], AbstractContextManager[str]], database: str) -> Row:
    what, prepare = CASES[name]
    with places() as address:
        work = open_workspace(address, actor="bench").at(NOW)
        people_and_campaign(work)
        change = prepare(work)
        began = time.monotonic(), time.process_time()
        with measured() as held:
            change()
        wall, processor = time.monotonic() - began[0], time.process_time() - began[1]
        work.engine.dispose()
    return Row(
        f"The longest write: {what}, {database}",
        _GOAL,
        f"{held.told()}; all of it {wall:.1f} s, {processor:.1f} s of the processor",
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.locks", description=__doc__)
    parser.add_argument("cases", nargs="*", default=list(CASES), metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--postgresql", action="store_true", help="on a server that is started for it")
    asked = parser.parse_args()
    if unknown := set(asked.cases) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    for row in lock_rows(asked.cases, postgresql=asked.postgresql):
        print(f"{row.what}: {row.measured} ({row.target})", flush=True)
