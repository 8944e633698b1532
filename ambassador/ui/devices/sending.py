"""Sending phones: the packing list, and the rules by which they go: agreements, the words that go along."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from ambassador.i18n import languages, mark
from ambassador.services.devices.devices import ship_devices
from ambassador.services.devices.dispatch import change_sending_rule, put_notice, sending_rules
from ambassador.services.devices.packing import packing_list, packing_sheet
from ambassador.services.undo import undo_of
from ambassador.ui.devices.views import packing_columns
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import day, day_order, language, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work, today_there
from ambassador.values.devices import AgreementRule, NoticeText, PackingLine, SendingRules, Shipment

_RULES: Final = {
    AgreementRule.WARN: mark("warn, and let it go"),
    AgreementRule.REFUSE: mark("stop the phone"),
}


def packing_dialog(campaign_id: int | None) -> None:
    """Show the packing list, to print or to download, and send the parcels off."""

    @st.dialog(t("Packing list"), width="large")
    def show() -> None:
        lines = packing_list(current_work(), campaign_id)
        if not lines:
            st.info(t("Nothing waits to be sent: reserve phones first."))
            return
        chosen = show_table(
            "packing_list", lines, packing_columns(), title=t("Packing list"), choose="many"
        ) or list(lines)
        _warn_unsigned(chosen)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            courier = st.text_input(t("Courier"), width=160)
            tracking = st.text_input(t("Tracking"), width=200, disabled=len(chosen) > 1)
            sent_on = st.date_input(t("Sent on"), value=today_there(), width=160, format=day_order())
            st.download_button(
                t("To print"),
                partial(packing_sheet, chosen, language()),
                file_name="packing_list.html",
                mime="text/html",
                icon=":material/print:",
                on_click="ignore",
                help=t("Opens in a browser; one slip a parcel, with the words that go into it."),
            )
            label = t_count("Send {count} parcel", "Send {count} parcels", len(chosen))
            if st.button(label, type="primary", key="packing:send"):
                _send(chosen, courier, tracking, sent_on)

    show()


def _send(lines: Sequence[PackingLine], courier: str, tracking: str, sent_on: date) -> None:
    with errors_shown():
        on = None if sent_on == today_there() else sent_on
        work = current_work().noting()
        done: Shipment = ship_devices(work, [line.custody_id for line in lines], courier, tracking, on=on)
        say_done(
            t_count(
                "{count} parcel is on its way; the words that go with it are recorded.",
                "{count} parcels are on their way; the words that go with them are recorded.",
                len(done.shipped),
            ),
            undo=undo_of(work),
        )
        st.rerun()


def _warn_unsigned(lines: Sequence[PackingLine]) -> None:
    unsigned = [line.recipient for line in lines if line.agreement_signed_on is None]
    if unsigned:
        st.warning(
            t(
                "Not signed yet: {names}. A phone that is gone is hard to get back.",
                names=", ".join(unsigned),
            ),
            icon=":material/draw:",
        )


def sending_rules_dialog() -> None:
    """Ask what an unsigned agreement does, whose name is used, and which words go with a phone."""

    @st.dialog(t("Rules for sending"), width="large")
    def ask() -> None:
        rules = sending_rules(current_work())
        _ask_rule(rules)
        _ask_words(rules)

    ask()


def _ask_rule(rules: SendingRules) -> None:
    form = OpenForm("sending")
    seen = form.seen(rules, {"unsigned": rules.unsigned, "brand": rules.brand})
    labels = {
        "unsigned": t("Before the agreement is signed"),
        "brand": t("Sender's name in the words below"),
    }
    chosen = st.radio(
        labels["unsigned"],
        list(_RULES),
        format_func=lambda rule: t(_RULES[rule]),
        horizontal=True,
        key=form.key("unsigned"),
    )
    brand = st.text_input(labels["brand"], key=form.key("brand"))
    if st.button(t("Save the rule and the name")):
        with form.saving(labels):
            work = current_work().noting()
            change_sending_rule(work, chosen, brand, seen)
            form.begin_again()
            say_done(t("Saved."), undo=undo_of(work))
            st.rerun()


def _ask_words(rules: SendingRules) -> None:
    st.caption(t("These words are recorded for every phone that leaves. Evidence, not legal advice."))
    places = {f"{one.deal}:{one.language}": one for one in rules.notices}
    key = st.selectbox(t("Words for"), list(places), format_func=lambda key: _label(places[key]))
    known = places[key]
    form = OpenForm(f"words:{key}")
    seen = form.seen(known, {"text": known.text, "source": known.source})
    text = st.text_area(t("Words"), key=form.key("text"))
    source = st.text_input(t("Source"), key=form.key("source"))
    st.caption(t("As of {day}", day=day(known.dated)))
    changed = text != seen.text or source != seen.source
    if st.button(t("Use these words"), type="primary") and given(changed, t("Nothing was changed.")):
        with form.saving({"text": t("Words"), "source": t("Source")}):
            notice = NoticeText(known.deal, known.language, text, source, today_there())
            work = current_work().noting()
            put_notice(work, notice, seen)
            form.begin_again()
            say_done(t("Saved."), undo=undo_of(work))
            st.rerun()


def _label(notice: NoticeText) -> str:
    return f"{word(notice.deal)} · {languages().get(notice.language, notice.language)}"
