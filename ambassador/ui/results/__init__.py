"""What came of a campaign: beside its forecast, in reports, in the outcome log.

Public names: archived_lines, draw_log, draw_report_buttons, draw_results, draw_return, draw_surprises,
outcome_figures.
Read in this order: views, tables, actions, report_buttons.
"""

from ambassador.ui.results.actions import archived_lines, draw_log
from ambassador.ui.results.report_buttons import draw_report_buttons, draw_return
from ambassador.ui.results.surprise_lines import draw_surprises
from ambassador.ui.results.tables import draw_results
from ambassador.ui.results.views import outcome_figures

__all__ = [
    "archived_lines",
    "draw_log",
    "draw_report_buttons",
    "draw_results",
    "draw_return",
    "draw_surprises",
    "outcome_figures",
]
