"""The campaign a reader has chosen: kept across pages and in the address, so that a link opens the same."""

from collections.abc import Mapping
from typing import Final

from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t

PARAMETER: Final = "campaign"
_CHOICE: Final = "_campaign_choice"
_ALL: Final = 0  # None would be drawn as "choose an option"


def chosen_campaign() -> int | None:
    """The id of the chosen campaign; None means all of them."""
    value = st.session_state.get(PARAMETER)
    return value if isinstance(value, int) else None


def take_from_address() -> None:
    """Copy the campaign of the address to the session, or the session's to the address."""
    asked = asked_number(PARAMETER)
    if asked is not None:
        st.session_state[PARAMETER] = asked
    elif chosen_campaign() is not None:
        st.query_params[PARAMETER] = str(chosen_campaign())


def choose(campaign_id: int | None) -> None:
    """Choose a campaign for this page and those to come."""
    st.session_state[PARAMETER] = campaign_id
    if campaign_id is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = str(campaign_id)


def campaign_chooser(names: Mapping[int, str]) -> None:
    """Draw the choice of a campaign where there is one; a chosen one that no longer exists is forgotten."""
    if chosen_campaign() is not None and chosen_campaign() not in names:
        choose(None)
    if not names:
        return
    st.session_state[_CHOICE] = chosen_campaign() or _ALL
    st.selectbox(
        t("Campaign"),
        [_ALL, *names],
        format_func=lambda key: t("All campaigns") if key == _ALL else names[key],
        key=_CHOICE,
        on_change=_take_choice,
        placeholder=t("All campaigns"),
        label_visibility="collapsed",
        width=280,
    )


def note_unfiltered(words: str = "") -> None:
    """Say on a page about everything that the campaign chosen above does not narrow it, or what of it."""
    if chosen_campaign() is not None:
        st.caption(words or t("This page shows all campaigns, whichever is chosen above."))


def _take_choice() -> None:
    choose(st.session_state[_CHOICE] or None)
