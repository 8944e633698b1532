from ambassador.services.care import open_case_view
from ambassador.ui.care import (
    asked_case,
    case_buttons,
    choose_view,
    draw_case,
    draw_queue,
    draw_rules,
    draw_waiting,
)
from ambassador.ui.kit import chosen_campaign, current_work, guard, t
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.screen import st

guard()
st.title(t("Care"))
number = asked_case()
if number is None:
    if choose_view():
        draw_waiting(chosen_campaign())
    else:
        draw_queue(chosen_campaign())
        draw_rules()
    st.stop()
with errors_shown():
    view = open_case_view(current_work(), number)
    draw_case(view)
    case_buttons(view)
