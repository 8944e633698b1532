from ambassador.services.activations import count_ideas, count_poll, list_activations, open_activation
from ambassador.services.activations.contests import count_contest
from ambassador.services.activations.law import read_law
from ambassador.services.activations.moments import read_moment
from ambassador.services.activations.questions import read_session
from ambassador.ui.activations import (
    activation_buttons,
    asked_activation,
    draw_activation,
    draw_activation_list,
    draw_contest,
    draw_ideas,
    draw_poll,
    draw_questions,
)
from ambassador.ui.activations.moments import draw_moment
from ambassador.ui.kit import chosen_campaign, current_work, guard, t
from ambassador.ui.kit.screen import st
from ambassador.values.activations import ActivationKind

guard()
st.title(t("Activations"))
work = current_work()
number = asked_activation(list_activations(work, archived=True))
if number is None:
    draw_activation_list(list_activations(work), chosen_campaign())
    st.stop()
view = open_activation(work, number)
draw_activation(view)
if view.card.kind is ActivationKind.IDEAS:
    draw_ideas(view, count_ideas(work, number))
elif view.card.kind is ActivationKind.CONTEST:
    draw_contest(view, count_contest(work, number), read_law(work, number))
elif view.card.kind is ActivationKind.QUESTIONS:
    draw_questions(view, read_session(work, number))
elif view.card.kind is ActivationKind.MOMENT:
    draw_moment(view, read_moment(work, number))
else:
    draw_poll(view, count_poll(work, number))
activation_buttons(view)
