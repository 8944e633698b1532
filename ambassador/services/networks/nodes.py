"""Who a node of a network is: names, city, figures and fee, joined when they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from ambassador.store.people.people import latest_snapshots, list_accounts
from ambassador.store.picks.shortlists import accounts_by_id, people_by_id
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.values.money import Money
from ambassador.values.networks.node_key import NodeKey


@dataclass(frozen=True, slots=True)
class NodeCard:
    """A person, or an account of nobody known, with the latest figures of every account."""

    key: int
    person_id: int | None
    account_id: int
    """The account with most followers; 0 for a person without any."""
    handle: str
    platform: str
    name: str
    city: str | None
    country: str
    """As it was written."""
    language: str | None
    topics: tuple[str, ...]
    followers: int | None
    fee: Money | None
    is_candidate: bool
    erased: bool
    posting_probability: float | None
    account_ids: tuple[int, ...]
    figures: Mapping[int, Snapshot]


def cards_of(session: Session, keys: Iterable[int]) -> dict[int, NodeCard]:
    """Describe nodes by their keys; a key that means nobody any more is left out.

    Examples
    --------
    >>> card = cards_of(session, [NodeKey.of_person(1)])[NodeKey.of_person(1)]
    >>> card.name, card.followers, card.fee
    ('Nina Rossi', 2140, Money(minor=20000, currency='EUR'))
    """
    asked = {int(key) for key in keys}
    owners = [NodeKey.owner(key) for key in asked]
    people = people_by_id(session, [one.person_id for one in owners if one.person_id is not None])
    accounts = list_accounts(session, people)
    alone = accounts_by_id(session, [one.account_id for one in owners if one.account_id is not None])
    owned = [account.id or 0 for group in accounts.values() for account in group]
    figures = latest_snapshots(session, [*owned, *alone])
    cards = [_person_card(person, accounts.get(number, ()), figures) for number, person in people.items()]
    cards += [_account_card(account, figures) for account in alone.values()]
    return {card.key: card for card in cards}


def _person_card(person: Person, accounts: Sequence[Account], figures: Mapping[int, Snapshot]) -> NodeCard:
    usable = [account for account in accounts if account.erased_at is None and account.archived_at is None]
    best = max(usable or accounts, key=lambda account: _size(figures.get(account.id or 0)), default=None)
    fee = None if person.fee_minor is None else Money(person.fee_minor, person.fee_currency or "EUR")
    banned = (person.archived_at, person.erased_at, person.objected_at)
    return NodeCard(
        key=NodeKey.of_person(person.id or 0),
        person_id=person.id,
        account_id=(best.id or 0) if best else 0,
        handle=best.handle if best else "",
        platform=best.platform if best else "",
        name=person.name or "",
        city=person.city,
        country=person.country or "",
        language=person.language,
        topics=tuple(person.topics),
        followers=_followers(figures.get(best.id or 0)) if best else None,
        fee=fee,
        is_candidate=person.is_candidate and not any(banned),
        erased=person.erased_at is not None,
        posting_probability=person.posting_probability,
        account_ids=tuple(account.id or 0 for account in usable),
        figures={account.id or 0: figures[account.id or 0] for account in usable if account.id in figures},
    )


def _account_card(account: Account, figures: Mapping[int, Snapshot]) -> NodeCard:
    number = account.id or 0
    return NodeCard(
        key=NodeKey.of_account(number),
        person_id=None,
        account_id=number,
        handle=account.handle,
        platform=account.platform,
        name=account.display_handle,
        city=None,
        country="",
        language=None,
        topics=(),
        followers=_followers(figures.get(number)),
        fee=None,
        is_candidate=account.archived_at is None and account.erased_at is None and not account.is_brand,
        erased=account.erased_at is not None,
        posting_probability=None,
        account_ids=(number,),
        figures={number: figures[number]} if number in figures else {},
    )


def _size(snapshot: Snapshot | None) -> int:
    followers = _followers(snapshot)
    return -1 if followers is None else followers


def _followers(snapshot: Snapshot | None) -> int | None:
    return None if snapshot is None else snapshot.followers
