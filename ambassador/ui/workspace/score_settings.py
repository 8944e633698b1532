"""Change how people are scored."""

from ambassador.services.undo import undo_of
from ambassador.services.workspace import ScoreSettings, change_score_settings, score_settings
from ambassador.ui.kit.meanwhile import OpenForm
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.words import PARTS
from ambassador.ui.kit.workspace import current_work


def score_settings_form() -> None:
    """Ask for the weights of the score and the number of peers."""
    work = current_work()
    now = score_settings(work)
    form = OpenForm("score")
    first = {part.value: float(now.weights.get(part.value, 0.0)) for part in PARTS}
    seen = form.seen(now, {**first, "nearest": now.nearest})
    labels = {part.value: t(name) for part, name in PARTS.items()}
    near = t("Accounts nearest in size to compare a rate with")
    with (
        st.expander(t("How people are scored"), icon=":material/tune:"),
        form.saving({**labels, "nearest": near}),
        st.form("score", border=False),
    ):
        st.caption(t("Weights of the four sides; 0 leaves one out. Nobody's data change, only the scores."))
        with st.container(horizontal=True):
            weights = {
                part.value: st.number_input(
                    labels[part.value], 0.0, 10.0, step=0.5, width=140, key=form.key(part.value)
                )
                for part in PARTS
            }
        nearest = st.number_input(near, 1, 1_000, width=320, key=form.key("nearest"))
        if st.form_submit_button(t("Save")):
            noting = work.noting()
            change_score_settings(noting, ScoreSettings(weights, nearest), seen)
            form.begin_again()
            say_done(t("Scores were set anew."), undo=undo_of(noting))
            st.rerun()
