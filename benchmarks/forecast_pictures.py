"""Draw the pictures of docs/forecast.md and learning.md: ``python -m benchmarks.forecast_pictures``."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ambassador.metrics.intervals import histogram
from ambassador.metrics.pooling import pool_weights
from ambassador.propagation.arrays import FloatArray, Int32Array
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.simulate import simulate_launches_in_time
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table
from ambassador.propagation.strangers import PostRecord, learn_strangers

FOLDER = Path(__file__).parents[1] / "docs" / "forecast"
WIDTH, HEIGHT, EDGE = 640, 240, 44
PEOPLE, TIES, RUNS, DAYS, SIGMA = 2_000, 14_000, 4_000, 14, 0.35
BLUE, ORANGE, GREY = "#3B7DD8", "#D55E00", "#7A7A7A"
SEEDS = list(range(8))


def launches(sigma: float, key: int, runs: int = RUNS) -> Int32Array:
    """Simulate launches that differ in heat by ``sigma``; people who talk by day, a row per run."""
    rng = np.random.default_rng(1)
    network = InfluenceNetwork.from_arrays(
        rng.integers(0, PEOPLE, TIES), rng.integers(0, PEOPLE, TIES), 0.09, PEOPLE
    )
    draws = np.random.default_rng(key)
    shape = (runs, len(SEEDS))
    heat = np.exp(sigma * draws.standard_normal((runs, 1)) - sigma**2 / 2) * np.ones(shape)
    hours = draws.lognormal(np.log(12), 1.0, shape)
    facts = CrowdFacts(lognormal_table(14.0, 1.0)[None, :])
    plan = LaunchDraws(hours, heat, np.ones(runs))
    return simulate_launches_in_time(network, SEEDS, facts, plan, days=DAYS, key=key).active


def points(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Write points of a line."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))


def picture(body: list[str], across: str, up: str) -> str:
    """Put a frame, the names of both axes and the drawing together."""
    frame = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    )
    names = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 6}" font-size="12" text-anchor="middle">{across}</text>',
        f'<text x="6" y="14" font-size="12">{up}</text>',
    ]
    return "\n".join([frame, *names, *body, "</svg>", ""])


def fan_picture() -> str:
    """Draw ranges with heat (wide) and without (narrow), and one launch that was hot."""
    with_heat, without = launches(SIGMA, 11), launches(0.0, 11)
    hot = with_heat[np.argsort(with_heat[:, -1])[int(0.9 * RUNS)]]
    top = 1.1 * float(np.quantile(with_heat[:, -1], 0.95))
    xs = np.linspace(EDGE, WIDTH - 120, DAYS)

    def height(values: FloatArray) -> FloatArray:
        return HEIGHT - EDGE + 10 - values / top * (HEIGHT - 2 * EDGE)

    body = []
    for runs, colour, opacity in ((with_heat, BLUE, 0.25), (without, GREY, 0.45)):
        low, high = (height(np.quantile(runs, end, axis=0)) for end in (0.05, 0.95))
        outline = points([*xs, *xs[::-1]], [*high, *low[::-1]])
        body.append(f'<polygon points="{outline}" fill="{colour}" opacity="{opacity}"/>')
    body.append(
        f'<polyline points="{points(xs.tolist(), height(hot.astype(float)).tolist())}" fill="none" '
        f'stroke="{ORANGE}" stroke-width="3"/>'
    )
    ends = ((with_heat, BLUE, "launches differ"), (without, GREY, "all alike"))
    for runs, colour, text in ends:
        y = float(height(np.quantile(runs[:, -1:], 0.95, axis=0))[0])
        body.append(
            f'<text x="{xs[-1] + 8:.0f}" y="{y + 4:.0f}" font-size="12" fill="{colour}">{text}</text>'
        )
    body.append(
        f'<text x="{xs[-1] + 8:.0f}" y="{float(height(hot[-1:].astype(float))[0]) + 4:.0f}" font-size="12" '
        f'fill="{ORANGE}">a hot one</text>'
    )
    days = [
        f'<text x="{xs[day - 1]:.0f}" y="{HEIGHT - 22}" font-size="11">{day}</text>' for day in (1, 7, 14)
    ]
    return picture(body + days, "day", "people who talk, ranges that should hold 9 times in 10")


def bars_picture() -> str:
    """Draw where true launches fall in an honest forecast and in one that leaves the heat out."""
    truth = launches(SIGMA, 12, 600)[:, -1]
    body = []
    for place, (sigma, colour, text) in enumerate(
        ((SIGMA, BLUE, "heat drawn: level"), (0.0, GREY, "heat left out: a U, too narrow"))
    ):
        sample = launches(sigma, 13)[:, -1]
        counts = histogram(np.array([(sample < one).mean() + 0.5 * (sample == one).mean() for one in truth]))
        left, step = EDGE + place * (WIDTH / 2 - 10), (WIDTH / 2 - EDGE - 20) / len(counts)
        for bar, count in enumerate(counts):
            tall = count / 180 * (HEIGHT - 90)
            body.append(
                f'<rect x="{left + bar * step:.1f}" y="{HEIGHT - 40 - tall:.1f}" width="{step - 2:.1f}" '
                f'height="{tall:.1f}" fill="{colour}"/>'
            )
        body.append(f'<text x="{left:.0f}" y="40" font-size="12" fill="{colour}">{text}</text>')
    return picture(body, "part of the forecast in which the observed value fell", "launches")


def strangers_picture() -> str:
    """Draw what is expected of people against what their posts brought so far: few posts are drawn in."""
    rng = np.random.default_rng(5)
    author = np.sort((90 * rng.random(240) ** 2.0).astype(np.int64))
    level = rng.lognormal(4.0, 1.0, 90)
    direct = rng.poisson(level[author] * rng.gamma(2.0, 0.5, author.size)).astype(np.float64)
    record = PostRecord(author, direct, np.empty((90, 0)), np.zeros(300))
    law = learn_strangers(record)
    if law is None:
        raise AssertionError
    seen = np.flatnonzero((record.posts > 0) & (record.strangers > 0))
    posts, expected = record.posts[seen], law.levels_of(record).mean[seen]
    own = record.strangers[seen] / posts
    low, high = np.log(1.0), np.log(1_500.0)

    def place(values: FloatArray, first: float, last: float) -> FloatArray:
        share = (np.log(np.clip(values, 1.0, 1_500.0)) - low) / (high - low)
        return np.asarray(first + share * (last - first))

    xs, ys = place(own, EDGE, WIDTH - 160), place(expected, HEIGHT - EDGE, 24)
    ends = f'x1="{EDGE}" y1="{HEIGHT - EDGE}" x2="{WIDTH - 160}" y2="24"'
    body = [f'<line {ends} stroke="{GREY}" stroke-dasharray="5 4"/>']
    body += [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + np.sqrt(count):.1f}" opacity="0.6" '
        f'fill="{ORANGE if count == 1 else BLUE}"/>'
        for x, y, count in zip(xs.tolist(), ys.tolist(), posts.tolist(), strict=True)
    ]
    for line, (colour, text) in enumerate(((BLUE, "several posts"), (ORANGE, "one post"), (GREY, "as seen"))):
        at = 60 + 18 * line
        body.append(f'<text x="{WIDTH - 140}" y="{at}" font-size="12" fill="{colour}">{text}</text>')
    body += [
        f'<text x="{x:.0f}" y="{HEIGHT - 26}" font-size="11" text-anchor="middle">{label}</text>'
        for label in (1, 10, 100, 1_000)
        for x in [float(place(np.array([float(label)]), EDGE, WIDTH - 160)[0])]
    ]
    return picture(body, "strangers a post brought so far", "strangers the next one is expected to bring")


def weights_picture() -> str:
    """Draw how the weight of ties moves with the past that judged them, where they are right and wrong."""
    counts, prior = (5, 10, 20, 40, 80, 160, 320), np.array([1.0, 0.0])
    xs, body = np.linspace(EDGE, WIDTH - 160, len(counts)), []
    for off, colour, text in ((0.0, BLUE, "ties are right"), (1.2, ORANGE, "ties mislead")):
        found = np.zeros(len(counts))
        for key in range(12):
            rng = np.random.default_rng(key)
            level = rng.normal(3.5, 0.8, counts[-1])
            seen = np.exp(level + rng.normal(0, 0.4, level.size))
            results = np.exp(3.5 + rng.normal(0, 0.9, (level.size, 60)))
            ties = np.exp(level[:, None] + off + rng.normal(0, 0.4, (level.size, 60)))
            found += [pool_weights([results[:n], ties[:n]], seen[:n], prior, 20.0)[1] / 12 for n in counts]
        ys = HEIGHT - EDGE - found * (HEIGHT - EDGE - 30)
        body.append(
            f'<polyline points="{points(xs.tolist(), ys.tolist())}" fill="none" stroke="{colour}" '
            'stroke-width="3"/>'
        )
        body.append(
            f'<text x="{WIDTH - 150}" y="{ys[-1] + 4:.0f}" font-size="12" fill="{colour}">{text}</text>'
        )
    body += [
        f'<text x="{x:.0f}" y="{HEIGHT - 26}" font-size="11" text-anchor="middle">{count}</text>'
        for x, count in zip(xs.tolist(), counts, strict=True)
    ]
    return picture(
        body, "past cascades that judged them", "weight of ties in the law, 0 at the bottom, 1 on top"
    )


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "ranges.svg").write_text(fan_picture(), encoding="utf-8")
    (FOLDER / "bars.svg").write_text(bars_picture(), encoding="utf-8")
    (FOLDER / "strangers.svg").write_text(strangers_picture(), encoding="utf-8")
    (FOLDER / "weights.svg").write_text(weights_picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
