"""Mentions as plain rows for building trees."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, overload

import numpy as np
import numpy.typing as npt
from sqlalchemy import case, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.cascades.parents import is_hidden
from ambassador.store.people.people import in_slices
from ambassador.store.plain_columns import bare_moment, plain_parts, seconds
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.status import MentionKind

MISSING = 0
"""Stands for a parent the source names and we do not hold; no mention has this number."""
NO_PARENT: Final = -1
NOBODY: Final = -1


class TreePost(NamedTuple):
    """One post of a tree."""

    id: int
    parent_id: int | None
    """What it hangs from; ``MISSING`` where that is not here."""
    hidden: bool
    """The parent is only the start of the cascade."""
    account_id: int
    person_id: int | None
    is_brand: bool
    posted_at: datetime
    platform: str = ""


class Face(NamedTuple):
    """What a drawing says about one post."""

    platform: str
    handle: str
    kind: MentionKind
    text: str
    url: str
    account_id: int
    person_id: int | None
    post_id: str = ""


@dataclass(frozen=True, eq=False)
class PostColumns(Sequence[TreePost]):
    """Posts as columns, oldest first: a million take some 60 MB. A single post is made when asked for."""

    ids: npt.NDArray[np.int64]
    parents: npt.NDArray[np.int64]
    """``MISSING`` where the parent is not here, ``NO_PARENT`` where there is none."""
    hidden: npt.NDArray[np.bool_]
    accounts: npt.NDArray[np.int64]
    people: npt.NDArray[np.int64]
    """``NOBODY`` where the account is of nobody known."""
    brands: npt.NDArray[np.bool_]
    times: npt.NDArray[np.float64]
    """Seconds since 1970."""
    platforms: npt.NDArray[np.int64]
    """Places in ``platform_names``."""
    platform_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.ids.size

    @overload
    def __getitem__(self, number: int) -> TreePost: ...

    @overload
    def __getitem__(self, number: slice) -> "PostColumns": ...

    def __getitem__(self, number: int | slice) -> "TreePost | PostColumns":
        """Return one post, or a stretch of them."""
        if isinstance(number, slice):
            return self.take(np.arange(len(self))[number])
        parent, person = int(self.parents[number]), int(self.people[number])
        return TreePost(
            int(self.ids[number]),
            None if parent == NO_PARENT else parent,
            bool(self.hidden[number]),
            int(self.accounts[number]),
            None if person == NOBODY else person,
            bool(self.brands[number]),
            datetime.fromtimestamp(float(self.times[number]), UTC),
            self.platform_names[int(self.platforms[number])],
        )

    @property
    def keys(self) -> npt.NDArray[np.int64]:
        """Node key of each author."""
        kinds = NodeKey.KINDS
        return np.where(self.people == NOBODY, kinds * self.accounts + 1, kinds * self.people)

    @property
    def named_parents(self) -> list[int | None]:
        """What each hangs from, as trees are built from it."""
        return [None if parent == NO_PARENT else parent for parent in self.parents.tolist()]

    def take(self, numbers: npt.NDArray[np.int64]) -> "PostColumns":
        """Return some of the posts, in this order."""
        return replace(self, **{name: getattr(self, name)[numbers] for name in _COLUMNS})

    def hung_from(self, parents: npt.NDArray[np.int64]) -> "PostColumns":
        """Return the same posts with other parents."""
        return replace(self, parents=parents)

    def under(self, middle: int, at: datetime) -> "PostColumns":
        """Return the same posts behind one more that is none: the middle of a drawing."""
        first = {"ids": middle, "parents": NO_PARENT, "people": NOBODY, "times": at.timestamp()}
        longer = {name: np.insert(getattr(self, name), 0, first.get(name, 0)) for name in _COLUMNS}
        return replace(self, **longer, platform_names=self.platform_names or ("",))


_COLUMNS: Final = ("ids", "parents", "hidden", "accounts", "people", "brands", "times", "platforms")


def read_posts(session: Session) -> PostColumns:
    """Read every post not archived, oldest first."""
    itself, named = col(Mention.parent_post_id) == col(Mention.post_id), col(Mention.parent_post_id) != ""
    platforms = sorted(session.execute(columns(col(Mention.platform)).distinct()).scalars())
    query = (
        columns(
            col(Mention.id),
            func.coalesce(
                Mention.parent_observed_id,
                Mention.parent_inferred_id,
                case((itself, col(Mention.id)), (named, MISSING), else_=NO_PARENT),
            ),
            is_hidden(),
            col(Mention.account_id),
            func.coalesce(col(Account.person_id), NOBODY),
            col(Account.is_brand),
            bare_moment(session, col(Mention.posted_at)),
            col(Mention.platform),
        )
        .join(Account, col(Account.id) == Mention.account_id)
        .where(col(Mention.archived_at).is_(None))
        .order_by(col(Mention.posted_at), col(Mention.id))
    )
    code = {name: place for place, name in enumerate(platforms)}
    parts = [_columns(part, code) for part in plain_parts(session, query)]
    parts = parts or [_columns([()] * len(_COLUMNS), {})]
    made: dict[str, Any] = dict(zip(_COLUMNS, map(np.concatenate, zip(*parts, strict=True)), strict=True))
    return PostColumns(**made, platform_names=tuple(platforms))


def no_posts() -> PostColumns:
    """No posts, as columns."""
    made: dict[str, Any] = dict(zip(_COLUMNS, _columns([()] * len(_COLUMNS), {}), strict=True))
    return PostColumns(**made)


def _columns(rows: Sequence[Sequence[Any]], code: Mapping[str, int]) -> tuple[npt.NDArray[Any], ...]:
    ids, parents, hidden, accounts, people, brands, moments, platforms = rows
    return (
        np.array(ids, np.int64),
        np.array(parents, np.int64),
        np.array(hidden, np.bool_),
        np.array(accounts, np.int64),
        np.array(people, np.int64),
        np.array(brands, np.bool_),
        seconds(moments),
        np.array([code[name] for name in platforms], np.int64),
    )


def read_faces(session: Session, mention_ids: Collection[int]) -> dict[int, Face]:
    """Read what a drawing says about these posts."""
    found: dict[int, Face] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.execute(
            columns(
                col(Mention.id),
                col(Mention.platform),
                col(Account.handle),
                col(Mention.kind),
                col(Mention.text),
                col(Mention.url),
                col(Mention.account_id),
                col(Account.person_id),
                col(Mention.post_id),
            )
            .join(Account, col(Account.id) == Mention.account_id)
            .where(col(Mention.id).in_(ids))
        )
        found |= {row[0] or 0: Face(*row[1:]) for row in rows}
    return found


def newest_post(session: Session) -> datetime | None:
    """When the newest post of all was made: the data reach that far."""
    return session.exec(
        select(func.max(col(Mention.posted_at))).where(col(Mention.archived_at).is_(None))
    ).one()
