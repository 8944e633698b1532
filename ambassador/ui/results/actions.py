"""Log an outcome, take it out of the log, bring it back."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from ambassador.services.results.outcomes import archive_outcome, log_outcome, restore_outcome
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import form_token, renew_token
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import day_order, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work, today_there
from ambassador.ui.results.tables import log_note, outcome_columns
from ambassador.values.money import money
from ambassador.values.results.outcomes import OutcomeForm, OutcomesView, OutcomeView
from ambassador.values.results.results import CampaignResults
from ambassador.values.status import OutcomeKind

_FORM: Final = "outcome"
_COUNTED: Final = (OutcomeKind.ORDERS, OutcomeKind.VISITS)


def draw_log(results: CampaignResults, log: OutcomesView) -> None:
    """Draw the outcome log, with the ways to add to it and to take lines out."""
    st.subheader(t("Outcome log"))
    may_change = results.known is None
    if may_change and st.button(t("Log an outcome"), type="primary", icon=":material/add:"):
        log_outcome_dialog(results)
    if log.rows:
        chosen = show_table("outcomes", log.rows, outcome_columns(), title=t("Outcome log"), choose="many")
        archive_button(chosen if may_change else ())
        st.caption(log_note(log))
    else:
        st.info(t("Nothing is logged yet: orders by code can also be imported."), icon=":material/inbox:")


def log_outcome_dialog(results: CampaignResults) -> None:
    """Ask what came of the campaign."""
    people = {row.ambassador_id: row.name for row in results.rows}

    @st.dialog(t("Log an outcome"))
    def ask() -> None:
        with errors_shown():
            form = _fields(results, people)
            if st.button(t("Log it"), type="primary", icon=":material/add:"):
                work = current_work().noting()
                log_outcome(work, form, form_token(_FORM))
                renew_token(_FORM)
                say_done(t("Logged."), undo=undo_of(work))
                st.rerun()

    ask()


def archive_button(chosen: Sequence[OutcomeView]) -> None:
    """Offer to take the chosen lines out of the log."""
    if chosen and st.button(
        t_count("Take {count} line out of the log", "Take {count} lines out of the log", len(chosen)),
        icon=":material/archive:",
        key="outcomes:archive",
    ):
        ids = [row.id for row in chosen]
        with errors_shown():
            work = current_work().noting()
            for number in ids:
                archive_outcome(work, number)
            say_done(t("Taken out of the log."), undo=undo_of(work))
            st.rerun()


def archived_lines(rows: Sequence[OutcomeView]) -> None:
    """Show what was taken out of the log, to bring it back."""
    if not rows:
        return
    with st.expander(t_count("{count} line taken out", "{count} lines taken out", len(rows))):
        for row in rows:
            with st.container(horizontal=True, vertical_alignment="center"):
                said = " · ".join(str(part) for part in (row.quantity, row.code, row.note) if part)
                what = word(row.kind)
                st.markdown(f"{what} {said}")
                st.button(
                    t("Bring back"),
                    key=f"restore:{row.id}",
                    type="tertiary",
                    on_click=_bring_back,
                    args=(row.id,),
                )


def _bring_back(number: int) -> None:
    with errors_shown():
        work = current_work().noting()
        restore_outcome(work, number)
        say_done(t("Back in the log."), undo=undo_of(work))


def _fields(results: CampaignResults, people: Mapping[int, str]) -> OutcomeForm:
    kind = st.segmented_control(
        t("What was it?"),
        list(OutcomeKind),
        default=OutcomeKind.ORDERS,
        format_func=word,
        required=True,
    )
    counted = kind in _COUNTED
    quantity = st.number_input(t("How many"), min_value=0, value=None, step=1) if counted else None
    worth = _worth(results) if kind is OutcomeKind.ORDERS else None
    code = st.text_input(t("Code"), help=t("It finds the ambassador by itself.")) if counted else ""
    owner = st.selectbox(
        t("Ambassador"),
        list(people),
        index=None,
        format_func=people.__getitem__,
        placeholder=t("nobody in particular"),
    )
    day = st.date_input(t("When"), value=None, max_value=today_there(), format=day_order())
    note = st.text_area(t("In words"), height=80)
    return OutcomeForm(
        campaign_id=results.campaign_id,
        kind=kind,
        code=code,
        ambassador_id=owner,
        quantity=None if quantity is None else int(quantity),
        value=None if worth is None else money(worth, results.cost.fees.currency),
        happened_on=day,
        note=note,
    )


def _worth(results: CampaignResults) -> Decimal | None:
    label = t("Worth, in {currency}", currency=results.cost.fees.currency)
    value = st.number_input(label, min_value=0.0, value=None, step=10.0, help=t("Empty is unknown."))
    return None if value is None else Decimal(str(value))
