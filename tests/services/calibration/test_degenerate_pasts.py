"""Odd pasts get an answer or a clear refusal, and no range without width."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ambassador.errors import AmbassadorError
from ambassador.propagation.growth import Course, Look, learn_growth
from ambassador.services.calibration.calibration import check_calibration, learn_and_judge
from ambassador.services.calibration.influence_evaluation import evaluate_influence
from ambassador.services.calibration.parents_evaluation import evaluate_parents
from ambassador.services.calibration.past_arrays import courses_of
from ambassador.services.calibration.past_files import read_past
from ambassador.services.calibration.size_evaluation import evaluate_size
from ambassador.services.cascades.cascade_history import read_history
from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.imports.import_files import import_file
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.values.forecasts.forecasts import ForecastRequest, Range
from ambassador.values.learning import FEWEST_JOINED, TieDirection
from ambassador.values.picks.picks import PickRequest
from ambassador.values.status import ImportKind

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY = 3_600.0, 86_400.0
HEAD = "platform,post_id,author_handle,created_at,kind,parent_id,text"
Rows = list[tuple[str, str, float, str]]


def cascade(name: str, starter: str, at: float, answers: Sequence[tuple[float, str]]) -> Rows:
    """List a start and its answers: id, author, second, parent."""
    later = [(f"{name}-{n}", who, at + delay, name) for n, (delay, who) in enumerate(answers)]
    return [(name, starter, at, ""), *later]


def alike(count: int, every: float, delays: Sequence[float]) -> Rows:
    """List cascades that all go on in the same way, answered by people nobody sees twice."""
    return [
        row
        for c in range(count)
        for row in cascade(
            f"r{c}", f"a{c % 7}", c * every, [(d, f"once{c}-{n}") for n, d in enumerate(delays)]
        )
    ]


def one_author(draw: random.Random) -> Rows:
    rows: Rows = []
    for c in range(32):
        answers = [(draw.expovariate(1 / 900), f"once{c}-{n}") for n in range(draw.randint(0, 12))]
        rows += cascade(f"r{c}", "solo", c * DAY, answers)
    return rows


def one_instant(_: random.Random) -> Rows:
    return alike(32, 0.0, [0.0] * 9)


def roots_missing(draw: random.Random) -> Rows:
    rows: Rows = []
    for c in range(32):
        answers = [(draw.expovariate(1 / 900), f"a{draw.randint(0, 300)}") for _ in range(9)]
        rows += cascade(f"r{c}", "", c * DAY, answers)[1:]
    return rows


def one_giant(draw: random.Random) -> Rows:
    return cascade("r0", "a1", 0.0, [(draw.expovariate(1 / 9_000), f"u{n}") for n in range(400)])


def all_censored(_: random.Random) -> Rows:
    """List cascades that began in the last hours before the log was cut."""
    return alike(32, 60.0, [600.0 * n for n in range(9)])


def sizes_equal(_: random.Random) -> Rows:
    return alike(32, DAY, [600.0 * n for n in range(9)])


def two_cascades(_: random.Random) -> Rows:
    return alike(2, 30 * DAY, [60.0 * n for n in range(14)])


PASTS = (one_author, one_instant, roots_missing, one_giant, all_censored, sizes_equal, two_cascades)


def write(rows: Rows, path: Path) -> Path:
    lines = [
        f"x,{name},{who},{(BEGAN + timedelta(seconds=at)).isoformat()},{kind},{above},hi"
        for name, who, at, above in rows
        for kind in ("repost" if above else "original",)
    ]
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def ranges_in(value: Any) -> Iterator[Range]:
    """Walk through an answer."""
    if isinstance(value, Range):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from ranges_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from ranges_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from ranges_in(one)


def answered(asked: Callable[[], Any]) -> Any:
    """Return the answer, or the sentence of a refusal."""
    try:
        return asked()
    except AmbassadorError as refused:
        return str(refused)


@pytest.mark.parametrize("past", PASTS, ids=lambda past: past.__name__)
def test_forecast_pick_and_calibration(
    sqlite_work: UnitOfWork, tmp_path: Path, past: Callable[..., Rows]
) -> None:
    work, rows = sqlite_work, past(random.Random(1))
    import_file(work, ImportKind.MENTIONS, "posts.csv", write(rows, tmp_path / "posts.csv"))
    starter = next((who for _, who, _, above in rows if not above), "a1")
    answered(lambda: learn_and_judge(work))
    asked = [
        lambda: forecast(work, ForecastRequest((starter,), runs=200, key=1)),
        lambda: pick_ambassadors(work, PickRequest(2, key=1, runs=200)),
        lambda: check_calibration(work),
    ]
    for found in map(answered, asked):
        assert found
        for one in ranges_in(found):
            assert all(low < high for low, high in one.quantiles.values()), one


@pytest.mark.parametrize("past", PASTS, ids=lambda past: past.__name__)
def test_growth_and_evaluate(tmp_path: Path, past: Callable[..., Rows]) -> None:
    file = write(past(random.Random(1)), tmp_path / "posts.csv")
    courses = courses_of(read_past([file]).posts[0])
    for look in (Look(window=HOUR), Look(posts=5)):
        growth = learn_growth(courses[:-1], look)
        found = growth.expect(courses[-1])
        if found is not None:
            assert all(low < high for low, high in found.intervals.values()), found
    for asked in (lambda: evaluate_size(file, HOUR), lambda: evaluate_parents(file)):
        found = answered(asked)
        assert isinstance(found, str) or found.verdict.text


@pytest.mark.parametrize("past", PASTS, ids=lambda past: past.__name__)
def test_who_joins_is_judged_or_refused(tmp_path: Path, past: Callable[..., Rows]) -> None:
    rows = past(random.Random(1))
    file, ties = write(rows, tmp_path / "posts.csv"), tmp_path / "ties.csv"
    people = sorted({who for _, who, _, _ in rows})
    pairs = [f"{one},{other}" for one in people[:8] for other in people if one != other]
    ties.write_text("\n".join(["source,target", *pairs]) + "\n", encoding="utf-8")
    found = answered(lambda: evaluate_influence(ties, file, file, direction=TieDirection.AS_LISTED))
    assert isinstance(found, str) or found.verdict.text
    if not isinstance(found, str) and found.activated < FEWEST_JOINED:
        assert found.verdict.values["missing"] == FEWEST_JOINED - found.activated


def test_answers_to_posts_nobody_has_are_no_starts(sqlite_work: UnitOfWork, tmp_path: Path) -> None:
    work, rows = sqlite_work, roots_missing(random.Random(1))
    import_file(work, ImportKind.MENTIONS, "posts.csv", write(rows, tmp_path / "posts.csv"))
    with work.reading() as session:
        assert len(read_history(session, work)) == 0
    found = forecast(work, ForecastRequest((rows[0][1],), runs=50, key=1)).result.headline
    assert (found.mean, found.quantiles) == (1.0, {})


def test_whoever_quotes_what_is_missing_starts_where_others_answer(
    sqlite_work: UnitOfWork, tmp_path: Path
) -> None:
    work = sqlite_work
    quotes = [(f"q{c}", "nina", c * 9 * DAY, "announcement") for c in range(4)]
    answers = [("q1-0", "ugo", 9 * DAY + 60.0, "q1")]
    import_file(work, ImportKind.MENTIONS, "posts.csv", write(quotes + answers, tmp_path / "posts.csv"))
    with work.reading() as session:
        assert read_history(session, work).sizes.tolist() == [1.0, 2.0, 1.0]  # the fourth is not over


def test_one_course_that_is_over_may_still_grow_by_one() -> None:
    dead = [Course.from_moments([0.0] * 8, start=0.0) for _ in range(70)]
    found = learn_growth(dead, Look(window=HOUR)).expect(dead[0])
    assert found is not None and found.middle == 8
    assert set(found.intervals.values()) == {(8, 9)}
