"""Derived ties as columns: reactions by the million counted and held against what stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ambassador.store.plain_columns import seconds

Ints = NDArray[np.int64]
Reaction = tuple[int, int, str, str, datetime]
"""Source and target, platform and kind, when."""

_PER_SECOND: Final = 1_000_000
_BEGAN: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class TieColumns:
    """Ties between accounts, each column shape (ties,); moments are microseconds since 1970."""

    source: Ints
    target: Ints
    platform: NDArray[np.str_]
    kind: NDArray[np.str_]
    count: Ints
    first: Ints
    last: Ints

    @classmethod
    def of_columns(cls, parts: Iterable[Sequence[Sequence[Any]]]) -> Self:
        """Take columns as the database gives them: source, target, platform, kind, count, first, last.

        Examples
        --------
        >>> rows = [((7,), (8,), ("x",), ("reply",), (2,), ("2026-01-01 00:00:00",), ("2026-01-02",))]
        >>> TieColumns.of_columns(rows).row(0)["last_at"].day
        2
        """
        made = [_typed(part) for part in parts] or [_typed([()] * 7)]
        return cls(*(np.concatenate(one) for one in zip(*made, strict=True)))

    @classmethod
    def counted(cls, reactions: "TieColumns") -> Self:
        """Add up the reactions of each pair by platform and kind; ties come in the order of their keys.

        Examples
        --------
        >>> at = datetime(2026, 1, 1, tzinfo=UTC)
        >>> twice = TieColumns.of_reactions([(7, 8, "x", "reply", at)] * 2)
        >>> TieColumns.counted(twice).count.tolist()
        [2]
        """
        code, _ = _codes(reactions, reactions)
        order = np.argsort(code, kind="stable")
        _, starts = np.unique(code[order], return_index=True)
        kept = order[starts]
        if not kept.size:
            return cls.of_columns([])
        return cls(
            reactions.source[kept],
            reactions.target[kept],
            reactions.platform[kept],
            reactions.kind[kept],
            np.add.reduceat(reactions.count[order], starts),
            np.minimum.reduceat(reactions.first[order], starts),
            np.maximum.reduceat(reactions.last[order], starts),
        )

    @classmethod
    def of_reactions(cls, reactions: Sequence[Reaction]) -> Self:
        """Take reactions one by one."""
        source, target, platform, kind, at = zip(*reactions, strict=True) if reactions else ((),) * 5
        moments = np.array([(one - _BEGAN) // timedelta(microseconds=1) for one in at], np.int64)
        return cls(
            np.array(source, np.int64),
            np.array(target, np.int64),
            np.array(platform, np.str_),
            np.array(kind, np.str_),
            np.ones(len(reactions), np.int64),
            moments,
            moments,
        )

    def __len__(self) -> int:
        return self.source.size

    @property
    def columns(self) -> tuple[NDArray[Any], ...]:
        """All of them, in their order."""
        return (self.source, self.target, self.platform, self.kind, self.count, self.first, self.last)

    def joined(self, other: "TieColumns") -> "TieColumns":
        """Put others behind these."""
        return TieColumns(*map(np.concatenate, zip(self.columns, other.columns, strict=True)))

    def row(self, number: int) -> dict[str, Any]:
        """Return one as a row of the table, save for where it comes from."""
        return {
            "source_id": int(self.source[number]),
            "target_id": int(self.target[number]),
            "platform": str(self.platform[number]),
            "kind": str(self.kind[number]),
            "interactions": int(self.count[number]),
            "first_at": _BEGAN + timedelta(microseconds=int(self.first[number])),
            "last_at": _BEGAN + timedelta(microseconds=int(self.last[number])),
        }

    def difference(self, stands: "TieColumns") -> tuple[Ints, Ints, Ints]:
        """Hold ties, each key once, against those that stand.

        Returns
        -------
        int64 arrays
            Places of those that stand and should not; places of those that should stand and do not, or stand
            with other figures, by their keys; and for each of the latter its place among those that stand, -1
            for none.
        """
        code, other = _codes(self, stands)
        order = np.argsort(other)
        place = np.minimum(np.searchsorted(other[order], code), max(len(stands) - 1, 0))
        if not len(stands):
            return np.empty(0, np.int64), np.argsort(code), np.full(len(self), -1)
        there = order[place]
        known = other[there] == code
        same = known.copy()
        for mine, theirs in zip(self.columns[4:], stands.columns[4:], strict=True):
            same &= mine == theirs[there]
        gone = np.flatnonzero(~np.isin(other, code))
        changed = np.flatnonzero(~same)
        changed = changed[np.argsort(code[changed])]
        return gone, changed, np.where(known, there, -1)[changed]


def _typed(part: Sequence[Sequence[Any]]) -> tuple[NDArray[Any], ...]:
    source, target, platform, kind, count, first, last = part
    return (
        np.array(source, np.int64),
        np.array(target, np.int64),
        np.array(platform, np.str_),
        np.array(kind, np.str_),
        np.array(count, np.int64),
        _micro(first),
        _micro(last),
    )


def _micro(moments: Sequence[Any]) -> Ints:
    return np.rint(np.nan_to_num(seconds(moments), nan=-1.0) * _PER_SECOND).astype(np.int64)


def _codes(one: TieColumns, other: TieColumns) -> tuple[Ints, Ints]:
    """Number the keys of both alike, in the order of their parts."""
    code = np.zeros(len(one) + len(other), np.int64)
    for mine, theirs in zip(one.columns[:4], other.columns[:4], strict=True):
        values, place = np.unique(np.concatenate([mine, theirs]), return_inverse=True)
        code = np.unique(code * values.size + place, return_inverse=True)[1].astype(np.int64)
    return code[: len(one)], code[len(one) :]
