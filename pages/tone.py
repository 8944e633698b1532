from ambassador.ui.kit import chosen_campaign, current_work, guard, t
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.screen import st
from ambassador.ui.perimeters import choose_perimeter, stream_of
from ambassador.ui.tone import choose_view, draw_reading, draw_topics, nothing_to_read

guard()
st.title(t("Tone and topics"))
work, campaign = current_work(), chosen_campaign()
stream = stream_of(work, choose_perimeter(work, campaign, with_views=False), campaign)
if nothing_to_read(work, stream):
    st.stop()
with errors_shown():
    if choose_view():
        draw_topics(work, stream)
    else:
        draw_reading(work, stream)
