"""Exact bounds for a share seen in independent draws (Clopper, Pearson, Biometrika 1934), by halving."""

from math import exp, lgamma, log, log1p

HALVINGS = 60
SMALL = 1e-17


def tail_from(hits: int, draws: int, share: float) -> float:
    """Give P(at least ``hits`` of ``draws``) where each has chance ``share``; 1 where that is no tail."""
    if hits <= draws * share:
        return 1.0
    if share <= 0.0:
        return 0.0
    ways = lgamma(draws + 1.0) - lgamma(hits + 1.0) - lgamma(draws - hits + 1.0)
    term = exp(ways + hits * log(share) + (draws - hits) * log1p(-share))
    odds = share / (1.0 - share)
    total = 0.0
    seen = hits
    while seen <= draws and term > SMALL * total:
        total += term
        term *= odds * (draws - seen) / (seen + 1.0)
        seen += 1
    return total


def least_share(hits: int, draws: int, delta: float) -> float:
    """Give the largest share at which so many hits still have at most chance ``delta``."""
    low, high = 0.0, hits / draws
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if tail_from(hits, draws, middle) <= delta:
            low = middle
        else:
            high = middle
    return low


def most_hits(share: float, draws: int, delta: float) -> int:
    """Give the most hits that have at most chance ``delta`` of being so few at that share; -1 if none."""
    low, high = -1, draws
    while high - low > 1:
        middle = (low + high) // 2
        if tail_from(draws - middle, draws, 1.0 - share) <= delta:
            low = middle
        else:
            high = middle
    return low
