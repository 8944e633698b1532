"""The people of a pick, who was left out, and other numbers of phones, as tables."""

from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import (
    note_text,
    number,
    t,
    t_count,
)
from ambassador.values.picks.picks import (
    DevicePoint,
    LeftOut,
    Objective,
    PickAnswer,
    PickedPerson,
    WhatIf,
)


def what_if_views(found: WhatIf) -> None:
    """Say what each demand costs, and draw how far word travels with each number of phones."""
    if found.standing is not None:
        st.caption(note_text(found.standing))
    if found.counted:
        st.caption(" ".join(map(note_text, found.counted)))
    for price in found.prices:
        demand, gain = note_text(price.demand), number(price.gain.mean, 1)
        st.markdown(t("Without {demand}: {gain} more.", demand=demand, gain=gain))
    if not found.prices:
        st.markdown(t("No demand of this pick costs anything."))
    if found.curve:
        show_table("what-if", found.curve, _point_columns(), title=t("More or fewer phones"))
        st.caption(t("Among the same candidates, without budget and other demands."))


def _point_columns() -> tuple[Column[DevicePoint], ...]:
    return (
        Column(t("Phones"), "count", Kind.NUMBER),
        Column(t("People who talk"), lambda one: _tenths(one.spread), Kind.DECIMAL),
        Column(t("Each further phone adds"), lambda one: _tenths(one.per_device), Kind.DECIMAL),
        Column(
            t("Share of the best possible, at least"),
            lambda one: _hundredths(one.certificate),
            Kind.PERCENT,
            help=t("In the literature: the certificate, for a pick of this many."),
        ),
    )


def pick_tables(answer: PickAnswer) -> None:
    """Draw the choice, the reserve and who was left out."""
    show_table("picks", answer.picks, person_columns(answer), title=t("Picked people"))
    if answer.reserve:
        with st.expander(t("Reserve list: next best, in order"), icon=":material/format_list_numbered:"):
            show_table("reserve", answer.reserve, person_columns(answer), title=t("Reserve list"))
    if answer.left_out_count:
        title = t_count("{count} person left out", "{count} people left out", answer.left_out_count)
        with st.expander(title, icon=":material/person_off:"):
            show_table("left-out", answer.left_out, _left_out_columns(), title=t("Left out"))


def person_columns(answer: PickAnswer) -> tuple[Column[PickedPerson], ...]:
    """Describe the columns of the choice; word of mouth only where it is known."""
    currency = answer.cost.currency if answer.cost else "EUR"
    adds: Column[PickedPerson] = Column(
        t("Adds"),
        lambda one: _tenths(one.marginal_spread),
        Kind.DECIMAL,
        help=t("People who talk that this one adds to those above. In the literature: marginal spread."),
    )
    brings: Column[PickedPerson] = Column(
        t("Expected"), lambda one: _tenths(one.expected), Kind.DECIMAL, help=what_counts(answer)
    )
    return (
        Column(t("Handle"), "handle"),
        Column(t("Name"), "name"),
        adds if answer.objective is Objective.TALKERS else brings,
        *_complaint_columns(answer),
        Column(t("Fee, {currency}", currency=currency), "fee", Kind.MONEY),
        Column(t("Cost, {currency}", currency=currency), "cost", Kind.MONEY),
        Column(t("City"), "city"),
        Column(t("Platform"), "platform"),
        Column(t("Followers"), "followers", Kind.COMPACT),
        Column(
            t("Shared audience"),
            lambda one: _hundredths(one.overlap),
            Kind.PERCENT,
            help=t("Largest overlap with another pick."),
        ),
        Column(
            t("Chance of posting"),
            lambda one: _hundredths(one.posting_probability),
            Kind.PERCENT,
            help=t("How probable it is that they post."),
        ),
        Column(
            t("Past results"),
            lambda one: _tenths(one.past_talkers),
            Kind.DECIMAL,
            help=t("People each of their earlier posts made talk, on average, themselves included."),
        ),
    )


def _complaint_columns(answer: PickAnswer) -> tuple[Column[PickedPerson], ...]:
    """Describe whose audience complains, where the choice minds it."""
    if answer.minded is None:
        return ()
    return (
        Column(
            t("Complain"),
            lambda one: _hundredths(one.complaint_share),
            Kind.PERCENT,
            help=define("complaint-share"),
        ),
        Column(
            t("Labelled answers"),
            "labelled_answers",
            Kind.NUMBER,
            help=t("On how many labelled answers to this person it rests."),
        ),
    )


def _left_out_columns() -> tuple[Column[LeftOut], ...]:
    return (Column(t("Handle"), "handle"), Column(t("Why"), lambda one: note_text(one.reason)))


def what_counts(answer: PickAnswer) -> str:
    """Name what the figures of a pick count."""
    if answer.target is not None:
        return t("Talk, of the people you want to reach")
    words = {
        Objective.TALKERS: t("People who talk"),
        Objective.INTERACTIONS: t("Likes and comments expected"),
        Objective.VIEWS: t("Views expected"),
    }
    return words[answer.objective]


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _hundredths(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
