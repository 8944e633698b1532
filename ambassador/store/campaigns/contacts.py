"""How ambassadors are reached."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from ambassador.store.people.directory import Directory
from ambassador.store.tables.campaigns import Ambassador
from ambassador.values.contacts import Contact, profile_address


def contacts_of(session: Session, ambassador_ids: Collection[int]) -> dict[int, Contact]:
    """Say by number of ambassador how each is reached, and when they were last spoken to."""
    query = select(Ambassador).where(col(Ambassador.id).in_(set(ambassador_ids)))
    found = session.exec(query).all()
    directory = Directory(session, {one.person_id for one in found})
    return {one.id or 0: _contact(one, directory) for one in found}


def _contact(ambassador: Ambassador, directory: Directory) -> Contact:
    account = directory.account(ambassador.person_id)
    return Contact(
        handle=account.handle if account else "",
        profile=profile_address(account.platform, account.handle) if account else "",
        email=directory.person(ambassador.person_id).email or "",
        last_contact_on=ambassador.last_contact_on,
        telephone=directory.person(ambassador.person_id).telephone or "",
    )
