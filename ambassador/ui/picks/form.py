"""What a reader asks of a pick, in plain words."""

from collections.abc import Sequence
from typing import Final, Literal

from ambassador.i18n import mark
from ambassador.ui.kit.amounts import amount_field, shipping_field
from ambassador.ui.kit.assumptions import rule_and_key
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import press_kept
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, t
from ambassador.ui.picks.demands import demands_form, target_form
from ambassador.values.money import Money
from ambassador.values.money import money as amount_of
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.minded import MOST_MINDED
from ambassador.values.picks.picks import Candidates, Objective, PickPageState, PickRequest

_USUAL: Final = 10
_MOST: Final = 1000
_OBJECTIVES: Final = {
    Objective.TALKERS: mark("People who talk"),
    Objective.INTERACTIONS: mark("Likes and comments on their own posts"),
    Objective.VIEWS: mark("Views of their own posts"),
}


def pick_form(state: PickPageState, campaign_id: int | None, *, busy: bool) -> PickRequest | None:
    """Draw the form, filled with what the choice shown was asked; give the request once it was sent."""
    with st.expander(t("What do you want?"), expanded=state.answer is None, icon=":material/tune:"):
        before = _asked_before(state)
        return _form(state, campaign_id, before, busy=busy)


def _asked_before(state: PickPageState) -> PickRequest | None:
    """Return what to start from: the request of the choice shown, unless the reader wants to start anew."""
    before = state.answer.asked if state.answer else None
    if before is None or state.answer is None:
        return None
    anew = st.toggle(
        t("Start from an empty form"),
        key=f"pick-anew-{state.answer.pick_id}",
        help=t("Else the form holds what the choice shown was asked."),
    )
    return None if anew else before


def _form(
    state: PickPageState, campaign_id: int | None, before: PickRequest | None, *, busy: bool
) -> PickRequest | None:
    with st.form("pick"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            count = st.number_input(
                t("People"),
                min_value=1,
                max_value=_MOST,
                value=min(_MOST, before.count) if before else state.in_stock or _USUAL,
                width=140,
            )
            budget = _budget(state, before)
            without_fee = st.checkbox(
                t("The deal has no fee"),
                before is not None and before.without_fee,
                help=t("A gift or a loan: then an unknown fee leaves nobody out."),
            )
        costs = costs_form(state, before)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            objective = _objective(state, before)
            candidates = _candidates(state, before)
        mind = _mind_complaints(before) if state.rung.word_of_mouth else 0.0
        audience = target_form(before, word_of_mouth=state.rung.word_of_mouth)
        demands = demands_form(before, word_of_mouth=state.rung.word_of_mouth)
        kind: Literal["primary", "secondary"] = "secondary" if state.answer else "primary"
        asked = press_kept(
            "pick", t("Pick people"), in_form=True, type=kind, icon=":material/how_to_reg:", disabled=busy
        )
    assumptions = rule_and_key(before, word_of_mouth=state.rung.word_of_mouth)
    if not asked or costs is None:
        return None
    with errors_shown():
        return PickRequest(
            count=count,
            budget=budget,
            costs=costs,
            campaign_id=campaign_id,
            objective=objective,
            candidates=candidates,
            without_fee=without_fee,
            audience=audience,
            mind_complaints=mind,
            **demands.read(),
            **assumptions,
        )
    return None


def _budget(state: PickPageState, before: PickRequest | None) -> Money | None:
    currency = form_currency(state, before)
    help_text = t(
        "Most that fees, phones, shipping and other costs may sum to; empty: no limit. With a campaign, what "
        "its budget leaves. {known} of {people} people have a known fee.",
        known=number(state.people_with_fee),
        people=number(state.people),
    )
    label = t("Budget, {currency}", currency=currency)
    value = st.number_input(
        label,
        min_value=0.0,
        value=_budget_shown(state, before, currency),
        step=100.0,
        help=help_text,
        placeholder=t("no limit"),
        width=180,
    )
    return None if value is None else amount_of(str(value), currency)


def _budget_shown(state: PickPageState, before: PickRequest | None, currency: str) -> float | None:
    """Start from what was asked before, but never from more than the campaign has left."""
    known = (before.budget if before else None, state.budget_left)
    return min((float(one.amount) for one in known if one and one.currency == currency), default=None)


def _objective(state: PickPageState, before: PickRequest | None) -> Objective | None:
    possible: Sequence[Objective] = [
        one for one in Objective if state.rung.word_of_mouth or one is not Objective.TALKERS
    ]
    chosen: Objective = st.selectbox(
        t("As much as possible of"),
        possible,
        index=_place(possible, before.objective if before else None),
        format_func=lambda one: t(_OBJECTIVES[one]),
        width=320,
    )
    return chosen


def _candidates(state: PickPageState, before: PickRequest | None) -> Candidates:
    labels = {
        Candidates.PEOPLE: t("your people ({count})", count=number(state.people)),
        Candidates.EVERYONE: t("everyone known ({count})", count=number(state.everyone)),
    }
    possible = list(labels) if state.people else [Candidates.EVERYONE]
    chosen: Candidates = st.selectbox(
        t("Among"),
        possible,
        index=_place(possible, before.candidates if before else None),
        format_func=labels.__getitem__,
        width=240,
    )
    return chosen


def _mind_complaints(before: PickRequest | None) -> float:
    """Ask how much complaints count against talk, and say in view what the numbers mean."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        weight = st.number_input(
            t("A complaint weighs"),
            min_value=0.0,
            max_value=MOST_MINDED,
            value=before.mind_complaints if before else 0.0,
            step=0.5,
            format="%.1f",
            help=t(
                "Whose audience complains is learned from labelled answers. In the literature: influence "
                "maximisation with negative opinions."
            ),
            width=180,
        )
        st.caption(
            t(
                "0: complaints do not matter. 1: who complains counts nothing. 2: each of them also cancels "
                "one who talks and does not complain."
            ),
            width=420,
        )
    return float(weight)


def _place(possible: Sequence[object], wanted: object) -> int:
    return possible.index(wanted) if wanted in possible else 0


def form_currency(state: PickPageState, before: PickRequest | None) -> str:
    """Name the currency of all amounts of the form."""
    if state.budget_left:
        return state.budget_left.currency
    asked = (before.budget.currency if before.budget else before.costs.currency) if before else None
    return asked or state.currency


def costs_form(state: PickPageState, before: PickRequest | None) -> CostsPerPerson | None:
    """Ask what each person costs; filled with what was asked, else with what is usual in the campaign.

    None, and what is wrong, where that cannot be read.
    """
    shown = before.costs if before and before.costs.any_on_top else state.usual_costs
    assumed = before.costs.assumed_fee if before else None
    currency = form_currency(state, before)
    about = t("Counted for each person, beside the fee.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        device = amount_field(t("Phone, {currency} each", currency=currency), shown.device, currency, about)
        shipping = amount_field(
            t("Shipping, {currency} each", currency=currency), shown.shipping, currency, about
        )
        by_country = shipping_field(shown.shipping_to, currency)
        other = amount_field(
            t("Other costs, {currency} each", currency=currency), shown.other, currency, about
        )
        without = t("Empty: within a budget, people whose fee is not known are left out.")
        fee = amount_field(
            t("Unknown fees count as, {currency}", currency=currency), assumed, currency, without
        )
    return None if by_country is None else CostsPerPerson(device, shipping, other, fee, by_country)
