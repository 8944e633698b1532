from ambassador.ui.kit import chosen_campaign, empty_state, guard, t
from ambassador.ui.kit.rung_note import rung_note
from ambassador.ui.kit.screen import st
from ambassador.ui.picks import (
    ask_for_pick,
    ask_what_if,
    draw_answer,
    draw_people,
    how_computed,
    pick_buttons,
    read_page_state,
    swap_by_hand,
)

guard()
st.title(t("Pick ambassadors"))
campaign_id = chosen_campaign()
state = read_page_state(campaign_id)
if not state.everyone:
    empty_state(t("There is nobody to pick from yet."), fix=t("Import people or ties"), page="imports")
    st.stop()
if state.answer:
    draw_answer(state)
    pick_buttons(state.answer, campaign_id)
ask_for_pick(state, campaign_id)
if state.answer:
    draw_people(state.answer)
    swap_by_hand(state.answer)
    ask_what_if(state.answer)
    how_computed(state.answer)
rung_note(state.answer.rung if state.answer else state.rung)
