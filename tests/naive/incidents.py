"""The slow and obvious twins of what looks for incidents."""

from datetime import UTC, datetime
from math import log10
from zoneinfo import ZoneInfo

from scipy.stats import nbinom, poisson

WINDOWS = (4, 8, 12, 24, 48)


def burst_scores(counts, expected, dispersion, doubt, least):
    """Score every quarter of an hour by every window that ends in it, one by one."""
    scores = []
    for end in range(1, len(counts) + 1):
        best = 0.0
        for length in WINDOWS:
            begins = max(end - length, 0)
            held, mean = sum(counts[begins:end]), sum(expected[begins:end])
            spread = max(dispersion + doubt * mean, 1.0)
            if held < least or held <= mean + 1.5 * (spread * mean) ** 0.5:
                continue
            if spread < 1.0 + 1e-6:
                chance = poisson.sf(held - 1, mean)
            else:
                chance = nbinom.sf(held - 1, mean / (spread - 1), 1 / spread)
            best = max(best, -log10(max(chance, 1e-300)))
        scores.append(best)
    return scores


def branches_below(parent, inside):
    """Count for every post those of a burst that hang on it, each by its own way up."""
    below = [0] * len(parent)
    for post, is_in in enumerate(inside):
        at = post if is_in else -1
        while at >= 0:
            below[at] += 1
            at = parent[at]
    return below


def on_the_wall(first, bins, zone):
    """Ask the wall in every quarter of an hour."""
    found = []
    for number in range(first, first + bins):
        at = datetime.fromtimestamp(number * 900, UTC).astimezone(ZoneInfo(zone))
        found.append(at.weekday() * 24 + at.hour)
    return found
