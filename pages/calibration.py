import streamlit as st

from ambassador.ui.calibration.actions import check_button, read_record
from ambassador.ui.calibration.past import own_past_part
from ambassador.ui.calibration.views import (
    calibration_figures,
    calibration_words,
    campaigns_part,
    log_part,
    nothing_judged,
)
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.text import t

guard()
st.title(t("Calibration"))
record = read_record()
calibration_figures(record)
calibration_words(record)
nothing_judged(record)
campaigns_part(record)
log_part(record)
own_past_part(record)
check_button(record)
