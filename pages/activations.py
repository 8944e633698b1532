from ambassador.services.activations import count_ideas, count_poll, list_activations, open_activation
from ambassador.ui.activations import (
    activation_buttons,
    asked_activation,
    draw_activation,
    draw_activation_list,
    draw_files,
    draw_ideas,
    draw_poll,
    show_report,
)
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
else:
    draw_poll(view, count_poll(work, number))
activation_buttons(view)
show_report(number)
draw_files(view)
