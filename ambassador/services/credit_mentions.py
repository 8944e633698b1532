"""Credit each mention of a campaign to the nearest ambassador upstream and the device then in their hands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session

from ambassador.services.work import UnitOfWork
from ambassador.store import credit as store
from ambassador.store.campaigns import get_campaign
from ambassador.store.credit import Share, Span
from ambassador.store.matching import ambassadors_by_person
from ambassador.store.parents import Branching, read_branchings
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
    session: Session, campaign_id: int, mentions: Iterable[int], speakers: Mapping[int, int]
) -> dict[int, _Post]:
    """Find the nearest post of an ambassador at or above each mention."""
    people = store.account_people(session, speakers)
    put_out = store.rejected_mentions(session, campaign_id)
    posts = {post.id: post for post in read_branchings(session)}
    speaking = {
        key: people[post.account_id]
        for key, post in posts.items()
        if post.account_id in people and key not in put_out
    }
    found = {}
    for mention in mentions:
        if nearest := _climb(mention, posts, speaking):
            found[mention] = nearest
    return found


def _climb(mention: int, posts: Mapping[int, Branching], speaking: Mapping[int, int]) -> _Post | None:
    if mention in speaking:
        return _Post(mention, speaking[mention], CreditMethod.OWN_POST)
    seen, here, hidden = {mention}, posts[mention], False
    while (above := posts.get(here.parent_id or 0)) and above.id not in seen:
        hidden = hidden or here.hidden
        here = above
        seen.add(here.id)
        if here.id in speaking:
            method = CreditMethod.STARTER if hidden else CreditMethod.UPSTREAM
            return _Post(here.id, speaking[here.id], method)
    return None


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
