"""The picture of how it travelled; where no post says what it answers, what is missing for it."""

from ambassador.services.cascades import observe_forest
from ambassador.services.work import UnitOfWork
from ambassador.ui.cascades.participation import participation_files
from ambassador.ui.cascades.picture import (
    credit_chart,
    credit_takeaway,
    over_time_chart,
    over_time_takeaway,
    tree_chart,
)
from ambassador.ui.cascades.views import cascade_columns, credit_columns, draw_dirt, tree_note, tree_takeaway
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import number, t
from ambassador.values.cascades.cascades import CascadeRow, CascadesView, Shape
from ambassador.values.mentions.credit import CreditTable


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
    participation_files(work, campaign_id)


def draw_over_time(view: CascadesView) -> None:
    """Draw how the largest cascades grew, where there are any."""
    if view.shape is not Shape.NO_ANSWERS:
        show_chart(over_time_chart(view), over_time_takeaway(view))


def draw_credit(credit: CreditTable | None, *, may_choose: bool) -> None:
    """Draw whose talk it is; without a campaign say that one can be chosen, where there is any."""
    if credit and credit.total:
        show_chart(credit_chart(credit), credit_takeaway(credit))
        with st.expander(t("Credit by ambassador"), icon=":material/workspace_premium:"):
            show_table("credit", credit.by_ambassador, credit_columns(), title=t("Credit by ambassador"))
    elif credit is None and may_choose:
        st.caption(t("Choose a campaign above to see the credit of its ambassadors and phones."))


def cascades_table(view: CascadesView) -> list[CascadeRow]:
    """Draw every cascade as a row and what was odd in the data; give the ticked row."""
    st.subheader(t("All cascades"))
    st.caption(t("Tick one to open it."))
    chosen = show_table("cascades", view.cascades, cascade_columns(), title=t("Cascades"), choose="one")
    if view.found > len(view.cascades):
        st.caption(
            t("The largest {shown} of {found}.", shown=number(len(view.cascades)), found=number(view.found))
        )
    draw_dirt(view)
    return chosen
