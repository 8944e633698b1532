"""One person, drawn: the answer on top, the rest in tabs."""

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from ambassador.services.results.report import cost_gaps
from ambassador.ui.kit.charts import lines, show_chart
from ambassador.ui.kit.contacts import ways_to
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.markup import joined
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import ago, day, language, moment, money, number, percent, shown_zone, t, t_count
from ambassador.ui.kit.words import PARTS, word
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.networks import draw_neighbours
from ambassador.ui.people.words import said, whole, words
from ambassador.values.days import day_in
from ambassador.values.people.people import SubScore
from ambassador.values.people.person_card import DeviceHeld, HistoryLine, Participation, PersonCard

Part = Callable[[PersonCard], None]


def draw_card(card: PersonCard, *, edit: Part, more: Part) -> None:
    """Draw everything about a person; ``edit`` and ``more`` draw what changes them."""
    if card.erased_at:
        st.info(
            t(
                "This person was erased on {day}. Only counts are left.",
                day=day(day_in(shown_zone(), card.erased_at)),
            )
        )
        return
    _first_row(card)
    for flag in card.row.flags:
        st.warning(t("Worth a look: {evidence}", evidence=said(flag.evidence)), icon=":material/flag:")
    titles = (
        t("Score"),
        t("Over time"),
        t("Around them"),
        t("Campaigns and devices"),
        t("History"),
        t("Edit"),
    )
    score, time, around, campaigns, history, editing = st.tabs(titles)
    with score:
        _score(card)
    with time:
        _over_time(card)
    with around:
        draw_neighbours(card)
    with campaigns:
        _campaigns(card)
    with history:
        _history(card)
        more(card)
    with editing:
        edit(card)


def _first_row(card: PersonCard) -> None:
    row, now = card.row, current_work().now()
    st.caption(" · ".join(part for part in (", ".join(row.handles), row.city, ", ".join(row.topics)) if part))
    if ways := joined(" · ", ways_to(row.telephone, row.email)):
        st.caption(ways)
    first_row(
        Figure(
            t("Followers"),
            number(row.figures.followers),
            note=t("read {ago}", ago=ago(row.figures.read_at, now)) if row.figures.read_at else "",
        ),
        Figure(
            t("Engagement by followers"),
            percent(row.rate_by_followers, 1),
            note=t(
                "above {share} of {peers} nearest in size",
                share=percent(row.percentile / 100),
                peers=row.peers,
            )
            if row.percentile is not None
            else "",
            help=t("Counted: {kinds}.", kinds=words(", ".join(row.counted))) if row.counted else "",
        ),
        Figure(
            t("Score"),
            number(row.score.shown),
            note=_score_note(card),
            help=t("0 to 100, among your own people."),
        ),
        Figure(t("Usual fee"), money(row.fee)),
    )


def _score_note(card: PersonCard) -> str:
    score = card.row.score
    if score.by_hand is not None:
        return t("by hand; computed: {value}", value=number(score.value))
    missing = ", ".join(t(PARTS[part]) for part in score.missing)
    return t("not known: {parts}", parts=missing) if missing else ""


def _score(card: PersonCard) -> None:
    columns: tuple[Column[SubScore], ...] = (
        Column(t("Side"), lambda part: t(PARTS[part.part])),
        Column(
            t("Sub-score"),
            lambda part: round(part.value),
            Kind.NUMBER,
            t("0 to 100, after little data is pulled to the middle."),
        ),
        Column(
            t("Percentile"),
            lambda part: whole(part.percentile),
            Kind.NUMBER,
            t("Among your own people; a dash where nothing is known."),
        ),
        Column(t("Weight"), "weight", Kind.DECIMAL, t("0: does not count.")),
        Column(t("Rests on"), lambda part: said(part.input)),
        Column(t("Read"), "read_at", Kind.MOMENT),
    )
    show_table("score", card.row.score.parts, columns, title=t("Score"))
    if card.row.score.reason:
        st.caption(t("Set by hand: {reason}", reason=card.row.score.reason))
    _rates(card)


