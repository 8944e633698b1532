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
from ambassador.store.mentions.mentions import existing_ids
from ambassador.store.stale import Touched, mark_touched
from ambassador.store.tables.mentions import MentionCampaign
from ambassador.values.mentions.mentions import BY_HAND
from ambassador.values.status import Label, Verdict


def review_mentions(
    work: UnitOfWork, mention_ids: Collection[int], campaign_id: int, verdict: Verdict
) -> int:
    """Put mentions in or out by hand; rules never change that again. Gives how many.

    Examples
    --------
    >>> review_mentions(work, [7, 7], campaign, Verdict.MATCHED)
    1
    """
    with writing_up_to_date(work) as session:
        get_campaign(session, campaign_id, lock=True)
        decide_in(session, work, mention_ids, campaign_id, verdict)
    return len(set(mention_ids))


def decide_in(
    session: Session, work: UnitOfWork, mention_ids: Collection[int], campaign_id: int, verdict: Verdict
) -> None:
    """Write verdicts inside a transaction that is already open.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     decide_in(writing, work, [7], campaign, Verdict.REJECTED)
    >>> matching.known_matches(session, campaign, [7])[7].verdict
    <Verdict.REJECTED: 'rejected'>
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
