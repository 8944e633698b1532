"""What people are called and where they post: names, main accounts and followers of many at once."""

from collections.abc import Collection, Mapping

from sqlmodel import Session

from ambassador.store.people.people import get_people, latest_snapshots, list_accounts
from ambassador.store.tables.people import Account, Person, Snapshot


class Directory:
    """Names, main accounts and followers of some people, read in three queries."""

    def __init__(self, session: Session, person_ids: Collection[int]) -> None:
        self._people: Mapping[int, Person] = get_people(session, set(person_ids))
        self._accounts = list_accounts(session, set(person_ids))
        owned = [account.id for accounts in self._accounts.values() for account in accounts if account.id]
        self._figures: Mapping[int, Snapshot] = latest_snapshots(session, owned)

    def person(self, person_id: int) -> Person:
        """The person of that number."""
        return self._people[person_id]

    def name(self, person_id: int) -> str:
        """What people call a person: name, else handle, else number."""
        account = self.account(person_id)
        return self.person(person_id).name or (f"@{account.handle}" if account else f"#{person_id}")

    def account(self, person_id: int) -> Account | None:
        """The account with the most followers, as far as they are known."""
        owned = [one for one in self._accounts.get(person_id, ()) if one.erased_at is None]
        return max(owned, key=lambda one: self._followers(one) or -1, default=None)

    def followers(self, person_id: int) -> int | None:
        """How many followers that account has; None is unknown."""
        account = self.account(person_id)
        return self._followers(account) if account else None

    def _followers(self, account: Account) -> int | None:
        figures = self._figures.get(account.id or 0)
        return figures.followers if figures else None
