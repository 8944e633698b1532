"""People who may see it: exact where lists or ties are known, else between the largest and the sum."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy
from sqlmodel import Session, col

from ambassador.metrics.reach import reach_range
from ambassador.services.nodes import NodeCard
from ambassador.services.pick_solution import PickSolution
from ambassador.store.people import in_slices
from ambassador.store.tables.people import AudienceMember
from ambassador.values.network import Rung

_MARKET_TIES = 5
"""From this rung on, ties say who follows whom, not only who reacted."""


def audience_of(
    session: Session, cards: Sequence[NodeCard], solution: PickSolution, rung: Rung
) -> dict[str, Any] | None:
    """Bound the unique audience of the picked people as exactly as the data allow."""
    lists = _with_lists(session)
    if cards and all(lists.intersection(card.account_ids) for card in cards):
        size = _union(session, [account for card in cards for account in card.account_ids])
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    bounds = reach_range([card.followers for card in cards])
    if bounds is not None:
        known = sum(card.followers is not None for card in cards)
        return {"low": bounds[0], "high": bounds[1], "known_for": known, "exact": False}
    if rung.number >= _MARKET_TIES and solution.direct_union is not None:
        size = solution.direct_union
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    return None


def _with_lists(session: Session) -> frozenset[int]:
    found = session.connection().execute(sqlalchemy.select(col(AudienceMember.account_id)).distinct())
    return frozenset(row[0] for row in found)


def _union(session: Session, account_ids: Sequence[int]) -> int:
    """Count the unique members of some follower lists."""
    members: set[bytes] = set()
    for ids in in_slices(account_ids):
        mine = col(AudienceMember.account_id).in_(ids)
        rows = session.connection().execute(sqlalchemy.select(col(AudienceMember.member_hash)).where(mine))
        members.update(row[0] for row in rows)
    return len(members)
