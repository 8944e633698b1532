"""The list of people to call, each line with the place where it is dealt with."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from ambassador.ui.navigation import page_link
from ambassador.ui.text import t, t_count
from ambassador.values.ambassadors import ChaseItem

_OPEN: Final = 4
"""Lines shown at once; the others open on demand."""


def draw_chase_list(items: Sequence[ChaseItem], *, page: str = "") -> None:
    """Draw what is late, of one page or of all; nothing where nothing is late."""
    wanted = [item for item in items if not page or item.page == page]
    if not wanted:
        return
    with st.container(border=True):
        st.markdown("**" + t_count("{count} thing is late", "{count} things are late", len(wanted)) + "**")
        for item in wanted[:_OPEN]:
            _line(item, page)
        if wanted[_OPEN:]:
            with st.expander(t("Show the others")):
                for item in wanted[_OPEN:]:
                    _line(item, page)


def _line(item: ChaseItem, page: str) -> None:
    text = t(item.text, **item.values)
    if item.page == page:
        st.markdown(f"- {text} · {item.campaign}")
    else:
        page_link(item.page, f"{text} · {item.campaign}", campaign=item.campaign_id)
