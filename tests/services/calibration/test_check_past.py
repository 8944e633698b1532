"""What ``evaluate`` says of a file is what the check says of a workspace that holds the same posts."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ambassador.propagation.growth.windows import Course
from ambassador.services.calibration.calibration import check_calibration, read_calibration
from ambassador.services.calibration.check_past import check_own_past, check_sizes
from ambassador.services.calibration.parents_evaluation import evaluate_parents
from ambassador.services.calibration.past_arrays import Numbers, log_of, seen_of
from ambassador.services.calibration.past_columns import PastColumns
from ambassador.services.calibration.past_files import read_past
from ambassador.services.calibration.size_evaluation import evaluate_size
from ambassador.services.cascades.cascade_history import over_after
from ambassador.services.imports.import_files import import_file
from ambassador.services.work import UnitOfWork
from ambassador.values.calibration.past import PastPost
from ambassador.values.imports.imports import silent
from ambassador.values.status import ImportKind
from tests.services.past import write_ties

T0 = datetime(2025, 3, 1, tzinfo=UTC)
HEAD = ("post_id", "platform", "author_handle", "created_at", "kind", "parent_id", "root_id", "text")


def invented_rows(cascades: int) -> list[tuple[str, ...]]:
    """Invent conversations; answers go to the last post, or the first."""
    rng, rows = np.random.default_rng(5), []
    for number in range(cascades):
        size = int(rng.integers(14, 40))
        hours = np.sort(rng.exponential(1.0, size)) * 1.5
        for place, hour in enumerate(hours - hours[0]):
            above = (0 if rng.random() < 0.2 else place - 1) if place else None
            rows.append(
                (
                    f"c{number}-{place}",
                    "x",
                    f"u{rng.integers(40)}",
                    (T0 + timedelta(days=number, hours=float(hour))).isoformat(),
                    "reply" if place else "original",
                    "" if above is None else f"c{number}-{above}",
                    "" if above is None else f"c{number}-0",
                    "hello",
                )
            )
    return rows


def written(path: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def test_a_workspace_gets_the_figures_its_file_gets(work: UnitOfWork, tmp_path: Path) -> None:
    late = ("z", "x", "u1", (T0 + timedelta(days=100)).isoformat(), "original", "", "", "much later")
    path = written(tmp_path / "posts.csv", [*invented_rows(70), late])
    import_file(work, ImportKind.MENTIONS, path.name, path)
    with work.reading() as session:
        checked = check_own_past(session, work.now(), progress=silent)
    by_hours = {one.hours: one for one in checked.sizes}
    assert by_hours[1.0].found == replace(evaluate_size(path, 3600.0), rejected=0)
    assert by_hours[1.0].found is not None and by_hours[1.0].found.baselines
    assert checked.parents == evaluate_parents(path)
    assert checked.parents is not None and checked.parents.accuracy is not None
    assert checked.parents.accuracy > 0.6


def test_the_check_is_kept_whole(work: UnitOfWork, tmp_path: Path) -> None:
    path = written(tmp_path / "posts.csv", invented_rows(60))
    import_file(work, ImportKind.MENTIONS, path.name, path)
    write_ties(work, [(f"u{one}", f"u{(one + step) % 40}") for one in range(40) for step in (1, 2, 3)])
    told: list[tuple[int, int, str]] = []
    record = check_calibration(work, progress=lambda *one: told.append(one))
    assert record.log is not None and record.own_past is not None
    assert record.own_past.influence is not None
    assert record.influence[0].log_likelihood == record.own_past.influence.log_likelihood
    assert read_calibration(work) == record
    shares = [done / total for done, total, _ in told if total]
    assert shares == sorted(shares) and len({stage for _, _, stage in told}) >= 4


def test_what_is_missing_is_counted(work: UnitOfWork) -> None:
    record = check_calibration(work)
    assert record.log is None
    assert record.own_past is not None
    assert [one.missing for one in record.own_past.sizes] == [31] * 4
    assert record.own_past.parents_missing == 25
    assert record.own_past.influence_missing == 5
    assert record.own_past.cascades_missing == 31
    assert read_calibration(work) == record


@pytest.mark.parametrize(("cascades", "missing"), [(20, 11), (31, 0)])
def test_so_many_more_cascades_are_needed(cascades: int, missing: int) -> None:
    rng = np.random.default_rng(3)
    courses = [Course(np.r_[0.0, np.sort(rng.exponential(2000.0, 30))], followed=1e7)] * cascades
    short = [Course(np.zeros(3), followed=1e7)] * 50
    running = [Course(np.zeros(30), followed=3600.0 * 24)] * 50
    first, *_ = check_sizes([*courses, *short, *running])
    assert (first.missing, first.found is None) == (missing, missing > 0)
    assert first.found is None or first.found.cascades == 10


def test_a_parent_that_is_not_here_is_no_parent_seen() -> None:
    posts = [
        PastPost("x", "a", "ada", 0.0),
        PastPost("x", "b", "bob", 1.0, parent_id="a", root_id="a"),
        PastPost("x", "c", "cia", 2.0, parent_id="lost", root_id="a"),
        PastPost("y", "a", "dan", 3.0, parent_id="a"),  # its own parent, on another platform
    ]
    seen, problems = seen_of(PastColumns.of(posts), Numbers())
    assert seen.offsets.tolist() == [0, 3, 4]
    assert seen.parent.tolist() == [-1, 0, -1, -1]
    assert problems.own_parent.tolist() == [3]


def test_cascades_are_numbered_as_they_appear_and_know_where_they_ran() -> None:
    posts = [
        PastPost("x", "late", "ada", 9.0, root_id="start"),
        PastPost("y", "one", "bob", 1.0),
        PastPost("x", "start", "cia", 0.0),
        PastPost("x", "lone", "ada", 5.0, root_id="gone"),
        PastPost("x", "more", "bob", 6.0, root_id="gone"),
    ]
    numbers = Numbers()
    past = log_of(PastColumns.of(posts), numbers)
    assert past.platforms == ("x", "y", "x")
    assert past.log.sizes.tolist() == [2, 1, 2]
    assert numbers.known("nobody") == -1 and len(numbers) == 3


def test_handles_are_told_apart_by_platform_only_where_ties_name_the_platforms(tmp_path: Path) -> None:
    posts = written(
        tmp_path / "posts.csv",
        [("1", "x", "ada", T0.isoformat(), "original", "", "", ""),
         ("2", "y", "ada", T0.isoformat(), "original", "", "", "")],
    )  # fmt: skip
    ties = written(tmp_path / "ties.csv", [("ada", "bob", "x")], ("source", "target", "platform"))
    (alone,) = read_past([posts]).posts
    (tied,) = read_past([posts], ties).posts
    assert len(set(alone.authors(range(len(alone))))) == 2
    assert len(set(tied.authors(range(len(tied))))) == 1


def slow_courses(days: float) -> list[Course]:
    """Give a cascade every other day for a year, each with a post every ``days`` / 10 up to ``days``."""
    year = 365.0
    return [
        Course.from_moments([day * step / 10 * 86400 for step in range(11)], until=(year - begins) * 86400)
        for begins, day in ((float(begins), days) for begins in range(0, 365, 2))
    ]


def test_where_cascades_live_long_they_are_over_late_and_watched_long() -> None:
    quick, slow = slow_courses(2.0), slow_courses(50.0)
    assert over_after(quick) == 7 * 86400
    assert over_after(slow) == pytest.approx(50 * 86400)
    assert over_after([]) == 7 * 86400
    assert [one.hours for one in check_sizes(quick)] == [1.0, 6.0, 24.0, 72.0]
    assert [one.hours for one in check_sizes(slow)] == [1.0, 6.0, 24.0, 72.0, 168.0]
