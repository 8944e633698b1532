"""Change how people are scored."""

from functools import partial

from ambassador.services.workspace import ScoreSettings, change_score_settings, score_settings
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t
from ambassador.ui.kit.words import PARTS
from ambassador.ui.kit.workspace import current_work


def score_settings_form() -> None:
    """Ask for the weights of the score and the number of peers."""
    work = current_work()
    now = score_settings(work)
    with (
        st.expander(t("How people are scored"), icon=":material/tune:"),
        errors_shown(),
        st.form("score", border=False),
    ):
        st.caption(t("Weights of the four sides; 0 leaves one out. Nobody's data change, only the scores."))
        with st.container(horizontal=True):
            weights = {
                part.value: st.number_input(
                    t(name), 0.0, 10.0, float(now.weights.get(part.value, 0.0)), 0.5, width=140
                )
                for part, name in PARTS.items()
            }
        nearest = st.number_input(
            t("Accounts nearest in size to compare a rate with"), 1, 1_000, now.nearest, width=320
        )
        if st.form_submit_button(t("Save")):
            before = change_score_settings(work, ScoreSettings(weights, nearest))
            say_done(t("Scores were set anew."), undo=partial(change_score_settings, work, before))
            st.rerun()
