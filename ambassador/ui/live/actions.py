"""What can be done with live sources: run them now, follow something new, follow it no more."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from ambassador.services.live import (
    add_watch,
    fetch_due,
    from_environment,
    list_sources,
    list_watches,
    remove_watch,
)
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.live.words import came_word, followed_word, trouble_word, watch_columns
from ambassador.values.imports.imports import Progress
from ambassador.values.live import RunReport, SourceOffer, Watched, WatchView

LIVE_JOB: Final = "fetch"
_EVERY: Final = 15


def live_section() -> None:
    """Draw what is followed live, with what the last run of each brought and what can be done."""
    st.subheader(t("Live sources"))
    st.caption(
        t(
            "Accounts, hashtags and videos that are followed with your own credentials, which stand in the"
            " environment and nowhere here. What comes goes the way of a file."
        )
    )
    offers = {one.name: one for one in list_sources()}
    reports: list[RunReport] | None = job_panel(LIVE_JOB)
    if reports:
        _show_reports(reports, offers)
    views = list_watches(current_work())
    chosen: Sequence[WatchView] = ()
    if views:
        st.caption(t("Tick a source to run it alone, or to follow it no more."))
        chosen = show_table("watches", views, watch_columns(offers), title=t("Live sources"), choose="one")
    _buttons(views, chosen, offers)


def _buttons(views: Sequence[WatchView], chosen: Sequence[WatchView], offers: dict[str, SourceOffer]) -> None:
    busy = is_running(LIVE_JOB)
    with st.container(horizontal=True):
        if st.button(t("Follow something new"), icon=":material/add:"):
            _add_dialog(offers)
        if views and st.button(t("Run all now"), icon=":material/sync:", disabled=busy):
            _start([one.id for one in views])
        if chosen and st.button(t("Run this one now"), icon=":material/sync:", disabled=busy):
            _start([chosen[0].id])
        if chosen and st.button(t("Follow it no more"), icon=":material/close:", disabled=busy):
            work = current_work().noting()
            with errors_shown():
                remove_watch(work, chosen[0].id)
                say_done(t("It is followed no more; what it brought stays."), undo=undo_of(work))
                st.rerun()


def _add_dialog(offers: dict[str, SourceOffer]) -> None:
    """Ask what is to be followed."""
    choices = [(name, what) for name, offer in offers.items() for what in offer.offers]

    @st.dialog(t("Follow something new"))
    def ask() -> None:
        chosen = st.selectbox(
            t("What"),
            choices,
            index=None,
            format_func=lambda one: f"{offers[one[0]].label} · {t(offers[one[0]].offers[one[1]])}",
            placeholder=t("Choose what to follow"),
        )
        target = st.text_input(
            t("Which one"), placeholder="@", help=t("A handle, a hashtag, an address or an id.")
        )
        server = st.text_input(t("Server, where there are several"), placeholder="https://")
        every = st.number_input(t("Minutes between two runs"), min_value=5, max_value=10_080, value=_EVERY)
        if not st.button(t("Follow it"), type="primary"):
            return
        if given(chosen and target.strip(), t("Say first what is to be followed.")) and chosen is not None:
            with errors_shown():
                work = current_work().noting()
                watched = Watched(chosen[0], chosen[1], target, server)
                add_watch(work, watched, every_minutes=int(every))
                text = t("It is followed from now on: run it now, or leave it to follow.")
                say_done(text, undo=undo_of(work))
                st.rerun()

    ask()


def _start(numbers: Sequence[int]) -> None:
    forget(LIVE_JOB)
    start(LIVE_JOB, partial(_bring, current_work(), list(numbers)))


def _bring(work: UnitOfWork, numbers: list[int], progress: Progress) -> list[RunReport]:
    return fetch_due(work, numbers, FetchOptions(secret=_secret), progress=progress)


def _secret(name: str) -> str:
    """Give a secret from the environment, else from Streamlit's secrets."""
    found = from_environment(name)
    if found:
        return found
    try:
        return str(st.secrets.get(name, ""))
    except FileNotFoundError:  # there is no such file
        return ""


def _show_reports(reports: Sequence[RunReport], offers: dict[str, SourceOffer]) -> None:
    for one in reports:
        name, came, trouble = followed_word(one.watch, offers), came_word(one.watch), trouble_word(one.watch)
        if trouble:
            st.warning(t("{name}: {came}. {trouble}", name=name, came=came, trouble=trouble))
        else:
            st.success(t("{name}: {came}.", name=name, came=came))
        if one.is_stopped:
            st.info(t("It was stopped: what was brought until then is in, and the next run goes on there."))
