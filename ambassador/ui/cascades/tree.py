"""The picture of how it travelled; where no post says what it answers, what is missing for it."""

import streamlit as st

from ambassador.services.cascades.draw_cascades import observe_forest
from ambassador.services.work import UnitOfWork
from ambassador.ui.cascades.picture import over_time_chart, over_time_takeaway, tree_chart
from ambassador.ui.cascades.views import tree_note, tree_takeaway
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.text import t
from ambassador.values.cascades.cascades import CascadesView, Shape


def draw_forest(work: UnitOfWork, campaign_id: int | None, view: CascadesView) -> None:
    """Draw every cascade from its first post outwards."""
    if view.shape is Shape.NO_ANSWERS:
        st.info(
            t(
                "No post here says which post it answers or passes on, so how it travelled is not known. "
                "An export with the ids of replies, quotes and reposts shows it."
            ),
            icon=":material/account_tree:",
        )
        return
    tree = observe_forest(work, campaign_id)
    show_chart(tree_chart(tree, zone=view.zone), tree_takeaway(tree, forest=True), note=tree_note(tree))


def draw_over_time(view: CascadesView) -> None:
    """Draw how the largest cascades grew, where there are any."""
    if view.shape is not Shape.NO_ANSWERS:
        show_chart(over_time_chart(view), over_time_takeaway(view))
