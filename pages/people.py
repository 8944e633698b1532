from ambassador.services.people import list_people
from ambassador.ui.kit import current_work, empty_state, guard, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number
from ambassador.ui.people import (
    add_person_dialog,
    asked_person,
    filter_bar,
    people_figures,
    people_filter,
    people_picture,
    people_table,
    person_dialog,
)

guard()
st.title(t("People"))
note_unfiltered()
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
        kind="people",
    )

with st.container(horizontal=True, vertical_alignment="center"):
    if st.button(t("Add a person"), icon=":material/person_add:"):
        add_person_dialog()
    if view.accounts_without_person:
        lone = number(view.accounts_without_person)
        st.caption(t("{count} more accounts are known from ties and mentions, without a person.", count=lone))
