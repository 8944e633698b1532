"""Ties as arrays, and networks kept as they were when a pick or a forecast used them."""

import hashlib
import io
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy
from numpy.typing import NDArray
from sqlalchemy import case
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ambassador.errors import NotFoundError
from ambassador.store.networks.node_keys import node_key
from ambassador.store.plain_columns import plain_parts
from ambassador.store.records import take_turns
from ambassador.store.tables.network import NetworkSnapshot, Tie
from ambassador.store.tables.people import Account, Person

Keys = NDArray[np.int64]
LARGEST_IN_ROW = 64 * 2**20
"""Arrays up to this many bytes stay in the database; larger ones become a file named by its content."""


@dataclass(frozen=True, slots=True)
class TieArrays:
    """Ties as columns; nodes are keys: see ``NodeKey``.

    NaN stands for "the source does not say".
    """

    source_key: Keys
    target_key: Keys
    weight: NDArray[np.float64]
    interactions: NDArray[np.float64]
    given: NDArray[np.float64]
    from_file: NDArray[np.bool_]
    """Whether the tie was listed in a file; the others were derived from mentions."""

    def __len__(self) -> int:
        return len(self.source_key)

    def where(self, kept: NDArray[np.bool_]) -> "TieArrays":
        """Keep some ties alone."""
        return TieArrays(*(getattr(self, one)[kept] for one in TieArrays.__dataclass_fields__))


def _none() -> NDArray[np.float64]:
    return np.empty(0)


@dataclass(frozen=True, slots=True)
class CrowdArrays:
    """What is known of a network's people, by node; NaN is unknown."""

    followers: NDArray[np.float64]
    views: NDArray[np.float64]
    law: NDArray[np.int16]
    """Which law the delays of their listeners follow."""


@dataclass(frozen=True, slots=True)
class NetworkArrays:
    """A network's ties with their probabilities; ``source`` and ``target`` are places in ``node_keys``.

    The other columns are there where a forecast used them: ``strength`` (alpha + beta of a tie's posterior)
    by tie, the rest by node as in ``CrowdArrays``.
    """

    node_keys: Keys
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    probability: NDArray[np.float64]
    strength: NDArray[np.float64] = field(default_factory=_none)
    followers: NDArray[np.float64] = field(default_factory=_none)
    views: NDArray[np.float64] = field(default_factory=_none)
    law: NDArray[np.int16] = field(default_factory=lambda: np.empty(0, np.int16))

    def columns(self) -> dict[str, NDArray[np.generic]]:
        """The columns to be kept: the first four, and of the others those that hold something."""
        named = {name: getattr(self, name) for name in NetworkArrays.__dataclass_fields__}
        always = ("node_keys", "source", "target", "probability")
        return {name: column for name, column in named.items() if name in always or column.size}


def read_ties(
    session: Session, platform: str | None = None, *, known_by: datetime | None = None
) -> TieArrays:
    """Read all ties between accounts that may be used: the erased and those who objected are not there.

    ``known_by`` leaves out what mentions showed only later.
    """
    source, target = aliased(Account), aliased(Account)
    columns: list[Any] = [node_key(source), node_key(target)]
    columns += [
        Tie.weight,
        Tie.interactions,
        Tie.given_probability,
        case((col(Tie.origin) == "file", 1), else_=0),
    ]
    query = (
        sqlalchemy.select(*columns)
        .select_from(Tie)
        .join(source, col(Tie.source_id) == col(source.id))
        .join(target, col(Tie.target_id) == col(target.id))
        .where(col(source.erased_at).is_(None), col(target.erased_at).is_(None))
        .order_by(col(Tie.id))
    )
    for side in (source, target):
        query = query.where(col(side.person_id).is_(None) | col(side.person_id).not_in(_objected()))
    if platform is not None:
        query = query.where(col(Tie.platform) == platform)
    if known_by is not None:
        query = query.where(col(Tie.first_at).is_(None) | (col(Tie.first_at) < known_by))
    return _as_arrays(session.connection().execute(query).all())


