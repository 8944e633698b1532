"""The first steps in an empty workspace."""

from ambassador.config import settings
from ambassador.ui.kit.navigation import go_to
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import DEMO, PARAMETER, current_key, open_other, workspaces
from seed.making import demo_is_made


def first_steps() -> None:
    """Say what the first page needs, and offer three ways to begin."""
    st.markdown(
        t(
            "Nothing is here yet. Bring in the people you may work with, or what was said last week: each is "
            "useful without the other."
        )
    )
    if _demo_offered():
        st.markdown(t("Or look around in the demo first; it has its own database."))
    with st.container(horizontal=True):
        people = st.button(t("Import people"), icon=":material/group_add:", type="primary")
        mentions = st.button(t("Import mentions"), icon=":material/forum:")
        demo = _demo_offered() and st.button(t("Open the demo"), icon=":material/science:")
    if people:
        go_to("imports", kind="people")
    if mentions:
        go_to("imports", kind="mentions")
    if demo and demo_is_made(settings().demo_url):
        open_other(DEMO)
        go_to("home", **{PARAMETER: DEMO})
    elif demo:  # the page that makes it, with its progress
        go_to("workspace")


def _demo_offered() -> bool:
    return DEMO in workspaces() and current_key() != DEMO
