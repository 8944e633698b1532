"""The list of pages, the way in, and the guard every page starts with.

A page's file is served by its own address even before ``streamlit_app.py`` ran once in the process; the guard
sends such a visit through the front door and back to the same page with the same query.
"""

from dataclasses import dataclass
from pathlib import Path

from streamlit.navigation.page import StreamlitPage

from ambassador.i18n import mark
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t

_PAGES = Path(__file__).parents[3] / "pages"
_ICON = Path(__file__).parent / "icon.png"
_ENTERED = "_entered"
_SENT = "_sent"
_SIDEBAR_PIXELS = 240
"""As wide as the longest title, so that four figures stand in a row on a laptop."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page as the menu shows it; ``name`` is its file and its address."""

    name: str
    title: str
    icon: str


_SECTIONS: dict[str, tuple[PageEntry, ...]] = {
    "": (PageEntry("home", mark("Home"), ":material/home:"),),
    mark("Choose"): (
        PageEntry("people", mark("People"), ":material/groups:"),
        PageEntry("network", mark("Network"), ":material/hub:"),
        PageEntry("pick", mark("Pick ambassadors"), ":material/how_to_reg:"),
        PageEntry("forecast", mark("Forecast"), ":material/trending_up:"),
    ),
    mark("Run"): (
        PageEntry("campaigns", mark("Campaigns"), ":material/campaign:"),
        PageEntry("devices", mark("Devices"), ":material/smartphone:"),
        PageEntry("mentions", mark("Mentions"), ":material/forum:"),
        PageEntry("tone", mark("Tone and topics"), ":material/sentiment_neutral:"),
        PageEntry("care", mark("Care"), ":material/support_agent:"),
        PageEntry("activations", mark("Activations"), ":material/how_to_vote:"),
    ),
    mark("Learn"): (
        PageEntry("cascades", mark("Cascades"), ":material/account_tree:"),
        PageEntry("outcomes", mark("Outcomes"), ":material/flag:"),
        PageEntry("calibration", mark("Calibration"), ":material/target:"),
        PageEntry("learn", mark("What was learned"), ":material/school:"),
    ),
    mark("Data"): (
        PageEntry("imports", mark("Import"), ":material/upload_file:"),
        PageEntry("workspace", mark("Workspace"), ":material/database:"),
    ),
}
PAGES: tuple[PageEntry, ...] = tuple(entry for section in _SECTIONS.values() for entry in section)


def enter() -> PageEntry:
    """Come in by the front door (``streamlit_app.py``): give the page that was asked for."""
    st.session_state[_ENTERED] = True
    asked = _navigation().url_path
    return next((entry for entry in PAGES if entry.name == asked), PAGES[0])


def guard() -> None:
    """Let a page run only inside the app; every page calls it first."""
    if st.session_state.get(_ENTERED):
        return
    if st.session_state.get(_SENT):
        st.error(t("Start the app with: ambassador run"))
        st.stop()
    st.session_state[_SENT] = True
    _navigation()
    st.rerun()


def page_path(name: str) -> str:
    """The file of a page, as ``st.switch_page`` and ``st.page_link`` want it."""
    return str(_PAGES / f"{name}.py")


def page_link(name: str, label: str | None = None, **query: str | int) -> None:
    """Draw a link to a page, with its own title unless another label is given."""
    entry = next(entry for entry in PAGES if entry.name == name)
    st.page_link(
        page_path(name),
        label=label or t(entry.title),
        icon=entry.icon,
        query_params={key: str(value) for key, value in query.items()} or None,
    )


def go_to(name: str, **query: str | int) -> None:
    """Leave for another page."""
    st.switch_page(page_path(name), query_params={key: str(value) for key, value in query.items()} or None)


def _navigation() -> StreamlitPage:
    sections = {t(title): [_page(entry) for entry in entries] for title, entries in _SECTIONS.items()}
    # first: icons of the menu would be fetched from afar
    st.set_page_config(page_icon=_ICON, layout="wide", initial_sidebar_state=_SIDEBAR_PIXELS)
    page = st.navigation(sections, expanded=True)
    st.set_page_config(page_title=f"{page.title} · Ambassador")
    return page


def _page(entry: PageEntry) -> StreamlitPage:
    return st.Page(
        page_path(entry.name),
        title=t(entry.title),
        icon=entry.icon,
        url_path=entry.name,
        default=entry is PAGES[0],
    )
