"""Put a person in by hand, change several at once, put people away and bring them back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ambassador.errors import BadInputError, ConflictError, EditedMeanwhileError
from ambassador.services.mentions.refresh import writing_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.store.people import people as store
from ambassador.store.stale import Touched, mark_touched
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.values.identity import canonical_platform, parse_account
from ambassador.values.money import Money
from ambassador.values.people.people import EDITABLE, NewPerson, PersonEdit

_PLAIN = tuple(name for name in EDITABLE if name not in {"fee", "topics", "objected_on"})
_BY_HAND = "by hand"


def add_person(work: UnitOfWork, new: NewPerson) -> int:
    """Put one person in, with the account they were found by.

    Examples
    --------
    >>> add_person(work, NewPerson("Bea Neri", "x", "@bea", followers=75))
    5
    """
    platform, handle = _checked_account(new)
    if not new.name.strip() and not handle:
        raise BadInputError("a person needs a name or a handle")
    try:
        with writing_up_to_date(work) as session:
            return _add(session, new, platform, handle, work.now())
    except IntegrityError as error:
        name = f"{platform}:{handle}"
        raise ConflictError("somebody else has just added {handle}", handle=name) from error


def edit_people(work: UnitOfWork, edits: Sequence[PersonEdit]) -> None:
    """Change several people at once, all or none.

    Examples
    --------
    >>> edit_people(work, [PersonEdit(1, {"city": "Taranto"})])
    >>> store.get_person(session, 1).city
    'Taranto'
    """
    for edit in edits:
        _check(edit.changes)
    with work.writing() as session:
        people = store.get_people(session, {edit.person_id for edit in edits}, lock=True)
        _refuse_overwriting(people, edits)
        for edit in edits:
            _apply(people[edit.person_id], edit)


def archive_people(work: UnitOfWork, person_ids: Collection[int]) -> int:
    """Put people away: they stay in past campaigns but are neither listed nor picked.

    Examples
    --------
    >>> archive_people(work, [4]), archive_people(work, [4])
    (1, 0)
    """
    with work.writing() as session:
        people = [
            row for row in store.get_people(session, person_ids, lock=True).values() if not row.archived_at
        ]
        for person in people:
            person.archived_at = work.now()
        return len(people)


def restore_people(work: UnitOfWork, person_ids: Collection[int]) -> int:
    """Bring archived people back; say how many were away.

    Examples
    --------
    >>> archive_people(work, [4]), restore_people(work, [4])
    (1, 1)
    """
    with work.writing() as session:
        people = [row for row in store.get_people(session, person_ids, lock=True).values() if row.archived_at]
        for person in people:
            person.archived_at = None
        return len(people)


def editable_values(person: Person) -> dict[str, Any]:
    """Return what an edit may change, as it is now.

    Examples
    --------
    >>> editable_values(store.get_person(session, 1))["fee"]
    Money(minor=20000, currency='EUR')
    """
    return {
        **{name: getattr(person, name) for name in _PLAIN},
        "topics": tuple(person.topics),
        "fee": None if person.fee_minor is None else Money(person.fee_minor, person.fee_currency or "EUR"),
        "objected_on": person.objected_at.date() if person.objected_at else None,
    }


def _checked_account(new: NewPerson) -> tuple[str, str]:
    named, handle = parse_account(new.handle) if new.handle.strip() else (None, "")
    platform = named or canonical_platform(new.platform)
    if handle and not platform:
        raise BadInputError("say on which platform {handle} is", handle=new.handle)
    if new.followers is not None and new.followers < 0:
        raise BadInputError("{count} cannot be a number of followers", count=new.followers)
    return platform, handle


def _free_account(session: Session, platform: str, handle: str) -> Account | None:
    """Return the account if it is here and nobody's; refuse one whose owner is known or was erased."""
    name = f"{platform}:{handle}"
    if store.is_suppressed(session, platform, handle):
        raise ConflictError("{handle} was erased at their own wish and is not taken in again", handle=name)
    account = store.find_account(session, platform, handle)
    if account is not None and account.person_id is not None:
        owner = store.get_person(session, account.person_id)
        raise ConflictError(
            "{handle} already belongs to {name}", handle=name, name=owner.name or f"#{owner.id}"
        )
    return account


