"""The state of a page that has nothing to show yet: what is missing, and the button that fixes it."""

from ambassador.ui.kit.markup import Markup, markup
from ambassador.ui.kit.navigation import go_to
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t


def empty_state(
    missing: str, *, fix: str = "", page: str = "", icon: str = ":material/inbox:", **query: str
) -> None:
    """Say what is missing; ``fix`` is the button's text, ``page`` and ``query`` where it leads."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(markup("### {icon}", icon=Markup(icon)), width="content")
        st.markdown(missing, width="content", text_alignment="center")
        if page and st.button(fix or t("Go there"), type="primary", key=f"empty-{page}"):
            go_to(page, **query)
