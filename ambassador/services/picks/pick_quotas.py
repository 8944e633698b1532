"""How many of a city, a topic, a platform, a language or a tier: from what was asked to groups of nodes."""

from collections.abc import Iterable, Mapping, Sequence

from ambassador.config import settings
from ambassador.errors import BadInputError
from ambassador.services.networks.nodes import NodeCard
from ambassador.services.picks.pick_problem import GroupLimit
from ambassador.values.picks.quotas import Quota, QuotaBy
from ambassador.values.picks.tiers import tier_named, tier_of


def limits_of(
    quotas: Iterable[Quota], kept: Sequence[int], cards: Mapping[int, NodeCard]
) -> tuple[GroupLimit, ...]:
    """Give one limit for each city (topic, ...) that any quota is about; the strictest of each counts.

    ``kept`` are who can be picked and who is in already, both of whom count.
    """
    found: dict[tuple[QuotaBy, str], GroupLimit] = {}
    for quota in quotas:
        _refuse(quota)
        members = _members(quota, kept, cards)
        for name, keys in sorted(members.items()):
            before = found.get((quota.by, name.casefold()), GroupLimit(name, tuple(keys)))
            found[quota.by, name.casefold()] = _stricter(before, quota)
    return tuple(found.values())


def _refuse(quota: Quota) -> None:
    for limit in (quota.at_least, quota.at_most):
        if limit is not None and not (limit >= 0 and float(limit).is_integer()):
            what = quota.name or quota.by.value
            raise BadInputError(
                "{limit} people in {name}: write a whole number, 0 or more.", limit=limit, name=what
            )
    if quota.by is QuotaBy.TIER and quota.name:
        tier_named(quota.name)


def _members(quota: Quota, kept: Sequence[int], cards: Mapping[int, NodeCard]) -> dict[str, list[int]]:
    """Sort people by what the quota is about; a name that nobody has is there, with nobody in it."""
    if quota.at_least and not quota.name:
        raise BadInputError(
            "at least {least} of which {kind}? Write city:Bari=2", kind=quota.by.value, least=quota.at_least
        )
    members: dict[str, list[int]] = {quota.name: []} if quota.name else {}
    for key in kept:
        for name in _kinds(cards[key], quota.by):
            if not quota.name:
                members.setdefault(name, []).append(key)
            elif name.casefold() == quota.name.casefold():
                members[quota.name].append(key)
    return members


def _stricter(limit: GroupLimit, quota: Quota) -> GroupLimit:
    most = [one for one in (limit.at_most, quota.at_most) if one is not None]
    least = max(limit.at_least, quota.at_least)
    return GroupLimit(limit.name, limit.keys, min(most, default=None), least)


def _kinds(card: NodeCard, by: QuotaBy) -> tuple[str, ...]:
    if by is QuotaBy.TOPIC:
        return card.topics
    if by is QuotaBy.TIER:
        tier = tier_of(card.followers, settings().tiers)
        return () if tier is None else (tier.value,)
    name = {QuotaBy.CITY: card.city, QuotaBy.PLATFORM: card.platform, QuotaBy.LANGUAGE: card.language}[by]
    return (name,) if name else ()
