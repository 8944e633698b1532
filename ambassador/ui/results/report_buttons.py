"""Downloads of a campaign's report, and whether it paid."""

from functools import partial

from ambassador.services.results.report import report_file
from ambassador.services.results.results import return_on_cost
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.as_of import shown_work
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import language, percent, rich, t
from ambassador.values.results.reports import ReportFormat
from ambassador.values.results.results import CampaignResults


def draw_report_buttons(results: CampaignResults) -> None:
    """Offer the one-page report; a browser makes the printable page a PDF."""
    work, spoken = shown_work(results.campaign_id), language()
    labels = {
        ReportFormat.HTML: t("One-page report"),
        ReportFormat.XLSX: t("Workbook"),
    }
    with st.container(horizontal=True):
        for kind, label in labels.items():
            st.download_button(
                label,
                partial(_content, work, results.campaign_id, kind, spoken),
                file_name=f"{results.name}.{kind}",
                icon=":material/description:" if kind is ReportFormat.HTML else ":material/table:",
                key=f"report:{kind}",
                on_click="ignore",
                help=t("Opens in a browser; print it there, or save it as a PDF.")
                if kind is ReportFormat.HTML
                else None,
            )


def draw_return(results: CampaignResults) -> None:
    """Ask for the margin on an order and say whether the campaign paid."""
    with st.expander(t("Did it pay?"), icon=":material/calculate:"):
        margin = st.number_input(
            t("Margin on an order, in %"), min_value=0.0, max_value=100.0, value=30.0, step=5.0, width=220
        )
        back = return_on_cost(results, margin / 100)
        if back is None:
            st.markdown(t("Not known: it takes orders with their value, and every fee and phone's cost."))
        else:
            st.markdown(
                rich(
                    "Return on the cost: **{share}**, that is (margin on orders - cost) / cost. Word of "
                    "mouth that did not end in an order with a code counts as nothing here.",
                    share=percent(back),
                )
            )


def _content(work: UnitOfWork, campaign_id: int, kind: ReportFormat, language: str) -> bytes:
    return report_file(work, campaign_id, kind, language).content
