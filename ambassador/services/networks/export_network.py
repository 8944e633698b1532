"""Write the whole network to a file."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from ambassador.reports.network_files import network_file
from ambassador.services.networks.network_view import tie_row
from ambassador.services.work import UnitOfWork
from ambassador.store.networks.tie_views import TieLine, each_tie_line
from ambassador.store.people import people as store
from ambassador.values.networks.network_view import NetworkFormat


def export_network(work: UnitOfWork, form: NetworkFormat) -> bytes:
    """Give all ties between accounts, with what is known of the people, as one file."""
    with work.reading() as session:
        lines = list(each_tie_line(session))
        return network_file(form, [tie_row(line) for line in lines], _people(session, lines))


def _people(session: Session, lines: Iterable[TieLine]) -> dict[str, dict[str, Any]]:
    """Tell name, person and followers of every account with a tie."""
    found: dict[str, dict[str, Any]] = {}
    figures = store.latest_snapshots(session)
    for line in lines:
        for account, person, handle, name in (
            (line.source_account_id, line.source_person_id, line.source_handle, line.source_name),
            (line.target_account_id, line.target_person_id, line.target_handle, line.target_name),
        ):
            read = figures.get(account)
            facts = {"name": name, "person": person, "followers": read.followers if read else None}
            found.setdefault(f"{line.platform}:{handle}", facts)
    return found
