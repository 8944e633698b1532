"""List mentions with their parents, campaigns, labels and figures; totals over everything found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import zone_of_days
from ambassador.store.cascades.parent_candidates import Possibility, read_candidates
from ambassador.store.kept import kept_for
from ambassador.store.mentions import mentions as store
from ambassador.store.mentions import totals
from ambassador.store.mentions.credit import read_posting_times
from ambassador.store.mentions.finding import find_newest
from ambassador.store.mentions.totals import TalkTotals
from ambassador.store.people.people import known_handles
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.store.tables.people import Account
from ambassador.values.days import lies_on_the_hour
from ambassador.values.drafts import MetricsDraft
from ambassador.values.identity import canonical_handle
from ambassador.values.imports.imports import Note
from ambassador.values.mentions.mentions import (
    MOST_COUNTED,
    CampaignMatch,
    FoundMentions,
    MentionFigures,
    MentionFilter,
    MentionRow,
    MentionsView,
    PossibleParent,
    TimeCount,
)
from ambassador.values.status import Label, MentionKind

_IS_A_HANDLE = mark("Search {who} to find also what this account wrote.")
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
        zone = zone_of_days(session, wanted.campaign_id) or "UTC"
        all_of_them = replace(wanted, limit=0, offset=0)
        told = kept_for(session, "talk", (all_of_them, zone), lambda: _told(session, all_of_them, zone))
        ids, _ = find_newest(session, wanted, MOST_COUNTED + 1)
        return replace(told, rows=mention_rows(session, ids))


def _told(session: Session, wanted: MentionFilter, zone: str) -> MentionsView:
    """Add everything up that a filter finds; kept until anything it rests on changes."""
    found = totals.count_found(session, wanted)
    by_hour, timeline = _timeline(session, wanted, found, zone)
    return MentionsView(_figures(session, wanted, found), (), found.mentions, timeline, by_hour, zone)


def find_mentions(work: UnitOfWork, wanted: MentionFilter) -> FoundMentions:
    """Read the newest mentions a filter finds, without the totals over all of them.

    Examples
    --------
    >>> found = find_mentions(work, MentionFilter(campaign_id=campaign, search="@nina"))
    >>> [row.handle for row in found.rows], found.found, found.has_more
    (['nina'], 1, False)
    >>> str(find_mentions(work, MentionFilter(campaign_id=campaign, search="nina")).hint)
    'Search @nina to find also what this account wrote.'
    """
    with work.reading() as session:
        ids, found = find_newest(session, wanted, MOST_COUNTED + 1)
        return FoundMentions(
            mention_rows(session, ids),
            min(found, MOST_COUNTED),
            found > MOST_COUNTED,
            _hint(session, wanted.search),
        )


def _hint(session: Session, search: str) -> Note | None:
    bare = [canonical_handle(word) for word in search.split() if not word.startswith(("@", "-", "#", '"'))]
    named = known_handles(session, bare)
    return Note(_IS_A_HANDLE, {"who": f"@{named[0]}"}) if named else None


def _figures(session: Session, wanted: MentionFilter, found: TalkTotals) -> MentionFigures:
    labels, sums = totals.count_labels(session, wanted), totals.sum_figures(session, wanted)
    return MentionFigures(
        mentions=found.mentions,
        people=found.people,
        complaints=labels.complaints,
        labelled=labels.labelled,
        to_review=store.count_to_review(session, wanted.campaign_id, wanted.perimeter),
        views=sums.views,
        engagements=sums.engagements,
    )


def mention_rows(session: Session, mention_ids: Sequence[int]) -> tuple[MentionRow, ...]:
    """Read mentions as rows, in the order asked for, inside a transaction that is already open.

    Examples
    --------
    >>> [row.handle for row in mention_rows(session, [2, 1])]
    ['ugo', 'nina']
    """
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


def _timeline(
    session: Session, wanted: MentionFilter, found: TalkTotals, zone: str
) -> tuple[bool, tuple[TimeCount, ...]]:
    """Count by hour where everything lies within a few days, else by day of the campaign's zone."""
    if found.first is None or found.last is None:
        return False, ()
    by_hour, here = found.last - found.first <= _BY_HOUR_UP_TO, ZoneInfo(zone)
    by_minute = not lies_on_the_hour(found.first, found.last, here)
    counts: Counter[tuple[datetime, MentionKind]] = Counter()
    for stretch in totals.count_by_time(session, wanted, by_minute=by_minute):
        counts[_sharp(stretch.at.astimezone(here), by_hour), stretch.kind] += stretch.mentions
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], item[0][1].value))
    return by_hour, tuple(TimeCount(at, kind, count) for (at, kind), count in ordered)


def _sharp(at: datetime, by_hour: bool) -> datetime:  # noqa: FBT001 - private, and named at its one call
    """Return the beginning of the hour or the day."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour if by_hour else hour.replace(hour=0)
