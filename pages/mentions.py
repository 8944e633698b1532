from ambassador.services.mentions import care_figures
from ambassador.ui.cascades import draw_possible_parents
from ambassador.ui.incidents import choose_stream_or_incidents, draw_incidents
from ambassador.ui.kit import chosen_campaign, current_work, empty_state, first_row, guard, t
from ambassador.ui.kit.screen import st
from ambassador.ui.mentions import (
    choose_mentions,
    draw_timeline,
    draw_waiting,
    mention_actions,
    mention_figures,
    mentions_table,
    paste_button,
    read_everything,
)
from ambassador.ui.perimeters import (
    choose_perimeter,
    draw_side_by_side,
    perimeter_buttons,
    save_view_button,
    stream_of,
)

guard()
st.title(t("Mentions"))
work, campaign = current_work(), chosen_campaign()
if choose_stream_or_incidents():
    draw_incidents(work, campaign)
    st.stop()
perimeter = choose_perimeter(work, campaign)
perimeter_buttons(perimeter)
stream = stream_of(work, perimeter, campaign)
everything = read_everything(work, stream)
if not everything.found and not everything.figures.to_review:
    if perimeter is None:
        empty_state(
            t("Nothing was said here yet: import an export of posts, or change the campaign's match rule."),
            fix=t("Import mentions"),
            page="imports",
            kind="mentions",
        )
    else:
        empty_state(
            t("Nothing that is here matches this perimeter: change its words, or wait for what comes.")
        )
    paste_button(stream.campaign_id, first=False)
    st.stop()
care = care_figures(work, stream.campaign_id, stream.perimeter)
first_row(*mention_figures(everything, care))
draw_timeline(everything)
draw_waiting(care)

paste_button(stream.campaign_id)
show, searched, view = choose_mentions(work, stream, everything)
save_view_button(perimeter, campaign, show, searched)
draw_possible_parents(view.rows)
mention_actions(mentions_table(show, view, care), stream.campaign_id)
draw_side_by_side(work, campaign)
