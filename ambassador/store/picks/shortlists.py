"""Who can be considered for a pick, and who takes part in a campaign already."""

from collections.abc import Iterable

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ambassador.store.people.people import in_slices
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Device
from ambassador.store.tables.people import Account, AudienceMember, Person
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.status import AmbassadorStatus, DeviceStatus


def candidate_keys(session: Session) -> tuple[int, ...]:
    """Return the nodes of the people a pick considers."""
    found = session.exec(_candidates(select(col(Person.id))).order_by(col(Person.id)))
    return tuple(NodeKey.of_person(number) for number in found if number)


def count_candidates(session: Session) -> tuple[int, int]:
    """Count the people a pick considers, and those of them whose fee is known."""
    everyone = _candidates(select(func.count(col(Person.id))))
    return session.exec(everyone).one(), session.exec(
        everyone.where(col(Person.fee_minor).is_not(None))
    ).one()


def account_keys(session: Session) -> tuple[int, ...]:
    """Return the nodes of all accounts in use that are not ours."""
    rows = session.exec(
        select(col(Account.id), col(Account.person_id)).where(
            col(Account.archived_at).is_(None),
            col(Account.erased_at).is_(None),
            col(Account.is_brand).is_(False),
        )
    )
    return tuple(sorted({NodeKey.of_account(account, person) for account, person in rows if account}))


def count_accounts(session: Session) -> int:
    """Count the accounts that were not erased."""
    return session.exec(select(func.count(col(Account.id))).where(col(Account.erased_at).is_(None))).one()


def count_free_devices(session: Session) -> int:
    """Count the devices in stock."""
    in_stock = col(Device.status) == DeviceStatus.IN_STOCK
    return session.exec(select(func.count(col(Device.id))).where(in_stock)).one()


def average_device_cost(session: Session, currency: str) -> int | None:
    """Average what devices in stock cost, in minor units of one currency; None where no cost is known."""
    mean = select(func.avg(col(Device.cost_minor))).where(
        col(Device.status) == DeviceStatus.IN_STOCK, col(Device.currency) == currency
    )
    found = session.exec(mean).one()
    return None if found is None else round(found)


def status_by_node(session: Session, campaign_id: int) -> dict[int, AmbassadorStatus]:
    """Return where the talk with each person of a campaign stands, in the order they came in."""
    rows = session.exec(
        select(col(Ambassador.person_id), col(Ambassador.status))
        .where(col(Ambassador.campaign_id) == campaign_id)
        .order_by(col(Ambassador.id))
    )
    return {NodeKey.of_person(person): status for person, status in rows}


def people_by_id(session: Session, ids: Iterable[int]) -> dict[int, Person]:
    """Read people, erased ones included; an id that is nobody's is left out."""
    found = (session.exec(select(Person).where(col(Person.id).in_(part))) for part in in_slices(ids))
    return {person.id or 0: person for rows in found for person in rows}


def accounts_by_id(session: Session, ids: Iterable[int]) -> dict[int, Account]:
    """Read accounts, erased ones included; an id that is nobody's is left out."""
    found = (session.exec(select(Account).where(col(Account.id).in_(part))) for part in in_slices(ids))
    return {account.id or 0: account for rows in found for account in rows}


def traits_by_person(session: Session) -> dict[int, tuple[str | None, str | None, tuple[str, ...]]]:
    """Return city, language and topics of everybody who was not erased."""
    wanted = select(col(Person.id), col(Person.city), col(Person.language), col(Person.topics))
    rows = session.exec(wanted.where(col(Person.erased_at).is_(None)))
    return {number or 0: (city, language, tuple(topics)) for number, city, language, topics in rows}


def platforms_by_node(session: Session) -> dict[int, frozenset[str]]:
    """Return on which platforms each node has accounts."""
    wanted = select(col(Account.id), col(Account.person_id), col(Account.platform))
    found: dict[int, set[str]] = {}
    for account, person, platform in session.exec(wanted.where(col(Account.erased_at).is_(None))):
        found.setdefault(NodeKey.of_account(account or 0, person), set()).add(platform)
    return {key: frozenset(platforms) for key, platforms in found.items()}


def accounts_with_follower_lists(session: Session) -> frozenset[int]:
    """Return the accounts whose list of followers is here."""
    return frozenset(session.exec(select(col(AudienceMember.account_id)).distinct()))


def count_listed_followers(session: Session, account_ids: Iterable[int]) -> int:
    """Count the unique members of some follower lists together."""
    members: set[bytes] = set()
    for ids in in_slices(account_ids):
        mine = col(AudienceMember.account_id).in_(ids)
        members.update(session.exec(select(col(AudienceMember.member_hash)).where(mine)))
    return len(members)


def _candidates(query: SelectOfScalar[int | None] | SelectOfScalar[int]) -> SelectOfScalar[int]:
    return query.where(  # type: ignore[return-value]
        col(Person.is_candidate).is_(True),
        col(Person.archived_at).is_(None),
        col(Person.erased_at).is_(None),
        col(Person.objected_at).is_(None),
    )
