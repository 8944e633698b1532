from ambassador.ui.calibration import (
    calibration_figures,
    calibration_words,
    campaigns_part,
    check_button,
    log_part,
    nothing_judged,
    own_past_part,
    read_record,
)
from ambassador.ui.kit import guard, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.screen import st

guard()
st.title(t("Calibration"))
note_unfiltered()
record = read_record()
calibration_figures(record)
calibration_words(record)
nothing_judged(record)
campaigns_part(record)
log_part(record)
own_past_part(record)
check_button(record)
