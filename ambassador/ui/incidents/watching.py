"""What is watched for: shown on the past of a perimeter before it is switched on."""

from collections.abc import Sequence
from typing import Final

from ambassador.services.incidents import list_incidents, preview_incidents, watch_incidents
from ambassador.services.incidents.watching import watch_versions
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import moment, number, percent, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.incidents import Departing, IncidentKind, IncidentPreview, IncidentWatch, KindPreview
from ambassador.values.perimeters import PerimeterCard, PerimeterRef

_MOST: Final = 20


def watch_button(cards: Sequence[PerimeterCard]) -> None:
    """Offer to watch a perimeter."""
    if cards and st.button(t("Watch a perimeter"), type="primary", icon=":material/add_alert:"):
        watch_dialog(cards)


def draw_watches(cards: Sequence[PerimeterCard], watches: Sequence[IncidentWatch]) -> None:
    """List what is watched for in which perimeter, with a way to change it."""
    names = {card.ref: card.name for card in cards}
    st.subheader(t("What is watched for"))
    for one in watches:
        if one.ref in names:
            st.caption(_version(names[one.ref], one))
    with st.container(horizontal=True):
        if cards and st.button(t("Change what is watched for"), icon=":material/edit_notifications:"):
            watch_dialog(cards)


def _version(name: str, one: IncidentWatch) -> str:
    return t(
        "{perimeter}: {kinds} (version {number}, {moment}, {actor})",
        perimeter=name,
        kinds=", ".join(word(kind) for kind in one.since) or t("switched off"),
        number=one.version,
        moment=moment(one.changed_at),
        actor=one.actor,
    )


def watch_dialog(cards: Sequence[PerimeterCard]) -> None:
    """Ask what to watch for, and show what that would have raised before it is switched on."""
    by_ref = {str(card.ref): card for card in cards}

    @st.dialog(t("Watch a perimeter"), width="large")
    def ask() -> None:
        key = st.selectbox(
            t("Perimeter"),
            list(by_ref),
            index=None,
            format_func=lambda ref: by_ref[ref].name,
            placeholder=t("choose a perimeter"),
            key="incident:perimeter",
        )
        if key is None:
            st.caption(t("Nothing is switched on before you have seen what it would have raised."))
            return
        with errors_shown():
            card = by_ref[key]
            preview = preview_incidents(current_work(), card.ref)
            _draw_preview(preview)
            now = _watched_now(card.ref)
            form = OpenForm(f"incident:{card.ref}")
            seen = form.seen(now.version if now else 0, {"kinds": list(now.since) if now else []})
            kinds = st.multiselect(
                t("Watch for"),
                list(IncidentKind),
                format_func=word,
                placeholder=t("nothing: choose one or more"),
                key=form.key("kinds"),
            )
            if st.button(t("Save what is watched for"), type="primary"):
                _watch(card, kinds, seen, form)
            for one in watch_versions(current_work(), card.ref):
                st.caption(_version(card.name, one))

    ask()


def _watched_now(ref: PerimeterRef) -> IncidentWatch | None:
    return next((one for one in list_incidents(current_work()).watches if one.ref == ref), None)


def _watch(card: PerimeterCard, kinds: Sequence[IncidentKind], seen: int, form: OpenForm) -> None:
    work = current_work().noting()
    form.begin_again()  # what somebody else has saved meanwhile is told, and then shown
    watch_incidents(work, card.ref, kinds, seen=seen)
    done = (
        t("{name} is watched from now on.", name=card.name)
        if kinds
        else t("{name} is watched for incidents no more.", name=card.name)
    )
    say_done(done, undo=undo_of(work))
    st.rerun()


def _draw_preview(preview: IncidentPreview) -> None:
    st.markdown(t("What it would have raised in the past 90 days"))
    for one in preview.kinds:
        st.caption(f"{word(one.kind).capitalize()}: {_told(one)}")
    alarms = [alarm for one in preview.kinds for alarm in one.alarms]
    if alarms:
        rows = sorted(alarms, key=lambda one: one.began_at, reverse=True)
        show_table("incident-preview", rows, _columns(), title=t("Past alarms"), most=_MOST)


def _told(one: KindPreview) -> str:
    """Say how it would have done, or what it lacks."""
    parts = []
    if not one.is_ready:
        parts.append(
            t(
                "too little past: {days} and {posts} are still needed.",
                days=t_count("{count} more day", "{count} more days", one.missing_days),
                posts=t_count("{count} more post", "{count} more posts", one.missing_posts),
            )
        )
    if one.days and one.false_share is None:
        parts.append(
            t(
                "nothing in {days} days, where chance alone raises {chance}.",
                days=number(one.days),
                chance=number(one.by_chance, 1),
            )
        )
    elif one.days and one.false_share is not None:
        parts.append(
            t(
                "{count} in {days} days, about {chance} by chance alone: {share} false alarms.",
                count=number(len(one.alarms)),
                days=number(one.days),
                chance=number(one.by_chance, 1),
                share=percent(one.false_share),
            )
        )
    if one.an_hour is not None:
        parts.append(t("Usual: {count} an hour.", count=number(one.an_hour, 2)))
    return " ".join(parts)


def _columns() -> list[Column[Departing]]:
    return [
        Column(t("What"), lambda one: word(one.kind)),
        Column(t("Began"), "began_at", Kind.MOMENT),
        Column(t("Could be told"), "noticed_at", Kind.MOMENT),
        Column(t("Posts"), lambda one: None if one.kind is IncidentKind.SILENCE else one.posts, Kind.NUMBER),
        Column(t("Usual"), "expected", Kind.DECIMAL),
        Column(t("Mention"), "root_id", Kind.NUMBER, help=t("The post its branch begins with.")),
    ]
