import streamlit as st

from ambassador.services.people import list_people
from ambassador.ui.actions.people import add_person_dialog, person_dialog
from ambassador.ui.empty import empty_state
from ambassador.ui.figures import Figure, first_row
from ambassador.ui.navigation import guard
from ambassador.ui.people_filters import candidates_label, filter_bar, people_filter
from ambassador.ui.people_picture import people_picture
from ambassador.ui.people_table import people_table
from ambassador.ui.person_link import asked_person
from ambassador.ui.text import number, percent, t
from ambassador.ui.workspace import current_work

guard()
st.title(t("People"))
wanted = people_filter(current_work())
view = list_people(current_work(), wanted)

if not view.everybody and not view.archived:
    empty_state(
        t("Nobody is here yet: import a list of people, or add the first one by hand."),
        fix=t("Import people"),
        page="imports",
    )
else:
    first_row(
        Figure(t("People"), number(view.everybody), note=t("{count} listed", count=number(len(view.rows)))),
        Figure(
            t("Read in the last {days} days", days=view.recent_days),
            number(view.read_recently),
            note=percent(view.read_recently / view.everybody) if view.everybody else "",
            help=t("People at least one of whose figures was read in that time."),
        ),
        Figure(
            candidates_label(wanted),
            number(view.candidates),
            note=t("{count} more without a known fee", count=number(view.without_fee))
            if view.without_fee
            else "",
            help=t(
                "They have an account, are marked as candidates and did not object. Unknown fees are not zero."
            ),
        ),
    )
    filter_bar(view)
    clicked = people_picture(view) or asked_person()
    people_table(view)
    if clicked:
        person_dialog(clicked)

if view.accounts_without_person:
    st.caption(
        t(
            "{count} more accounts are known from ties and mentions, without a person.",
            count=number(view.accounts_without_person),
        )
    )
if st.button(t("Add a person"), icon=":material/person_add:"):
    add_person_dialog()
