"""How earlier forecasts turned out, and a check on the reader's own past.

Public names: calibration_figures, calibration_words, campaigns_part, check_button, log_part,
nothing_judged, own_past_part, read_record.
Read in this order: views, charts, past, actions.
"""

from ambassador.ui.calibration.actions import check_button, read_record
from ambassador.ui.calibration.past import own_past_part
from ambassador.ui.calibration.views import (
    calibration_figures,
    calibration_words,
    campaigns_part,
    log_part,
    nothing_judged,
)

__all__ = [
    "calibration_figures",
    "calibration_words",
    "campaigns_part",
    "check_button",
    "log_part",
    "nothing_judged",
    "own_past_part",
    "read_record",
]
