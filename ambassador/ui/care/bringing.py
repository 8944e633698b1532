"""A file of messages, calls and e-mails: asked for, and what came of it."""

from typing import Final

from ambassador.services.care.bringing import bring_in_cases
from ambassador.services.undo import undo_of
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.rejected import show_unused
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.care.cases import CasesReport

_REPORT: Final = "_cases_report"
_TYPES: Final = ["csv", "tsv", "txt", "xlsx", "xlsm", "json"]


def bring_in_dialog() -> None:
    """Ask for a table and whose its cases are."""

    @st.dialog(t("Bring in messages, calls and e-mails"))
    def ask() -> None:
        st.caption(
            t(
                "One row each. A column called message is needed; date, customer, e-mail or telephone, "
                "account, channel, kind, priority, owner and subject are read where they are there. What is "
                "here already is left out."
            )
        )
        sent = st.file_uploader(t("Drop the file here"), type=_TYPES)
        owner = st.text_input(t("Owner"), help=t("Where no column says it."), key="care-bring-owner")
        pressed = st.button(t("Bring it in"), type="primary")
        if pressed and given(sent, t("Choose a file first.")) and sent is not None:
            with errors_shown():
                work = current_work().noting()
                report = bring_in_cases(
                    work, sent.name, sent.getvalue(), campaign_id=chosen_campaign(), owner=owner
                )
                st.session_state[_REPORT] = report
                say_done(_done(report), undo=undo_of(work))
                st.rerun()

    ask()


def _done(report: CasesReport) -> str:
    return t(
        "{opened} cases opened, {joined} went to cases of the same customers, {known} were here already",
        opened=number(len(report.opened)),
        joined=number(report.joined),
        known=number(report.known),
    )


def show_report() -> None:
    """Show what was assumed of the last file and what of it could not be used, until another comes."""
    report: CasesReport | None = st.session_state.get(_REPORT)
    if report is not None:
        show_unused("cases-rejected", report.notes, report.rejected)
