"""Long work, outside the script that a click interrupts: progress, an estimate, a stop button.

A job belongs to the process. Its number stands in the page's address and in the session, so leaving the
page, or reloading it, loses nothing; when its tab is gone for two minutes, it ends. The work calls
``progress(done, total, stage)`` between pieces; that
call raises :class:`CancelledError` once the reader has pressed stop. ``stage`` is a message id.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ambassador.errors import AmbassadorError, CancelledError
from ambassador.ui.kit.screen import st
from ambassador.values.imports.imports import Progress

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 4
_REMEMBERED: Final = 100
_GRACE: Final = 120.0
"""Seconds for which a tab may be away: a reload, a lost connection, a lid that was shut."""
PARAMETER: Final = "job"

Work = Callable[[Progress], Any]


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True)
class Job:
    """One piece of long work; written by its own thread, read by any."""

    id: str
    name: str
    state: JobState = JobState.WAITING
    done: int = 0
    total: int = 0
    stage: str = ""
    result: Any = None
    error: BaseException | None = None
    started: float = 0.0
    tab: str = ""
    """The session of the browser's tab that shows this job; empty where there is none."""
    missed_since: float | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.STOPPED}

    @property
    def share(self) -> float:
        """The part that is done, from 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0

    def seconds_left(self, now: float) -> float | None:
        """Estimate how long it will still take; None before there is anything to go by."""
        if not self.done or not self.total or not self.started:
            return None
        return (now - self.started) * max(self.total - self.done, 0) / self.done

    def report(self, done: int, total: int, stage: str) -> None:
        """Take note of progress, and break the work off if the reader wants it to stop."""
        if self.stop.is_set() or self._is_abandoned(time.monotonic()):
            raise CancelledError("Stopped.")
        self.done, self.total, self.stage = done, total, stage

    def _is_abandoned(self, now: float) -> bool:
        """Check whether nobody has had a tab open on this job for a while."""
        if tab_is_open(self.tab):
            self.missed_since = None
            return False
        self.missed_since = now if self.missed_since is None else self.missed_since
        return now - self.missed_since > _GRACE


class Jobs:
    """The jobs of one process."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._executor = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="job")

    def submit(self, name: str, work: Work, tab: str = "") -> str:
        """Start work and give its number."""
        job = Job(uuid.uuid4().hex[:16], name, tab=tab)
        with self._lock:
            self._jobs[job.id] = job
            self._forget_the_oldest()
        self._executor.submit(_run, job, work)
        return job.id

    def get(self, job_id: str | None) -> Job | None:
        """A job, or None where this process does not know it."""
        return self._jobs.get(job_id or "")

    def any_running(self, name: str) -> bool:
        """Check whether any reader's job of this name is under way."""
        return any(job.name == name and not job.finished for job in list(self._jobs.values()))

    def _forget_the_oldest(self) -> None:
        over = len(self._jobs) - _REMEMBERED
        for old in [job.id for job in self._jobs.values() if job.finished][: max(over, 0)]:
            del self._jobs[old]


def start(name: str, work: Work) -> None:
    """Start long work for this page and draw the page again, now with its progress."""
    _remember(name, process_jobs().submit(name, work, _this_tab()))
    st.rerun()


def current(name: str) -> Job | None:
    """The page's job: the one in its address, else the last one started here."""
    for job_id in (st.query_params.get(PARAMETER), st.session_state.get(_key(name))):
        job = process_jobs().get(job_id)
        if job is not None and job.name == name:
            _remember(name, job.id)
            job.tab = _this_tab()
            return job
    return None


def forget(name: str) -> None:
    """Put a finished job out of sight."""
    st.session_state.pop(_key(name), None)
    st.query_params.pop(PARAMETER, None)


@st.cache_resource(show_spinner=False)
def process_jobs() -> Jobs:
    """The jobs of this process; they outlive a hot reload."""
    return Jobs()


def tab_is_open(tab: str) -> bool:
    """Check whether a tab is still connected; where no server runs, nobody can close one."""
    return not tab or not runtime.exists() or runtime.get_instance().is_active_session(tab)


def _this_tab() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _remember(name: str, job_id: str) -> None:
    st.session_state[_key(name)] = job_id
    st.query_params[PARAMETER] = job_id


def _key(name: str) -> str:
    return f"job:{name}"


def _run(job: Job, work: Work) -> None:
    job.state, job.started = JobState.RUNNING, time.monotonic()
    try:
        job.report(0, 0, "")
        job.result = work(job.report)
        job.state = JobState.DONE
    except CancelledError:
        job.state = JobState.STOPPED
    except AmbassadorError as error:
        job.error, job.state = error, JobState.FAILED
    except BaseException as error:  # noqa: BLE001 - a job that ends without a word would run for ever
        _log.exception("job %s (%s) failed", job.id, job.name)
        job.error, job.state = error, JobState.FAILED
