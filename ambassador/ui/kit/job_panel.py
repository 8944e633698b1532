"""What a reader sees of a job: a bar, an estimate, a stop button, and how it ended."""

import datetime as dt
import time
from typing import Any

from ambassador.errors import AmbassadorError
from ambassador.ui.kit import jobs
from ambassador.ui.kit.errors import show_error, show_unexpected
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import duration, percent, t

_EVERY_SECOND = 1.0
_SHORT = 60.0
"""Seconds after which stopping a job loses something worth asking about."""


def job_panel(name: str) -> Any:  # noqa: ANN401 - whatever the work gives; the page says what it expects
    """Draw this page's job while it runs; give its result once it is there."""
    job = jobs.current(name)
    if job is None:
        _say_if_forgotten(name)
        return None
    if not job.finished:
        _running(job.id)
        return None
    if job.state is jobs.JobState.DONE:
        return job.result
    _say_how_it_ended(job)
    return None


def is_running(name: str) -> bool:
    """Whether this page's job is under way, so that its button can be disabled."""
    job = jobs.current(name)
    return job is not None and not job.finished


@st.fragment(run_every=_EVERY_SECOND)
def _running(job_id: str) -> None:
    job = jobs.process_jobs().get(job_id)
    if job is None or job.finished:
        st.rerun()
    with st.container(border=True):
        st.progress(job.share, text=_progress_text(job))
        _stop_button(job)


def _stop_button(job: jobs.Job) -> None:
    """Stop a job; one that has run for a while asks first, for what it has worked out so far is lost."""
    if not st.session_state.get(_question_key(job)):
        st.button(
            t("Stop"),
            icon=":material/stop_circle:",
            key=f"stop-{job.id}",
            disabled=job.stop.is_set(),
            on_click=_stop_or_ask,
            args=(job,),
        )
        return
    time_ = duration(dt.timedelta(seconds=_has_run(job)))
    st.markdown(t("It has run for {time}: what it has worked out so far is lost.", time=time_))
    with st.container(horizontal=True):
        sure = t("Yes: {what}", what=t("Stop"))
        st.button(sure, key=f"stop-yes-{job.id}", type="primary", on_click=_stop, args=(job,))
        st.button(t("Go on"), key=f"stop-no-{job.id}", on_click=_go_on, args=(job,))


def _stop_or_ask(job: jobs.Job) -> None:
    if _has_run(job) < _SHORT:
        job.stop.set()
    else:
        st.session_state[_question_key(job)] = True


def _stop(job: jobs.Job) -> None:
    job.stop.set()
    _go_on(job)


def _go_on(job: jobs.Job) -> None:
    st.session_state.pop(_question_key(job), None)


def _has_run(job: jobs.Job) -> float:
    return time.monotonic() - job.started if job.started else 0.0


def _question_key(job: jobs.Job) -> str:
    return f"stop-asked-{job.id}"


def _progress_text(job: jobs.Job) -> str:
    if job.stop.is_set():
        return t("Stopping ...")
    if not job.total:
        return t("Working ...")
    left = job.seconds_left(time.monotonic())
    what = t(job.stage) or t("Working ...")
    if left is None:
        return what
    return t(
        "{what} ({share}, about {time} left)",
        what=what,
        share=percent(job.share),
        time=duration(dt.timedelta(seconds=max(left, 1))),
    )


def _say_how_it_ended(job: jobs.Job) -> None:
    if job.state is jobs.JobState.STOPPED:
        st.info(t("Stopped. Nothing was changed."), icon=":material/stop_circle:")
    elif isinstance(job.error, AmbassadorError):
        show_error(job.error)
    elif job.error is not None:
        show_unexpected(job.error)


def _say_if_forgotten(name: str) -> None:
    asked = st.query_params.get(jobs.PARAMETER)
    if asked and jobs.process_jobs().get(asked) is None:
        jobs.forget(name)
        st.info(
            t("That work is no longer known: the program was started again. What it had finished was kept."),
            icon=":material/info:",
        )
