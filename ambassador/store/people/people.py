"""People and their accounts: found by handle, made when needed, with the latest that was read about them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.errors import AmbiguousHandleError, NotFoundError, UnknownHandleError
from ambassador.store.people.suppression import is_suppressed
from ambassador.store.stale import Touched, mark_touched
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.values.identity import AccountKey, parse_account

V = TypeVar("V")

_AT_ONCE = 10_000  # values of one IN list; the drivers stop at some 32,000


def in_slices(values: Iterable[V]) -> Iterator[list[V]]:
    """Cut values into lists short enough for one IN."""
    kept = list(values)
    for first in range(0, len(kept), _AT_ONCE):
        yield kept[first : first + _AT_ONCE]


def find_accounts(session: Session, handles: Sequence[str]) -> dict[str, Account]:
    """Find the account each text names: ``platform:handle``, or the bare handle of only one person."""
    asked = {text: parse_account(text) for text in handles}
    named: dict[str, list[Account]] = defaultdict(list)
    for names in in_slices({handle for _, handle in asked.values()}):
        same = select(Account).where(col(Account.handle).in_(names), col(Account.erased_at).is_(None))
        for account in session.exec(same.order_by(col(Account.platform))):
            named[account.handle].append(account)
    return {text: _the_one(text, platform, named[handle]) for text, (platform, handle) in asked.items()}


def known_handles(session: Session, handles: Collection[str]) -> list[str]:
    """Tell which of these handles an account here has, in order."""
    found: set[str] = set()
    for names in in_slices({*handles}):
        asked = select(Account.handle).where(col(Account.handle).in_(names), col(Account.erased_at).is_(None))
        found |= set(session.exec(asked))
    return sorted(found)


def ambiguous_handles(session: Session, handles: Iterable[str]) -> set[str]:
    """Name the handles that more than one account has."""
    found: set[str] = set()
    for names in in_slices({*handles}):
        several = (
            select(Account.handle)
            .where(col(Account.handle).in_(names), col(Account.erased_at).is_(None))
            .group_by(Account.handle)
            .having(func.count() > 1)
        )
        found |= set(session.exec(several))
    return found


def _the_one(text: str, platform: str | None, found: list[Account]) -> Account:
    fitting = [account for account in found if platform in {None, account.platform}]
    if not fitting:
        raise UnknownHandleError("nobody here has the handle {handle}", handle=text)
    people = {account.person_id for account in fitting}
    if len(fitting) > 1 and (None in people or len(people) > 1):
        choices = ", ".join(f"{account.platform}:{account.handle}" for account in fitting)
        raise AmbiguousHandleError(
            "{handle} is on several platforms: write one of {choices}", handle=text, choices=choices
        )
    return fitting[0]


def find_account(session: Session, platform: str, handle: str) -> Account | None:
    """Find the account with a canonical platform and handle."""
    query = select(Account).where(
        Account.platform == platform, Account.handle == handle, col(Account.erased_at).is_(None)
    )
    return session.exec(query).first()


def find_or_add_account(session: Session, key: AccountKey, *, at: datetime) -> Account:
    """The account of that key, added if nobody has that handle there yet."""
    account = find_account(session, key.platform, key.handle)
    if account is None:
        account = Account(platform=key.platform, handle=key.handle, display_handle=key.handle, created_at=at)
        session.add(account)
        session.flush()
        mark_touched(session, Touched(accounts=(account.id or 0,)))  # posts may have named it
    return account


def brand_accounts(session: Session) -> Sequence[Account]:
    """Our own accounts."""
    ours = select(Account).where(col(Account.is_brand)).order_by(col(Account.platform), col(Account.handle))
    return session.exec(ours).all()


def person_of(session: Session, account: Account, *, at: datetime | None = None) -> Person:
    """The person behind an account, making one for an account that has none yet."""
    if account.person_id is not None:
        return get_person(session, account.person_id)
    person = Person(
        name=account.display_handle or account.handle,
        source="account",
        created_at=at or datetime.now(UTC),
    )
    add_person(session, person)
    account.person_id = person.id
    session.flush()
    return person


def add_person(session: Session, person: Person) -> Person:
    """Put a new person in."""
    session.add(person)
    session.flush()
    return person


def get_person(session: Session, person_id: int) -> Person:
    """Read one person."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFoundError("there is no person {number} here", number=person_id)
    return person


def get_people(session: Session, person_ids: Collection[int], *, lock: bool = False) -> dict[int, Person]:
    """Read several people by id, refusing unknown ids; ``lock`` keeps others from writing them."""
    found: dict[int, Person] = {}
    for ids in in_slices(sorted(set(person_ids))):
        query = select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))
        rows = session.exec(query.with_for_update() if lock else query)
        found |= {row.id or 0: row for row in rows}
    for person_id in person_ids:
        if person_id not in found:
            raise NotFoundError("there is no person {number} here", number=person_id)
    return found


