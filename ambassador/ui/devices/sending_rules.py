"""The rules phones are sent by: unsigned agreements, and the words that go with a phone."""

from datetime import date
from typing import Final

from ambassador.i18n import languages, mark
from ambassador.services.devices.dispatch import change_sending_rule, put_notice, sending_rules
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day, t
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.devices import AgreementRule, NoticeText, SendingRules

_RULES: Final = {
    AgreementRule.WARN: mark("warn, and let it go"),
    AgreementRule.REFUSE: mark("stop the phone"),
}


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
            change_sending_rule(current_work(), chosen, brand, seen)
            form.begin_again()
            say_done(t("Saved."))
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
    if st.button(t("Use these words"), type="primary", disabled=text == seen.text and source == seen.source):
        with form.saving({"text": t("Words"), "source": t("Source")}):
            notice = NoticeText(known.deal, known.language, text, source, date.today())
            put_notice(current_work(), notice, seen)
            form.begin_again()
            say_done(t("Saved."))
            st.rerun()


def _label(notice: NoticeText) -> str:
    return f"{word(notice.deal)} · {languages().get(notice.language, notice.language)}"
