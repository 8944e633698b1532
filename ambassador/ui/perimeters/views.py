"""Keep what the list shows under a name, or let go of a view."""

from ambassador.services.perimeters.views import list_views, remove_view, save_view
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.perimeters.choosing import VIEW_KEY
from ambassador.values.perimeters import PerimeterCard, PerimeterRef, SavedViewDraft
from ambassador.values.status import Label


def save_view_button(chosen: PerimeterCard | None, campaign_id: int | None, show: str, search: str) -> None:
    """Offer to keep what the list shows, and to let go of what is kept."""
    ref = chosen.ref if chosen else None
    if ref is None and campaign_id is not None:
        ref = PerimeterRef(campaign_id, is_campaign=True)
    label = next((one for one in Label if one.value == show), None)
    views = list_views(current_work())
    with st.container(horizontal=True):
        with st.popover(t("Keep this view"), icon=":material/bookmark_add:"):
            name = st.text_input(t("Name of the view"), key="view:name")
            if st.button(t("Keep it"), key="view:keep"):
                _keep(SavedViewDraft(name, ref, label, search))
        if views:
            with st.popover(t("Let go of a view"), icon=":material/bookmark_remove:"):
                for view in views:
                    if st.button(t("Let go of {name}", name=view.draft.name), key=f"view:gone:{view.id}"):
                        _let_go(view.id, view.draft.name)


def _keep(draft: SavedViewDraft) -> None:
    with errors_shown():
        work = current_work().noting()
        save_view(work, draft)
        say_done(t("The view {name} is kept.", name=draft.name), undo=undo_of(work))
        st.rerun()


def _let_go(view_id: int, name: str) -> None:
    with errors_shown():
        work = current_work().noting()
        remove_view(work, view_id)
        st.session_state.pop(VIEW_KEY, None)
        say_done(t("The view {name} is gone; the mentions stay.", name=name), undo=undo_of(work))
        st.rerun()
