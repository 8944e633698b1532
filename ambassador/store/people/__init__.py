"""People and their accounts: found by handle, imported, merged, erased, with what was read and came of them.

Public names: Directory, erase, find_accounts, get_people, list_readings, merge, posting_history,
put_people.
Read in this order: people, directory, readings, crowd, track_record, past_results, participation; for files
import_people, import_accounts, import_figures; then merges, erasure, scrub, suppression.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.people.directory import Directory
    from ambassador.store.people.erasure import erase
    from ambassador.store.people.import_people import put_people
    from ambassador.store.people.merges import merge
    from ambassador.store.people.people import find_accounts, get_people
    from ambassador.store.people.readings import list_readings
    from ambassador.store.people.track_record import posting_history

__all__ = [
    "Directory",
    "erase",
    "find_accounts",
    "get_people",
    "list_readings",
    "merge",
    "posting_history",
    "put_people",
]
__getattr__ = offering(
    __name__,
    {
        "find_accounts": "people",
        "get_people": "people",
        "Directory": "directory",
        "list_readings": "readings",
        "posting_history": "track_record",
        "put_people": "import_people",
        "merge": "merges",
        "erase": "erasure",
    },
)
