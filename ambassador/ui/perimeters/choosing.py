"""Which perimeter the stream of mentions shows, and a view that was kept; a link can ask for one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ambassador.services.perimeters import filter_of, list_perimeters
from ambassador.services.perimeters.views import list_views
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.mention_choices import SEARCH_KEY, SHOW_KEY
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.words import word
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.perimeters import PerimeterCard, SavedView

KEY: Final = "mentions:perimeter"
VIEW_KEY: Final = "mentions:view"
_ALL: Final = ""


def choose_perimeter(
    work: UnitOfWork, campaign_id: int | None, *, with_views: bool = True
) -> PerimeterCard | None:
    """Let the reader choose a perimeter or a kept view; None: all that was said, or all of the campaign."""
    cards = {str(card.ref): card for card in _offered(work, campaign_id)}
    if KEY not in st.session_state and (asked := st.query_params.get("perimeter")) in cards:
        st.session_state[KEY] = asked
    if st.session_state.get(KEY, _ALL) not in cards:
        st.session_state[KEY] = _ALL
    views = _fitting(list_views(work), campaign_id, cards) if with_views else []
    names = {str(view.id): view.draft.name for view in views}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("Perimeter"),
            [_ALL, *cards],
            format_func=lambda key: _label(cards[key]) if key else t("all mentions"),
            key=KEY,
            help=t(
                "What is watched among all mentions: words, hashtags and accounts of the brand, a product, a"
                " competitor or a campaign. A mention can be in several."
            ),
        )
        if views:
            st.selectbox(
                t("Kept views"),
                list(names),
                index=None,
                format_func=lambda key: names[key],
                key=VIEW_KEY,
                placeholder=t("choose a view"),
                on_change=_show_view,
                args=(views, campaign_id),
            )
    return cards.get(chosen or _ALL)


def stream_of(work: UnitOfWork, chosen: PerimeterCard | None, campaign_id: int | None) -> MentionFilter:
    """Return the filter of what the page shows: the perimeter, within the campaign chosen for all pages."""
    stream = MentionFilter() if chosen is None else filter_of(work, chosen.ref)
    return stream if campaign_id is None else replace(stream, campaign_id=campaign_id)


def _offered(work: UnitOfWork, campaign_id: int | None) -> Sequence[PerimeterCard]:
    """Offer those of our own; those of campaigns where none is chosen for all pages."""
    return [card for card in list_perimeters(work) if campaign_id is None or not card.ref.is_campaign]


def _fitting(
    views: Sequence[SavedView], campaign_id: int | None, cards: dict[str, PerimeterCard]
) -> list[SavedView]:
    """Leave out views of other campaigns than the chosen one, and of perimeters that are archived."""
    return [
        view
        for view in views
        if (ref := view.draft.perimeter) is None
        or str(ref) in cards
        or (ref.is_campaign and ref.number == campaign_id)
    ]


def _show_view(views: Sequence[SavedView], campaign_id: int | None) -> None:
    chosen = next((view for view in views if str(view.id) == st.session_state[VIEW_KEY]), None)
    if chosen is None:
        return
    draft = chosen.draft
    ref = draft.perimeter
    is_chosen_campaign = ref is not None and ref.is_campaign and ref.number == campaign_id
    st.session_state[KEY] = _ALL if ref is None or is_chosen_campaign else str(ref)
    st.session_state[SHOW_KEY] = draft.label.value if draft.label else "all"
    st.session_state[SEARCH_KEY] = draft.search


def _label(card: PerimeterCard) -> str:
    return f"{card.name} · {word(card.kind)}"
