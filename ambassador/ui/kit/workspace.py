"""Which database this reader looks at: the one the app was started on, their own, or the demo."""

import datetime as dt
import threading
from functools import partial
from pathlib import Path
from typing import Final

from ambassador.config import database_name, settings
from ambassador.services.backups.daily import keep_daily
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.ui.kit.jobs import process_jobs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import shown_zone, t
from ambassador.ui.kit.who import actor
from ambassador.values.days import day_in

OWN: Final = "own"
DEMO: Final = "demo"
GIVEN: Final = "given"
PARAMETER: Final = "workspace"
_OPENING: Final = threading.Lock()


def current_work() -> UnitOfWork:
    """The unit of work of this reader's workspace; every reader of one database shares its engine."""
    work = _opened(current_url(), actor())
    _back_up_daily(current_url(), work)
    return work


def today_there() -> dt.date:
    """The day it is where the campaigns of this page are."""
    return day_in(shown_zone(), current_work().now())


def current_url() -> str:
    """The address of this reader's database."""
    return workspaces()[current_key()]


def current_key() -> str:
    """Say which workspace is open: ``own``, ``demo``, or ``given`` by whoever started the app."""
    chosen = st.query_params.get(PARAMETER) or st.session_state.get(PARAMETER)
    return chosen if chosen in workspaces() else next(iter(workspaces()))


def workspaces() -> dict[str, str]:
    """List the databases this app may open, the one it was started on first.

    An app that was given a database of its own stays on it: own data and demo never mix.
    """
    now = settings()
    beside = {OWN: now.own_url, DEMO: now.demo_url}
    if now.database_url not in beside.values():
        return {GIVEN: now.database_url}
    return dict(sorted(beside.items(), key=lambda pair: pair[1] != now.database_url))


def workspace_name(key: str) -> str:
    """The name the header shows."""
    if key == DEMO:
        return t("Demo")
    return t("My workspace") if key == OWN else database_name(workspaces()[key])


def open_other(key: str) -> None:
    """Turn this reader to another workspace; what was chosen in the old one is forgotten."""
    for name in list(st.session_state):
        if not str(name).startswith("_") and name != "language":
            del st.session_state[name]
    st.session_state[PARAMETER] = key


def _opened(url: str, by: str) -> UnitOfWork:
    """The database as it was opened, for this reader; one put in its place is opened anew."""
    kept = all_opened()
    with _OPENING:
        work = kept.get(url)
        if work is not None and work.file_now() is None:
            work.refuse_another_file()
        if work is None or work.file_now() != work.file:
            if work is not None:
                work.engine.dispose()
            work = kept[url] = open_workspace(url, actor=by)
    return work.by(by)


@st.cache_resource(show_spinner=False)
def all_opened() -> dict[str, UnitOfWork]:
    """Give every database that is open, by its address."""
    return {}


def _back_up_daily(url: str, work: UnitOfWork) -> None:
    """Back up an app that runs over midnight, beside the reader's work."""
    today = dt.date.today()
    if _days_seen().setdefault(url, today) != today:
        _days_seen()[url] = today
        keep = partial(keep_daily, url, work.engine, actor=work.actor, today=today)
        process_jobs().submit("daily-backup", lambda _progress: keep())


@st.cache_resource(show_spinner=False)
def _days_seen() -> dict[str, dt.date]:
    return {}


def workspace_facts() -> dict[str, str]:
    """Say what is open, for the Workspace page; never a password."""
    url = current_url()
    file = Path(url.removeprefix("sqlite:///"))
    return {
        t("Open now"): workspace_name(current_key()),
        t("Kind"): t("A file on this computer") if url.startswith("sqlite") else t("A PostgreSQL server"),
        t("Database"): str(file) if url.startswith("sqlite") else database_name(url),
        t("You are"): actor(),
    }
