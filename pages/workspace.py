from ambassador.ui.kit import guard, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.workspace import current_key, workspace_facts
from ambassador.ui.workspace import brand_accounts_form, offer_demo, offer_switch, score_settings_form

guard()
st.title(t("Workspace"))
note_unfiltered()
st.markdown(t("A workspace is one database: one organisation's people, phones, campaigns and mentions."))
st.table(workspace_facts(), border="horizontal")
offer_switch(current_key())
offer_demo()
brand_accounts_form()
score_settings_form()
