"""Turn to the other workspace; make the demo where it is not there yet."""

from functools import partial
from typing import Final

from ambassador.config import settings
from ambassador.i18n import mark
from ambassador.ui.kit import workspace
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.navigation import go_to
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.who import actor
from ambassador.values.imports.imports import Progress
from seed.making import demo_is_made, make_demo_file

_JOB: Final = "demo"
_OFFERS: Final = {
    workspace.OWN: (mark("Work on your own data"), ":material/database:"),
    workspace.DEMO: (mark("Look around in the demo"), ":material/science:"),
}


def offer_switch(open_now: str) -> None:
    """Offer the workspaces that are not open; the demo only once it is made."""
    for key in workspace.workspaces():
        if key != open_now and (key != workspace.DEMO or demo_is_made(settings().demo_url)):
            text, icon = _OFFERS[key]
            if st.button(t(text), icon=icon, key=f"open-{key}", type="primary"):
                workspace.open_other(key)
                go_to("home", **{workspace.PARAMETER: key})


def offer_demo() -> None:
    """Offer to make the demo beside the reader's own workspace."""
    if workspace.DEMO not in workspace.workspaces() or demo_is_made(settings().demo_url):
        return
    st.markdown(t("The demo is an invented launch to look around in. It is kept apart from your own data."))
    make = partial(_make_demo, settings().demo_url, actor())
    if st.button(t("Make the demo"), icon=":material/science:", disabled=is_running(_JOB)):
        start(_JOB, make)
    if job_panel(_JOB):
        forget(_JOB)
        st.rerun()


def _make_demo(url: str, actor: str, progress: Progress) -> bool:
    progress(0, 0, "")
    return make_demo_file(url, actor=actor)
