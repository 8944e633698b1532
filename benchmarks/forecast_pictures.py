"""Draw the pictures of ``docs/forecast.md``: ``python -m benchmarks.forecast_pictures``."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ambassador.metrics.intervals import histogram
from ambassador.propagation.arrays import FloatArray, Int32Array
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.simulate import simulate_launches_in_time
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table

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


def main() -> None:
    """Write both pictures."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "ranges.svg").write_text(fan_picture(), encoding="utf-8")
    (FOLDER / "bars.svg").write_text(bars_picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
