from ambassador.ui.kit import guard, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.who import who_form
from ambassador.ui.kit.workspace import current_key, workspace_facts
from ambassador.ui.workspace import (
    backups_section,
    brand_accounts_form,
    offer_demo,
    offer_switch,
    score_settings_form,
)

guard()
st.title(t("Workspace"))
note_unfiltered()
st.markdown(t("A workspace is one database: one organisation's people, phones, campaigns and mentions."))
st.table(workspace_facts(), border="horizontal")
offer_switch(current_key())
offer_demo()
who_form()
brand_accounts_form()
score_settings_form()
backups_section()
