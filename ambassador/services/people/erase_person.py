"""Erase a person at their wish, and hand them what is known of them."""

from dataclasses import asdict
from typing import Any, Final

from sqlmodel import Session

from ambassador.errors import ConflictError
from ambassador.services.mentions.match_mentions import keep_in
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.people.edit_people import editable_values
from ambassador.services.people.person_card import open_person
from ambassador.services.work import UnitOfWork
from ambassador.store.database import fold_in
from ambassador.store.devices.courier_words import drop_courier_words_naming
from ambassador.store.mentions.credit import keep_shares
from ambassador.store.mentions.mentions import texts_of
from ambassador.store.people import people as store
from ambassador.store.people.erasure import ErasedPosts, erase, find_names_of, same_human
from ambassador.store.people.scrub import names_of, state_of
from ambassador.store.settings import UNDO, get_setting, put_setting
from ambassador.store.stale import mark_stale
from ambassador.store.tables.people import Person
from ambassador.values.mentions.credit import CreditMethod

_TRIES: Final = 3
"""How often names are looked for beside others before it is done while they wait."""
_BY_WORDS = (CreditMethod.NAMED.value, CreditMethod.TAGGED.value)


def erase_person(work: UnitOfWork, person_id: int) -> int:
    """Erase one person for good, with everybody merged into them; say how many posts were blanked.

    Counts stay as they were: which posts belong to a campaign and whom they are credited to.

    Examples
    --------
    >>> erase_person(work, 1)
    1
    """
    bring_up_to_date(work)  # what stands is kept: it has to be right
    posts = next(
        filter(None, (_erase(work, person_id, is_last=one == _TRIES) for one in range(1, _TRIES + 1)))
    )
    fold_in(work.engine)
    bring_up_to_date(work)
    return len(posts.own)


def _erase(work: UnitOfWork, person_id: int, *, is_last: bool) -> ErasedPosts | None:
    """Look for their names beside others, then erase; None where somebody has written in between."""
    with work.reading(one_moment=True) as session:
        looked = find_names_of(session, _standing(session, person_id))
    with work.writing() as session:
        is_current = looked.version is not None and looked.version == state_of(session)
        if looked.version is not None and not is_current and not is_last:
            return None
        people = _standing(session, person_id, lock=True)
        accounts = store.list_accounts(session, [person.id or 0 for person in people])
        drop_courier_words_naming(
            session, names_of(people, [one for its in accounts.values() for one in its])
        )
        posts = erase(session, people, work.now(), looked if is_current else None)
        if get_setting(session, UNDO) is not None:
            put_setting(session, UNDO, None)  # it may hold what was known of them
        keep_in(session, work, posts.own, posts.naming)
        keep_shares(session, _BY_WORDS, posts.own | posts.naming)
        mark_stale(session)
        return posts


def _standing(session: Session, person_id: int, *, lock: bool = False) -> list[Person]:
    """Return a person and everybody merged into them, but for those erased before."""
    people = store.get_people(session, same_human(session, person_id), lock=lock)
    if people[person_id].erased_at is not None:
        raise ConflictError("person {number} was erased already", number=person_id)
    return [person for person in people.values() if person.erased_at is None]


def export_person(work: UnitOfWork, person_id: int) -> dict[str, Any]:
    """Return everything that is known of one person, for that person.

    Examples
    --------
    >>> export_person(work, 1)["person"]["name"]
    'Nina Rossi'
    """
    card = open_person(work, person_id)
    with work.reading() as session:
        person = store.get_person(session, person_id)
        return {"person": editable_values(person), "known": asdict(card), "posts": _posts(session, person_id)}


def _posts(session: Session, person_id: int) -> list[dict[str, Any]]:
    accounts = store.list_accounts(session, [person_id]).get(person_id, [])
    return [asdict(post) for post in texts_of(session, [account.id or 0 for account in accounts])]
