"""The method of equal shares: everybody has the same part of the budget and pays for ideas they voted for.

Exact: who is bought and who pays what is decided with fractions; floating point only says where to look.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from ambassador.metrics.arrays import FloatArray
from ambassador.metrics.budgeting.greedy import BuiltIdeas, IdeaTie, spend, votes_first

Indices = npt.NDArray[np.int64]
STEPS = 100
"""How often the shares are raised at most: to three times what they were."""
RAISE = Fraction(1, 50)
"""By what part of the first share."""
# Sums of a few thousand floats are off by some 1e-12 of a share; what is nearer is compared exactly.
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Purchase:
    """One idea and what its supporters paid: the most one of them did, and the part of the cost that is."""

    idea: int
    price: Fraction
    payers: int


@dataclass(frozen=True, slots=True)
class SharedBudget:
    """What equal shares build: bought from the shares, then what the rest of the budget pays by votes."""

    bought: tuple[Purchase, ...]
    completed: tuple[int, ...]
    share: Fraction
    """What everybody had in the end, in minor units."""
    raised: int
    """How many times the shares were raised."""
    ties: tuple[IdeaTie, ...] = ()

    @property
    def built(self) -> tuple[int, ...]:
        """Every idea that is built, in order."""
        return (*(one.idea for one in self.bought), *self.completed)


def equal_shares(
    costs: Sequence[int],
    supporters: Sequence[Indices],
    voters: int,
    budget: int,
    *,
    raise_by: Fraction | None = None,
    steps: int = STEPS,
) -> SharedBudget:
    """
    Spend a budget by the method of equal shares, completed by raised shares and then by votes.

    Parameters
    ----------
    costs : sequence of int
        Of each idea, in minor units, not negative.
    supporters : sequence of ndarray of int
        Of each idea the numbers of those who voted for it, each once, from 0 to ``voters - 1``.
    voters : int
        Everybody who voted.
    budget : int
        In the units of ``costs``.
    raise_by : Fraction, optional
        By how much every share is raised at a time, in minor units; a fiftieth of the first share unless
        given. With one unit of money this is the completion known as "Add1".
    steps : int
        How often at most; 0 leaves the shares as they are.

    Returns
    -------
    SharedBudget
        Its cost never exceeds ``budget``.

    Notes
    -----
    Everybody begins with ``budget / voters``. Of the ideas whose supporters can pay the whole cost, the one
    is bought for which the most that one supporter pays is the smallest part of the cost (each pays the same,
    or all they have left): utilities are costs, so that the most "effective votes" win (Peters, Pierczyński,
    Skowron, "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021, arXiv 2008.13276,
    section 3). Of equals the one with more votes is bought, then the cheaper, then the one listed first;
    where the list alone decided and the other is never built, that is a tie. What is left over is spent
    by raising all shares until another raise would cost more than the budget, then by votes (``by_votes``).
    An idea without cost is built if anybody wants it.

    Examples
    --------
    Three of four want the park (cost 90), one the ramp (cost 30); each holds 30 of 120.

    >>> found = equal_shares([90, 30], [np.array([0, 1, 2]), np.array([3])], 4, 120)
    >>> [(one.idea, str(one.price), one.payers) for one in found.bought]
    [(0, '30', 3), (1, '30', 1)]
    """
    share = Fraction(budget, voters) if voters else Fraction(0)
    best = buy(costs, supporters, voters, share, budget)
    raised = 0
    step = share * RAISE if raise_by is None else raise_by
    while best is not None and raised < steps and step and _goes_on(costs, supporters, best, budget):
        more = buy(costs, supporters, voters, share + (raised + 1) * step, budget)
        if more is None:
            break
        best, raised = more, raised + 1
    bought, tied = ((), ()) if best is None else (best.purchases(), best.ties)
    votes = [one.size for one in supporters]
    whole = spend(costs, votes, budget, votes_first, [one.idea for one in bought])
    left = set(range(len(costs))).difference(whole.built)
    ties = (*(tie for tie in tied if tie.left in left), *whole.ties)
    return SharedBudget(bought, whole.built[len(bought) :], share + raised * step, raised, ties)


def _goes_on(costs: Sequence[int], supporters: Sequence[Indices], now: "_Shopping", budget: int) -> bool:
    """Tell whether an idea somebody wants is left that the rest of the budget could pay."""
    there = set(now.ideas)
    left = budget - sum(costs[idea] for idea in there)
    return any(cost <= left and supporters[idea].size for idea, cost in enumerate(costs) if idea not in there)


def buy(
    costs: Sequence[int], supporters: Sequence[Indices], voters: int, share: Fraction, budget: int
) -> "_Shopping | None":
    """
    Buy what shares pay, without completion; None where it costs more than the budget.

    Examples
    --------
    >>> found = buy([4, 4], [np.array([0]), np.array([0, 1])], 2, Fraction(2), 4)
    >>> [(one.idea, one.price) for one in found.purchases()]
    [(1, Fraction(2, 1))]
    """
    purses = _Purses(voters, share, len(costs))
    market = _Market(costs, supporters, purses)
    done = _Shopping(purses, [idea for idea, one in enumerate(supporters) if costs[idea] == 0 and one.size])
    done.free = [supporters[idea].size for idea in done.ideas]
    spent = 0
    while (offers := market.best()) is not None:
        offer = offers[0]
        spent += costs[offer.idea]
        if spent > budget:
            return None
        done.ties += [IdeaTie(offer.idea, other.idea) for other in offers[1:] if market.is_tied(offer, other)]
        purses.pay(offer, costs[offer.idea])
        market.take_off(offer.idea)
        done.ideas.append(offer.idea)
    return done


@dataclass
class _Shopping:
    """What was bought with one share each."""

    purses: "_Purses"
    ideas: list[int]
    free: list[int] = field(default_factory=list)
    """How many wanted each idea that costs nothing; those come first."""
    ties: list[IdeaTie] = field(default_factory=list)

    def purchases(self) -> tuple[Purchase, ...]:
        """Say exactly what was paid."""
        bills = [Purchase(idea, Fraction(0), size) for idea, size in zip(self.ideas, self.free, strict=False)]
        for idea, price, payers in zip(
            self.ideas[len(bills) :], self.purses.prices(), self.purses.payers, strict=True
        ):
            bills.append(Purchase(idea, price, payers))
        return tuple(bills)


@dataclass(frozen=True, slots=True)
class _Offer:
    """Who can pay the whole price of an idea, and who gives all they have left."""

    idea: int
    price: float
    whole: Indices
    rest: Indices


@dataclass(frozen=True, slots=True)
class _Bill:
    """What was bought in one round, of which the exact price follows."""

    cost: int
    rest: Indices
    whole: int


class _Purses:
    """What everybody has left: as floats to search by, and exactly, once asked, by the prices they paid."""

    def __init__(self, voters: int, share: Fraction, most: int) -> None:
        self.share = share
        self.money: FloatArray = np.full(voters, float(share))
        self.near = _NEAR * float(share)
        self.payers: list[int] = []
        self._is_empty = np.zeros(voters, np.bool_)
        self._paid = np.zeros((most, voters), np.bool_)
        self._bills: list[_Bill] = []
        self._prices: list[Fraction] = []

    def holders(self, who: Indices) -> Indices:
        """Keep those who have anything left."""
        return who[~self._is_empty[who]]

    def prices(self) -> list[Fraction]:
        """Say exactly what each round cost those who could pay it."""
        while len(self._prices) < len(self._bills):
            bill = self._bills[len(self._prices)]
            self._prices.append((bill.cost - self._held(bill.rest, self._prices)) / bill.whole)
        return self._prices

    def exact(self, who: Indices) -> Fraction:
        """Add up exactly what some who have something left hold."""
        return self._held(who, self.prices())

    def _held(self, who: Indices, prices: Sequence[Fraction]) -> Fraction:
        """Add up what some held after the first rounds."""
        total = who.size * self.share
        counts = np.count_nonzero(self._paid[: len(prices), who], axis=1).tolist()
        for count, price in zip(counts, prices, strict=True):
            if count:
                total -= count * price
        return total

    def exact_each(self, who: Indices) -> list[Fraction]:
        """Say exactly what each of some holds; whoever paid the same prices holds the same."""
        columns = np.packbits(self._paid[: len(self._bills), who], axis=0)
        known: dict[bytes, Fraction] = {}
        found = []
        for place, one in enumerate(who):
            history = columns[:, place].tobytes()
            if history not in known:
                known[history] = self.exact(np.array([one]))
            found.append(known[history])
        return found

    def pay(self, offer: _Offer, cost: int) -> None:
        """Take the price from those who can pay it, and all they have from the others."""
        self._paid[len(self._bills), offer.whole] = True
        self._bills.append(_Bill(cost, offer.rest, offer.whole.size))
        self.payers.append(offer.whole.size + offer.rest.size)
        self.money[offer.whole] -= offer.price
        self._empty(offer.rest)
        doubtful = offer.whole[self.money[offer.whole] <= self.near]
        if doubtful.size:
            spent = [left == 0 for left in self.exact_each(doubtful)]
            self._empty(doubtful[np.array(spent, np.bool_)])

    def _empty(self, who: Indices) -> None:
        self._is_empty[who] = True
        self.money[who] = 0.0


@dataclass
class _Market:
    """The ideas that are still to be had, with the smallest part of its cost each can be had for."""

    costs: Sequence[int]
    supporters: Sequence[Indices]
    purses: _Purses
    _least: dict[int, float] = field(default_factory=dict)
    """Idea -> a part it cannot be below: prices only rise as purses empty."""

    def __post_init__(self) -> None:
        most = float(self.purses.share) + self.purses.near
        for idea, who in enumerate(self.supporters):
            if self.costs[idea] and who.size * most >= self.costs[idea]:
                self._least[idea] = 1.0 / who.size

    def take_off(self, idea: int) -> None:
        """Let an idea be had no more."""
        del self._least[idea]

    def is_tied(self, one: _Offer, other: _Offer) -> bool:
        """Tell whether nothing but the list put an idea behind another that costs as great a part."""
        return self._rank(one.idea)[:-1] == self._rank(other.idea)[:-1]

    def best(self) -> list[_Offer] | None:
        """Offer the ideas that can be had for the smallest part of their cost, the one to buy first."""
        near: list[tuple[float, int]] = []
        least = float("inf")
        for idea in sorted(self._least, key=self._least.__getitem__):
            if self._least[idea] > least * (1 + _NEAR) + self._slack(idea):
                break
            part = self._part(idea)
            if part is None:
                del self._least[idea]
                continue
            self._least[idea] = part
            least = min(least, part)
            near.append((part, idea))
        ideas = [idea for part, idea in near if part <= least * (1 + _NEAR) + self._slack(idea)]
        offers = {idea: self._offer(idea) for idea in ideas}
        if len(ideas) > 1:
            parts = {idea: self._exact_part(offer) for idea, offer in offers.items()}
            ideas = [idea for idea in ideas if parts[idea] == min(parts.values())]
        return [offers[idea] for idea in sorted(ideas, key=self._rank)] or None

    def _rank(self, idea: int) -> tuple[int, int, int]:
        return -self.supporters[idea].size, self.costs[idea], idea

    def _slack(self, idea: int) -> float:
        return self.purses.near / self.costs[idea]

    def _part(self, idea: int) -> float | None:
        """About which part of its cost one supporter pays at most; None where they cannot pay it at all."""
        who, cost = self.purses.holders(self.supporters[idea]), self.costs[idea]
        money = np.sort(self.purses.money[who])
        total = float(money.sum())
        doubt = self.purses.near * max(who.size, 1)
        if total < cost - doubt or (total < cost + doubt and self.purses.exact(who) < cost):
            return None
        place = _first_payer(money, cost)
        return float(cost - money[:place].sum()) / (who.size - place) / cost

    def _exact_part(self, offer: _Offer) -> Fraction:
        cost = self.costs[offer.idea]
        return (cost - self.purses.exact(offer.rest)) / (offer.whole.size * cost)

    def _offer(self, idea: int) -> _Offer:
        """Work out who pays the whole price; where a float may stand on the wrong side, exactly."""
        who, cost = self.purses.holders(self.supporters[idea]), self.costs[idea]
        who = who[np.argsort(self.purses.money[who], kind="stable")]
        place = _first_payer(self.purses.money[who], cost)
        while True:
            money = self.purses.money[who]
            price = float(cost - money[:place].sum()) / (who.size - place)
            doubtful = np.flatnonzero(np.abs(money - price) <= self.purses.near)
            if not doubtful.size:
                break
            exact = (cost - self.purses.exact(who[:place])) / (who.size - place)
            held = self.purses.exact_each(who[doubtful])
            who[doubtful] = who[doubtful[sorted(range(doubtful.size), key=held.__getitem__)]]
            below = min(int(doubtful[0]) + sum(one < exact for one in held), who.size - 1)
            if below == place:
                break
            place = below
        return _Offer(idea, price, who[place:], who[:place])


def _first_payer(money: FloatArray, cost: int) -> int:
    """Find the poorest who can pay as much as those who hold more, of purses from the poorest up."""
    if money[0] * money.size >= cost:
        return 0
    before = np.cumsum(money) - money
    price = (cost - before) / (money.size - np.arange(money.size))
    can = money >= price
    return int(np.argmax(can)) if can.any() else money.size - 1


def as_built(found: SharedBudget) -> BuiltIdeas:
    """
    Give what equal shares build in the form of the other rules.

    Examples
    --------
    >>> as_built(equal_shares([5], [np.array([0])], 1, 5)).built
    (0,)
    """
    return BuiltIdeas(found.built, found.ties)
