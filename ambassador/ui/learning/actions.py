"""Learning, as a job: it may take a minute on a large past."""

from typing import Final

from ambassador.services.calibration import learn_and_judge
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.forms import press_kept
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import JobState, current, forget, start
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, t
from ambassador.values.learning import ENOUGH_ACTIVATIONS, ENOUGH_CASCADES, LearnedView, LearnOverview

_JOB: Final = "learn"


def offer_to_learn(work: UnitOfWork, overview: LearnOverview) -> None:
    """Say what there is to learn from and offer to do it."""
    rests = overview.rests_on
    with st.container(border=True):
        st.markdown(
            t(
                "{cascades} cascades to learn from: in them {explained} people joined after somebody they "
                "listen to.",
                cascades=number(rests.cascades),
                explained=number(rests.explained),
            )
        )
        if not overview.enough:
            st.caption(
                t(
                    "That is little: it takes about {activations} such people in {cascades} cascades to say "
                    "more than an assumption.",
                    activations=number(ENOUGH_ACTIVATIONS),
                    cascades=number(ENOUGH_CASCADES),
                )
            )
        _button(work, again=False)


def learn_button(work: UnitOfWork, found: LearnedView) -> None:
    """Offer to learn again where something is new."""
    if not found.stale and not is_running(_JOB):
        st.caption(t("Nothing is new since: all posts and ties here were learned from."))
        return
    st.info(t("There are posts or ties that nothing was learned from yet."), icon=":material/update:")
    _button(work, again=True)


def _button(work: UnitOfWork, *, again: bool) -> None:
    job = current(_JOB)
    if job is not None and job.state is JobState.DONE:
        forget(_JOB)
        st.rerun()
    label = t("Learn again") if again else t("Learn")
    pressed = press_kept(_JOB, label, type="primary", icon=":material/school:", disabled=is_running(_JOB))
    job_panel(_JOB)
    if pressed:
        start(_JOB, lambda progress: learn_and_judge(work, progress=progress))
