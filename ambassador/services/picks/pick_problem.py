"""One pick as pure data: everything the choice depends on, kept with the answer so that it can be redone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from ambassador.config import settings
from ambassador.errors import BadInputError
from ambassador.metrics.posting import PostingHabit
from ambassador.propagation.arrays import FloatArray
from ambassador.services.networks.nodes import NodeCard
from ambassador.values.money import Money
from ambassador.values.networks.network import Diffusion
from ambassador.values.picks.picks import Objective
from ambassador.values.picks.quotas import Quota, QuotaBy, check_quota, tier_named, tier_of


@dataclass(frozen=True, slots=True)
class Beside:
    """What counts beside ties, where a pick is made along them; figures by node key."""

    own: Mapping[int, float]
    """Strangers each one's own post brings, with all who come after."""
    scatter: Mapping[int, float]
    """Their squared coefficient of variation."""
    joiner: tuple[float, float]
    """Strangers of somebody a tie makes talk: mean and variance."""
    results_weight: float = 0.0
    """How much ``values``, what past posts brought, count; the rest are ties with strangers."""


@dataclass(frozen=True, slots=True)
class Minded:
    """How much complaints count against talk, and how often answers to people complain; by node key."""

    weight: float
    """How many people who talk a complainer counts against."""
    common: float
    """Share of complaints among answers to somebody of whom no answer is labelled."""
    shares: Mapping[int, float]
    """The same of those with labelled answers."""
    answers: int = 0
    """Labelled answers all of it rests on, ..."""
    people: int = 0
    """... to so many people, ..."""
    complaints: int = 0
    """... and so many of them complaints."""
    told: Mapping[int, int] = field(default_factory=dict)
    """Labelled answers to each of those who have any."""

    def share_of(self, keys: Iterable[int]) -> FloatArray:
        """Give the share of complaints among answers to each.

        Examples
        --------
        >>> Minded(1.0, 0.1, {2: 0.3}).share_of([2, 4]).tolist()
        [0.3, 0.1]
        """
        return np.array([self.shares.get(key, self.common) for key in keys], np.float64)


