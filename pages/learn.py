from ambassador.services.learning import learn_overview
from ambassador.services.networks import describe_rung
from ambassador.ui.kit import current_work, empty_state, guard, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.rung_note import rung_note
from ambassador.ui.kit.screen import st
from ambassador.ui.learning import (
    draw_learned,
    draw_reliability,
    in_plain_words,
    learn_button,
    learning_figures,
    offer_to_learn,
)

guard()
st.title(t("What was learned"))
note_unfiltered()
work = current_work()
overview = learn_overview(work)
found = overview.learned

if not overview.rests_on.explained:
    empty_state(
        t(
            "Nothing to learn from yet: import posts that say what they answer or share, or who follows whom "
            "beside posts with their conversation."
        ),
        fix=t("Import mentions or ties"),
        page="imports",
        kind="mentions",
        icon=":material/school:",
    )
    rung_note(describe_rung(work))
elif found is None:
    offer_to_learn(work, overview)
    rung_note(describe_rung(work))
else:
    learning_figures(found)
    rung_note(describe_rung(work))
    in_plain_words(found)
    draw_reliability(found.check)
    learn_button(work, found)
    draw_learned(found)
