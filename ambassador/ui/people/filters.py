"""What to filter people by: read before the list is drawn, drawn below the answer."""

from datetime import timedelta
from typing import Any, Final

from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import money, t
from ambassador.values.money import Money
from ambassador.values.people.people import PeopleFilter, PeopleView

_PREFIX: Final = "people_filter_"
_MINOR: Final = 100


def people_filter(work: UnitOfWork) -> PeopleFilter:
    """The filter as the reader left it."""
    fee, days = _kept("fee"), _kept("days")
    return PeopleFilter(
        cities=tuple(_kept("cities") or ()),
        topics=tuple(_kept("topics") or ()),
        platforms=tuple(_kept("platforms") or ()),
        followers_from=_kept("followers_from"),
        followers_to=_kept("followers_to"),
        fee_up_to=None if fee is None else Money(round(fee * _MINOR)),
        candidates_only=bool(_kept("candidates")),
        read_since=work.now() - timedelta(days=days) if days else None,
        archived=bool(_kept("archived")),
        wanted_topics=tuple(_kept("wanted") or ()),
    )


def filter_bar(view: PeopleView) -> None:
    """Draw the inputs; a change draws the page again."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choices(t("City"), "cities", view.cities, 220)
        _number(t("Fee up to (EUR)"), "fee", 160, about=t("People whose fee is not known are not listed."))
        _choices(t("Topics"), "topics", view.topics, 220)
        with st.popover(t("More filters"), icon=":material/tune:"):
            _more(view)


def candidates_label(wanted: PeopleFilter) -> str:
    """Say what kind of candidates the filter asks for."""
    city = ", ".join(wanted.cities)
    if city and wanted.fee_up_to:
        return t("Real candidates in {city} under {fee}", city=city, fee=money(wanted.fee_up_to))
    if city:
        return t("Real candidates in {city}", city=city)
    if wanted.fee_up_to:
        return t("Real candidates under {fee}", fee=money(wanted.fee_up_to))
    return t("Real candidates")


def _more(view: PeopleView) -> None:
    _choices(t("Platforms"), "platforms", view.platforms)
    _number(t("Followers from"), "followers_from", about=t("On their largest account."))
    _number(t("Followers up to"), "followers_to")
    days = [None, 7, 30, 90, 365]
    st.selectbox(
        t("Figures read within"),
        days,
        format_func=lambda count: t("any time") if count is None else t("{days} days", days=count),
        key=_PREFIX + "days",
    )
    about = t("Relevance in the score is measured against these. Nobody is hidden by them.")
    _choices(t("Topics wanted"), "wanted", view.topics, about=about)
    st.toggle(t("Candidates only"), key=_PREFIX + "candidates")
    st.toggle(t("Archived people instead"), key=_PREFIX + "archived")


def _choices(
    label: str, name: str, options: tuple[str, ...], width: int | None = None, about: str = ""
) -> None:
    kept = [choice for choice in _kept(name) or () if choice not in options]
    st.multiselect(
        label,
        [*options, *kept],
        key=_PREFIX + name,
        placeholder=t("any"),
        help=about or None,
        width=width or "stretch",
    )


def _number(label: str, name: str, width: int | None = None, about: str = "") -> None:
    st.number_input(
        label,
        min_value=0,
        value=None,
        step=1 if name == "fee" else 1_000,
        key=_PREFIX + name,
        placeholder=t("any"),
        help=about or None,
        width=width or "stretch",
    )


def _kept(name: str) -> Any:  # noqa: ANN401 - whatever the widget holds
    return st.session_state.get(_PREFIX + name)
