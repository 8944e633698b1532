import streamlit as st

from ambassador.ui.navigation import guard
from ambassador.ui.text import t

guard()
st.title(t("Network"))
