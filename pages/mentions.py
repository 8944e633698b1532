from ambassador.services.mentions import care_figures
from ambassador.ui.cascades import draw_possible_parents
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

guard()
st.title(t("Mentions"))
work, campaign = current_work(), chosen_campaign()
everything = read_everything(work, campaign)
if not everything.found and not everything.figures.to_review:
    empty_state(
        t("Nothing was said here yet: import an export of posts, or change the campaign's match rule."),
        fix=t("Import mentions"),
        page="imports",
        kind="mentions",
    )
    paste_button(campaign, first=False)
    st.stop()
care = care_figures(work, campaign)
first_row(*mention_figures(everything, care))
draw_timeline(everything)
draw_waiting(care)

paste_button(campaign)
show, view = choose_mentions(work, campaign, everything)
draw_possible_parents(view.rows)
mention_actions(mentions_table(show, view, care), campaign)