def list_people(session: Session, *, archived: bool = False) -> Sequence[Person]:
    """Read everybody who is not erased, either those in use or those archived."""
    hidden = col(Person.archived_at).is_not(None) if archived else col(Person.archived_at).is_(None)
    return session.exec(
        select(Person).where(col(Person.erased_at).is_(None), hidden).order_by(col(Person.id))
    ).all()


class PersonLine(NamedTuple):
    """What a list shows of one person."""

    id: int
    name: str | None
    city: str | None
    country: str | None
    language: str | None
    topics: list[str]
    email: str | None
    fee_minor: int | None
    fee_currency: str | None
    is_candidate: bool
    objected_at: datetime | None
    archived_at: datetime | None
    score_by_hand: float | None
    score_reason: str | None
    telephone: str | None


class AccountLine(NamedTuple):
    """One account of a person."""

    id: int
    person_id: int
    platform: str
    handle: str


def list_person_lines(session: Session, *, archived: bool = False) -> list[PersonLine]:
    """Read everybody ``list_people`` does, as plain rows."""
    hidden = col(Person.archived_at).is_not(None) if archived else col(Person.archived_at).is_(None)
    query = columns(*(getattr(Person, name) for name in PersonLine._fields))
    rows = session.execute(query.where(col(Person.erased_at).is_(None), hidden).order_by(col(Person.id)))
    return [PersonLine(*row) for row in rows]


def list_account_lines(session: Session) -> dict[int, list[AccountLine]]:
    """Read the accounts of everybody, by person, as plain rows."""
    query = columns(col(Account.id), col(Account.person_id), col(Account.platform), col(Account.handle))
    owned: dict[int, list[AccountLine]] = defaultdict(list)
    for row in session.execute(query.where(col(Account.person_id).is_not(None)).order_by(col(Account.id))):
        owned[row[1] or 0].append(AccountLine(*row))
    return dict(owned)


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """How many people there are, and accounts that belong to nobody known."""

    in_use: int
    archived: int
    accounts_without_person: int


def count_people(session: Session) -> PeopleCounts:
    """Count people and lone accounts, the erased left out."""
    here = select(func.count()).select_from(Person).where(col(Person.erased_at).is_(None))
    lone = select(func.count()).select_from(Account)
    lone = lone.where(col(Account.person_id).is_(None), col(Account.erased_at).is_(None))
    return PeopleCounts(
        in_use=session.exec(here.where(col(Person.archived_at).is_(None))).one(),
        archived=session.exec(here.where(col(Person.archived_at).is_not(None))).one(),
        accounts_without_person=session.exec(lone).one(),
    )


def list_accounts(session: Session, person_ids: Collection[int] | None = None) -> dict[int, list[Account]]:
    """Read the accounts of people, by person; of everybody when no ids are given."""
    owned: dict[int, list[Account]] = defaultdict(list)
    wanted = select(Account).where(col(Account.person_id).is_not(None)).order_by(col(Account.id))
    asked = [wanted] if person_ids is None else [
        wanted.where(col(Account.person_id).in_(ids)) for ids in in_slices(set(person_ids))
    ]  # fmt: skip
    for query in asked:
        for account in session.exec(query):
            owned[account.person_id or 0].append(account)
    return dict(owned)


def latest_snapshots(session: Session, account_ids: Collection[int] | None = None) -> dict[int, Snapshot]:
    """Read the newest snapshot of each account, of all accounts when no ids are given."""
    newest = func.row_number().over(
        partition_by=col(Snapshot.account_id),
        order_by=(col(Snapshot.read_at).desc(), col(Snapshot.id).desc()),
    )
    found: dict[int, Snapshot] = {}
    for ids in [None] if account_ids is None else in_slices(set(account_ids)):
        ranked = select(col(Snapshot.id), newest.label("age_rank"))
        if ids is not None:
            ranked = ranked.where(col(Snapshot.account_id).in_(ids))
        first = ranked.subquery()
        query = select(Snapshot).join(first, col(Snapshot.id) == first.c.id).where(first.c.age_rank == 1)
        found |= {snapshot.account_id: snapshot for snapshot in session.exec(query)}
    return found


__all__ = [
    "PeopleCounts",
    "add_person",
    "count_people",
    "find_account",
    "find_accounts",
    "get_people",
    "get_person",
    "in_slices",
    "is_suppressed",
    "latest_snapshots",
    "list_accounts",
    "list_people",
    "person_of",
]
