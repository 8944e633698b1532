"""The strip that says what a page's figures are built on, and what would make them better."""

from ambassador.ui.kit.markup import Markup, bold, paragraphs
from ambassador.ui.kit.navigation import page_link
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import note_text, t
from ambassador.values.networks.network import LADDER, Rung


def rung_note(rung: Rung) -> None:
    """Say what a page's figures are built on and what would sharpen them; the whole ladder on request."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_summary(rung), width="stretch")
            if rung.number < len(LADDER) - 1:
                page_link("imports", t("Import"))
        with st.expander(t("What other data would add"), icon=":material/stairs:"):
            st.markdown(_ladder(rung.number))


def _summary(rung: Rung) -> str:
    nothing = rung.built_on.values.get("people") == 0
    built = "" if nothing else t("Built on: {what}.", what=note_text(rung.built_on))
    limit = "" if rung.word_of_mouth or nothing else t("Word of mouth is not included.")
    lift = t("Next: {step}.", step=note_text(rung.next_step)) if rung.number < len(LADDER) - 1 else ""
    return " ".join(part for part in (built, limit, lift) if part)


def _ladder(here: int) -> Markup:
    lines = (f"{step} · {t(name)}" for step, name in enumerate(LADDER))
    return paragraphs(bold(line) if step == here else line for step, line in enumerate(lines))
