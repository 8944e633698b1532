"""A table on a phone: a card a row, its name on top, what matters first below; nothing scrolls sideways."""

from collections.abc import Sequence
from typing import Final, Literal

from ambassador.ui.kit.markup import Markup, bold
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t_count

Choose = Literal["", "one", "many"]
_AT_ONCE: Final = 20


def draw_cards(name: str, heads: Sequence[str], facts: Sequence[Markup], choose: Choose) -> list[int]:
    """Draw the rows as cards, some at a time; give the places of those that are ticked."""
    shown = st.session_state.get(_shown(name), _AT_ONCE)
    ticked = []
    for place, (head, said) in enumerate(zip(heads[:shown], facts[:shown], strict=True)):
        with st.container(border=True, gap="xsmall"):
            if not choose:
                st.markdown(bold(head))
            elif st.checkbox(head, key=_key(name, place), on_change=_only, args=(name, place, choose, shown)):
                ticked.append(place)
            if said:
                st.caption(said)
    left = len(heads) - shown
    if left > 0 and st.button(
        t_count("Show {count} more", "Show {count} more", min(left, _AT_ONCE)), key=f"more:{name}"
    ):
        st.session_state[_shown(name)] = shown + _AT_ONCE
        st.rerun()
    return ticked


def _only(name: str, place: int, choose: Choose, shown: int) -> None:
    """Take the tick off every other card where one alone may be chosen."""
    if choose == "one":
        for other in range(shown):
            if other != place and st.session_state.get(_key(name, other)):
                st.session_state[_key(name, other)] = False


def _key(name: str, place: int) -> str:
    return f"card:{name}:{place}"


def _shown(name: str) -> str:
    return f"cards:{name}"
