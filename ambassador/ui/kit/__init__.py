"""What every page is made of: words and numbers in the reader's form, tables, charts, jobs, errors.

Public names: chosen_campaign, current_work, empty_state, first_row, guard, show_chart, show_table, t.
Read in this order: markup, screen, text, workspace, navigation; then tables, charts, forms, jobs.
"""

from ambassador.ui.kit.campaign import chosen_campaign
from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.figures import first_row
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work

__all__ = [
    "chosen_campaign",
    "current_work",
    "empty_state",
    "first_row",
    "guard",
    "show_chart",
    "show_table",
    "t",
]
