from ambassador.services.activations import list_activations, open_activation
from ambassador.ui.activations import (
    activation_buttons,
    asked_activation,
    draw_activation,
    draw_activation_list,
    draw_result,
)
from ambassador.ui.kit import chosen_campaign, current_work, guard, t
from ambassador.ui.kit.screen import st

guard()
st.title(t("Activations"))
work = current_work()
number = asked_activation(list_activations(work, archived=True))
if number is None:
    draw_activation_list(list_activations(work), chosen_campaign())
    st.stop()
view = open_activation(work, number)
draw_activation(view)
draw_result(view)
activation_buttons(view)