@dataclass(frozen=True, slots=True)
class PickProblem:
    """A pick over node keys; money is in minor units of one currency.

    ``candidates`` is None where everybody in the network may be picked. Keys missing from ``fees``,
    ``followers`` or ``values`` have none that is known.
    """

    count: int
    objective: Objective
    candidates: tuple[int, ...] | None
    random_key: int
    budget: int | None = None
    currency: str = "EUR"
    fees: Mapping[int, int] = field(default_factory=dict)
    followers: Mapping[int, int] = field(default_factory=dict)
    values: Mapping[int, float] = field(default_factory=dict)
    """Expected interactions or views of one post, where the pick is made by them."""
    variation: float | None = None
    """Squared coefficient of variation of one post's figures, where it could be observed."""
    scatter: Mapping[int, float] = field(default_factory=dict)
    """The same by person, where values are people their next post makes talk."""
    beside: "Beside | None" = None
    """Strangers beside ties and how much past results count; None: not known, or only ties were asked."""
    doubt: float = 0.0
    """Standard deviation of the logarithm of what no law knows of a launch."""
    must: tuple[int, ...] = ()
    already: tuple[int, ...] = ()
    groups: tuple[Quota, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    """Pairs of which at most one may be in."""
    habit: PostingHabit | None = None
    """None: no closed campaign to learn from, so everybody who gets a device is taken to post."""
    history: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    by_hand: Mapping[int, float] = field(default_factory=dict)
    certificate: float = 0.9
    diffusion: Diffusion = Diffusion.INDEPENDENT_CASCADE
    deadline: int | None = None
    """Last step of word of mouth that counts."""
    runs: int = 10_000
    reserve: int = 10
    target: tuple[int, ...] | None = None
    """The only people who count; None: everybody."""
    on_top: int = 0
    """What each costs beside the fee."""
    on_top_of: Mapping[int, int] = field(default_factory=dict)
    """The same of those for whom it is another amount."""
    assumed_fee: int | None = None
    """What counts where a fee is missing; None: it is unknown."""
    minded: Minded | None = None
    """Complaints that count against talk; None: they do not."""

    def cost_of(self, key: int) -> int | None:
        """Add up what one person costs; None where the fee is not known.

        Examples
        --------
        >>> problem = PickProblem(1, Objective.VIEWS, (2, 4), 0, fees={2: 300_00}, on_top=190_00)
        >>> problem.cost_of(2), problem.cost_of(4)
        (49000, None)
        """
        fee = self.fees.get(key, self.assumed_fee)
        return None if fee is None else fee + self.on_top_of.get(key, self.on_top)

    def amount(self, minor: float) -> str:
        """Write an amount in the problem's currency.

        Examples
        --------
        >>> PickProblem(1, Objective.VIEWS, (2,), 0).amount(490_00.0)
        '490 EUR'
        """
        return f"{Money(round(minor), self.currency).amount} {self.currency}"


def problem_to_json(problem: PickProblem) -> dict[str, Any]:
    """Write a problem as the database keeps it.

    Examples
    --------
    >>> kept = problem_to_json(PickProblem(2, Objective.VIEWS, (2, 4), 7, fees={2: 300}))
    >>> kept["fees"], kept["random_key"]
    ([[2, 300]], '7')
    """
    kept = asdict(problem)
    if problem.beside is not None:
        for name in ("own", "scatter"):
            kept["beside"][name] = [[key, value] for key, value in kept["beside"][name].items()]
    if problem.minded is not None:
        for name in ("shares", "told"):
            kept["minded"][name] = [[key, value] for key, value in kept["minded"][name].items()]
    for name in ("fees", "followers", "values", "scatter", "history", "by_hand", "on_top_of"):
        kept[name] = [[key, value] for key, value in kept[name].items()]
    kept["groups"] = [
        {
            "name": quota.name,
            "keys": quota.members,
            "at_most": quota.at_most,
            "at_least": quota.at_least,
        }
        for quota in problem.groups
    ]
    kept["random_key"] = str(problem.random_key)
    return kept


def problem_from_json(kept: Mapping[str, Any]) -> PickProblem:
    """Read a problem back.

    Examples
    --------
    >>> problem = PickProblem(2, Objective.VIEWS, (2, 4), 7, groups=(Quota.over("Bari", [2], at_most=1),))
    >>> problem_from_json(problem_to_json(problem)) == problem
    True
    """
    fields = dict(kept)
    for name in ("fees", "followers", "values", "scatter", "by_hand", "on_top_of"):
        fields[name] = dict(kept.get(name, ()))
    fields["history"] = {key: (given, posted) for key, (given, posted) in kept["history"]}
    for name in ("must", "already"):
        fields[name] = tuple(kept[name])
    beside = kept.get("beside")
    if beside is not None:
        pairs = {name: dict(beside[name]) for name in ("own", "scatter")}
        fields["beside"] = Beside(**{**beside, **pairs, "joiner": tuple(beside["joiner"])})
    minded = kept.get("minded")
    if minded is not None:
        fields["minded"] = Minded(**{**minded, **{name: dict(minded[name]) for name in ("shares", "told")}})
    fields["candidates"] = None if kept["candidates"] is None else tuple(kept["candidates"])
    fields["target"] = None if kept.get("target") is None else tuple(kept["target"])
    fields["groups"] = tuple(
        Quota.over(one["name"], one["keys"], one.get("at_least", 0), one["at_most"]) for one in kept["groups"]
    )
    fields["apart"] = tuple((one, other) for one, other in kept.get("apart", ()))
    fields["habit"] = None if kept["habit"] is None else PostingHabit(**kept["habit"])
    fields["random_key"] = int(kept["random_key"])
    fields["objective"], fields["diffusion"] = Objective(kept["objective"]), Diffusion(kept["diffusion"])
    return PickProblem(**fields)


def quotas_of(
    quotas: Iterable[Quota], kept: Sequence[int], cards: Mapping[int, NodeCard]
) -> tuple[Quota, ...]:
    """Return one quota for each city (topic, ...) that any quota is about; the strictest of each counts.

    ``kept`` are who can be picked and who is in already, both of whom count.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> cities = {2: "Bari", 4: "bari", 6: None}
    >>> rest = {"platform": "x", "language": None, "followers": None, "topics": ()}
    >>> cards = {key: SimpleNamespace(city=city, **rest) for key, city in cities.items()}
    >>> [quota.members for quota in quotas_of([Quota(QuotaBy.CITY, 1, "Bari")], [2, 4, 6], cards)]
    [(2, 4)]
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
