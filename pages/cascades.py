from ambassador.services.campaigns.campaign_view import campaign_names
from ambassador.services.cascades import complaint_branch, observe_cascades, observe_growth
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.networks import describe_rung
from ambassador.services.results.page_state import surprises_of
from ambassador.ui.cascades import (
    cascade_figures,
    draw_all_cascades,
    draw_credit,
    draw_forest,
    draw_growth,
    draw_over_time,
)
from ambassador.ui.incidents import draw_complaints
from ambassador.ui.kit import chosen_campaign, empty_state, first_row, guard, t
from ambassador.ui.kit.as_of import as_of_control
from ambassador.ui.kit.rung_note import rung_note
from ambassador.ui.kit.screen import st
from ambassador.ui.results import draw_surprises

guard()
st.title(t("Cascades"))
campaign = chosen_campaign()
work = as_of_control(campaign)
view = observe_cascades(work, campaign, most=1_000)
if not view.cascades:
    empty_state(t("Nothing was said here yet."), fix=t("Import mentions"), page="imports", kind="mentions")
    st.stop()
credit = credit_table(work, campaign) if campaign else None
first_row(*cascade_figures(view, credit))
draw_surprises(surprises_of(work, campaign))
rung_note(describe_rung(work, campaign))
draw_growth(observe_growth(work, campaign))
draw_complaints(complaint_branch(work, campaign))

draw_forest(work, campaign, view)
draw_credit(credit, may_choose=bool(campaign_names(work)))
draw_over_time(view)
draw_all_cascades(view, campaign)
