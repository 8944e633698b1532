import streamlit as st

from ambassador.services.results.open_outcomes import open_outcomes
from ambassador.services.results.report import one_line
from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import language, t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.results.actions import archive_button, archived_lines, log_outcome_dialog
from ambassador.ui.results.chart import comparison_chart, comparison_note, comparison_takeaway, shown_rows
from ambassador.ui.results.report_buttons import draw_report_buttons, draw_return
from ambassador.ui.results.surprise_lines import draw_surprises
from ambassador.ui.results.tables import (
    device_columns,
    device_words,
    log_note,
    outcome_columns,
    result_columns,
)
from ambassador.ui.results.views import outcome_figures

guard()
st.title(t("Outcomes"))
opened = open_outcomes(current_work(), chosen_campaign())
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
st.markdown(t("**One line for the boss**"))
st.code(one_line(results, language()), language=None, wrap_lines=True)
draw_report_buttons(results)

if shown_rows(results):
    draw_surprises(opened.surprises)
    show_chart(comparison_chart(results), comparison_takeaway(results), note=comparison_note(results))
    show_table("results", results.rows, result_columns(results), title=t("Outcomes"))
if opened.devices:
    st.markdown(f"**{device_words(opened.devices)}**")
    show_table("device-results", opened.devices, device_columns(), title=t("Devices"))

st.subheader(t("Outcome log"))
if st.button(t("Log an outcome"), type="primary", icon=":material/add:"):
    log_outcome_dialog(results)
if log.rows:
    archive_button(show_table("outcomes", log.rows, outcome_columns(), title=t("Outcome log"), choose="many"))
    st.caption(log_note(log))
else:
    st.info(t("Nothing is logged yet: orders by code can also be imported."), icon=":material/inbox:")
archived_lines(opened.archived)
draw_return(results)
