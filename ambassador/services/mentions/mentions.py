"""List mentions with their parents, campaigns, labels and figures; totals over everything found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.metrics.engagement import engagements_of
from ambassador.metrics.tally import add_known
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.cascades.parent_candidates import Possibility, read_candidates
from ambassador.store.mentions import mentions as store
from ambassador.store.mentions.credit import read_posting_times
from ambassador.store.mentions.mentions import MentionTime
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.store.tables.people import Account
from ambassador.values.drafts import MetricsDraft
from ambassador.values.mentions.mentions import (
    CampaignMatch,
    MentionFigures,
    MentionFilter,
    MentionRow,
    MentionsView,
    PossibleParent,
    TimeCount,
)
from ambassador.values.status import Label

_BY_HOUR_UP_TO = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the mentions of one screen."""

    handles: Mapping[int, str]
    matches: Mapping[int, tuple[CampaignMatch, ...]]
    labels: Mapping[int, tuple[Label, ...]]
    metrics: Mapping[int, MentionMetrics]
    possible: Mapping[int, Sequence[Possibility]]
    times: Mapping[int, datetime]
    """When the possible parents were posted."""


def list_mentions(work: UnitOfWork, wanted: MentionFilter) -> MentionsView:
    """Read the mentions a filter finds, newest first, at most ``wanted.limit`` of them as rows.

    Examples
    --------
    >>> found = list_mentions(work, MentionFilter(campaign_id=campaign))
    >>> found.figures.mentions, [row.handle for row in found.rows]
    (5, ['leo', 'pia', 'eva', 'ugo', 'nina'])
    """
    with work.reading() as session:
        zone = get_campaign(session, wanted.campaign_id).time_zone if wanted.campaign_id else "UTC"
        moments = store.read_moments(session, wanted)
        shown = [moment.id for moment in moments[wanted.offset : wanted.offset + wanted.limit]]
        figures = _figures(session, wanted, moments)
        rows = _rows(session, shown)
    by_hour, timeline = _timeline(moments, zone)
    return MentionsView(figures, rows, len(moments), timeline, by_hour, zone)


def _figures(session: Session, wanted: MentionFilter, moments: Sequence[MentionTime]) -> MentionFigures:
    found = {moment.id for moment in moments}
    labels = [given for key, given in store.labels_of(session).items() if key in found]
    figures = [row for key, row in store.latest_metrics(session).items() if key in found]
    return MentionFigures(
        mentions=len(found),
        people=len({_author(moment) for moment in moments if not moment.is_brand}),
        complaints=sum(Label.COMPLAINT in given for given in labels),
        labelled=len(labels),
        to_review=store.count_to_review(session, wanted.campaign_id),
        views=add_known(row.views for row in figures),
        engagements=add_known(engagements_of(row) for row in figures),
    )


def _author(moment: MentionTime) -> tuple[str, int]:
    """Count a person once, whatever the account they wrote from."""
    if moment.person_id is not None:
        return "person", moment.person_id
    return "account", moment.account_id


def _rows(session: Session, mention_ids: Sequence[int]) -> tuple[MentionRow, ...]:
    found = store.read_mentions(session, mention_ids)
    parents = {parent for mention, _ in found.values() if (parent := _parent(mention)) is not None}
    possible = read_candidates(session, mention_ids)
    parents |= _candidates(possible)
    around = _Around(
        store.handles_of(session, parents),
        store.matches_of(session, mention_ids),
        store.labels_of(session, mention_ids),
        store.latest_metrics(session, mention_ids),
        possible,
        read_posting_times(session, _candidates(possible)),
    )
    return tuple(_row(*found[key], around) for key in mention_ids if key in found)


def _candidates(possible: Mapping[int, Sequence[Possibility]]) -> set[int]:
    return {one.candidate_id for rows in possible.values() for one in rows if one.candidate_id is not None}


def _row(mention: Mention, account: Account, around: _Around) -> MentionRow:
    key, parent = mention.id or 0, _parent(mention)
    metrics = around.metrics.get(key)
    return MentionRow(
        id=key,
        platform=mention.platform,
        post_id=mention.post_id,
        url=mention.url,
        kind=mention.kind,
        posted_at=mention.posted_at,
        handle=account.handle,
        text=mention.text,
        account_id=mention.account_id,
        person_id=account.person_id,
        is_brand=account.is_brand,
        topic=mention.topic,
        parent_id=parent,
        parent_handle=around.handles.get(parent, "") if parent else mention.parent_author,
        parent_is_inferred=mention.parent_observed_id is None and parent is not None,
        possible_parents=tuple(
            PossibleParent(
                one.candidate_id,
                around.handles.get(one.candidate_id, "") if one.candidate_id is not None else "",
                one.probability,
                one.method,
                around.times.get(one.candidate_id) if one.candidate_id is not None else None,
            )
            for one in around.possible.get(key, ())
        ),
        campaigns=around.matches.get(key, ()),
        labels=around.labels.get(key, ()),
        figures=_metrics(metrics) if metrics else MetricsDraft(),
        figures_read_at=metrics.read_at if metrics else None,
        figures_supplied_by=metrics.source if metrics else "",
        deleted_at=mention.deleted_at,
    )


def _metrics(row: MentionMetrics) -> MetricsDraft:
    return MetricsDraft(
        likes=row.likes,
        replies=row.replies,
        reposts=row.reposts,
        quotes=row.quotes,
        saves=row.saves,
        views=row.views,
        reach=row.reach,
    )


def _parent(mention: Mention) -> int | None:
    return mention.parent_observed_id or mention.parent_inferred_id


def _timeline(moments: Sequence[MentionTime], zone: str) -> tuple[bool, tuple[TimeCount, ...]]:
    """Count by hour where everything lies within a few days, else by day of the campaign's zone."""
    if not moments:
        return False, ()
    by_hour = moments[0].posted_at - moments[-1].posted_at <= _BY_HOUR_UP_TO
    here = ZoneInfo(zone)
    counts = Counter((_sharp(moment.posted_at.astimezone(here), by_hour), moment.kind) for moment in moments)
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], item[0][1].value))
    return by_hour, tuple(TimeCount(at, kind, count) for (at, kind), count in ordered)


def _sharp(at: datetime, by_hour: bool) -> datetime:  # noqa: FBT001 - private, and named at its one call
    """Return the beginning of the hour or the day."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour if by_hour else hour.replace(hour=0)
