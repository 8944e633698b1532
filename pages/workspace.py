import streamlit as st

from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_key, workspace_facts
from ambassador.ui.workspace.actions import offer_demo, offer_switch
from ambassador.ui.workspace.brand_accounts import brand_accounts_form
from ambassador.ui.workspace.score_settings import score_settings_form

guard()
st.title(t("Workspace"))
st.markdown(t("A workspace is one database: one organisation's people, phones, campaigns and mentions."))
st.table(workspace_facts(), border="horizontal")
offer_switch(current_key())
offer_demo()
brand_accounts_form()
score_settings_form()
