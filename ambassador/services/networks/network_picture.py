"""Communities and places of a network's nodes, computed once per state of the network and kept."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.network import find_communities
from ambassador.propagation.network.communities import lay_out
from ambassador.services.work import UnitOfWork
from ambassador.store.settings import get_setting, put_setting
from ambassador.values.imports.imports import Progress, silent

MOST_DRAWN = 1_000
MOST_SEARCHED = 20_000
"""Nodes communities are searched among: the best connected."""
_KEPT = "network_picture"
_VERSION = "3"
_DIGITS = 4


@dataclass(frozen=True)
class PictureTies:
    """Ties between nodes, self-ties left out; ``source`` and ``target`` are places in ``keys``."""

    keys: Int64Array
    source: Int64Array
    target: Int64Array

    @classmethod
    def between(cls, source_key: Int64Array, target_key: Int64Array) -> "PictureTies":
        """Make it of node keys: those with a tie to somebody else are numbered."""
        real = source_key != target_key
        keys, places = np.unique(np.concatenate([source_key[real], target_key[real]]), return_inverse=True)
        half = places.size // 2
        return cls(keys, places[:half].astype(np.int64), places[half:].astype(np.int64))

    @cached_property
    def degrees(self) -> Int64Array:
        """Ties of each node, in and out."""
        both = np.concatenate([self.source, self.target])
        return np.bincount(both, minlength=self.keys.size).astype(np.int64)

    def among(self, chosen: Int64Array) -> "PictureTies":
        """Keep the nodes at some places, and the ties among them."""
        new = np.full(self.keys.size, -1, np.int64)
        new[chosen] = np.arange(chosen.size)
        both = (new[self.source] >= 0) & (new[self.target] >= 0)
        return PictureTies(self.keys[chosen], new[self.source[both]], new[self.target[both]])


@dataclass(frozen=True)
class Picture:
    """Who is searched, in which community each is, who is drawn and where."""

    keys: Int64Array
    community: Int64Array
    drawn: Int64Array
    """Places in ``keys``."""
    x: FloatArray
    y: FloatArray


NOT_YET = Picture(*(np.empty(0, np.int64),) * 3, *(np.empty(0),) * 2)
"""Stands where the picture of this state was not computed yet."""


def kept_picture(session: Session, ties: PictureTies, marked: Collection[int]) -> Picture | None:
    """Return the picture of this state of the network if it was computed before.

    Examples
    --------
    >>> ties = PictureTies.between(np.array([2, 4]), np.array([4, 6]))
    >>> kept_picture(session, ties, marked=()) is None
    True
    """
    kept = get_setting(session, _KEPT)
    same = isinstance(kept, dict) and kept.get("state") == _state(ties, marked)
    return _unpacked(kept) if same else None


def compute_picture(
    work: UnitOfWork, ties: PictureTies, marked: Collection[int], *, progress: Progress = silent
) -> Picture:
    """Compute the picture, outside any transaction, and keep it.

    Examples
    --------
    >>> ties = PictureTies.between(np.array([2, 4]), np.array([4, 6]))
    >>> compute_picture(work, ties, marked=()).keys
    array([2, 4, 6])
    """
    picture = _compute(ties, marked, progress)
    with work.writing() as session:
        put_setting(session, _KEPT, {"state": _state(ties, marked), **_packed(picture)})
    return picture


def _compute(ties: PictureTies, marked: Collection[int], progress: Progress) -> Picture:
    progress(0, 1, mark("finding communities"))
    searched = ties.among(np.sort(_foremost(ties, marked, MOST_SEARCHED)))
    community = find_communities(searched.source, searched.target, searched.keys.size)
    drawn = np.sort(_foremost(searched, marked, MOST_DRAWN))
    shown = searched.among(drawn)
    x, y = lay_out(shown.source, shown.target, community[drawn], progress=progress)
    return Picture(searched.keys, community, drawn, x.round(_DIGITS), y.round(_DIGITS))


def _foremost(ties: PictureTies, marked: Collection[int], count: int) -> Int64Array:
    """Choose the marked, then the best connected."""
    last = ~np.isin(ties.keys, np.fromiter(marked, np.int64))
    return np.lexsort((ties.keys, -ties.degrees, last))[:count].astype(np.int64)


def _state(ties: PictureTies, marked: Collection[int]) -> str:
    order = np.lexsort((ties.target, ties.source))
    total = hashlib.sha256(_VERSION.encode())
    marks = np.sort(np.fromiter(marked, np.int64))
    for column in (ties.keys, ties.source[order], ties.target[order], marks):
        total.update(column.size.to_bytes(8, "little"))
        total.update(np.ascontiguousarray(column).tobytes())
    return total.hexdigest()


def _packed(picture: Picture) -> dict[str, Any]:
    return {name: getattr(picture, name).tolist() for name in ("keys", "community", "drawn", "x", "y")}


def _unpacked(kept: dict[str, Any]) -> Picture:
    keys, community, drawn = (np.array(kept[name], np.int64) for name in ("keys", "community", "drawn"))
    return Picture(keys, community, drawn, np.array(kept["x"], np.float64), np.array(kept["y"], np.float64))
