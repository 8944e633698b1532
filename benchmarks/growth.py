"""Where cascades are heading, on real ones: how far off, how often the ranges hold, against simpler ways."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from ambassador.metrics.intervals import coverage_p_value, interval_scores
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.growth import Course, Look, learn_growth, predict_sizes
from ambassador.propagation.growth.rolling_origin import rolling_origin
from ambassador.services.calibration.size_evaluation import evaluate_courses
from benchmarks.rows import Row

HOUR = 3600.0
TEST_SHARE = 0.3
FIRST = 5
ENDS = [0.1, 0.9]
TARGETS = {1: (0.22, 0.314, 0.233), 6: (0.10, 0.109, 0.117)}


def growth_rows(data: Path) -> Iterator[Row]:
    """Measure on whatever of the data is there."""
    trees, android = data / "trees" / "twitter16_300_trees.csv.gz", data / "android"
    if trees.exists():
        yield from tree_rows(read_trees(trees))
    if android.exists():
        yield from android_rows(android)


def tree_rows(courses: Sequence[Course]) -> Iterator[Row]:
    """Foretell the size of the newest retweet trees after one and six hours."""
    for hours, (target, multiplier, regression) in TARGETS.items():
        found = evaluate_courses(courses, Look(window=hours * HOUR, least=10), TEST_SHARE)
        if found is None:
            continue
        name = f"Twitter16 trees after {hours} h"
        low, high = found.median_ape_90 or (np.nan, np.nan)
        ours = {key: found.baselines[key] for key in ("multiplier", "regression_on_counts")}
        yield Row(
            f"{name}: median absolute percentage error, {found.cascades} trees",
            f"<= {target:.2f} (multiplier {multiplier}, regression {regression})",
            f"{found.median_ape:.3f}, of more such trees {low:.3f} to {high:.3f} ("
            + ", ".join(f"{k} {v.median_ape:.3f}" for k, v in ours.items())
            + ")",
        )
        yield Row(
            f"{name}: 80% intervals hold",
            "p > 0.05",
            f"{found.coverage_80:.3f}, p = {found.p_value:.3f}; 50%: {found.coverage_50:.3f}, "
            f"90%: {found.coverage_90:.3f}",
        )
        yield Row(
            f"{name}: interval score",
            "< multiplier's",
            f"{found.interval_score:,.0f} against {ours['multiplier'].interval_score:,.0f}",
        )


def android_rows(folder: Path) -> Iterator[Row]:
    """Foretell the size of test cascades from their starter, and from their first five events."""
    past = read_cascades(folder / "mentions_train.csv") + read_cascades(folder / "mentions_val.csv")
    test = read_cascades(folder / "mentions_test.csv")
    sizes = np.array([one.times.size for one in test], dtype=np.float64)
    of_past = _usual(past, test)
    yield from _interval_rows(
        "android test cascades given the starter only", _by_starter(past, test), of_past, sizes
    )
    yield from _interval_rows("android, the same within its past, from five moments on", *_within(past))
    growth = learn_growth([Course(one.times) for one in past], Look(posts=FIRST))
    expected = [growth.expect(Course(one.times)) for one in test]
    five = np.array([one.intervals[80] for one in expected if one is not None], dtype=np.float64)
    yield from _interval_rows("android test cascades given the first five events", five, of_past, sizes)


def _by_starter(past: "Sequence[Cascade]", running: "Sequence[Cascade]") -> FloatArray:
    """Give both ends of the 80% interval of each running cascade, known by its starter alone."""
    number: dict[str, int] = {}
    entries = [
        (cascade, number.setdefault(who, len(number)), one.start + at)
        for cascade, one in enumerate(past)
        for who, at in zip(one.people, one.times.tolist(), strict=True)
    ]
    log = CascadeLog.from_entries(*(np.array(column) for column in zip(*entries, strict=True)))
    starters = [number.setdefault(one.people[0], len(number)) for one in running]
    ends = predict_sizes(log, starters, ENDS)
    return np.empty((0, 2)) if ends is None else ends


def _usual(past: "Sequence[Cascade]", running: "Sequence[Cascade]") -> FloatArray:
    return np.tile(np.rint(np.quantile([one.times.size for one in past], ENDS)), (len(running), 1))


def _within(past: "Sequence[Cascade]") -> tuple[FloatArray, FloatArray, FloatArray]:
    """Foretell later cascades of the past from the earlier ones: ends, those of past sizes, and the sizes."""
    parts = [(past[before], past[after]) for before, after in rolling_origin(len(past))]
    return (
        np.concatenate([_by_starter(*part) for part in parts]),
        np.concatenate([_usual(*part) for part in parts]),
        np.array([one.times.size for _, came in parts for one in came], dtype=np.float64),
    )


def _interval_rows(given: str, ends: FloatArray, of_past: FloatArray, sizes: FloatArray) -> Iterator[Row]:
    low, high = ends.T
    hits = int(np.count_nonzero((low <= sizes) & (sizes <= high)))
    yield Row(
        f"{given}: 80% intervals hold",
        "p > 0.05",
        f"{hits} of {sizes.size}, p = {coverage_p_value(hits, sizes.size, 0.8):.3f}",
    )
    ours, theirs = (interval_scores(one[:, 0], one[:, 1], sizes, 0.8) for one in (ends, of_past))
    less = theirs - ours
    yield Row(
        f"{given}: interval score",
        "< past sizes'",
        f"{ours.mean():.1f} against {theirs.mean():.1f}; better by {less.mean():.1f}, "
        f"standard error {less.std(ddof=1) / np.sqrt(less.size):.1f}",
    )


@dataclass(frozen=True)
class Cascade:
    """One cascade of a file of mentions."""

    start: float
    people: list[str]
    times: FloatArray


def read_trees(path: Path) -> list[Course]:
    """Read retweet trees, the oldest first: an event is a person and a tweet, at its earliest delay."""
    delays: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            event = (row["child_uid"], row["child_tweet"])
            if event != (row["parent_uid"], row["parent_tweet"]):
                tree, delay = delays[int(row["tree_id"])], float(row["child_delay_min"]) * 60
                tree[event] = min(tree.get(event, np.inf), delay)
    return [Course.from_moments(list(delays[tree].values()), start=0.0) for tree in sorted(delays)]


def read_cascades(path: Path) -> list[Cascade]:
    """Read mentions that name the start of their cascade, the oldest cascade first."""
    events: dict[str, list[tuple[float, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["created_at"]).timestamp()
            events[row["root_id"] or row["post_id"]].append((at, row["author_handle"]))
    found = []
    for rows in events.values():
        rows.sort(key=lambda one: one[0])
        start = rows[0][0]
        found.append(
            Cascade(
                start, [who for _, who in rows], np.array([at - start for at, _ in rows], dtype=np.float64)
            )
        )
    return sorted(found, key=lambda one: one.start)