def _add(session: Session, new: NewPerson, platform: str, handle: str, at: datetime) -> int:
    account = _free_account(session, platform, handle) if handle else None
    person = store.add_person(session, _person(new, handle, at))
    if handle:
        given = account or _account(platform, handle, at)
        _give_account(session, person, given, new, at)
        if account is None:
            mark_touched(session, Touched(accounts=(given.id or 0,)))  # posts may have named it
    return person.id or 0


def _person(new: NewPerson, handle: str, at: datetime) -> Person:
    return Person(
        name=new.name.strip() or handle,
        city=new.city.strip() or None,
        language=new.language.strip() or None,
        topics=list(new.topics),
        email=new.email.strip() or None,
        notes=new.notes.strip() or None,
        fee_minor=new.fee.minor if new.fee else None,
        fee_currency=new.fee.currency if new.fee else None,
        source=new.source.strip() or _BY_HAND,
        lawful_basis=new.lawful_basis.strip(),
        created_at=at,
        telephone=new.telephone.strip() or None,
    )


def _account(platform: str, handle: str, at: datetime) -> Account:
    return Account(platform=platform, handle=handle, created_at=at)


def _give_account(session: Session, person: Person, account: Account, new: NewPerson, at: datetime) -> None:
    account.person_id = person.id
    session.add(account)
    session.flush()
    if new.followers is not None:
        reading = Snapshot(account_id=account.id or 0, read_at=at, source=_BY_HAND, followers=new.followers)
        session.add(reading)
        session.flush()


def _check(changes: Mapping[str, Any]) -> None:
    unknown = sorted(set(changes) - set(EDITABLE))
    if unknown:
        raise BadInputError("{field} of a person cannot be edited", field=", ".join(unknown))
    _check_range(changes.get("posting_probability"), 1.0)
    _check_range(changes.get("score_by_hand"), 100.0)
    fee = changes.get("fee")
    if fee is not None and fee.minor < 0:
        raise BadInputError("a fee cannot be below zero: {value}", value=fee.amount)


def _check_range(value: float | None, most: float) -> None:
    if value is not None and not 0 <= value <= most:
        raise BadInputError("{value} lies outside 0 to {most}", value=value, most=most)


def _apply(person: Person, edit: PersonEdit) -> None:
    if person.erased_at is not None:
        raise ConflictError("person {number} was erased and cannot be edited", number=person.id)
    for name, value in edit.changes.items():
        _set(person, name, value)
    if person.score_by_hand is not None and not (person.score_reason or "").strip():
        raise BadInputError("say why the score of {name} is set by hand", name=person.name or f"#{person.id}")


def _refuse_overwriting(people: Mapping[int, Person], edits: Sequence[PersonEdit]) -> None:
    """Refuse to overwrite what somebody else has changed; all of it is told at once.

    The error holds, by person, what the next save may begin with.
    """
    theirs: dict[tuple[int, str], Any] = {}
    for edit in edits:
        now = editable_values(people[edit.person_id])
        theirs |= {
            (edit.person_id, name): now[name]
            for name in edit.changes
            if name in edit.was and _plain(edit.was[name]) != _plain(now[name])
        }
    if not theirs:
        return
    names = {number: person.name or f"#{number}" for number, person in people.items()}
    (number, field), value = next(iter(theirs.items()))
    one = len({edit.person_id for edit in edits}) == 1
    raise EditedMeanwhileError(
        "somebody else changed {field} of {name} to {value} in the meantime: nothing was saved",
        theirs={(name if one else f"{names[key]}: {name}"): said for (key, name), said in theirs.items()},
        seen={
            edit.person_id: {
                **edit.was,
                **{name: said for (key, name), said in theirs.items() if key == edit.person_id},
            }
            for edit in edits
        },
        field=field,
        name=names[number],
        value=value,
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field
    """Compare blank texts as nothing, and lists by content."""
    return tuple(value) if isinstance(value, list) else (value if value != "" else None)


def _set(person: Person, name: str, value: Any) -> None:  # noqa: ANN401 - any field
    if name == "fee":
        person.fee_minor = value.minor if value else None
        person.fee_currency = value.currency if value else None
    elif name == "topics":
        person.topics = list(value or ())
    elif name == "objected_on":
        person.objected_at = _start_of(value)
    elif name in {"source", "lawful_basis"}:
        setattr(person, name, value or "")
    else:
        setattr(person, name, value if value != "" else None)


def _start_of(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), UTC)
