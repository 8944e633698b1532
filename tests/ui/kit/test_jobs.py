import threading
import time

import pytest

from ambassador.errors import BadInputError, CancelledError
from ambassador.ui.kit.jobs import Job, Jobs, JobState, tab_is_open
from ambassador.values.imports.imports import Progress

PATIENCE = 60.0


def finished(jobs: Jobs, job_id: str) -> Job:
    until = time.monotonic() + PATIENCE
    job = jobs.get(job_id)
    assert job is not None
    while not job.finished and time.monotonic() < until:
        time.sleep(0.005)
    return job


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


def test_a_job_keeps_its_result(jobs: Jobs) -> None:
    job = finished(jobs, jobs.submit("pick", lambda _progress: 42))
    assert (job.state, job.result) == (JobState.DONE, 42)


def test_progress_is_seen_while_the_job_runs(jobs: Jobs) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress(3, 10, "Drawing sets")
        reached.set()
        assert go_on.wait(PATIENCE)

    job_id = jobs.submit("pick", work)
    assert reached.wait(PATIENCE)
    job = jobs.get(job_id)
    assert job is not None
    assert (job.share, job.stage, job.state) == (0.3, "Drawing sets", JobState.RUNNING)
    assert job.seconds_left(job.started + 3) == pytest.approx(7)
    go_on.set()
    assert finished(jobs, job_id).state is JobState.DONE


def test_stop_breaks_the_work_off_at_its_next_piece(jobs: Jobs) -> None:
    begun = threading.Event()
    pieces = []

    def work(progress: Progress) -> None:
        for piece in range(100_000):
            progress(piece, 100_000, "")
            pieces.append(piece)
            begun.set()
            time.sleep(0.001)

    job_id = jobs.submit("pick", work)
    assert begun.wait(PATIENCE)
    job = jobs.get(job_id)
    assert job is not None
    job.stop.set()
    assert finished(jobs, job_id).state is JobState.STOPPED
    assert job.result is None
    assert len(pieces) < 100_000


def test_a_job_stopped_before_it_began_does_nothing(jobs: Jobs) -> None:
    go_on, done = threading.Event(), []
    for _ in range(4):
        jobs.submit("busy", lambda _progress: go_on.wait(PATIENCE))
    job_id = jobs.submit("pick", lambda _progress: done.append(1))
    job = jobs.get(job_id)
    assert job is not None
    job.stop.set()
    go_on.set()
    assert finished(jobs, job_id).state is JobState.STOPPED
    assert done == []


def test_an_error_a_person_can_read_is_kept_with_the_job(jobs: Jobs) -> None:
    def work(_progress: Progress) -> None:
        raise BadInputError("{file} is empty", file="ties.csv")

    job = finished(jobs, jobs.submit("import", work))
    assert job.state is JobState.FAILED
    assert str(job.error) == "ties.csv is empty"


def test_even_a_job_that_ends_the_thread_is_seen_to_end(jobs: Jobs) -> None:
    def work(_progress: Progress) -> None:
        raise SystemExit

    assert finished(jobs, jobs.submit("import", work)).state is JobState.FAILED


def test_only_finished_jobs_are_forgotten(jobs: Jobs) -> None:
    go_on = threading.Event()
    running = jobs.submit("long", lambda _progress: go_on.wait(PATIENCE))
    last = ""
    for _ in range(150):
        last = jobs.submit("short", lambda _progress: None)
        finished(jobs, last)
    assert jobs.get(running) is not None
    assert jobs.get(last) is not None
    assert len(jobs._jobs) <= 101
    go_on.set()
    assert finished(jobs, running).state is JobState.DONE


def test_an_unknown_job_is_none(jobs: Jobs) -> None:
    assert jobs.get("0123") is None
    assert jobs.get(None) is None


def test_a_job_whose_tab_is_gone_for_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("ambassador.ui.kit.jobs.tab_is_open", lambda tab: tab != "closed")
    monkeypatch.setattr("ambassador.ui.kit.jobs.time.monotonic", lambda: now)
    job = Job("1", "import", tab="closed")
    job.report(1, 10, "")
    now += 119
    job.report(2, 10, "")
    job.tab = "reloaded"
    now += 60
    job.report(3, 10, "")
    job.tab = "closed"
    job.report(4, 10, "")
    now += 121
    with pytest.raises(CancelledError):
        job.report(5, 10, "")


def test_work_that_no_tab_started_is_not_ended_by_one() -> None:
    assert tab_is_open("")
    assert tab_is_open("without a server nobody can close a tab")
