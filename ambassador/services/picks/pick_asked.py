"""What was asked when people were picked, kept by id, so that the next pick can start from it.

Written by hand and not by an adapter: a request names people by handle, what is kept names them by number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from ambassador.services.networks.nodes import NodeCard
from ambassador.store.people.people import ambiguous_handles
from ambassador.values.money import Money
from ambassador.values.networks.network import Diffusion, ProbabilityRule
from ambassador.values.picks.audience import TargetAudience, TargetFound
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import Candidates, Objective, PickRequest
from ambassador.values.picks.quotas import Quota, QuotaBy

_PEOPLE = ("must", "never", "already")


def asked_to_json(request: PickRequest, named: Mapping[str, int]) -> dict[str, Any]:
    """Write a request; ``named`` gives the node key of each text that names somebody in it.

    Examples
    --------
    >>> kept = asked_to_json(PickRequest(2, must=("nina",), days=9), {"nina": 4})
    >>> kept["count"], kept["must"], kept["days"], kept["budget"]
    (2, [4], 9, None)
    """

    def keys(handles: Iterable[str]) -> list[int]:
        return [named[handle] for handle in handles]

    budget = request.budget
    return {
        "count": request.count,
        "budget": None if budget is None else [budget.minor, budget.currency],
        "probabilities": str(request.probabilities),
        "diffusion": request.diffusion,
        "candidates": request.candidates,
        "objective": request.objective,
        "quotas": [_quota_to_json(quota) for quota in request.quotas],
        "audience": asdict(request.audience),
        "days": request.days,
        "without_fee": request.without_fee,
        "costs": request.costs.to_json(),
        "mind_complaints": request.mind_complaints,
        "apart": [keys(pair) for pair in request.apart],
        **{name: keys(getattr(request, name)) for name in _PEOPLE},
    }


def _quota_to_json(quota: Quota) -> dict[str, Any]:
    return {"by": quota.by, "at_most": quota.at_most, "name": quota.name, "at_least": quota.at_least}


def people_asked(kept: Mapping[str, Any] | None) -> Iterator[int]:
    """Name the node keys a request is about.

    Examples
    --------
    >>> list(people_asked({"must": [4], "never": [], "already": [6], "apart": [[2, 8]]}))
    [4, 6, 2, 8]
    """
    if kept is not None:
        for name in _PEOPLE:
            yield from kept[name]
        for pair in kept["apart"]:
            yield from pair


def names_of(session: Session, people: Iterable[int], cards: Mapping[int, NodeCard]) -> dict[int, str]:
    """Say how people are called today, with the platform where the handle alone would not do."""
    known = {
        key: cards[key] for key in people if key in cards and cards[key].handle and not cards[key].erased
    }
    doubtful = ambiguous_handles(session, (card.handle for card in known.values()))
    return {
        key: f"{card.platform}:{card.handle}" if card.handle in doubtful else card.handle
        for key, card in known.items()
    }


def asked_from_json(
    kept: Mapping[str, Any] | None, names: Mapping[int, str], campaign_id: int | None
) -> PickRequest | None:
    """Read a request back; who has no name any more is not in it. Old picks kept none.

    Examples
    --------
    >>> kept = asked_to_json(PickRequest(2, must=("nina", "gone")), {"nina": 4, "gone": 6})
    >>> asked_from_json(kept, {4: "nina_new"}, None).must
    ('nina_new',)
    >>> asked_from_json(None, {}, None) is None
    True
    """
    if kept is None:
        return None
    pairs = [tuple(names[key] for key in pair if key in names) for pair in kept["apart"]]
    must, never, already = (tuple(names[key] for key in kept[name] if key in names) for name in _PEOPLE)
    return PickRequest(
        count=kept["count"],
        budget=None if kept["budget"] is None else Money(*kept["budget"]),
        campaign_id=campaign_id,
        probabilities=ProbabilityRule.parse(kept["probabilities"]),
        diffusion=Diffusion(kept["diffusion"]),
        must=must,
        never=never,
        already=already,
        candidates=None if kept["candidates"] is None else Candidates(kept["candidates"]),
        objective=None if kept["objective"] is None else Objective(kept["objective"]),
        quotas=tuple(Quota(**{**quota, "by": QuotaBy(quota["by"])}) for quota in kept["quotas"]),
        audience=TargetAudience.from_json(kept["audience"]),
        apart=tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2),  # noqa: PLR2004 - a pair
        days=kept["days"],
        without_fee=kept["without_fee"],
        costs=CostsPerPerson.from_json(kept.get("costs")),
        mind_complaints=kept.get("mind_complaints", 0.0),
    )


def target_to_json(found: TargetFound | None) -> dict[str, Any] | None:
    """Write whom a pick wants to reach.

    Examples
    --------
    >>> target_to_json(TargetFound(TargetAudience(cities=("Bari",)), 3, 13, 17))["people"]
    3
    """
    return None if found is None else asdict(found)


def target_from_json(kept: dict[str, Any] | None) -> TargetFound | None:
    """Read it back; picks made before audiences were there have none.

    Examples
    --------
    >>> found = TargetFound(TargetAudience(cities=("Bari",)), 3, 13, 17)
    >>> target_from_json(target_to_json(found)) == found, target_from_json(None)
    (True, None)
    """
    if kept is None:
        return None
    asked = TargetAudience.from_json(kept["asked"])
    return TargetFound(asked, kept["people"], kept["unknown"], kept["everybody"])