def _rates(card: PersonCard) -> None:
    rates, past = card.rates, card.past
    answers = t("{answers} direct answers", answers=number(past.answers)) if past.mentions else ""
    credited = t("Shares of mentions credited to them, over all campaigns.")
    first_row(
        Figure(t("Engagement by reach"), percent(rates.by_reach, 1), _over(rates.by_reach_posts)),
        Figure(t("Engagement by views"), percent(rates.by_impressions, 1), _over(rates.by_impressions_posts)),
        Figure(t("Their posts here"), number(past.mentions or None), answers),
        Figure(t("Credited mentions"), number(past.credited, 1), help=credited),
    )
    if rates.stated is not None:
        share = percent(rates.stated, 1)
        st.caption(
            t("Their list states an engagement rate of {share}; it does not say by what.", share=share)
        )


def _over(posts: int) -> str:
    return t_count("over {count} post", "over {count} posts", posts) if posts else ""


def _over_time(card: PersonCard) -> None:
    when, followers, account = t("Read"), t("Followers"), t("Account")
    rows: list[dict[str, Any]] = [
        {when: reading.at, followers: reading.figures.followers, account: f"{view.platform}:{view.handle}"}
        for view in card.accounts
        for reading in view.readings
        if reading.figures.followers is not None
    ]
    if not rows:
        st.info(t("No figures were read yet: import a list with followers, or add them by hand."))
        return
    if len(rows) > len(card.accounts):
        show_chart(
            lines(rows, x=when, value=followers, kind=account), t("Followers, every time they were read")
        )
    columns: tuple[Column[dict[str, Any]], ...] = (
        Column(when, itemgetter(when), Kind.MOMENT),
        Column(account, itemgetter(account)),
        Column(followers, itemgetter(followers), Kind.NUMBER),
    )
    rows.sort(key=itemgetter(when), reverse=True)
    show_table("readings", rows, columns, title=t("Over time"))


def _campaigns(card: PersonCard) -> None:
    if not card.campaigns:
        st.info(t("They were in no campaign yet."))
        return
    deals: tuple[Column[Participation], ...] = (
        Column(t("Campaign"), "campaign"),
        Column(t("Stands"), lambda part: word(part.status)),
        Column(t("Deal"), lambda part: word(part.deal)),
        Column(t("Fee"), lambda part: money(part.fee)),
        Column(t("Credited mentions"), "credited", Kind.DECIMAL),
        Column(t("Cost"), lambda part: money(part.spent.cost.total) if part.spent else ""),
        Column(t("Per person who talks"), lambda part: _each(part, "per_talker")),
        Column(t("Per like"), lambda part: _each(part, "per_like")),
        Column(t("Per 1,000 views"), lambda part: _each(part, "per_thousand_views")),
        Column(t("Per post"), lambda part: _each(part, "per_post")),
        Column(t("Per order"), lambda part: _each(part, "per_order")),
        Column(t("Not known"), lambda part: cost_gaps(part.spent.cost, language()) if part.spent else ""),
    )
    show_table("participation", card.campaigns, deals, title=t("Campaigns"))
    devices: tuple[Column[DeviceHeld], ...] = (
        Column(t("Device"), "model"),
        Column(t("Serial"), "serial"),
        Column(t("Since"), "since", Kind.MOMENT),
        Column(t("Until"), "until", Kind.MOMENT),
        Column(t("Ended"), lambda held: word(held.ended_as) or t("with them")),
        Column(t("Due back"), "due_back", Kind.DAY),
    )
    if card.devices:
        show_table("held", card.devices, devices, title=t("Devices"))


def _each(part: Participation, what: str) -> str:
    cost = getattr(part.spent.unit_costs, what) if part.spent else None
    return money(cost) if cost is not None else ""


def _history(card: PersonCard) -> None:
    basis = card.lawful_basis or t("not stated")
    told = day(card.noticed_on) if card.noticed_on else t("not yet")
    st.markdown(
        t(
            "Source: {source}. Lawful basis: {basis}. Informed: {told}.",
            source=card.source or t("not stated"),
            basis=basis,
            told=told,
        )
    )
    if card.objected_at:
        st.warning(t("Objected on {when}: never picked.", when=moment(card.objected_at)))
    columns: tuple[Column[HistoryLine], ...] = (
        Column(t("When"), "at", Kind.MOMENT),
        Column(t("What"), lambda line: said(line.what)),
        Column(t("Who"), "actor"),
    )
    show_table("history", card.history, columns, title=t("History"))
