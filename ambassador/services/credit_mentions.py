"""Credit each mention of a campaign to the nearest ambassador upstream and the device then in their hands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from sqlmodel import Session

from ambassador.propagation.cascades import build_forest, nearest_upstream
from ambassador.services.work import UnitOfWork
from ambassador.store import credit as store
from ambassador.store.campaigns import get_campaign
from ambassador.store.credit import Share, Span
from ambassador.store.matching import ambassadors_by_person
from ambassador.store.parents import read_branchings
from ambassador.values.credit import CreditMethod

_VERSION = 1


class _Post(NamedTuple):
    """The ambassador's post a mention goes back to, and how."""

    mention_id: int
    person_id: int
    method: CreditMethod


class _Wanted(NamedTuple):
    ambassador_id: int | None
    device_id: int | None
    method: str


def credit_mentions(work: UnitOfWork, campaign_id: int) -> None:
    """Compute a campaign's credit anew; running it twice changes nothing."""
    with work.writing() as session:
        credit_in(session, campaign_id)


def credit_in(session: Session, campaign_id: int) -> int:
    """Compute credit inside a transaction that is already open; say how many shares changed."""
    get_campaign(session, campaign_id, lock=True)
    mentions = store.matched_mentions(session, campaign_id)
    speakers = ambassadors_by_person(session, campaign_id)
    upstream = _upstream(session, campaign_id, mentions, speakers)
    devices = _devices(session, campaign_id, upstream.values())
    wanted = {mention: _wanted(upstream.get(mention), speakers, devices) for mention in mentions}
    return _write(session, campaign_id, wanted, store.read_shares(session, campaign_id))


def _upstream(
    session: Session, campaign_id: int, mentions: Collection[int], speakers: Mapping[int, int]
) -> dict[int, _Post]:
    """Find the nearest post of an ambassador at or above each mention."""
    people = store.account_people(session, speakers)
    put_out = store.rejected_mentions(session, campaign_id)
    posts = read_branchings(session)
    forest = build_forest([post.id for post in posts], [post.parent_id for post in posts])
    hidden = np.array([post.hidden for post in posts], dtype=np.bool_)
    speaking = np.array([post.account_id in people and post.id not in put_out for post in posts], np.bool_)
    nearest = nearest_upstream(forest.parent, speaking)
    on_the_way = nearest_upstream(forest.parent, speaking | hidden) != nearest
    return {
        posts[number].id: _Post(
            posts[above].id,
            people[posts[above].account_id],
            _method(own=above == number, hidden=bool(on_the_way[number])),
        )
        for number, above in enumerate(nearest.tolist())
        if above >= 0 and posts[number].id in mentions
    }


def _method(*, own: bool, hidden: bool) -> CreditMethod:
    if own:
        return CreditMethod.OWN_POST
    return CreditMethod.STARTER if hidden else CreditMethod.UPSTREAM


def _devices(session: Session, campaign_id: int, upstream: Iterable[_Post]) -> dict[int, int | None]:
    """Find the device in the author's hands when each ambassador's post was made."""
    posts = {post.mention_id: post.person_id for post in upstream}
    times = store.read_posting_times(session, posts)
    spans: dict[int, list[Span]] = defaultdict(list)
    for span in store.read_spans(session, set(posts.values())):
        spans[span.person_id].append(span)
    found: dict[int, int | None] = {}
    for mention, person in posts.items():
        at = times[mention]
        held = [
            span for span in spans[person] if span.since <= at and (span.until is None or at < span.until)
        ]
        best = max(held, key=lambda span: (span.campaign_id == campaign_id, span.since), default=None)
        found[mention] = best.device_id if best else None
    return found


def _wanted(post: _Post | None, speakers: Mapping[int, int], devices: Mapping[int, int | None]) -> _Wanted:
    if post is None:
        return _Wanted(None, None, CreditMethod.NOBODY.value)
    return _Wanted(speakers[post.person_id], devices[post.mention_id], post.method.value)


def _write(session: Session, campaign_id: int, wanted: Mapping[int, _Wanted], kept: Sequence[Share]) -> int:
    right = {
        row.mention_id: row.id
        for row in kept
        if row.share == 1 and wanted.get(row.mention_id) == (row.ambassador_id, row.device_id, row.method)
    }
    keep = set(right.values())
    added = [
        {
            "mention_id": mention,
            "campaign_id": campaign_id,
            "share": 1.0,
            "version": _VERSION,
            **row._asdict(),
        }
        for mention, row in wanted.items()
        if mention not in right
    ]
    gone = [row.id for row in kept if row.id not in keep]
    store.write_shares(session, added, gone)
    return len(added) + len(gone)
