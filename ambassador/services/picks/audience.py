"""People who may see it: exact where lists or ties are known, else between the largest and the sum."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from ambassador.metrics.reach import reach_range
from ambassador.services.networks.nodes import NodeCard
from ambassador.services.picks.pick_solution import PickSolution
from ambassador.store.picks.shortlists import accounts_with_follower_lists, count_listed_followers
from ambassador.values.networks.network import Rung

_MARKET_TIES = 5
"""From this rung on, ties say who follows whom, not only who reacted."""


def audience_of(
    session: Session, cards: Sequence[NodeCard], solution: PickSolution, rung: Rung, *, targeted: bool = False
) -> dict[str, Any] | None:
    """Bound the unique audience of the picked people as exactly as the data allow.

    Where only some people are to be reached, follower counts and lists say nothing of them; ties do.
    """
    if targeted:
        size = solution.direct_union
        if rung.number < _MARKET_TIES or size is None:
            return None
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    lists = accounts_with_follower_lists(session)
    if cards and all(lists.intersection(card.account_ids) for card in cards):
        size = count_listed_followers(session, [account for card in cards for account in card.account_ids])
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    bounds = reach_range([card.followers for card in cards])
    if bounds is not None:
        known = sum(card.followers is not None for card in cards)
        return {"low": bounds[0], "high": bounds[1], "known_for": known, "exact": False}
    if rung.number >= _MARKET_TIES and solution.direct_union is not None:
        size = solution.direct_union
        return {"low": size, "high": size, "known_for": len(cards), "exact": True}
    return None
