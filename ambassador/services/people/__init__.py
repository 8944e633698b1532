"""Who is known: listed, edited, scored, merged, erased, looked at one by one.

Public names: ``list_people``, ``persons_by_handle``, ``open_person``, ``add_person``, ``archive_people``,
``restore_people``, ``preview_merge``, ``export_person``.
Read in this order: ``people``, ``directory``, ``score_people``, ``person_card``, ``edit_people``,
``merge_people``, ``erase_person``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.people.edit_people import add_person, archive_people, restore_people
    from ambassador.services.people.erase_person import export_person
    from ambassador.services.people.merge_people import preview_merge
    from ambassador.services.people.people import list_people, persons_by_handle
    from ambassador.services.people.person_card import open_person

__all__ = [
    "add_person",
    "archive_people",
    "export_person",
    "list_people",
    "open_person",
    "persons_by_handle",
    "preview_merge",
    "restore_people",
]
__getattr__ = offering(
    __name__,
    {
        "list_people": "people",
        "persons_by_handle": "people",
        "open_person": "person_card",
        "add_person": "edit_people",
        "archive_people": "edit_people",
        "restore_people": "edit_people",
        "preview_merge": "merge_people",
        "export_person": "erase_person",
    },
)
