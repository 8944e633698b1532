"""Draw a network that was not drawn yet, as a job."""

from typing import Final

from ambassador.services.networks import draw_network
from ambassador.ui.kit.job_panel import job_panel
from ambassador.ui.kit.jobs import JobState, current, forget, start
from ambassador.ui.kit.markup import bold
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work

_JOB: Final = "network"


def draw_missing_picture(campaign_id: int | None) -> None:
    """Start the work by itself, show how far it is, and offer it again where it was stopped."""
    work, job = current_work(), current(_JOB)
    if job is None or job.state is JobState.DONE:
        start(_JOB, lambda progress: draw_network(work, campaign_id, progress=progress))
        return
    working = t("Communities are looked for and drawn: once for each state of the network")
    st.markdown(bold(working))
    job_panel(_JOB)
    if job.finished and st.button(t("Draw it"), type="primary", icon=":material/hub:"):
        forget(_JOB)
        st.rerun()
