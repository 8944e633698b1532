"""What learning reads, and where it keeps what it learned.

Past posts and listed ties are as the sources told them: nothing inferred, nothing derived.
"""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, compress
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Float, case, cast, func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.kept import kept_for
from ambassador.store.networks.node_keys import node_key
from ambassador.store.plain_columns import bare_moment, plain_columns, plain_parts, seconds
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.network import ParameterSet, Tie
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.status import MentionKind, Verdict

KIND = "influence"
_FILE = "file"

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class LearningTies:
    """Ties as columns; nodes are keys as in ``networks``."""

    source_key: NDArray[np.int64]
    target_key: NDArray[np.int64]
    from_file: NDArray[np.bool_]
    kind: tuple[str, ...]
    first_seen: NDArray[np.float64]
    """Seconds since 1970 of the first reaction behind a derived tie; NaN for ties of files."""
    given: NDArray[np.float64]
    """The probability a file gives; NaN where none does, and for derived ties."""
    count: NDArray[np.float64]
    """The interactions a file counts, else its weight; NaN where there is neither, and for derived ties."""


def read_learning_ties(session: Session) -> LearningTies:
    """Read every tie between accounts that may be used, the erased and those who objected left out.

    Kept until any of them changes.
    """
    return kept_for(session, "learning ties", None, lambda: _learning_ties(session))


def _learning_ties(session: Session) -> LearningTies:
    objected = select(col(Person.id)).where(col(Person.objected_at).is_not(None))
    may_be_used = columns(col(Account.id), node_key(Account)).where(
        col(Account.erased_at).is_(None),
        col(Account.person_id).is_(None) | col(Account.person_id).not_in(objected),
    )
    numbers, keys = plain_columns(session, may_be_used.order_by(col(Account.id)), 2)
    accounts, node_keys = np.array(numbers, np.int64), np.array(keys, np.int64)
    query = columns(
        col(Tie.source_id),
        col(Tie.target_id),
        case((col(Tie.origin) == _FILE, 1), else_=0),
        col(Tie.kind),
        bare_moment(session, col(Tie.first_at)),
        col(Tie.given_probability),
        cast(func.coalesce(col(Tie.interactions), col(Tie.weight)), Float),
    ).order_by(col(Tie.id))
    parts = [_ties_between(part, accounts, node_keys) for part in plain_parts(session, query)]
    parts = parts or [_ties_between([()] * 7, accounts, node_keys)]
    source, target, listed, kinds, seen, given, count = zip(*parts, strict=True)
    from_file = np.concatenate(listed)
    return LearningTies(
        np.concatenate(source),
        np.concatenate(target),
        from_file,
        tuple(chain.from_iterable(kinds)),
        np.where(from_file, np.nan, np.concatenate(seen)),
        *(np.where(from_file, np.concatenate(one), np.nan) for one in (given, count)),
    )


def _ties_between(
    part: Sequence[Sequence[Any]], accounts: NDArray[np.int64], keys: NDArray[np.int64]
) -> tuple[Any, ...]:
    """Take from some ties, column by column, those whose ends are both among the accounts, ends as keys."""
    ends = np.array(part[:2], np.int64)
    here: NDArray[np.bool_] = np.logical_and(*np.isin(ends, accounts))
    source, target = keys[np.searchsorted(accounts, ends[:, here])] if accounts.size else ends[:, here]
    return (
        source,
        target,
        np.array(part[2], np.bool_)[here],
        list(compress(part[3], here.tolist())),
        *(column[here] for column in (seconds(part[4]), *(np.array(one, np.float64) for one in part[5:]))),
    )


@dataclass(frozen=True, eq=False)
class PastRows:
    """Posts by column, the oldest first; authors are keys as in ``networks``."""

    platform: list[str]
    post_id: list[str]
    author: NDArray[np.int64]
    handle: list[str]
    kind: list[MentionKind]
    at: NDArray[np.float64]
    """Seconds since 1970."""
    text: list[str]
    parent_id: list[str]
    root_id: list[str]


class FileTie(NamedTuple):
    """One tie of a file."""

    source_id: int
    source_person: int | None
    target_id: int
    target_person: int | None
    probability: float | None


