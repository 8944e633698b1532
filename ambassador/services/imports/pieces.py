"""Part the rows of a file into pieces, one transaction each: others who write wait for no more."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Final

import numpy as np

from ambassador.values.devices import canonical_imei, canonical_serial
from ambassador.values.drafts import MentionDraft, TieDraft
from ambassador.values.parcel_order import in_order_of_events
from ambassador.values.status import ImportKind

AT_ONCE: Final = {
    ImportKind.MENTIONS: 2_000,
    ImportKind.PEOPLE: 1_000,
    ImportKind.TIES: 8_000,
    ImportKind.DEVICES: 1_000,
    ImportKind.COURIER: 50,
}
"""Rows of a piece, which take about half a second; outcomes are looked up together and stay whole."""


def pieces_of(kind: ImportKind, rows: Sequence[Any]) -> list[Sequence[Any]]:
    """Part rows in their order; those that speak of one post, tie, person or phone stay together.

    What a courier says is parted in the order in which it happened.

    Examples
    --------
    >>> pieces_of(ImportKind.OUTCOMES, [1, 2, 3])
    [[1, 2, 3]]
    """
    size = AT_ONCE.get(kind)
    if size is None or len(rows) <= size:
        return [rows]
    if kind is ImportKind.COURIER:
        in_order = in_order_of_events(rows)
        return [in_order[first : first + size] for first in range(0, len(rows), size)]
    pieces: list[list[Any]] = [[]]
    place = np.full(len(rows), -1)  # of each first row: a mapping of millions would take ten times as much
    for row, first in zip(rows, _first_rows(kind, rows), strict=True):
        if place[first] < 0:
            if len(pieces[-1]) >= size:
                pieces.append([])
            place[first] = len(pieces) - 1
        pieces[place[first]].append(row)
    return list(pieces)


def unstated_handles(kind: ImportKind, rows: Sequence[Any]) -> set[str]:
    """Name the accounts whose platform has to be guessed from all of them.

    Examples
    --------
    >>> unstated_handles(ImportKind.OUTCOMES, [])
    set()
    """
    if kind is ImportKind.MENTIONS:
        return {row.author for row in rows if not row.platform}
    if kind is ImportKind.TIES:
        return {handle for row in rows if not row.platform for handle in (row.source, row.target)}
    if kind is ImportKind.PEOPLE:
        return {one.handle for row in rows for one in row.accounts if not one.platform}
    return set()


def _first_rows(kind: ImportKind, rows: Sequence[Any]) -> Iterable[int]:
    """Return each row the number of the first one it belongs with, directly or by way of others."""
    if kind is ImportKind.TIES or (kind is ImportKind.MENTIONS and not any(row.aliases for row in rows)):
        of = _tie_key if kind is ImportKind.TIES else _post_key  # one key each, and millions of them
        keys = np.fromiter((hash(of(row)) for row in rows), np.int64, len(rows))
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        return first[which]
    above = list(range(len(rows)))

    def first_of(number: int) -> int:
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    seen: dict[int, int] = {}
    for number, row in enumerate(rows):
        for key in _keys(kind, row):
            known = seen.setdefault(hash(key), number)  # two keys of one hash only share a piece
            one, other = first_of(known), first_of(number)
            above[max(one, other)] = min(one, other)
    return [first_of(number) for number in range(len(rows))]


def _keys(kind: ImportKind, row: Any) -> Iterable[Hashable]:  # noqa: ANN401 - a draft of any kind
    if kind is ImportKind.MENTIONS:
        return [(row.platform, name) for name in (row.post_id, *row.aliases)]
    if kind is ImportKind.DEVICES:
        numbers = canonical_serial(row.serial), canonical_imei(row.imei1), canonical_imei(row.imei2)
        return [(number > 0, one) for number, one in enumerate(numbers) if one]
    handles = [(one.platform, one.handle) for one in row.accounts]
    return handles + [(one.platform, "id", one.native_id) for one in row.accounts if one.native_id]


def _post_key(row: MentionDraft) -> Hashable:
    return row.platform, row.post_id


def _tie_key(row: TieDraft) -> Hashable:
    return row.platform, row.source, row.target, row.kind
