"""What each ambassador cost for what they brought: the cheapest first."""

from ambassador.services.results.report import cost_gaps, value_for_money
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import language, t
from ambassador.values.results.results import AmbassadorResult, CampaignResults


def draw_costs(results: CampaignResults) -> None:
    """Say who cost least and most, and list the cost of everything for each ambassador."""
    rows = sorted((row for row in results.rows if _has_cost(row)), key=_dearness)
    if not rows:
        return
    st.subheader(t("What each of them cost"))
    for said in value_for_money(results, language()):
        st.markdown(said)
    show_table("costs", rows, cost_columns(results), title=t("Cost"))


def cost_columns(results: CampaignResults) -> tuple[Column[AmbassadorResult], ...]:
    """The columns of cost; the first ones stay in view."""
    currency = results.cost.fees.currency
    return (
        Column(t("Ambassador"), "name", pinned=True),
        Column(
            t("Cost ({currency})", currency=currency), lambda row: row.cost.total, Kind.MONEY, pinned=True
        ),
        Column(t("Per person who talks"), lambda row: row.unit_costs.per_talker, Kind.MONEY, pinned=True),
        Column(t("Per like"), lambda row: row.unit_costs.per_like, Kind.MONEY, pinned=True),
        Column(t("Per 1,000 views"), lambda row: row.unit_costs.per_thousand_views, Kind.MONEY),
        Column(t("Per post"), lambda row: row.unit_costs.per_post, Kind.MONEY),
        Column(t("Per order"), lambda row: row.unit_costs.per_order, Kind.MONEY),
        Column(t("Fee ({currency})", currency=currency), lambda row: row.cost.fees, Kind.MONEY),
        Column(t("Phones ({currency})", currency=currency), lambda row: row.cost.goods, Kind.MONEY),
        Column(
            t("Shipping and other ({currency})", currency=currency), lambda row: row.cost.beside, Kind.MONEY
        ),
        Column(t("Not known"), lambda row: cost_gaps(row.cost, language())),
    )


def _has_cost(row: AmbassadorResult) -> bool:
    return bool(row.cost.total.minor) or not row.cost.complete


def _dearness(row: AmbassadorResult) -> tuple[bool, int, str]:
    """Rank by what each person who talks cost; who cannot be compared comes last."""
    per = row.unit_costs.per_talker
    return per is None, per.minor if per else 0, row.name
