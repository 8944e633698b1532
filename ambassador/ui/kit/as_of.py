"""The day as of which a page shows things: now, or as they were known at the end of a day chosen."""

from datetime import date
from typing import Final

from ambassador.services.lookback.looking_back import as_known, look_back
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day_order, language, t
from ambassador.ui.kit.workspace import current_url, current_work, today_there

PARAMETER: Final = "as-of"
_CHOICE: Final = "_as_of_choice"
_DAY: Final = "as_of"
_MINUTES_KEPT: Final = 10
_SECONDS: Final = 60 * _MINUTES_KEPT


def as_of_control(campaign_id: int | None) -> UnitOfWork:
    """Draw the choice of the day and say of when things are; give what the page is to read from."""
    if PARAMETER in st.query_params:
        st.session_state[_DAY] = _asked()
    elif st.session_state.get(_DAY) is not None:
        st.query_params[PARAMETER] = st.session_state[_DAY].isoformat()
    st.session_state[_CHOICE] = st.session_state.get(_DAY)
    st.date_input(
        t("As of"),
        key=_CHOICE,
        max_value=today_there(),
        format=day_order(),
        width=180,
        help=t("Shows what was known at the end of that day. Empty: now."),
        on_change=_take_choice,
    )
    work = shown_work(campaign_id)
    if work.as_of is not None:
        st.info(
            as_known(work.as_of, language()) + " " + t("Nothing can be changed in it."),
            icon=":material/history:",
        )
    return work


def shown_work(campaign_id: int | None) -> UnitOfWork:
    """Return what the page reads from: the workspace now, or as it was known on the day chosen."""
    day: date | None = st.session_state.get(_DAY)
    if day is None:
        return current_work()
    with errors_shown():
        return _looked_back(current_url(), day, campaign_id, current_work()).by(current_work().actor)
    return current_work()


@st.cache_resource(ttl=_SECONDS, max_entries=4, show_spinner=False)
def _looked_back(_url: str, day: date, campaign_id: int | None, _work: UnitOfWork) -> UnitOfWork:
    return look_back(_work, day, campaign_id)


def _asked() -> date | None:
    """Read the day of the address; one that is none is none."""
    try:
        return min(date.fromisoformat(st.query_params.get(PARAMETER, "")), today_there())
    except ValueError:
        return None


def _take_choice() -> None:
    day: date | None = st.session_state[_CHOICE]
    st.session_state[_DAY] = day
    if day is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = day.isoformat()
