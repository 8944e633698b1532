"""What can be done with a campaign: make, edit, launch, close, open again, put away, change its rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from ambassador.services.campaigns.campaigns import (
    archive_campaign,
    campaign_choices,
    close_campaign,
    edit_campaign,
    launch_campaign,
    reopen_campaign,
    start_campaign,
)
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.mentions import refresh_mentions
from ambassador.services.undo import undo_of
from ambassador.ui.campaigns.costs_form import ask_costs
from ambassador.ui.campaigns.deal_form import ask_deal
from ambassador.ui.campaigns.form import field_labels, known_fields, match_rule, what_and_when
from ambassador.ui.campaigns.views import campaign_columns, list_figures
from ambassador.ui.kit.campaign import choose
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.navigation import go_to
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import moment, money, number, t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.campaigns import (
    CampaignCard,
    CampaignChoices,
    CampaignPlan,
    CampaignView,
    PickChoice,
)
from ambassador.values.drafts import DealDraft
from ambassador.values.status import CampaignStatus

_LATER: Final = 0


def new_campaign_dialog() -> None:
    """Ask for a new campaign in three steps: what and when; whom and on what deal; with what."""

    @st.dialog(t("New campaign"), width="large")
    def ask() -> None:
        known, choices = known_fields(None), campaign_choices(current_work())
        first, second, third = st.tabs(
            [t("1 · What and when"), t("2 · Whom, on what deal"), t("3 · With what")]
        )
        with first:
            draft = what_and_when(known)
        with second:
            pick_id, people, deal = _whom(choices, draft.currency, draft.ends_on)
        with third:
            reserve = _with_what(choices)
            costs = ask_costs(known.costs, draft.currency)
            rule = match_rule(known)
        if st.button(t("Create the campaign"), type="primary") and costs is not None:
            with errors_shown():
                whole = replace(draft, rule=rule, costs=costs)
                made = start_campaign(current_work(), whole, CampaignPlan(pick_id, people, deal, reserve))
                refresh_mentions(current_work(), made)
                choose(made)
                say_done(t("{name} is ready as a draft.", name=draft.name))
                st.rerun()

    ask()


def draw_campaign_list(cards: Sequence[CampaignCard]) -> None:
    """Draw all campaigns; a click opens one. Without any, say how to begin."""
    if not cards:
        st.info(t("No campaign is here yet: it takes three short steps."), icon=":material/inbox:")
        if st.button(t("New campaign"), type="primary", icon=":material/add:"):
            new_campaign_dialog()
        return
    first_row(*list_figures(cards))
    if st.button(t("New campaign"), type="primary", icon=":material/add:"):
        new_campaign_dialog()
    st.caption(t("Click a campaign to open it."))
    chosen = show_table("campaigns", cards, campaign_columns(), title=t("Campaigns"), choose="one")
    if chosen:
        choose(chosen[0].id)
        st.rerun()


def edit_campaign_dialog(view: CampaignView) -> None:
    """Ask for changes of what and when, and of the rule that matches mentions."""
    form = OpenForm(f"campaign:{view.card.id}")

    @st.dialog(t("Edit the campaign"), width="large")
    def ask() -> None:
        now = known_fields(view)
        seen = form.seen(now, {"name": now.name})
        known = form.first(now)
        when, each, which = st.tabs(
            [t("What and when"), t("What each person costs"), t("Which mentions belong to it")]
        )
        with when:
            draft = what_and_when(known, form.key("name"))
        with each:
            costs = ask_costs(known.costs, draft.currency)
        with which:
            rule = match_rule(known)
            if view.rule:
                st.caption(
                    t("Version {version}, by {actor}", version=view.rule.version, actor=view.rule.actor)
                )
        if st.button(t("Save"), type="primary") and costs is not None:
            with form.saving(field_labels()):
                work = current_work().noting()
                edit_campaign(work, view.card.id, replace(draft, rule=rule, costs=costs), seen)
                refresh_mentions(current_work(), view.card.id)
                form.begin_again()
                say_done(t("Saved."), undo=undo_of(work))
                st.rerun()

    ask()


def launch_dialog(view: CampaignView) -> None:
    """Ask for the forecast the campaign will be judged by, then launch it."""

    @st.dialog(t("Launch {name}", name=view.card.name))
    def ask() -> None:
        if view.forecasts:
            labels = {number_: f"#{number_} · {moment(made_at)}" for number_, made_at in view.forecasts}
            chosen = st.selectbox(t("Forecast to be judged by"), list(labels), format_func=labels.__getitem__)
            st.caption(
                t("It is frozen at the launch: what is observed will stand beside it, whatever comes.")
            )
        else:
            chosen = None
            st.warning(t("No forecast was made for it: nothing will stand beside what is observed."))
            if st.button(t("Make a forecast first")):
                go_to("forecast", campaign=view.card.id)
        missing = view.card.agreements_wanted - view.card.agreements_signed
        if missing:
            st.caption(
                t_count(
                    "{count} agreement is not signed yet.", "{count} agreements are not signed yet.", missing
                )
            )
        if st.button(t("Launch"), type="primary"):
            with errors_shown():
                work = current_work().noting()
                launch_campaign(work, view.card.id, chosen)
                say_done(t("{name} is live.", name=view.card.name), undo=undo_of(work))
                st.rerun()

    ask()


def invite_dialog(view: CampaignView) -> None:
    """Ask whom to invite by name, and on what deal."""

    @st.dialog(t("Invite people"), width="large")
    def ask() -> None:
        choices = campaign_choices(current_work())
        in_already = {row.person_id for row in view.ambassadors}
        free = [number_ for number_ in choices.people if number_ not in in_already]
        people = st.multiselect(
            t("By name"), free, format_func=choices.people.__getitem__, placeholder=t("Choose people")
        )
        deal = ask_deal(view.card.currency, view.card.ends_on)
        if st.button(t("Invite them"), type="primary") and given(people, t("Choose whom to invite first.")):
            with errors_shown():
                work = current_work().noting()
                made = invite_people(work, view.card.id, people, deal)
                text = t_count("{count} person is invited.", "{count} people are invited.", len(made))
                say_done(text, undo=undo_of(work))
                st.rerun()

    ask()


def campaign_buttons(view: CampaignView) -> None:
    """Draw what can be done with an opened campaign in its state."""
    card = view.card
    with st.container(horizontal=True):
        if card.status is CampaignStatus.DRAFT and st.button(
            t("Launch"), type="primary", icon=":material/rocket_launch:"
        ):
            launch_dialog(view)
        if card.status is CampaignStatus.LIVE and st.button(t("Close"), icon=":material/stop_circle:"):
            _close(view)
        if card.status is CampaignStatus.CLOSED and st.button(t("Open again"), icon=":material/undo:"):
            _open_again(view)
        if card.status is not CampaignStatus.CLOSED and st.button(
            t("Invite people"), icon=":material/person_add:"
        ):
            invite_dialog(view)
        if st.button(t("Edit"), icon=":material/edit:"):
            edit_campaign_dialog(view)
        if card.status is not CampaignStatus.LIVE and st.button(t("Archive"), icon=":material/archive:"):
            _put_away(view)
        if st.button(t("New campaign"), icon=":material/add:"):
            new_campaign_dialog()


def _close(view: CampaignView) -> None:
    work, card = current_work().noting(), view.card
    close_campaign(work, card.id)
    say_done(t("{name} is closed.", name=card.name), undo=undo_of(work))
    st.rerun()


def _open_again(view: CampaignView) -> None:
    work, card = current_work().noting(), view.card
    reopen_campaign(work, card.id)
    say_done(t("{name} is live again.", name=card.name), undo=undo_of(work))
    st.rerun()


def _put_away(view: CampaignView) -> None:
    work, card = current_work().noting(), view.card
    archive_campaign(work, card.id)
    choose(None)
    say_done(t("{name} is archived.", name=card.name), undo=undo_of(work))
    st.rerun()


def _whom(
    choices: CampaignChoices, currency: str, ends_on: date
) -> tuple[int | None, tuple[int, ...], DealDraft]:
    picks = {pick.id: pick for pick in choices.picks}
    pick_id = st.selectbox(
        t("From a pick"),
        [_LATER, *picks],
        format_func=lambda key: _pick_label(picks[key]) if key else t("later, or by name below"),
        help=t("Its people are invited, and the next ten wait in reserve."),
    )
    if pick_id:
        _say_money(picks[pick_id], currency)
    people = st.multiselect(
        t("By name"),
        list(choices.people),
        format_func=choices.people.__getitem__,
        placeholder=t("Choose people"),
    )
    return pick_id or None, tuple(people), ask_deal(currency, ends_on)


def _say_money(pick: PickChoice, currency: str) -> None:
    """Say which budget and costs the campaign takes over from a pick, unless others are typed."""
    if pick.budget and pick.budget.currency == currency:
        said = t("Unless you type another, its budget of {budget} becomes the campaign's.",
                 budget=money(pick.budget))  # fmt: skip
        st.caption(said)
    if any(cost.currency == currency for cost in pick.costs.amounts):
        st.caption(t("Unless you type others, what each person costs is taken from the pick."))


def _with_what(choices: CampaignChoices) -> bool:
    if not choices.in_stock:
        st.info(t("No phone is in stock: they can be added and reserved later."))
        return False
    stock = ", ".join(f"{model}: {number(count)}" for model, count in choices.in_stock.items())
    st.caption(t("In stock: {stock}", stock=stock))
    return st.checkbox(t("Reserve a phone for each of them now"))


def _pick_label(pick: PickChoice) -> str:
    people = t_count("{count} person", "{count} people", pick.people)
    return " · ".join(
        part for part in (f"#{pick.id}", people, moment(pick.created_at), pick.campaign) if part
    )
