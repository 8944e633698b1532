from ambassador.ui.kit import chosen_campaign, empty_state, guard, t
from ambassador.ui.kit.rung_note import rung_note
from ambassador.ui.kit.screen import st
from ambassador.ui.picks.actions import ask_for_pick, ask_what_if, pick_buttons, read_page_state, swap_by_hand
from ambassador.ui.picks.views import (
    curve_picture,
    how_computed,
    pick_figures,
    pick_standing,
    pick_tables,
    sentences,
)

guard()
st.title(t("Pick ambassadors"))
campaign_id = chosen_campaign()
desk = read_page_state(campaign_id)
if not desk.everyone:
    empty_state(t("There is nobody to pick from yet."), fix=t("Import people or ties"), page="imports")
    st.stop()
if desk.answer:
    pick_figures(desk.answer)
    sentences(desk.answer)
    pick_standing(desk)
    pick_buttons(desk.answer, campaign_id)
ask_for_pick(desk, campaign_id)
if desk.answer:
    curve_picture(desk.answer)
    pick_tables(desk.answer)
    swap_by_hand(desk.answer)
    ask_what_if(desk.answer)
    how_computed(desk.answer)
rung_note(desk.answer.rung if desk.answer else desk.rung)
