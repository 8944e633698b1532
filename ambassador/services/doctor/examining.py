"""Look a whole workspace through; nothing in it is changed.

What takes long is asked of a copy, so that nobody waits: credit, possible parents, matches and derived ties
are taken away there, computed from nothing, and compared.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic.util.exc import CommandError
from sqlalchemy import Engine

from ambassador.config import database_name
from ambassador.errors import AmbassadorError, ConfigurationError
from ambassador.i18n import mark
from ambassador.services.backups.making import opened
from ambassador.services.doctor.folder import faults_of_folder
from ambassador.services.mentions.refresh import refresh_in
from ambassador.services.work import UnitOfWork
from ambassador.store import migrate
from ambassador.store.backups import copy_database
from ambassador.store.backups.failures import last_failure
from ambassador.store.database import open_engine
from ambassador.store.doctor import damage, pointers_to_nothing, read_derived, unequal_stock
from ambassador.store.doctor.pointers import unknown_states, wrong_parents
from ambassador.store.doctor.sums import count_rows, forget_derived, network_files, shares_not_one
from ambassador.store.post_words import index_is_sound, wrong_words
from ambassador.store.stale import stale_marks
from ambassador.values.doctor import Diagnosis, Fault, FaultKind
from ambassador.values.imports.imports import Note

MEND: Final = "ambassador doctor --mend"
MATCH: Final = "ambassador mentions match"
BACKUP: Final = "ambassador backup FILE"
RESTORE: Final = "ambassador --database NEW restore BACKUP"
_SHOWN: Final = 5
_DERIVED: Final = {
    "credit": mark("The credit of {count} mentions is not what their posts, ties and rules give"),
    "mention_campaign": mark("{count} mentions are matched to campaigns otherwise than the rules say"),
    "parent_candidate": mark("The possible parents of {count} mentions are not what posts and ties give"),
    "tie": mark("{count} ties are not what the mentions they were derived from say"),
}
"""Table -> how a difference in it is told; ``count`` counts what the second column names."""


def examine(url: str) -> Diagnosis:
    """Look through a database, its network files, its backups and the data folder."""
    name = database_name(url)
    with opened(url) as engine:
        broken = damage(engine)
        if broken:
            what = Note(mark("The file of the database is damaged: {reason}"), {"reason": broken})
            fault = Fault(FaultKind.DAMAGED, what, RESTORE)
            return Diagnosis(name, {}, (fault, *faults_of_folder(url, []).faults))
        old = list(_faults_of_version(engine))
        with _copy(engine) as work:
            faults = list(_faults_of_rows(work))
            with work.reading() as session:
                counts, files = count_rows(session), network_files(session)
            folder = faults_of_folder(url, files)
            stale = any(fault.kind is FaultKind.STALE for fault in faults)
            sound = not any(fault.kind in _UNSOUND for fault in faults)
            if sound and not stale:
                faults += _faults_of_computing(work)
    looked_at = {
        "tables": len(counts),
        "rows": sum(counts.values()),
        "devices": counts["device"],
        "mentions": counts["mention"],
        "shares": counts["credit"],
        "network_files": len(files),
        "backups": folder.backups,
    }
    return Diagnosis(name, looked_at, (*old, *faults, *folder.faults))


_UNSOUND: Final = frozenset({FaultKind.POINTS_NOWHERE, FaultKind.UNKNOWN_STATE, FaultKind.WRONG_PARENT})
"""With these, computing anew would stumble or say what follows from them."""


def _faults_of_version(engine: Engine) -> Iterator[Fault]:
    now = migrate.version(engine)
    if now != migrate.newest_version():
        if now is not None and now not in migrate.known_versions():
            message = mark(
                "This database was made by a newer version of the program ({version}): update the program."
            )
            raise ConfigurationError(message, version=now)
        what = Note(mark("The tables are those of an older version ({version})"), {"version": now or "-"})
        yield Fault(FaultKind.TABLES, what, "ambassador db upgrade")
        return
    try:
        migrate.check(engine)
    except CommandError as error:
        what = Note(mark("The tables are not those of this program: {reason}"), {"reason": str(error)})
        yield Fault(FaultKind.TABLES, what, RESTORE)


@contextmanager
def _copy(engine: Engine) -> Iterator[UnitOfWork]:
    """Return a copy of the database in today's tables, to be thrown away."""
    with tempfile.TemporaryDirectory(prefix="ambassador-doctor-") as folder:
        path = Path(folder) / "copy.db"
        copy_database(engine, path)
        copied = open_engine(f"sqlite:///{path}")
        try:
            migrate.upgrade(copied)
            yield UnitOfWork(copied, "doctor")
        finally:
            copied.dispose()


