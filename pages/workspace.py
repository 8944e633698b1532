import streamlit as st

from ambassador.ui.actions.brand_accounts import brand_accounts_form
from ambassador.ui.actions.score_settings import score_settings_form
from ambassador.ui.actions.workspace import offer_demo, offer_switch
from ambassador.ui.navigation import guard
from ambassador.ui.text import t
from ambassador.ui.workspace import current_key, workspace_facts

guard()
st.title(t("Workspace"))
st.markdown(t("A workspace is one database: one organisation's people, phones, campaigns and mentions."))
st.table(workspace_facts(), border="horizontal")
offer_switch(current_key())
offer_demo()
brand_accounts_form()
score_settings_form()
