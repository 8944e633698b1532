import streamlit as st

from ambassador.services.people.people import list_people
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.text import number, t
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.people.actions import add_person_dialog, person_dialog
from ambassador.ui.people.figures import people_figures
from ambassador.ui.people.filters import filter_bar, people_filter
from ambassador.ui.people.person_link import asked_person
from ambassador.ui.people.picture import people_picture
from ambassador.ui.people.table import people_table

guard()
st.title(t("People"))
wanted = people_filter(current_work())
view = list_people(current_work(), wanted)

if view.everybody or view.archived:
    people_figures(view, wanted)
    filter_bar(view)
    people_picture(view)
    people_table(view)
    if asked_person():
        person_dialog(asked_person() or 0)
else:
    empty_state(
        t("Nobody is here yet: import a list of people, or add the first one by hand."),
        fix=t("Import people"),
        page="imports",
    )

with st.container(horizontal=True, vertical_alignment="center"):
    if st.button(t("Add a person"), icon=":material/person_add:"):
        add_person_dialog()
    if view.accounts_without_person:
        lone = number(view.accounts_without_person)
        st.caption(t("{count} more accounts are known from ties and mentions, without a person.", count=lone))