def read_past_posts(session: Session) -> PastRows:
    """Read every post that is not archived, the oldest first."""
    query = (
        columns(
            col(Mention.platform),
            col(Mention.post_id),
            node_key(Account),
            col(Account.handle),
            col(Mention.kind),
            bare_moment(session, col(Mention.posted_at)),
            col(Mention.text),
            col(Mention.parent_post_id),
            col(Mention.root_post_id),
        )
        .join(Account, col(Account.id) == Mention.account_id)
        .where(col(Mention.archived_at).is_(None))
        .order_by(col(Mention.posted_at), col(Mention.id))
    )
    kinds = {kind.value: kind for kind in MentionKind}
    platform, post_id, author, handle, kind, moments, text, parent, root = plain_columns(session, query, 9)
    return PastRows(
        platform,
        post_id,
        np.array(author, np.int64),
        handle,
        [kinds[one] for one in kind],
        seconds(moments),
        text,
        parent,
        root,
    )


def read_listed_ties(session: Session) -> list[FileTie]:
    """Read the ties files listed; those derived from posts would tell what is asked of the posts."""
    source, target = aliased(Account), aliased(Account)
    query = (
        columns(
            col(source.id),
            col(source.person_id),
            col(target.id),
            col(target.person_id),
            col(Tie.given_probability),
        )
        .select_from(Tie)
        .join(source, col(Tie.source_id) == col(source.id))
        .join(target, col(Tie.target_id) == col(target.id))
        .where(col(Tie.origin) == "file", col(source.erased_at).is_(None), col(target.erased_at).is_(None))
        .order_by(col(Tie.id))
    )
    rows: Any = session.connection().execute(query)
    return [FileTie(*row) for row in rows]


def campaigns_of(session: Session, mention_ids: Collection[int]) -> dict[int, int]:
    """The campaign each mention belongs to, the first of several."""
    query = (
        columns(col(MentionCampaign.mention_id), col(MentionCampaign.campaign_id))
        .where(col(MentionCampaign.verdict) == Verdict.MATCHED)
        .order_by(col(MentionCampaign.campaign_id).desc())
    )
    wanted, found = set(mention_ids), dict(zip(*plain_columns(session, query, 2), strict=True))
    return {mention: campaign for mention, campaign in found.items() if mention in wanted}


def most_followers(session: Session) -> dict[int, int]:
    """The most followers any reading saw, by node key."""
    query = (
        columns(col(Account.id), col(Account.person_id), func.max(col(Snapshot.followers)))
        .join(Snapshot, col(Snapshot.account_id) == col(Account.id))
        .where(col(Snapshot.followers).is_not(None))
        .group_by(col(Account.id), col(Account.person_id))
    )
    found: dict[int, int] = {}
    for number, person, followers in session.execute(query):
        key = NodeKey.of_account(number or 0, person)
        found[key] = max(found.get(key, 0), int(followers))
    return found


def newest_parameters(session: Session, kind: str = KIND) -> ParameterSet | None:
    """What was learned last."""
    query = select(ParameterSet).where(col(ParameterSet.kind) == kind).order_by(col(ParameterSet.id).desc())
    return session.exec(query).first()


def add_parameters(  # noqa: PLR0913 - a row has as many columns
    session: Session,
    *,
    algorithm: str,
    version: str,
    trained_until: datetime | None,
    data_hash: str,
    metrics: Mapping[str, Any],
    arrays: Arrays,
    at: datetime,
    kind: str = KIND,
) -> int:
    """Keep what was learned and give its number."""
    row = ParameterSet(
        kind=kind,
        algorithm=algorithm,
        version=version,
        trained_until=trained_until,
        data_hash=data_hash,
        metrics=dict(metrics),
        arrays=pack(arrays),
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def pack(arrays: Arrays) -> bytes:
    """Write arrays as one compressed file."""
    out = io.BytesIO()
    kept: dict[str, Any] = dict(arrays)
    np.savez_compressed(out, **kept)
    return out.getvalue()


def unpack(packed: bytes) -> dict[str, NDArray[Any]]:
    """Read arrays back."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as held:
        return {name: held[name] for name in held.files}
