"""What can be done with perimeters: made, edited, put away, shown again."""

from typing import Final

from ambassador.services.perimeters import (
    add_perimeter,
    archive_perimeter,
    edit_perimeter,
    list_perimeters,
    open_perimeter,
)
from ambassador.services.perimeters.perimeters import draft_of
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day, shown_zone, t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.perimeters.choosing import KEY
from ambassador.ui.perimeters.form import ask_perimeter, field_labels, field_values
from ambassador.values.days import day_in
from ambassador.values.perimeters import PerimeterCard, PerimeterDraft

_FRESH: Final = PerimeterDraft("")


def perimeter_buttons(chosen: PerimeterCard | None) -> None:
    """Draw what can be done with the perimeter that is shown, and how a new one is made."""
    with st.container(horizontal=True):
        if st.button(t("New perimeter"), icon=":material/filter_alt:", key="perimeter:new"):
            new_perimeter_dialog()
        if chosen is not None and st.button(t("Edit the perimeter"), icon=":material/edit:"):
            edit_perimeter_dialog(chosen)
        is_own = chosen is not None and not chosen.ref.is_campaign
        if chosen is not None and is_own and st.button(t("Archive the perimeter"), icon=":material/archive:"):
            _archive(chosen)
        if _archived():
            with st.popover(t("Archived perimeters"), icon=":material/inventory_2:"):
                for card in _archived():
                    if st.button(t("Bring back {name}", name=card.name), key=f"perimeter:back:{card.ref}"):
                        _bring_back(card)


def new_perimeter_dialog() -> None:
    """Ask for a new perimeter."""
    form = OpenForm("perimeter:new")

    @st.dialog(t("New perimeter"), width="large")
    def ask() -> None:
        form.seen(_FRESH, field_values(_FRESH))
        draft = ask_perimeter(form.key, _FRESH)
        if st.button(t("Watch it"), type="primary"):
            with errors_shown():
                work = current_work().noting()
                add_perimeter(work, draft)
                form.begin_again()
                say_done(t("{name} is watched from now on.", name=draft.name), undo=undo_of(work))
                st.rerun()

    ask()


def edit_perimeter_dialog(card: PerimeterCard) -> None:
    """Ask for changes of a perimeter; its rule as it was stays beside, version by version."""
    form = OpenForm(f"perimeter:{card.ref}")

    @st.dialog(t("Edit the perimeter"), width="large")
    def ask() -> None:
        now = draft_of(current_work(), card.ref)
        seen = form.seen(now, field_values(now))
        draft = ask_perimeter(form.key, form.first(now))
        if st.button(t("Save the perimeter"), type="primary"):
            with form.saving(field_labels()):
                work = current_work().noting()
                edit_perimeter(work, card.ref, draft, seen)
                form.begin_again()
                say_done(t("Saved."), undo=undo_of(work))
                st.rerun()
        _draw_versions(card)

    ask()


def _draw_versions(card: PerimeterCard) -> None:
    for one in open_perimeter(current_work(), card.ref).versions[1:]:
        rule = one.rule
        lists = (rule.words, rule.hashtags, rule.accounts, rule.languages)
        without = tuple(f"-{word}" for word in rule.exclude_words)
        held = ", ".join(part for some in (*lists, without) for part in some)
        on = day(day_in(shown_zone(), one.created_at))
        st.caption(t("Version {number}, {day}: {rule}", number=one.version, day=on, rule=held))


def _archived() -> list[PerimeterCard]:
    cards = list_perimeters(current_work(), archived=True)
    return [card for card in cards if card.archived_at is not None and not card.ref.is_campaign]


def _archive(card: PerimeterCard) -> None:
    with errors_shown():
        work = current_work().noting()
        archive_perimeter(work, card.ref)
        st.session_state.pop(KEY, None)
        say_done(t("{name} is archived.", name=card.name), undo=undo_of(work))
        st.rerun()


def _bring_back(card: PerimeterCard) -> None:
    with errors_shown():
        work = current_work().noting()
        archive_perimeter(work, card.ref, archived=False)
        say_done(t("{name} is here again.", name=card.name), undo=undo_of(work))
        st.rerun()
