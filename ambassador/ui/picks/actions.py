"""Picking: started as a job, its answer kept in the address, swapped by hand, confirmed."""

from typing import Final

from ambassador.services.picks.alternatives import swap_effect, what_if
from ambassador.services.picks.page_state import pick_page_state
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.picks.recompute import compare_recomputed
from ambassador.services.work import UnitOfWork
from ambassador.ui.campaigns import confirm_pick_dialog
from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import press_kept
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import current, forget, start
from ambassador.ui.kit.navigation import go_to
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import interval, number, t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.picks.form import pick_form
from ambassador.ui.picks.tables import what_if_views
from ambassador.ui.picks.views import recomputed_view
from ambassador.values.picks.picks import PickAnswer, PickPageState, RecomputedPick, WhatIf

JOB: Final = "pick"
PARAMETER: Final = "pick"
WHAT_IF: Final = "what-if"
AGAIN: Final = "again"


def read_page_state(campaign_id: int | None) -> PickPageState:
    """Read what the page shows: the pick of the address, else the newest."""
    asked = asked_number(PARAMETER)
    state = pick_page_state(current_work(), campaign_id, asked)
    if asked and state.answer and campaign_id and state.answer.campaign_id not in {None, campaign_id}:
        st.query_params.pop(PARAMETER)  # another campaign was chosen since
        return pick_page_state(current_work(), campaign_id)
    return state


def ask_for_pick(state: PickPageState, campaign_id: int | None) -> None:
    """Draw the form and the progress; once done, the answer stands in the address."""
    request = pick_form(state, campaign_id, busy=is_running(JOB))
    if request is not None:
        work: UnitOfWork = current_work()
        start(JOB, lambda progress: pick_ambassadors(work, request, progress=progress))
    done: PickAnswer | None = job_panel(JOB)
    if done is not None:
        forget(JOB)
        st.query_params[PARAMETER] = str(done.pick_id)
        st.rerun()


def ask_what_if(answer: PickAnswer) -> None:
    """Offer what takes as long as a few picks: the price of each demand, and the curve of phones."""
    title, under_way = t("What the demands cost, and what more phones would bring"), current(WHAT_IF)
    with st.expander(title, icon=":material/balance:", expanded=under_way is not None):
        if press_kept(WHAT_IF, t("Compute"), disabled=is_running(WHAT_IF)):
            work, number_of_pick = current_work(), answer.pick_id
            start(
                WHAT_IF, lambda progress: (number_of_pick, what_if(work, number_of_pick, progress=progress))
            )
        done: tuple[int, WhatIf] | None = job_panel(WHAT_IF)
        if done is not None and done[0] == answer.pick_id:
            what_if_views(done[1])


def pick_buttons(answer: PickAnswer, campaign_id: int | None) -> None:
    """Offer what comes next: confirm, forecast, compute again."""
    with st.container(horizontal=True):
        if st.button(t("Confirm this pick"), type="primary", icon=":material/check:"):
            confirm_pick_dialog(answer, answer.campaign_id or campaign_id)
        if st.button(t("Forecast this pick"), icon=":material/trending_up:"):
            go_to("forecast", pick=answer.pick_id)
        again = press_kept(
            AGAIN,
            t("Recompute this pick"),
            icon=":material/replay:",
            disabled=is_running(AGAIN),
            help=t("From the very network and data it was made with: says whether the same comes out."),
        )
    if again:
        work, number_of_pick = current_work(), answer.pick_id
        start(AGAIN, lambda progress: compare_recomputed(work, number_of_pick, progress=progress))
    done: RecomputedPick | None = job_panel(AGAIN)
    if done is not None and done.pick_id == answer.pick_id:
        recomputed_view(done)


def swap_by_hand(answer: PickAnswer) -> None:
    """Let a reader change one person and see what it costs, on the same simulated launches."""
    with st.expander(t("Swap one by hand"), icon=":material/swap_horiz:"), st.form("swap", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            out = st.selectbox(
                t("Instead of"), [one.handle for one in answer.picks if not one.erased], width=240
            )
            into = st.selectbox(
                t("take"),
                [one.handle for one in answer.reserve],
                accept_new_options=True,
                index=None,
                placeholder=t("Choose a person"),
                width=240,
            )
            asked = st.form_submit_button(t("What would that change?"))
        if asked and out and into:
            with errors_shown():
                _say_effect(answer, out, into)


def _say_effect(answer: PickAnswer, out: str, into: str) -> None:
    effect = swap_effect(current_work(), answer.pick_id, out, into)
    low, high = effect.difference.quantiles.get(80, (effect.difference.mean, effect.difference.mean))
    st.markdown(
        t(
            "With {into} instead of {out}: {after} instead of {before}, a change of {change} "
            "(8 times in 10: {range}).",
            into=into,
            out=out,
            after=number(effect.after),
            before=number(effect.before),
            change=number(effect.difference.mean, 1),
            range=interval(low, high),
        )
    )
    if effect.complaining_before is not None and effect.complaining_after is not None:
        st.markdown(
            t(
                "Complaints: {after} instead of {before}.",
                after=number(effect.complaining_after, 1),
                before=number(effect.complaining_before, 1),
            )
        )
