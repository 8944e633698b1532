"""What a person says of mentions: in the campaign or not, complaint or praise, taken down by their author."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_
from sqlmodel import Session, col

from ambassador.errors import NotFoundError
from ambassador.services.mentions.refresh import writing_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.changes import watch_region
from ambassador.store.mentions import matching
from ambassador.store.mentions import mentions as store
from ambassador.store.mentions.matching import StoredMatch
from ambassador.store.mentions.mentions import existing_ids
from ambassador.store.stale import Touched, mark_touched
from ambassador.store.tables.mentions import MentionCampaign
from ambassador.values.mentions.mentions import BY_HAND, EarlierVerdict, ReviewDone
from ambassador.values.status import Label, Verdict


def review_mentions(
    work: UnitOfWork, mention_ids: Collection[int], campaign_id: int, verdict: Verdict
) -> ReviewDone:
    """Put mentions in or out by hand; rules never change that again. Gives what is needed to undo it.

    Examples
    --------
    >>> done = review_mentions(work, [7], campaign, Verdict.MATCHED)
    >>> done.verdict, done.before[0].verdict
    (<Verdict.MATCHED: 'matched'>, None)
    """
    with writing_up_to_date(work) as session:
        get_campaign(session, campaign_id, lock=True)
        before = decide_in(session, work, mention_ids, campaign_id, verdict)
    return ReviewDone(campaign_id, verdict, before)


def undo_review(work: UnitOfWork, done: ReviewDone) -> None:
    """Take verdicts back: each mention is what it was before.

    Examples
    --------
    >>> undo_review(work, review_mentions(work, [7], campaign, Verdict.MATCHED))
    >>> matching.known_matches(session, campaign, [7])
    {}
    """
    with writing_up_to_date(work) as session:
        get_campaign(session, done.campaign_id, lock=True)
        known = matching.known_matches(session, done.campaign_id, [row.mention_id for row in done.before])
        changed = [
            {"id": known[row.mention_id].id, "verdict": row.verdict, "rule": row.rule,
             "rule_version": row.rule_version, "by_hand": row.by_hand}
            for row in done.before
            if row.mention_id in known and row.verdict is not None
        ]  # fmt: skip
        gone = [
            known[row.mention_id].id for row in done.before if row.mention_id in known and row.verdict is None
        ]
        matching.write_matches(session, changed=changed, gone=gone)
        mark_touched(session, Touched(counted=tuple(row.mention_id for row in done.before)))


def decide_in(
    session: Session, work: UnitOfWork, mention_ids: Collection[int], campaign_id: int, verdict: Verdict
) -> tuple[EarlierVerdict, ...]:
    """Write verdicts inside a transaction that is already open; give what was there before.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     before = decide_in(writing, work, [7], campaign, Verdict.REJECTED)
    >>> before[0].mention_id
    7
    """
    wanted = sorted(set(mention_ids))
    missing = set(wanted) - existing_ids(session, wanted)
    if missing:
        raise NotFoundError("there is no mention {number} here", number=min(missing))
    known = matching.known_matches(session, campaign_id, wanted)
    watch_region(
        session,
        MentionCampaign,
        and_(col(MentionCampaign.campaign_id) == campaign_id, col(MentionCampaign.mention_id).in_(wanted)),
    )
    shared = {"verdict": verdict, "by_hand": True, "actor": work.actor, "decided_at": work.now()}
    matching.write_matches(
        session,
        [
            {"mention_id": key, "campaign_id": campaign_id, "rule": BY_HAND, "rule_version": 0, **shared}
            for key in wanted
            if key not in known
        ],
        [{"id": known[key].id, **shared} for key in wanted if key in known],
    )
    mark_touched(session, Touched(counted=tuple(wanted)))
    return tuple(_earlier(key, known.get(key)) for key in wanted)


def _earlier(mention_id: int, row: StoredMatch | None) -> EarlierVerdict:
    if row is None:
        return EarlierVerdict(mention_id, None)
    return EarlierVerdict(mention_id, row.verdict, row.rule, row.rule_version, row.by_hand)


def take_down_mentions(
    work: UnitOfWork, mention_ids: Collection[int], *, at: datetime | None = None, gone: bool = True
) -> tuple[int, ...]:
    """Mark posts as taken down (they stay in the history), or undo that; give those that changed.

    Examples
    --------
    >>> take_down_mentions(work, [2]), take_down_mentions(work, [2], gone=False)
    ((2,), (2,))
    """
    with work.writing() as session:
        missing = set(mention_ids) - store.existing_ids(session, mention_ids)
        if missing:
            raise NotFoundError("there is no mention {number} here", number=min(missing))
        return store.set_deleted(session, mention_ids, (at or work.now()) if gone else None)


def label_mentions(
    work: UnitOfWork, mention_ids: Collection[int], label: Label, *, on: bool = True
) -> tuple[int, ...]:
    """Put a label on mentions or take it off; give those that changed, so that it can be undone.

    Examples
    --------
    >>> label_mentions(work, [2], Label.QUESTION), label_mentions(work, [2], Label.QUESTION)
    ((2,), ())
    """
    with work.writing() as session:
        missing = set(mention_ids) - store.existing_ids(session, mention_ids)
        if missing:
            raise NotFoundError("there is no mention {number} here", number=min(missing))
        if on:
            changed = store.put_labels(session, mention_ids, label, actor=work.actor, at=work.now())
        else:
            changed = store.take_labels(session, mention_ids, label)
    return tuple(changed)
