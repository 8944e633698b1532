"""Activations in the list, and what stands above an opened one."""

from collections.abc import Sequence

from ambassador.services.campaigns.campaign_view import campaign_names
from ambassador.ui.activations.choosing import choose_activation
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.figures import Figure
from ambassador.ui.kit.markup import joined
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import day, interval, money, number, percent, rich, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationCard, ActivationView
from ambassador.values.activations.results import Turnout
from ambassador.values.activations.states import TAKES_NOTHING, ActivationStatus


def list_figures(cards: Sequence[ActivationCard]) -> tuple[Figure, ...]:
    """The first row of the list: what is open, who took part, what each cost."""
    asking = [card for card in cards if card.kind not in TAKES_NOTHING]
    opened = sum(card.status is ActivationStatus.OPEN for card in asking)
    people, new = sum(card.took_part for card in cards), sum(card.new for card in cards)
    costs = [card for card in cards if card.cost_per_person is not None]
    cheapest = min(costs, key=_minor, default=None)
    return (
        Figure(t("Open for votes"), number(opened), t_count("of {count}", "of {count}", len(asking))),
        Figure(
            t("Took part"),
            number(people),
            t_count("{count} for the first time", "{count} for the first time", new),
            help=t(
                "People who voted, entered something, asked or discussed; who took part in several is "
                "counted in each."
            ),
        ),
        Figure(
            t("Least cost per person"),
            money(cheapest.cost_per_person) if cheapest else t("no data yet"),
            cheapest.title if cheapest else t("no cost was entered yet"),
            help=t("What running it cost, shared among those who took part."),
        ),
    )


def _minor(card: ActivationCard) -> int:
    return card.cost_per_person.minor if card.cost_per_person else 0


def activation_columns() -> list[Column[ActivationCard]]:
    """The columns of the list."""
    return [
        Column(t("Title"), "title"),
        Column(t("State"), lambda card: word(card.status)),
        Column(t("Took part"), "took_part", Kind.NUMBER),
        Column(t("Cost per person"), "cost_per_person", Kind.MONEY),
        Column(t("New"), "new", Kind.NUMBER, help=t("Of them in no activation that began earlier.")),
        Column(t("Cost per new person"), "cost_per_new", Kind.MONEY),
        Column(t("What it asks"), lambda card: word(card.kind)),
        Column(t("Last day"), "ends_on", Kind.DAY),
        Column(t("Budget"), "budget", Kind.MONEY),
        Column(t("First day"), "starts_on", Kind.DAY),
    ]


def draw_activation(view: ActivationView) -> None:
    """Say which activation is open, and how it stands."""
    card = view.card
    if st.button(t("All activations"), type="tertiary", icon=":material/arrow_back:"):
        choose_activation(None)
        st.rerun()
    st.subheader(card.title)
    campaign = campaign_names(current_work()).get(card.campaign_id or 0, "")
    days = f"{day(card.starts_on)} – {day(card.ends_on)}"  # noqa: RUF001 - a range
    state = word(card.status)
    if view.announced_at is not None:
        state = t("announced on {day}", day=day(view.announced_at.date()))
    st.caption(joined(" · ", (word(card.kind), state, days, campaign)))
    _tell_other_campaign(card, campaign)
    if view.draft.rules:
        with st.expander(t("Rules"), icon=":material/gavel:"):
            st.markdown(view.draft.rules)


def _tell_other_campaign(card: ActivationCard, campaign: str) -> None:
    chosen = chosen_campaign()
    if not chosen or card.campaign_id == chosen:
        return
    if card.campaign_id is None:
        st.info(t("This belongs to no campaign, so the one chosen above does not change it."))
    else:
        st.info(
            t("This belongs to another campaign than the one chosen above: {campaign}.", campaign=campaign)
        )


def people_figure(part: Turnout, card: ActivationCard) -> Figure:
    """The figure of who took part."""
    return Figure(
        t("People who voted"),
        number(part.voters),
        t_count("{count} for the first time", "{count} for the first time", card.new),
        help=t(
            "One vote a person: accounts that were merged into one person are one, and of several ballots "
            "the latest counts. The first time: in no activation that began earlier."
        ),
    )


def turnout_lines(part: Turnout) -> list[str]:
    """Say whose votes are worth a look, which gave way to later ones, and what cannot be seen."""
    return [_flagged_line(part), _replaced_line(part), _untimed_line(part)]


def _flagged_line(part: Turnout) -> str:
    """Say whose votes are worth a look; nothing where none is."""
    if not part.flagged:
        return ""
    return rich(
        "**{count} of {all} voters are flagged**, and count: {bursts} voted within ten minutes with "
        "unusually many others for the same, {rings} gave the very same ballot at once as others beyond "
        "chance, {young} voted with an account younger than a week.",
        count=number(part.flagged),
        all=number(part.voters),
        bursts=number(part.in_bursts),
        rings=number(part.in_rings),
        young=number(part.new_accounts),
    )


def _replaced_line(part: Turnout) -> str:
    """Say how many ballots a later one replaced."""
    if not part.replaced:
        return ""
    return t_count(
        "{count} ballot gave way to a later one of the same person.",
        "{count} ballots gave way to later ones of the same people.",
        part.replaced,
    )


def _untimed_line(part: Turnout) -> str:
    """Say among how many voters no burst and no ring can be seen."""
    without = part.voters - part.timed
    if not without:
        return ""
    return t_count(
        "Of {count} voter nobody knows when they voted, so no burst and no ring is seen there.",
        "Of {count} voters nobody knows when they voted, so no burst and no ring is seen among them.",
        without,
    )


def share_range(low: float | None, high: float | None) -> str:
    """A range of shares in words."""
    return interval(low, high, percent)
