"""Are the figures right? Whoever opens a page finishes what an import or an edit left undone, or is told."""

import logging
from time import monotonic
from typing import Final

from ambassador.errors import AmbassadorError, DatabaseBusyError
from ambassador.services.mentions import bring_up_to_date
from ambassador.ui.kit.jobs import process_jobs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_url, current_work

_log = logging.getLogger(__name__)
_WAITS: Final = 2.0
"""Seconds a page waits for others who write before it opens with the figures as they are."""
_IMPORT: Final = "import"
_AGAIN: Final = 30.0
"""Seconds until it is tried again after it failed."""


def bring_figures_up_to_date() -> None:
    """Work out what is stale, once for each drawing of a page; say so where that could not be done."""
    if process_jobs().any_running(_IMPORT):
        _say(busy=True)  # it works all of it out at its end
        return
    url = current_url()
    failed = _failures()
    if url in failed and monotonic() < failed[url] + _AGAIN:
        _say(busy=False)
        return
    try:
        bring_up_to_date(current_work(), patience=_WAITS)
        failed.pop(url, None)
    except DatabaseBusyError:
        _say(busy=True)
    except AmbassadorError:
        failed[url] = monotonic()
        _say(busy=False)
    except Exception:  # noqa: BLE001 - a page opens whatever became of what it counts
        _log.exception("matches and credit could not be worked out anew")
        failed[url] = monotonic()
        _say(busy=False)


def _say(*, busy: bool) -> None:
    because = (
        t("Somebody is writing to the database just now.")
        if busy
        else t("They could not be worked out; the log says more.")
    )
    st.warning(
        t("Figures on this page may be out of date: posts, rules or people have changed since.")
        + " "
        + because,
        icon=":material/history:",
    )


@st.cache_resource(show_spinner=False)
def _failures() -> dict[str, float]:
    return {}
