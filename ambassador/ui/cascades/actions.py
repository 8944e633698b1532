"""List the cascades and open one."""

from typing import Final

from ambassador.services.cascades import observe_cascade, observe_growth
from ambassador.ui.cascades.growth_views import draw_outlook
from ambassador.ui.cascades.picture import tree_chart
from ambassador.ui.cascades.tree import cascades_table
from ambassador.ui.cascades.views import inferred_note, likely_words, pace_word, tree_note, tree_takeaway
from ambassador.ui.kit.as_of import shown_work
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import quoted, web_address
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, percent, t
from ambassador.values.cascades.cascades import CascadeRow, CascadesView, Likely

_OPENED: Final = "cascades:opened"


def draw_all_cascades(view: CascadesView, campaign_id: int | None) -> None:
    """List every cascade and open the ticked one once: closing its dialog leaves it ticked."""
    chosen = cascades_table(view)
    root = chosen[0].root_id if chosen else None
    if root is not None and st.session_state.get(_OPENED) != root:
        open_cascade(chosen[0], campaign_id, view.zone)
    st.session_state[_OPENED] = root


def open_cascade(row: CascadeRow, campaign_id: int | None, zone: str) -> None:
    """Show one cascade in a dialog: its figures, its tree, the post that started it."""

    @st.dialog(t("What @{handle} started", handle=row.root_handle), width="large")
    def show() -> None:
        with errors_shown():
            tree = observe_cascade(shown_work(campaign_id), row.root_id, campaign_id)
            first_row(*_figures(row))
            if row.plausible is not None:
                st.caption(inferred_note(row.plausible))
            if row.root_text:
                st.markdown(quoted(row.root_text))
            if address := web_address(row.root_url):
                st.link_button(t("Open the post"), address, icon=":material/open_in_new:")
            for outlook in observe_growth(shown_work(campaign_id), campaign_id, root_id=row.root_id).outlooks:
                draw_outlook(outlook, zone)
            chart = tree_chart(tree, zone=zone)
            show_chart(chart, tree_takeaway(tree, forest=False), note=tree_note(tree), key="cascade-tree")

    show()


def _figures(row: CascadeRow) -> tuple[Figure, ...]:
    return (
        Figure(t("Posts"), number(row.size), note=t("{count} people", count=number(row.people))),
        _shape_figure(row, t("Steps it went"), row.depth, row.plausible.depth if row.plausible else None),
        _shape_figure(
            row,
            t("Structural virality"),
            row.structural_virality,
            row.plausible.structural_virality if row.plausible else None,
            digits=1,
            about=t("Mean distance between two posts: about 2 for one shout, more when passed on. "),
        ),
        Figure(
            t("Each post brings"),
            number(row.reproduction, 1),
            note=t(
                "{range} for posts of people in the network",
                range=likely_words(row.plausible.reproduction, 1),
            )
            if row.plausible
            else pace_word(row.pace),
        ),
    )


def _shape_figure(
    row: CascadeRow, name: str, seen: float | None, likely: Likely | None, *, digits: int = 0, about: str = ""
) -> Figure:
    """Show what was seen, else the range that was inferred, else that it is not known."""
    if seen is not None:
        return Figure(name, number(seen, digits), help=about)
    if likely is not None and row.plausible is not None:
        sure = t("inferred, {share} sure", share=percent(row.plausible.sure))
        return Figure(name, likely_words(likely, digits), note=sure, help=about)
    hidden = t("the platform hides it") if not row.path_is_known else ""
    return Figure(name, t("not known"), note=hidden, help=about)
