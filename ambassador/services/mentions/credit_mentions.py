"""Credit each mention of a campaign to the nearest ambassador upstream and the device then in their hands.

Tracing reads and writes nothing (``share_mentions``); what differs is written afterwards, all at once
(``credit_in``) or piece by piece (``write_shared``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from sqlmodel import Session

from ambassador.metrics.shares import exact_shares
from ambassador.propagation.arrays import Int64Array
from ambassador.propagation.cascades import build_forest
from ambassador.services.mentions.credit_paths import UNKNOWN, CreditSource, Paths, Shares, trace_sources
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.cascades.parent_candidates import Possibility, named_sources, read_candidates
from ambassador.store.cascades.parents import PostBranch, read_branchings
from ambassador.store.mentions import credit as store
from ambassador.store.mentions.credit import Share, Span
from ambassador.store.mentions.matching import ambassadors_by_person
from ambassador.store.stale import next_turn
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.mentions.text_chain import chain_of, tags_in

_Handle = tuple[str, str]
_VERSION = 2


class _Wanted(NamedTuple):
    ambassador_id: int | None
    device_id: int | None
    method: str


@dataclass(frozen=True, slots=True)
class SharedCampaign:
    """The mentions of one campaign whose shares have to change."""

    campaign_id: int
    differs: Mapping[int, Mapping[_Wanted, float]]
    """Mention -> its shares; none for one that is nobody's any more."""
    changed: int
    """Rows that go or come."""


@dataclass(frozen=True)
class _Branches:
    """All posts, and what each hangs from or may hang from."""

    posts: Sequence[PostBranch]
    parents: Mapping[int, int]
    root: Int64Array
    possible: Mapping[int, Sequence[Possibility]]

    @cached_property
    def by_id(self) -> Mapping[int, PostBranch]:
        """The posts by their numbers."""
        return {post.id: post for post in self.posts}


def credit_in(session: Session, campaign_id: int) -> int:
    """Compute credit inside a transaction that is already open; say how many shares changed.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     credit_in(writing, campaign)
    0
    """
    get_campaign(session, campaign_id, lock=True)
    next_turn(session)
    changed = 0
    for one in share_mentions(session, [campaign_id]):
        write_shared(session, one, list(one.differs))
        changed += one.changed
    return changed


def share_mentions(
    session: Session, wanted: Collection[int], among: Collection[int] | None = None
) -> Iterator[SharedCampaign]:
    """Share the mentions of some campaigns out, one campaign after the other; nothing is written.

    ``among``: only these, which hold with each post all that it hangs from or may hang from.

    Examples
    --------
    >>> [one.changed for one in share_mentions(session, [campaign])]
    [0]
    """
    if not wanted:
        return
    branches = _read_branches(session, among)
    for campaign_id in sorted(wanted):
        mentions = store.matched_mentions(session, campaign_id, among)
        speakers = ambassadors_by_person(session, campaign_id)
        sources = _sources(session, campaign_id, branches, mentions, speakers)
        devices = _devices(session, campaign_id, (one for shares in sources.values() for one in shares))
        stands = store.read_shares(session, campaign_id, mention_ids=among)
        kept = {row.mention_id for row in stands if row.version == store.KEPT} & mentions
        shares = _all_wanted(
            {mention: found for mention, found in sources.items() if mention not in kept}, speakers, devices
        )
        yield _compared(campaign_id, shares, [row for row in stands if row.mention_id not in kept])


def _read_branches(session: Session, among: Collection[int] | None) -> _Branches:
    """Read what hangs from what, once for all campaigns."""
    posts = read_branchings(session, among)
    forest = build_forest([post.id for post in posts], [post.parent_id for post in posts])
    return _Branches(
        posts,
        {
            posts[number].id: posts[above].id
            for number, above in enumerate(forest.parent.tolist())
            if above >= 0
        },
        forest.root,
        read_candidates(session, among),
    )


def _sources(
    session: Session,
    campaign_id: int,
    branches: _Branches,
    mentions: Collection[int],
    speakers: Mapping[int, int],
) -> dict[int, Shares]:
    """Trace each mention to the posts of ambassadors at or above it, or to those its words name."""
    people = store.account_people(session, speakers)
    put_out = store.rejected_mentions(session, campaign_id)
    posts = branches.posts
    here = np.array([post.id in mentions for post in posts], np.bool_)
    starts = {posts[number].id for number in np.unique(branches.root[here]).tolist()}
    paths = Paths(
        posts=branches.by_id,
        parents=branches.parents,
        possible=branches.possible,
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


def _all_wanted(
    sources: Mapping[int, Shares],
    speakers: Mapping[int, int],
    devices: Mapping[tuple[int, int], int | None],
) -> dict[int, Mapping[_Wanted, float]]:
    """Sum up each mention's shares; what many mentions have in common is summed up once."""
    known: dict[int, Mapping[_Wanted, float]] = {}
    for shares in sources.values():
        if id(shares) not in known:
            known[id(shares)] = _wanted(shares, speakers, devices)
    return {mention: known[id(shares)] for mention, shares in sources.items()}


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


def _compared(
    campaign_id: int, wanted: Mapping[int, Mapping[_Wanted, float]], kept: Sequence[Share]
) -> SharedCampaign:
    """Find the mentions whose rows are not what they should be."""
    stands: dict[int, Counter[tuple[_Wanted, float]]] = defaultdict(Counter)
    for row in kept:
        stands[row.mention_id][_Wanted(row.ambassador_id, row.device_id, row.method), row.share] += 1
    differs = {
        mention: wanted.get(mention, {})
        for mention in sorted(stands.keys() | wanted.keys())
        if mention not in stands or stands[mention] != Counter(wanted.get(mention, {}).items())
    }
    gone = sum(row.mention_id in differs for row in kept)
    return SharedCampaign(campaign_id, differs, gone + sum(map(len, differs.values())))


def write_shared(session: Session, shared: SharedCampaign, mention_ids: Collection[int]) -> None:
    """Make the rows of some mentions what was worked out.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     for one in share_mentions(writing, [campaign]):
    ...         write_shared(writing, one, list(one.differs))
    """
    added = [
        {
            "mention_id": mention,
            "campaign_id": shared.campaign_id,
            "share": share,
            "version": _VERSION,
            **row._asdict(),
        }
        for mention in mention_ids
        for row, share in shared.differs[mention].items()
    ]
    store.write_shares(session, shared.campaign_id, mention_ids, added)


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
