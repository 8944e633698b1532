"""Who stands behind a name on a ballot, an entry or a question: one person for all their accounts."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from ambassador.store.bulk import chunks
from ambassador.store.tables.people import Account

Voter = tuple[str, str]
"""Platform, empty where nobody says it, and canonical name."""


def accounts_of(session: Session, voters: Collection[Voter]) -> dict[Voter, int]:
    """Find the account each voter is; a name without a platform is one that only one person has."""
    found: dict[str, list[Account]] = defaultdict(list)
    for names in chunks({name for _, name in voters}):
        same = select(Account).where(col(Account.handle).in_(names), col(Account.erased_at).is_(None))
        for account in session.exec(same.order_by(col(Account.id))):
            found[account.handle].append(account)
    known = {}
    for platform, name in voters:
        fitting = [one for one in found.get(name, ()) if platform in {"", one.platform}]
        people = {one.person_id for one in fitting}
        if len(fitting) == 1 or (len(people) == 1 and None not in people):
            known[platform, name] = fitting[0].id or 0
    return known


def people_behind(session: Session, named: Sequence[tuple[int | None, str, str]]) -> list[tuple[str, bool]]:
    """Say who each is, by account where one is known, else by platform and name; and whether one is.

    Equal texts are one person.
    """
    later = accounts_of(session, {(platform, name) for account, platform, name in named if account is None})
    found = [account or later.get((platform, name)) for account, platform, name in named]
    owners = _owners(session, {account for account in found if account is not None})
    return [
        (_person(account, owners, platform, name), account is not None)
        for account, (_, platform, name) in zip(found, named, strict=True)
    ]


def _person(account: int | None, owners: dict[int, int], platform: str, name: str) -> str:
    if account in owners:
        return f"person {owners[account]}"
    return f"account {account}" if account else f"{platform}:{name}"


def _owners(session: Session, accounts: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for ids in chunks(accounts):
        query = select(Account.id, Account.person_id).where(
            col(Account.id).in_(ids), col(Account.person_id).is_not(None)
        )
        found |= {number or 0: person or 0 for number, person in session.exec(query)}
    return found
