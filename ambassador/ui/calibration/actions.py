"""Check how honest forecasts of past cascades would have been: as a job, its answer kept in the database."""

from typing import Final

from ambassador.services.calibration import check_calibration, read_calibration
from ambassador.ui.kit.forms import press_kept
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import moment, t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.calibration.calibration import Calibration

JOB: Final = "calibration"


def read_record() -> Calibration:
    """Read what is known of earlier forecasts; a check that just ended is already in."""
    if job_panel(JOB) is not None:
        forget(JOB)
    return read_calibration(current_work())


def check_button(record: Calibration) -> None:
    """Offer to forecast the past anew."""
    if record.checked_at is not None:
        st.caption(t("Past cascades last checked {when}.", when=moment(record.checked_at)))
    pressed = press_kept(
        JOB,
        t("Check again") if record.checked_at else t("Check on past cascades"),
        type="primary",
        icon=":material/fact_check:",
        disabled=is_running(JOB),
        help=t("Each of the newest past cascades is forecast from those before it alone."),
    )
    if pressed:
        work = current_work()
        start(JOB, lambda progress: check_calibration(work, progress=progress))
        st.rerun()
