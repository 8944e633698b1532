"""How many of a city, a topic, a platform, a language or a tier: who the quotas asked for are about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ambassador.config import settings
from ambassador.errors import BadInputError
from ambassador.services.networks.nodes import NodeCard
from ambassador.values.picks.quotas import Quota, QuotaBy, check_quota
from ambassador.values.picks.tiers import tier_named, tier_of


def quotas_of(
    quotas: Iterable[Quota], kept: Sequence[int], cards: Mapping[int, NodeCard]
) -> tuple[Quota, ...]:
    """Give one quota for each city (topic, ...) that any quota is about; the strictest of each counts.

    ``kept`` are who can be picked and who is in already, both of whom count.
    """
    found: dict[tuple[QuotaBy | None, str], Quota] = {}
    for quota in quotas:
        check_quota(quota)
        if quota.by is QuotaBy.TIER and quota.name:
            tier_named(quota.name)
        members = _members(quota, kept, cards)
        for name, keys in sorted(members.items()):
            before = found.get((quota.by, name.casefold()), Quota.over(name, keys))
            found[quota.by, name.casefold()] = _stricter(before, quota)
    return tuple(found.values())


def _members(quota: Quota, kept: Sequence[int], cards: Mapping[int, NodeCard]) -> dict[str, list[int]]:
    """Sort people by what the quota is about; a name that nobody has is there, with nobody in it."""
    if quota.at_least and not quota.name:
        raise BadInputError(
            "at least {least} of which {kind}? Write city:Bari=2", kind=quota.by or "", least=quota.at_least
        )
    members: dict[str, list[int]] = {quota.name: []} if quota.name else {}
    for key in kept:
        for name in _kinds(cards[key], quota.by):
            if not quota.name:
                members.setdefault(name, []).append(key)
            elif name.casefold() == quota.name.casefold():
                members[quota.name].append(key)
    return members


def _stricter(before: Quota, quota: Quota) -> Quota:
    most = [one for one in (before.at_most, quota.at_most) if one is not None]
    return replace(before, at_most=min(most, default=None), at_least=max(before.at_least, quota.at_least))


def _kinds(card: NodeCard, by: QuotaBy | None) -> tuple[str, ...]:
    if by is QuotaBy.TOPIC:
        return card.topics
    if by is QuotaBy.TIER:
        tier = tier_of(card.followers, settings().tiers)
        return () if tier is None else (tier.value,)
    names = {QuotaBy.CITY: card.city, QuotaBy.PLATFORM: card.platform, QuotaBy.LANGUAGE: card.language}
    name = None if by is None else names[by]
    return (name,) if name else ()
