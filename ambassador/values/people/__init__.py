"""A person: in the list with figures and score, and on their card with everything known.

Public names: LatestFigures, PastResults, PeopleFilter, PeopleView, PersonCard, PersonEdit, PersonRow.
Read in this order: people, person_card.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.people.people import LatestFigures, PeopleFilter, PeopleView, PersonEdit, PersonRow
    from ambassador.values.people.person_card import PastResults, PersonCard

__all__ = [
    "LatestFigures",
    "PastResults",
    "PeopleFilter",
    "PeopleView",
    "PersonCard",
    "PersonEdit",
    "PersonRow",
]
__getattr__ = offering(
    __name__,
    {
        "PersonRow": "people",
        "PeopleFilter": "people",
        "PeopleView": "people",
        "PersonEdit": "people",
        "LatestFigures": "people",
        "PersonCard": "person_card",
        "PastResults": "person_card",
    },
)