def _faults_of_rows(work: UnitOfWork) -> Iterator[Fault]:
    with work.reading() as session:
        for lost in pointers_to_nothing(session):
            what = Note(
                mark("{count} rows of {table} name a {target} that is not there ({column}; rows {ids})"),
                {
                    "count": len(lost.ids),
                    "table": lost.pointer.table.name,
                    "target": lost.pointer.target.name,
                    "column": lost.pointer.column.name,
                    "ids": _some(lost.ids),
                },
            )
            yield Fault(FaultKind.POINTS_NOWHERE, what, MEND)
        states = unknown_states(session)
        for odd in states:
            what = Note(
                mark(
                    "{count} rows of {table} have a {column} the program does not know: {values} (rows {ids})"
                ),
                {
                    "count": len(odd.ids),
                    "table": odd.table,
                    "column": odd.column,
                    "values": ", ".join(odd.values[:_SHOWN]),
                    "ids": _some(odd.ids),
                },
            )
            yield Fault(FaultKind.UNKNOWN_STATE, what, RESTORE)
        if parents := wrong_parents(session):
            text = mark("{count} mentions hang from another post than the one their source names ({ids})")
            what = Note(text, {"count": len(parents), "ids": _some(parents)})
            yield Fault(FaultKind.WRONG_PARENT, what, MEND)
    if not states:  # a row in no known state cannot even be read
        yield from _faults_of_sums(work)


def _faults_of_sums(work: UnitOfWork) -> Iterator[Fault]:
    with work.reading() as session:
        if failed := last_failure(session):
            text = mark(
                "The backup of {moment} by itself failed: {reason}. Make room or set it right, then back up"
            )
            values = {"moment": f"{failed.at:%Y-%m-%d %H:%M} UTC", "reason": failed.reason}
            yield Fault(FaultKind.BACKUP, Note(text, values), BACKUP)
        for phone in unequal_stock(session):
            text = mark("Phone {device} is {status}, but its custody and history say {wanted}")
            if phone.is_nobodys:
                text = mark("Phone {device} is {status}, but nobody has it any more: it should be {wanted}")
            values = {"device": phone.label, "status": phone.status.value}
            wanted = phone.told if phone.right is phone.status and phone.told else phone.right
            yield Fault(FaultKind.STOCK, Note(text, {**values, "wanted": wanted.value}), MEND)
        if marks := stale_marks(session):
            text = mark("{count} changes wait for matches, credit and parents to be worked out anew")
            yield Fault(FaultKind.STALE, Note(text, {"count": len(marks)}), MATCH)
        if pairs := shares_not_one(session):
            text = mark("The shares of {count} mentions do not sum to one ({ids})")
            ids = _some([mention for _, mention in pairs])
            yield Fault(FaultKind.SHARES, Note(text, {"count": len(pairs), "ids": ids}), MATCH)
        if posts := wrong_words(session):
            text = mark("Searches look in other words than {count} mentions say ({ids})")
            yield Fault(FaultKind.WORDS, Note(text, {"count": len(posts), "ids": _some(posts)}), MEND)
        if not index_is_sound(session):
            yield Fault(FaultKind.WORDS, Note(mark("The index that searches use is damaged")), MEND)


def _faults_of_computing(work: UnitOfWork) -> Iterator[Fault]:
    with work.reading() as session:
        stands = read_derived(session)
    try:
        with work.writing() as session:
            forget_derived(session)
            refresh_in(session, work)
            found = read_derived(session)
    except AmbassadorError as error:
        yield Fault(FaultKind.NOT_RECOMPUTED, Note(error.message, error.values), MATCH)
        return
    for table, text in _DERIVED.items():
        if other := {
            row[1 if table in {"credit", "mention_campaign"} else 0] for row in stands[table] ^ found[table]
        }:
            count = len(other) if table != "tie" else len(stands[table] ^ found[table])
            yield Fault(FaultKind.NOT_RECOMPUTED, Note(text, {"count": count}), MATCH)


def _some(ids: list[int] | tuple[int, ...]) -> str:
    return ", ".join(map(str, ids[:_SHOWN])) + (" ..." if len(ids) > _SHOWN else "")
