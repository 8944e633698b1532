"""People on screen: filters, picture, table, one person's card.

Public names: add_person_dialog, asked_person, filter_bar, people_figures, people_filter, people_picture,
people_table, person_dialog.
Read in this order: filters, table, picture, person_card, actions.
"""

from ambassador.ui.people.actions import add_person_dialog, person_dialog
from ambassador.ui.people.figures import people_figures
from ambassador.ui.people.filters import filter_bar, people_filter
from ambassador.ui.people.person_link import asked_person
from ambassador.ui.people.picture import people_picture
from ambassador.ui.people.table import people_table

__all__ = [
    "add_person_dialog",
    "asked_person",
    "filter_bar",
    "people_figures",
    "people_filter",
    "people_picture",
    "people_table",
    "person_dialog",
]
