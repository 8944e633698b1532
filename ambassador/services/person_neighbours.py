"""Who is around one person: ties in and out, joined per neighbour and direction."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session

from ambassador.store.tie_views import TieLine, ties_around
from ambassador.values.person_card import Neighbour


def neighbours_of(
    session: Session, account_ids: Collection[int], most: int
) -> tuple[tuple[Neighbour, ...], int]:
    """Give the closest neighbours, and how many there are in all; their own accounts are none."""
    around: dict[tuple[bool, int], list[TieLine]] = defaultdict(list)
    for line in ties_around(session, account_ids):
        outwards = line.source_account_id in account_ids
        inwards = line.target_account_id in account_ids
        if outwards != inwards:
            other = line.target_account_id if outwards else line.source_account_id
            around[outwards, other].append(line)
    found = [_neighbour(lines, outwards=outwards) for (outwards, _), lines in around.items()]
    found.sort(key=lambda one: (-(one.interactions or 0), not one.follows, one.label))
    return tuple(found[:most]), len(found)


def _neighbour(lines: list[TieLine], *, outwards: bool) -> Neighbour:
    line = lines[0]
    counts = [one.interactions for one in lines if one.interactions is not None]
    name, handle = (
        (line.target_name, line.target_handle) if outwards else (line.source_name, line.source_handle)
    )
    return Neighbour(
        account_id=line.target_account_id if outwards else line.source_account_id,
        person_id=line.target_person_id if outwards else line.source_person_id,
        label=name or f"@{handle}",
        follows=outwards,
        kinds=tuple(sorted({one.kind for one in lines if one.kind})),
        interactions=sum(counts) if counts else None,
        origin=", ".join(sorted({one.origin for one in lines})),
    )
