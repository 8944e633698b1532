"""Equal shares as one would do them with pencil and paper: fractions, every voter one by one."""

from collections.abc import Sequence
from fractions import Fraction


def price_of(cost: int, purses: Sequence[Fraction]) -> Fraction | None:
    """Find the price each supporter pays, or all they have; None where they cannot pay together."""
    if sum(purses) < cost:
        return None
    left, waiting = Fraction(cost), sorted(purses)
    while waiting:
        equal = left / len(waiting)
        if waiting[0] >= equal:
            return equal
        left -= waiting.pop(0)
    raise AssertionError("they could pay it together")


def bought_with(
    costs: Sequence[int], supporters: Sequence[Sequence[int]], voters: int, share: Fraction
) -> list[tuple[int, Fraction]]:
    """Buy ideas until nobody's supporters can pay any more."""
    purses = [share] * voters
    bought = [(idea, Fraction(0)) for idea, cost in enumerate(costs) if cost == 0 and supporters[idea]]
    while True:
        there = {idea for idea, _ in bought}
        offers = []
        for idea, cost in enumerate(costs):
            if idea in there or not supporters[idea] or not cost:
                continue
            price = price_of(cost, [purses[one] for one in supporters[idea]])
            if price is not None:
                offers.append((price / cost, -len(supporters[idea]), cost, idea, price))
        if not offers:
            return bought
        *_, idea, price = min(offers)
        for one in supporters[idea]:
            purses[one] -= min(purses[one], price)
        bought.append((idea, price))


def completed(
    costs: Sequence[int], supporters: Sequence[Sequence[int]], voters: int, budget: int, steps: int
) -> tuple[list[int], int]:
    """Raise the shares by a fiftieth at a time, then go down the list of votes; also say how often."""
    share = Fraction(budget, voters) if voters else Fraction(0)
    built = [idea for idea, _ in bought_with(costs, supporters, voters, share)]
    raised = 0
    while raised < steps and share:
        left = budget - sum(costs[idea] for idea in built)
        if not any(cost <= left and supporters[idea] for idea, cost in enumerate(costs) if idea not in built):
            break
        more = share + share / 50 * (raised + 1)
        wider = [idea for idea, _ in bought_with(costs, supporters, voters, more)]
        if sum(costs[idea] for idea in wider) > budget:
            break
        built, raised = wider, raised + 1
    for idea in sorted(range(len(costs)), key=lambda idea: (-len(supporters[idea]), costs[idea], idea)):
        left = budget - sum(costs[one] for one in built)
        if idea not in built and supporters[idea] and costs[idea] <= left:
            built.append(idea)
    return built, raised
