"""The list of people to call, each line with the place where it is dealt with."""

from collections.abc import Sequence
from typing import Final

from ambassador.ui.kit.contacts import reached
from ambassador.ui.kit.markup import bold
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t, t_count
from ambassador.values.campaigns.ambassadors import ChaseItem

_OPEN: Final = 4
"""Lines shown at once; the others open on demand."""


def draw_chase_list(items: Sequence[ChaseItem], *, page: str = "") -> ChaseItem | None:
    """Draw what is late, of one page or of all; give the clicked line, if it belongs to this page."""
    wanted = [item for item in items if not page or item.page == page]
    if not wanted:
        return None
    with st.container(border=True, gap="xsmall"):
        late = sum(item.is_late for item in wanted)
        head = t_count("{count} thing is late", "{count} things are late", late)
        if due := len(wanted) - late:
            due_text = t_count("{count} is due", "{count} are due", due)
            head = f"{head}, {due_text}" if late else due_text
        st.markdown(bold(head))
        clicked = [item for place, item in enumerate(wanted[:_OPEN]) if _line(item, page, place)]
        if wanted[_OPEN:]:
            with st.expander(t("Show the others")):
                clicked += [
                    item for place, item in enumerate(wanted[_OPEN:], _OPEN) if _line(item, page, place)
                ]
    return clicked[0] if clicked else None


def _line(item: ChaseItem, page: str, place: int) -> bool:
    text = t(item.text, **item.values)
    if item.page == page:
        pressed = st.button(text, type="tertiary", key=f"chase:{place}", icon=":material/arrow_forward:")
        _draw_ways(item)
        return pressed
    where = {"device": item.device} if item.page == "devices" else {"ambassador": item.ambassador_id or 0}
    page_link(item.page, f"{text} · {item.campaign}", campaign=item.campaign_id, **where)
    _draw_ways(item)
    return False


def _draw_ways(item: ChaseItem) -> None:
    if ways := reached(item.contact):
        st.caption(ways)
