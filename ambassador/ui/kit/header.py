"""What stands above every page: which workspace is open, the campaign, and in the side bar the language."""

from collections.abc import Mapping
from typing import Final

from ambassador.i18n import languages
from ambassador.services.campaigns.campaign_view import campaign_names, zone_of_days
from ambassador.ui.kit import campaign, who, workspace
from ambassador.ui.kit.figures_now import bring_figures_up_to_date
from ambassador.ui.kit.markup import badge
from ambassador.ui.kit.notices import show_notice
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import LANGUAGE_KEY, ZONE_KEY, language, t

_LANGUAGE_CHOICE: Final = "_language_choice"


def draw_header() -> None:
    """Draw what stands above the page, and beside it."""
    campaign.take_from_address()
    _keep_workspace_in_address()
    names = campaign_names(workspace.current_work())
    st.session_state[ZONE_KEY] = zone_of_days(workspace.current_work(), _known(names))
    with st.container(horizontal=True, vertical_alignment="center"):
        _workspace_badge()
        campaign.campaign_chooser(names)
    who.ask_who()
    with st.sidebar:
        _language_switch()
    bring_figures_up_to_date()
    show_notice()


def _known(names: Mapping[int, str]) -> int | None:
    chosen = campaign.chosen_campaign()
    return chosen if chosen in names else None


def _workspace_badge() -> None:
    key = workspace.current_key()
    demo = key == workspace.DEMO
    icon, colour = (":material/science:", "orange") if demo else (":material/database:", "green")
    st.markdown(
        badge(icon, workspace.workspace_name(key), colour=colour),
        width="content",
        help=t("Invented data to try things on; nothing here is yours.") if demo else t("Your own data."),
    )


def _keep_workspace_in_address() -> None:
    key = workspace.current_key()
    st.session_state[workspace.PARAMETER] = key
    if key != next(iter(workspace.workspaces())):
        st.query_params[workspace.PARAMETER] = key


def _language_switch() -> None:
    st.session_state[_LANGUAGE_CHOICE] = language()
    names = languages()
    options = [*names] if language() in names else [*names, language()]
    st.segmented_control(
        t("Language"),
        options,
        format_func=lambda code: names.get(code, code),
        key=_LANGUAGE_CHOICE,
        on_change=_take_language,
        required=True,
    )


def _take_language() -> None:
    st.session_state[LANGUAGE_KEY] = st.session_state[_LANGUAGE_CHOICE]
