"""Couriers' words on screen: what each means, one more, one fewer."""

from collections.abc import Sequence

from ambassador.services.devices.courier_words import (
    forget_courier_word,
    list_courier_words,
    put_courier_word,
)
from ambassador.services.undo import undo_of
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.devices import CourierWord
from ambassador.values.status import ParcelState


def courier_words_dialog() -> None:
    """Show what couriers' words mean, and let words be added and taken out."""

    @st.dialog(t("Couriers' words"), width="large")
    def ask() -> None:
        st.caption(
            t(
                "What a courier says is read from these words and from many like them. A word of your own "
                "counts before them, in every file that comes later."
            )
        )
        _ask_word()
        words = list_courier_words(current_work())
        own = [one for one in words if one.is_own]
        if own:
            show_table("own_words", own, _columns(), title=t("Your own words"))
            _ask_which(own)
        with st.expander(t("Words known from the start"), expanded=not own):
            known = [one for one in words if not one.is_own]
            show_table("known_words", known, _columns(), title=t("Words known from the start"))

    ask()


def _columns() -> tuple[Column[CourierWord], ...]:
    return (
        Column(t("The courier says"), "word", Kind.TEXT),
        Column(t("It means"), lambda one: word(one.state), Kind.TEXT),
    )


def _ask_word() -> None:
    with st.form("courier_word", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(t("The courier says"), width=300)
        states = list(ParcelState)
        place = st.selectbox(
            t("It means"),
            range(len(states)),
            index=None,
            format_func=lambda one: word(states[one]),
            placeholder=t("Choose what it means"),
            width=260,
        )
        pressed = st.form_submit_button(t("Add the word"))
        meant = states[place] if place is not None and typed.strip() else None
        if pressed and given(meant, t("Write the word and choose what it means first.")) and meant:
            with errors_shown():
                work = current_work().noting()
                saved = put_courier_word(work, typed, meant)
                said = t('"{word}" is read from now on as: {state}', word=saved.word, state=word(saved.state))
                say_done(said, undo=undo_of(work))
                st.rerun()


def _ask_which(own: Sequence[CourierWord]) -> None:
    with st.form("own_word", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        words = [one.word for one in own]
        chosen = st.selectbox(t("A word to forget"), words, index=None, width=300)
        if st.form_submit_button(t("Forget this word")) and given(chosen, t("Choose a word first.")):
            _forget(str(chosen))


def _forget(chosen: str) -> None:
    with errors_shown():
        work = current_work().noting()
        forget_courier_word(work, chosen)
        say_done(t('"{word}" is forgotten.', word=chosen), undo=undo_of(work))
        st.rerun()
