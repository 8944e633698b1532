"""The fields of a deal."""

from datetime import date

from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day_order, t
from ambassador.ui.kit.words import word
from ambassador.values.drafts import DealDraft
from ambassador.values.money import money
from ambassador.values.status import Deal


def ask_deal(currency: str, ends_on: date | None = None, *, usual: Deal = Deal.GIFT) -> DealDraft:
    """Ask what people get, by when they post, when a loan is due back, and the stem of their codes."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        deal = st.segmented_control(t("Deal"), list(Deal), format_func=word, default=usual, required=True)
        fee = st.number_input(
            t("Fee each, {currency}", currency=currency),
            min_value=0.0,
            value=None,
            step=50.0,
            help=t("Empty: the fee of each person where people are paid, else none."),
        )
    with st.container(horizontal=True):
        post_by = st.date_input(t("Post by"), value=None, max_value=ends_on, format=day_order())
        due_back = st.date_input(
            t("Due back"), value=None, disabled=deal is not Deal.LOAN, format=day_order()
        )
        code = st.text_input(
            t("Code stem"), help=t("BREZZA becomes BREZZA01, BREZZA02, ... for telling orders apart.")
        )
    given = None if fee is None else money(str(fee), currency)
    back = due_back if deal is Deal.LOAN else None
    return DealDraft(deal=deal, fee=given, code=code.strip(), post_by=post_by, due_back=back)
