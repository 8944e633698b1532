"""Credit each mention of a campaign to the nearest ambassador upstream and the device then in their hands."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from sqlmodel import Session

from ambassador.metrics.shares import exact_shares
from ambassador.propagation.cascades import build_forest
from ambassador.services.mentions.credit_paths import UNKNOWN, CreditSource, Paths, Shares, trace_sources
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.cascades.parent_candidates import named_sources, read_candidates
from ambassador.store.cascades.parents import read_branchings
from ambassador.store.mentions import credit as store
from ambassador.store.mentions.credit import Share, Span
from ambassador.store.mentions.matching import ambassadors_by_person
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.mentions.text_chain import chain_of, tags_in

_Handle = tuple[str, str]
_VERSION = 2


class _Wanted(NamedTuple):
    ambassador_id: int | None
    device_id: int | None
    method: str


def credit_in(session: Session, campaign_id: int) -> int:
    """Compute credit inside a transaction that is already open; say how many shares changed.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     credit_in(writing, campaign)
    0
    """
    get_campaign(session, campaign_id, lock=True)
    mentions = store.matched_mentions(session, campaign_id)
    speakers = ambassadors_by_person(session, campaign_id)
    sources = _sources(session, campaign_id, mentions, speakers)
    devices = _devices(session, campaign_id, (one for shares in sources.values() for one in shares))
    wanted = {mention: _wanted(shares, speakers, devices) for mention, shares in sources.items()}
    return _write(session, campaign_id, wanted, store.read_shares(session, campaign_id))


def _sources(
    session: Session, campaign_id: int, mentions: Collection[int], speakers: Mapping[int, int]
) -> dict[int, Shares]:
    """Trace each mention to the posts of ambassadors at or above it, or to those its words name."""
    people = store.account_people(session, speakers)
    put_out = store.rejected_mentions(session, campaign_id)
    posts = read_branchings(session)
    forest = build_forest([post.id for post in posts], [post.parent_id for post in posts])
    parents = {
        posts[number].id: posts[above].id for number, above in enumerate(forest.parent.tolist()) if above >= 0
    }
    here = np.array([post.id in mentions for post in posts], np.bool_)
    starts = {posts[number].id for number in np.unique(forest.root[here]).tolist()}
    paths = Paths(
        posts={post.id: post for post in posts},
        parents=parents,
        possible=read_candidates(session),
        speaking={
            post.id: people[post.account_id]
            for post in posts
            if post.account_id in people and post.id not in put_out
        },
        named=read_named(session, starts, speakers),
    )
    return trace_sources(paths, [post.id for post in posts if post.id in mentions])


def _devices(
    session: Session, campaign_id: int, sources: Iterable[CreditSource]
) -> dict[tuple[int, int], int | None]:
    """Find the device in each ambassador's hands when the post they are credited for was made."""
    posts = {
        (one.mention_id, one.person_id)
        for one in sources
        if one.mention_id is not None and one.person_id is not None
    }
    times = store.read_posting_times(session, {mention for mention, _ in posts})
    spans: dict[int, list[Span]] = defaultdict(list)
    for span in store.read_spans(session, {person for _, person in posts}):
        spans[span.person_id].append(span)
    found: dict[tuple[int, int], int | None] = {}
    for mention, person in posts:
        at = times[mention]
        held = [
            span for span in spans[person] if span.since <= at and (span.until is None or at < span.until)
        ]
        best = max(held, key=lambda span: (span.campaign_id == campaign_id, span.since), default=None)
        found[mention, person] = best.device_id if best else None
    return found


def _wanted(
    shares: Shares, speakers: Mapping[int, int], devices: Mapping[tuple[int, int], int | None]
) -> dict[_Wanted, float]:
    """Sum up by ambassador, device and method; the shares sum to exactly 1."""
    found: dict[_Wanted, float] = defaultdict(float)
    for source, share in shares.items():
        if source.mention_id is None or source.person_id is None:
            found[_Wanted(None, None, source.method.value)] += share
            continue
        device = devices[source.mention_id, source.person_id]
        found[_Wanted(speakers[source.person_id], device, source.method.value)] += share
    return exact_shares(found)


def _write(
    session: Session,
    campaign_id: int,
    wanted: Mapping[int, Mapping[_Wanted, float]],
    kept: Sequence[Share],
) -> int:
    """Put every mention's shares right whose rows are not what they should be."""
    stands: dict[int, Counter[tuple[_Wanted, float]]] = defaultdict(Counter)
    for row in kept:
        stands[row.mention_id][_Wanted(row.ambassador_id, row.device_id, row.method), row.share] += 1
    right = {mention for mention, shares in wanted.items() if stands[mention] == Counter(shares.items())}
    added = [
        {
            "mention_id": mention,
            "campaign_id": campaign_id,
            "share": share,
            "version": _VERSION,
            **row._asdict(),
        }
        for mention, shares in wanted.items()
        if mention not in right
        for row, share in shares.items()
    ]
    gone = [row.id for row in kept if row.mention_id not in right]
    store.write_shares(session, added, gone)
    return len(added) + len(gone)


def read_named(session: Session, starts: Collection[int], person_ids: Collection[int]) -> dict[int, Shares]:
    """Read what posts without a parent here say of these people; posts that say nothing are left out.

    On a platform where no post names what it answers, a post that names none of them is not attributable:
    a start cannot be told from a reaction there.

    Examples
    --------
    >>> read_named(session, starts=[1], person_ids=[2])
    {}
    """
    ours = store.handles_of(session, person_ids)
    mute = store.platforms_without_parents(session)
    found: dict[int, Shares] = {}
    for post, (platform, author, text) in named_sources(session, starts).items():
        shares = _said(post, platform, author, text, ours)
        if shares:
            found[post] = shares
        elif platform in mute:
            found[post] = {UNKNOWN: 1.0}
    return found


def _said(post: int, platform: str, author: str, text: str, ours: Mapping[_Handle, int]) -> Shares:
    for handle in (author, *chain_of(text).handles):
        if (platform, handle) in ours:
            return {CreditSource(post, ours[platform, handle], CreditMethod.NAMED): 1.0}
    tagged = dict.fromkeys(ours[platform, tag] for tag in tags_in(text) if (platform, tag) in ours)
    return {CreditSource(post, person, CreditMethod.TAGGED): 1 / len(tagged) for person in tagged}
