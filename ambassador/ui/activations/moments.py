"""A moment on air or in a shop: when and where it is, what is expected of it, what it brought."""

from datetime import datetime, time
from typing import Final

from ambassador.services.activations.moments import moment_draft, set_moment
from ambassador.services.undo import undo_of
from ambassador.ui.kit.charts import bars, show_chart
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.markup import joined, paragraphs
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day, day_order, interval, moment, note_text, number, percent, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.moments import MomentDraft, MomentView
from ambassador.values.activations.states import ActivationStatus, LiftBasis, MomentMedium

_EVENING: Final = time(21)
_FEW: Final = 10
"""Below, tenths of posts are told."""


def draw_moment(view: ActivationView, found: MomentView | None) -> None:
    """Draw what a moment brought, or what is expected of it; before anything is said how to begin."""
    if found is None:
        st.info(
            t(
                "Nothing is said of it yet: say under When and where on what day and at what hour it is, and "
                "how many are expected to see or hear it."
            ),
            icon=":material/schedule:",
        )
        return
    draft, zone = found.draft, view.card.time_zone
    length = t_count("{count} minute", "{count} minutes", draft.minutes)
    parts = (word(draft.medium), draft.place, moment(found.begins_at, zone), length, found.by_name)
    st.caption(joined(" · ", parts))
    first_row(*_figures(found))
    if found.lift.why is not None:
        st.info(note_text(found.lift.why), icon=":material/help:")
    if found.lift.basis is not None:
        _draw_hours(found)
    st.markdown(paragraphs(_remarks(view, found)))


def _figures(found: MomentView) -> tuple[Figure, ...]:
    lift, ahead, none_yet = found.lift, found.ahead, t("no data yet")
    usual = t("{count} are usual", count=_count(lift.usual)) if lift.usual is not None else ""
    likely = t("likely {range}", range=interval(lift.low, lift.high)) if lift.lift is not None else ""
    each = found.per_thousand
    origin = ""
    if ahead is not None:
        origin = (
            t_count("as {count} earlier one", "as {count} earlier ones", ahead.learned_from)
            if ahead.learned_from
            else t("an assumption")
        )
    return (
        Figure(
            t("Expected to begin to talk"),
            interval(ahead.low, ahead.high) if ahead else none_yet,
            origin,
            help=t("In 8 of 10 such moments; with them come all whom they bring, as the forecast says."),
        ),
        Figure(
            t("Posts that came by themselves"),
            number(lift.came) if lift.came is not None else none_yet,
            usual,
            help=t(
                "From its beginning to six hours after its end: posts of the campaign (of everything, where "
                "it belongs to none) without a known parent and without an ambassador behind them."
            ),
        ),
        Figure(
            t("More than usual"),
            _count(lift.lift) if lift.lift is not None else t("cannot be told"),
            likely,
            help=define("lift"),
        ),
        Figure(
            t("For a thousand of the audience"),
            number(each, 2) if each is not None else none_yet,
            t("of {count}", count=number(found.draft.audience)) if found.draft.audience else "",
        ),
    )


def _count(value: float | None) -> str:
    return number(value, 1 if value is not None and abs(value) < _FEW else 0)


def _draw_hours(found: MomentView) -> None:
    when, posts = t("Day"), t("Posts")
    own = {when: t("This moment"), posts: found.lift.came}
    rows = [{when: day(one.day), posts: one.count} for one in found.lift.compared]
    takeaway = t(
        "{count} posts came by themselves in its hours, where {usual} are usual",
        count=number(found.lift.came),
        usual=_count(found.lift.usual),
    )
    show_chart(bars([own, *rows], name=when, value=posts, sort=False), takeaway)
    st.caption(t("Held against {hours}.", hours=word(found.lift.basis or LiftBasis.WEEKS)))


def _remarks(view: ActivationView, found: MomentView) -> list[str]:
    lines = []
    if view.card.status is ActivationStatus.DRAFT:
        lines.append(t("As a draft it counts in no forecast and in no credit: say that it is settled."))
    elif view.card.campaign_id is None:
        lines.append(t("It belongs to no campaign, so it stands in no forecast and in no credit."))
    elif found.lift.share > 0:
        lines.append(
            t(
                "Of each post that came by itself in these hours {share} goes back to it: a line of its own "
                "beside the credit of the ambassadors, on Cascades.",
                share=percent(found.lift.share),
            )
        )
    if found.ahead is None and found.lift.lift is None:
        lines.append(
            t(
                "No forecast counts it: say how many are expected to see or hear it, where earlier moments "
                "tell what that brings, or how many people you expect to begin to talk."
            )
        )
    if found.lift.unplaced:
        lines.append(
            t_count(
                "{count} post of that day says no hour and cannot be placed.",
                "{count} posts of that day say no hour and cannot be placed.",
                found.lift.unplaced,
            )
        )
    return lines


def moment_dialog(view: ActivationView) -> None:
    """Ask when and where a moment is."""
    form = OpenForm(f"moment:{view.card.id}")

    @st.dialog(t("When and where"))
    def ask() -> None:
        now = moment_draft(current_work(), view.card.id)
        seen = form.seen(now, {"place": now.place if now else ""})
        draft = _ask(form.first(now), view, form.key("place"))
        if st.button(t("Save"), type="primary") and given(draft, t("Say on which day first.")) and draft:
            with form.saving(_labels()):
                work = current_work().noting()
                set_moment(work, view.card.id, draft, seen, first=seen is None)
                form.begin_again()
                say_done(t("Saved."), undo=undo_of(work))
                st.rerun()

    ask()


def _ask(was: MomentDraft | None, view: ActivationView, place_key: str) -> MomentDraft | None:
    """Ask for a moment; nothing without a day and an hour."""
    labels = _labels()
    medium = st.segmented_control(
        t("Medium"),
        list(MomentMedium),
        default=was.medium if was else MomentMedium.TELEVISION,
        format_func=word,
        required=True,
    )
    place = st.text_input(labels["place"], key=place_key, help=t("Programme, station, page or shop."))
    with st.container(horizontal=True):
        only = view.card.starts_on if view.card.starts_on == view.card.ends_on else None
        on = st.date_input(t("Day"), value=was.begins.date() if was else only, format=day_order())
        at = st.time_input(
            t("Hour"),
            value=was.begins.time() if was else _EVENING,
            help=t("By the clocks of {zone}.", zone=view.card.time_zone),
        )
        minutes = st.number_input(labels["minutes"], min_value=1, value=was.minutes if was else 30, step=5)
    audience = st.number_input(
        labels["audience"],
        min_value=1,
        value=was.audience if was else None,
        step=1000,
        help=t("How many see or hear it; empty: nobody knows."),
    )
    by = st.text_input(labels["by"], value=was.by if was else "", help=t("Such as instagram:nina."))
    expected = st.number_input(
        labels["expected"],
        min_value=1,
        value=was.expected if was else None,
        step=1,
        help=t("An assumption for the forecast, as long as no earlier moment says what one brings."),
    )
    if on is None or at is None:
        return None
    return MomentDraft(
        medium=medium,
        begins=datetime.combine(on, at),
        minutes=int(minutes),
        place=place,
        audience=None if audience is None else int(audience),
        by=by,
        expected=None if expected is None else int(expected),
    )


def _labels() -> dict[str, str]:
    """Name the fields as the form does."""
    return {
        "medium": t("Medium"),
        "place": t("Where"),
        "begins": t("Day and hour"),
        "minutes": t("Minutes it lasts"),
        "audience": t("Expected audience"),
        "by": t("By which ambassador"),
        "expected": t("People expected to begin to talk"),
    }
