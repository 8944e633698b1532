"""Find the people a shell names: by handle, or by number."""

from collections.abc import Sequence

from sqlmodel import Session

from ambassador.errors import UnknownHandleError
from ambassador.services.work import UnitOfWork
from ambassador.store.people import people as store


def persons_by_handle(work: UnitOfWork, named: Sequence[str]) -> list[int]:
    """Give the person each text names: ``handle``, ``platform:handle``, or ``#`` and a person's number."""
    with work.reading() as session:
        return [_one(session, text) for text in named]


def _one(session: Session, text: str) -> int:
    if text.startswith("#") and text[1:].isdecimal():
        return store.get_person(session, int(text[1:])).id or 0
    account = store.find_accounts(session, [text])[text]
    if account.person_id is None:
        raise UnknownHandleError("{handle} is an account without a person", handle=text)
    return account.person_id
