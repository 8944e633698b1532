"""Who is around one person: ties in and out, joined per neighbour and direction."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session

from ambassador.metrics.tally import add_known
from ambassador.store.networks.tie_views import TieLine, ties_around
from ambassador.values.people.person_card import Neighbour


def neighbours_of(session: Session, account_ids: Collection[int]) -> tuple[list[Neighbour], list[Neighbour]]:
    """Give who hears from them and whom they hear from, the closest first; their own accounts are neither."""
    around: dict[tuple[bool, int], list[TieLine]] = defaultdict(list)
    for line in ties_around(session, account_ids):
        outwards = line.source_account_id in account_ids
        inwards = line.target_account_id in account_ids
        if outwards != inwards:
            other = line.target_account_id if outwards else line.source_account_id
            around[outwards, other].append(line)
    found = [_neighbour(lines, outwards=outwards) for (outwards, _), lines in around.items()]
    found.sort(key=lambda one: (-(one.interactions or 0), one.label))
    return [one for one in found if one.follows], [one for one in found if not one.follows]


def closest(hearing: list[Neighbour], heard: list[Neighbour], most: int) -> tuple[Neighbour, ...]:
    """Choose some of both, half each where there are enough."""
    half = most // 2
    out = hearing[: max(half, most - len(heard))]
    return (*out, *heard[: most - len(out)])


def _neighbour(lines: list[TieLine], *, outwards: bool) -> Neighbour:
    line = lines[0]
    name, handle = (
        (line.target_name, line.target_handle) if outwards else (line.source_name, line.source_handle)
    )
    return Neighbour(
        account_id=line.target_account_id if outwards else line.source_account_id,
        person_id=line.target_person_id if outwards else line.source_person_id,
        label=name or f"@{handle}",
        follows=outwards,
        kinds=tuple(sorted({one.kind for one in lines if one.kind})),
        interactions=add_known(one.interactions for one in lines),
        origin=", ".join(sorted({one.origin for one in lines})),
    )
