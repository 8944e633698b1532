from ambassador.services.results.page_state import default_campaign, open_outcomes
from ambassador.services.results.report import one_line
from ambassador.ui.kit import chosen_campaign, current_work, empty_state, first_row, guard, t
from ambassador.ui.kit.as_of import as_of_control
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import language, rich
from ambassador.ui.results import (
    archived_lines,
    draw_log,
    draw_report_buttons,
    draw_results,
    draw_return,
    outcome_figures,
)

guard()
st.title(t("Outcomes"))
campaign_id = chosen_campaign() or default_campaign(current_work())
opened = open_outcomes(as_of_control(campaign_id), campaign_id)
if opened is None:
    empty_state(
        t("There is no campaign yet, so nothing can have come of one."),
        fix=t("Plan a campaign"),
        page="campaigns",
    )
    st.stop()
results, log = opened.results, opened.log
st.caption(results.name)
first_row(*outcome_figures(results))
st.markdown(rich("**One line for the boss**"))
st.code(one_line(results, language()), language=None, wrap_lines=True)
draw_report_buttons(results)
draw_results(opened)

draw_log(results, log)
archived_lines(() if results.known else opened.archived)
draw_return(results)
