"""Rows that go from one person to another, and back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ambassador.errors import NotFoundError
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.people import Account, AccountMove, Person, PersonMerge

FILLABLE = (
    "city", "country", "language", "email", "telephone", "notes", "fee_minor", "fee_currency",
    "posting_probability", "lawful_basis", "noticed_on",
)  # fmt: skip


def deals_of(session: Session, person_ids: Collection[int]) -> Sequence[tuple[Ambassador, Campaign]]:
    """Read the deals of some people with their campaigns."""
    query = (
        select(Ambassador, Campaign)
        .join(Campaign, col(Campaign.id) == col(Ambassador.campaign_id))
        .where(col(Ambassador.person_id).in_(person_ids))
        .order_by(col(Ambassador.id))
    )
    return session.exec(query).all()


def merged_away(session: Session, person_ids: Collection[int]) -> set[int]:
    """Who of some people was merged into somebody and still is."""
    query = select(PersonMerge.merged_id).where(
        col(PersonMerge.merged_id).in_(person_ids), col(PersonMerge.reverted_at).is_(None)
    )
    return set(session.exec(query))


def merge(
    session: Session, kept: Person, other: Person, *, at: datetime, actor: str, reason: str
) -> PersonMerge:
    """Move everything of ``other`` to ``kept`` and write down what went over."""
    accounts = session.exec(
        select(Account).where(Account.person_id == other.id).order_by(col(Account.id))
    ).all()
    ambassadors = [deal for deal, _ in deals_of(session, [other.id or 0])]
    for account in accounts:
        account.person_id = kept.id
        session.add(_move(account, other, kept, at=at, actor=actor, reason=reason))
    for ambassador in ambassadors:
        ambassador.person_id = kept.id or 0
    moved: dict[str, list[Any]] = {
        "accounts": [account.id for account in accounts],
        "ambassadors": [ambassador.id for ambassador in ambassadors],
        "filled": _fill(kept, other),
        "topics": _add_topics(kept, other),
        "archived": [] if other.archived_at else [other.id],
    }
    other.archived_at = other.archived_at or at
    row = PersonMerge(
        kept_id=kept.id or 0, merged_id=other.id or 0, moved=moved, merged_at=at, actor=actor, reason=reason
    )
    session.add(row)
    session.flush()
    return row


def get_merge(session: Session, merge_id: int) -> PersonMerge:
    """Read one merge, keeping others from taking it back at the same time."""
    row = session.exec(select(PersonMerge).where(PersonMerge.id == merge_id).with_for_update()).first()
    if row is None:
        raise NotFoundError("there is no merge {number} here", number=merge_id)
    return row


def revert(session: Session, row: PersonMerge, kept: Person, other: Person, *, at: datetime) -> None:
    """Return back what went over, as far as it is still where it went."""
    moved = row.moved
    _give_back(session, moved, kept, other)
    for name in moved.get("filled", []):
        if getattr(kept, name) == getattr(other, name):
            setattr(kept, name, "" if name == "lawful_basis" else None)
    kept.topics = [topic for topic in kept.topics if topic not in moved.get("topics", [])]
    if moved.get("archived"):
        other.archived_at = None
    row.reverted_at = at
    for move in session.exec(_standing_moves(row)):
        move.reverted_at = at
    session.flush()


def _give_back(session: Session, moved: Mapping[str, list[Any]], kept: Person, other: Person) -> None:
    for table, name in ((Account, "accounts"), (Ambassador, "ambassadors")):
        mine = col(table.id).in_(moved.get(name, [])), col(table.person_id) == kept.id
        session.execute(update(table).where(*mine).values(person_id=other.id))


def _standing_moves(row: PersonMerge) -> SelectOfScalar[AccountMove]:
    return select(AccountMove).where(
        AccountMove.from_person_id == row.merged_id,
        AccountMove.to_person_id == row.kept_id,
        col(AccountMove.reverted_at).is_(None),
        AccountMove.moved_at == row.merged_at,
    )


def blanks(kept: Person, other: Person) -> list[str]:
    """Name the fields that are blank in one person and known in the other; a fee goes with its currency."""
    names = [name for name in FILLABLE if not _known(kept, name) and _known(other, name)]
    return [name for name in names if name != "fee_currency" or "fee_minor" in names]


def _known(person: Person, name: str) -> bool:
    return getattr(person, name) not in {None, ""}


def _fill(kept: Person, other: Person) -> list[str]:
    names = blanks(kept, other)
    for name in names:
        setattr(kept, name, getattr(other, name))
    return names


def _add_topics(kept: Person, other: Person) -> list[str]:
    new = [topic for topic in other.topics if topic not in kept.topics]
    kept.topics = [*kept.topics, *new]
    return new


def _move(
    account: Account, other: Person, kept: Person, *, at: datetime, actor: str, reason: str
) -> AccountMove:
    return AccountMove(
        account_id=account.id or 0,
        from_person_id=other.id,
        to_person_id=kept.id,
        moved_at=at,
        actor=actor,
        reason=reason,
    )
