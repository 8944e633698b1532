"""What happens with people: they answer, go silent or drop out, and the next best is asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from ambassador.services.campaigns.ambassadors import ambassador_history, answer
from ambassador.services.campaigns.campaign_view import list_campaigns
from ambassador.services.campaigns.campaigns import start_campaign
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.devices.devices import replace_device
from ambassador.services.mentions import refresh_mentions
from ambassador.services.undo import undo_of
from ambassador.ui.campaigns.costs_form import ask_costs
from ambassador.ui.campaigns.deal_form import ask_deal
from ambassador.ui.campaigns.form import known_fields, match_rule, what_and_when
from ambassador.ui.kit.address import number_in
from ambassador.ui.kit.campaign import choose
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.markup import bullets
from ambassador.ui.kit.navigation import go_to
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import moment, money, number, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.ambassadors import AmbassadorEventView, AmbassadorRow, ChaseItem
from ambassador.values.campaigns.campaigns import CampaignDraft, CampaignPlan
from ambassador.values.campaigns.unit_costs import CampaignCosts
from ambassador.values.devices import PhoneFate
from ambassador.values.drafts import DealDraft
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import PickAnswer
from ambassador.values.status import AMBASSADOR_CHANGES, AmbassadorStatus, CampaignStatus, Deal, DeviceStatus

_S = AmbassadorStatus
_NEW: Final = 0


def answer_dialog(row: AmbassadorRow) -> None:
    """Ask what happened with somebody, and what becomes of their phone."""

    @st.dialog(t("What happened with {name}?", name=row.label))
    def ask() -> None:
        possible = _possible(row)
        if possible:
            status = st.radio(
                t("They have"), possible, index=None, format_func=_happened(row), horizontal=True
            )
            asks_fate = status is not None and _asks_fate(row, status)
            fate = _ask_fate(row) if asks_fate else None
            another = fate is PhoneFate.LOST and st.checkbox(t("Reserve another phone for them"))
            note = st.text_input(t("Note"))
            if st.button(t("Note it"), type="primary") and _told(status, fate, asks_fate=asks_fate):
                with errors_shown():
                    _note_answer(row, status or row.status, note, fate, another=another)
        else:
            st.info(t("{name} is {status}: nothing changes now.", name=row.label, status=word(row.status)))
        _draw_history(row)

    ask()


def answer_box(rows: Sequence[AmbassadorRow], late: ChaseItem | None = None) -> None:
    """Draw the choice of whom something happened with; a clicked line or the address chooses too."""
    people = {row.id: row for row in rows}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("Somebody answered, went silent, lost the phone?"),
            list(people),
            index=None,
            format_func=lambda key: f"{people[key].label} · {word(people[key].status)}",
            placeholder=t("Choose a person"),
            width=360,
        )
        asked = st.button(t("Note what happened"), icon=":material/contact_phone:")
    if asked:
        given(chosen, t("Choose first who it is about."))
    linked = number_in(st.query_params.pop("ambassador", ""))
    wanted = late.ambassador_id if late else chosen if asked else linked
    if wanted in people:
        answer_dialog(people[wanted])


def confirm_pick_dialog(answer: PickAnswer, campaign_id: int | None = None) -> None:
    """Ask for the campaign, one that is there or a new one, and the deal; then make ambassadors of a pick."""

    @st.dialog(t("Confirm the pick"), width="large")
    def ask() -> None:
        cards = {
            one.id: one for one in list_campaigns(current_work()) if one.status is not CampaignStatus.CLOSED
        }
        options = [*cards, _NEW]
        chosen = st.selectbox(
            t("Campaign"),
            options,
            index=_where(campaign_id, options),
            format_func=lambda key: cards[key].name if key in cards else t("a new campaign"),
            placeholder=t("Choose a campaign"),
        )
        made = _new_campaign(answer) if chosen == _NEW else None
        deal = _ask_deal_of(answer, made.currency if made else cards[chosen].currency if chosen else "EUR")
        reserve = st.number_input(t("Reserve list"), min_value=0, max_value=50, value=10)
        pressed = st.button(t("Make them ambassadors"), type="primary")
        if pressed and given(chosen is not None, t("Choose first which campaign they are for.")):
            with errors_shown():
                if chosen:
                    _confirm(answer.pick_id, chosen, deal, reserve)
                elif made is not None:
                    _begin(made, CampaignPlan(answer.pick_id, deal=deal, reserve=reserve))

    ask()


def _where(campaign_id: int | None, options: Sequence[int]) -> int | None:
    """Begin on the campaign of the pick, else on the only way there is; never on whichever stands first."""
    if campaign_id in options:
        return options.index(campaign_id)
    return 0 if len(options) == 1 else None


def _new_campaign(answer: PickAnswer) -> CampaignDraft | None:
    """Ask what and when; budget and costs begin with those of the pick. None where they cannot be read."""
    costs = answer.asked.costs if answer.asked else CostsPerPerson()
    known = replace(
        known_fields(None),
        currency=answer.cost.currency if answer.cost else "EUR",
        budget=answer.budget,
        costs=CampaignCosts(
            device=costs.device, shipping=costs.shipping, shipping_to=costs.shipping_to, other=costs.other
        ),
    )
    st.caption(t("It begins with the budget and the costs of the pick."))
    draft = what_and_when(known)
    with st.expander(t("What each person costs"), icon=":material/payments:"):
        each = ask_costs(known.costs, draft.currency)
    with st.expander(t("Which mentions belong to it"), icon=":material/tag:"):
        rule = match_rule(known)
    return None if each is None else replace(draft, costs=each, rule=rule)


def _ask_deal_of(answer: PickAnswer, currency: str) -> DealDraft:
    """Ask for the deal; a pick that counts fees is paid for unless another is chosen, which is said."""
    fees = answer.fees
    paid = fees is not None and fees.minor > 0
    deal = ask_deal(currency, usual=Deal.PAID if paid else Deal.GIFT)
    if paid and deal.deal is not Deal.PAID and deal.fee is None:
        st.warning(
            t("The pick counts fees of {fees}; with this deal nobody is paid.", fees=money(fees)),
            icon=":material/payments:",
        )
    return deal


def _confirm(pick_id: int, campaign_id: int, deal: DealDraft, reserve: int) -> None:
    work = current_work().noting()
    done = confirm_pick(work, pick_id, deal, reserve=reserve, campaign_id=campaign_id)
    choose(campaign_id)
    say_done(
        t("{invited} invited, {already} in before, {reserve} in reserve.",
          invited=number(len(done.invited)), already=number(len(done.already)),
          reserve=number(len(done.reserve))),
        undo=undo_of(work),
    )  # fmt: skip
    go_to("campaigns", campaign=campaign_id)


def _begin(draft: CampaignDraft, plan: CampaignPlan) -> None:
    made = start_campaign(current_work(), draft, plan)
    refresh_mentions(current_work(), made)
    choose(made)
    say_done(t("{name} is ready as a draft, with the people of the pick.", name=draft.name.strip()))
    go_to("campaigns", campaign=made)


def _possible(row: AmbassadorRow) -> list[AmbassadorStatus]:
    """List where the talk can go; somebody who stays may still have lost the phone."""
    changes = [status for status in AmbassadorStatus if status in AMBASSADOR_CHANGES[row.status]]
    return [*changes, row.status] if row.custody_id else changes


def _note_answer(
    row: AmbassadorRow, status: AmbassadorStatus, note: str, fate: PhoneFate | None, *, another: bool
) -> None:
    work = current_work().noting()
    if another and row.custody_id:
        replace_device(work, row.custody_id, note=note)
        fate = PhoneFate.STAYS
    answer(work, row.id, status, note, phone=fate)
    say_done(t("{name}: {status}.", name=row.label, status=word(status)), undo=undo_of(work))
    st.rerun()


def _happened(row: AmbassadorRow) -> Callable[[AmbassadorStatus], str]:
    words = {
        _S.INVITED: t("been invited"),
        _S.ACCEPTED: t("accepted"),
        _S.DECLINED: t("declined"),
        _S.SILENT: t("gone silent"),
        _S.REPLACED: t("been replaced"),
        _S.DONE: t("done their part"),
        _S.RESERVE: t("moved to the reserve list"),
    } | {row.status: t("not changed: it is about the phone")}
    return words.__getitem__


def _told(status: AmbassadorStatus | None, fate: PhoneFate | None, *, asks_fate: bool) -> bool:
    """Check that it was said what happened, and what becomes of the phone where there is one."""
    if not given(status, t("Choose first what happened.")):
        return False
    return not asks_fate or given(fate, t("Choose first what becomes of the phone."))


def _asks_fate(row: AmbassadorRow, status: AmbassadorStatus) -> bool:
    return row.custody_id is not None and (status is not _S.ACCEPTED or status is row.status)


def _ask_fate(row: AmbassadorRow) -> PhoneFate | None:
    """Ask what becomes of the phone; nothing is chosen beforehand, for a click would move it."""
    possible = [PhoneFate.BACK, PhoneFate.STAYS, PhoneFate.LOST]
    if row.device_status is DeviceStatus.DELIVERED:
        possible.insert(2, PhoneFate.KEPT)
    label = t("And the phone {reference}?", reference=row.reference)
    return st.radio(label, possible, index=None, format_func=word)


def _draw_history(row: AmbassadorRow) -> None:
    with st.expander(t("History")):
        st.markdown(bullets(map(_event_line, reversed(ambassador_history(current_work(), row.id)))))


def _event_line(event: AmbassadorEventView) -> str:
    state = word(AmbassadorStatus(event.to_status))
    note = f": {event.note}" if event.note else ""
    return f"{moment(event.happened_at)} · {state} · {event.actor}{note}"