def read_tie_ends(session: Session) -> tuple[Keys, Keys]:
    """Read between which nodes there are ties, as ``read_ties`` does, and nothing else about them."""
    usable: list[Any] = [Account.id, node_key(Account)]
    between: list[Any] = [Tie.source_id, Tie.target_id]
    accounts = sqlalchemy.select(*usable).where(
        col(Account.erased_at).is_(None),
        col(Account.person_id).is_(None) | col(Account.person_id).not_in(_objected()),
    )
    account, key = _pairs(session, accounts.order_by(col(Account.id)))
    ends = _pairs(session, sqlalchemy.select(*between).order_by(col(Tie.id)))
    if not account.size:
        return account, account
    places = np.minimum(np.searchsorted(account, ends), account.size - 1)
    both = (account[places] == ends).all(axis=0)
    source, target = key[places[:, both]]
    return source, target


def _pairs(session: Session, query: sqlalchemy.Select[Any]) -> Keys:
    """Read two columns of whole numbers: an array of two rows."""
    parts = [np.array(part, np.int64) for part in plain_parts(session, query)]
    return np.concatenate(parts, axis=1) if parts else np.empty((2, 0), np.int64)


def _objected() -> SelectOfScalar[int | None]:
    return select(col(Person.id)).where(col(Person.objected_at).is_not(None))


def _as_arrays(rows: Sequence[Any]) -> TieArrays:
    plain = list(map(tuple, rows))  # numpy asks every Row what it is; a tuple it knows
    table = np.array(plain, dtype=np.float64).reshape(-1, 6)  # keys are exact up to 2 ** 53
    source, target, weight, interactions, given, from_file = table.T.copy()
    keys = source.astype(np.int64), target.astype(np.int64)
    return TieArrays(*keys, weight, interactions, given, from_file > 0)


def add_network_snapshot(
    session: Session, arrays: NetworkArrays, *, probabilities: str, at: datetime, folder: Path
) -> NetworkSnapshot:
    """Keep a network as it is now; one already kept with the same content is used again."""
    digest = _digest(arrays, probabilities)
    take_turns(session)  # two who keep the same network at once keep one
    kept = session.exec(select(NetworkSnapshot).where(col(NetworkSnapshot.sha256) == digest)).first()
    if kept is not None:
        return kept
    packed = _pack(arrays)
    in_row = len(packed) <= LARGEST_IN_ROW
    snapshot = NetworkSnapshot(
        sha256=digest,
        node_count=len(arrays.node_keys),
        tie_count=len(arrays.source),
        probabilities=probabilities,
        built_at=at,
        arrays=packed if in_row else None,
        file_name="" if in_row else _write_file(folder, digest, packed),
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def get_network_snapshot(session: Session, snapshot_id: int, *, folder: Path) -> NetworkArrays:
    """Read a kept network back."""
    snapshot = session.get(NetworkSnapshot, snapshot_id)
    if snapshot is None:
        raise NotFoundError("there is no kept network {number} here", number=snapshot_id)
    if snapshot.arrays is not None:
        return _unpack(snapshot.arrays)
    path = folder / snapshot.file_name
    if not path.is_file():
        raise NotFoundError("the file {name} of network {number} is gone", name=str(path), number=snapshot_id)
    return _unpack(path.read_bytes())


def network_files_in(copy: sqlite3.Connection) -> list[str]:
    """Name the files that the networks and learned values of a copied database lie in."""
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found: set[str] = set()
    for table in tables & {"network_snapshot", "parameter_set"}:
        found |= {name for (name,) in copy.execute(f"SELECT file_name FROM {table} WHERE file_name <> ''")}  # noqa: S608 - our own names
    return sorted(found)


def _digest(arrays: NetworkArrays, probabilities: str) -> str:
    total = hashlib.sha256(probabilities.encode())
    for column in arrays.columns().values():
        total.update(len(column).to_bytes(8, "little"))
        total.update(np.ascontiguousarray(column).tobytes())
    return total.hexdigest()


def _pack(arrays: NetworkArrays) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays.columns())
    return out.getvalue()


def _unpack(packed: bytes) -> NetworkArrays:
    with np.load(io.BytesIO(packed), allow_pickle=False) as columns:
        return NetworkArrays(**{name: columns[name] for name in columns.files})


def _write_file(folder: Path, digest: str, packed: bytes) -> str:
    """Write under a passing name and rename, so that a file with a digest for its name is whole."""
    name = f"networks/{digest}.npz"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_suffix(f".{os.getpid()}.part")
    passing.write_bytes(packed)
    passing.replace(path)
    return name
