"""Totals over everything a filter finds, added up by the database: a page reads sums, not posts."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_

from ambassador.store.mentions.mentions import conditions
from ambassador.store.tables.base import within_years
from ambassador.store.tables.mentions import Mention, MentionLabel, MentionMetrics
from ambassador.store.tables.people import Account
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.status import Label, MentionKind

_HALF: Final = 2**32
"""Sums of 64-bit counts are added in two halves: one absurd count must not stop the whole sum."""
_HOUR_DIGITS: Final = len("2026-05-12 09")
_MINUTE_DIGITS: Final = len("2026-05-12 09:30")


class TalkTotals(NamedTuple):
    """How much a filter finds, by how many people, and between when."""

    mentions: int
    people: int
    """Different authors; a person with several accounts is one, ours are none."""
    first: datetime | None
    last: datetime | None


class Stretch(NamedTuple):
    """How many mentions of a kind were posted in one hour, or one minute, of UTC."""

    at: datetime
    kind: MentionKind
    mentions: int


class LabelCounts(NamedTuple):
    """How many mentions carry any label, and how many that of a complaint."""

    labelled: int
    complaints: int


class FigureSums(NamedTuple):
    """Sums of the newest figures; None where no mention states one."""

    views: int | None
    engagements: int | None


def count_found(session: Session, wanted: MentionFilter) -> TalkTotals:
    """Count the mentions a filter finds and the people who wrote them."""
    person = func.coalesce(col(Account.person_id), -col(Mention.account_id))
    talkers = func.count(func.distinct(case((col(Account.is_brand).is_(False), person))))
    posted = col(Mention.posted_at)
    row = session.execute(_found(wanted, func.count(), talkers, func.min(posted), func.max(posted))).one()
    return TalkTotals(*row)


def count_without_language(session: Session) -> int:
    """Count the mentions that say no language."""
    return int(
        session.execute(_found(MentionFilter(), func.count()).where(col(Mention.language) == "")).scalar_one()
    )


def count_by_time(session: Session, wanted: MentionFilter, *, by_minute: bool = False) -> list[Stretch]:
    """Count mentions by hour of UTC and kind; by minute, where a zone does not change on the hour."""
    begins = _begin(session, by_minute=by_minute)
    query = _found(wanted, begins.label("begins"), col(Mention.kind), func.count())
    rows = session.execute(query.group_by(literal_column("begins"), col(Mention.kind)))
    return [Stretch(_moment(at), kind, count) for at, kind, count in rows]


def count_labels(session: Session, wanted: MentionFilter) -> LabelCounts:
    """Count the mentions found that carry a label, and the complaints among them."""
    given = aliased(MentionLabel)  # the filter may ask for labels itself
    complaint = case((col(given.label) == Label.COMPLAINT, col(given.mention_id)))
    labelled = func.count(func.distinct(col(given.mention_id)))
    query = _found(wanted, labelled, func.count(func.distinct(complaint)))
    return LabelCounts(*session.execute(query.join(given, col(given.mention_id) == Mention.id)).one())


def sum_figures(session: Session, wanted: MentionFilter) -> FigureSums:
    """Add up the newest views and engagements of the mentions found."""
    stated = (
        col(MentionMetrics.likes),
        col(MentionMetrics.replies),
        col(MentionMetrics.reposts),
        col(MentionMetrics.quotes),
        col(MentionMetrics.saves),
    )
    query = _found(wanted, *(part for one in (col(MentionMetrics.views), *stated) for part in _halves(one)))
    query = query.join(MentionMetrics, col(MentionMetrics.mention_id) == Mention.id).where(_is_newest())
    views, *rest = _whole(session.execute(query).one())
    known = [one for one in rest if one is not None]
    return FigureSums(views, sum(known) if known else None)


def views_of(session: Session) -> Sequence[tuple[int, int]]:
    """Read mention and newest views, of all mentions that state them."""
    views = col(MentionMetrics.views)
    rows = session.execute(
        columns(col(MentionMetrics.mention_id), views).where(_is_newest(), views.is_not(None))
    )
    return [(mention, count) for mention, count in rows]


def _found(wanted: MentionFilter, *what: Any) -> Select[Any]:  # noqa: ANN401 - any column there is
    query = columns(*what).select_from(Mention).join(Account, col(Account.id) == Mention.account_id)
    return query.where(*conditions(wanted))


def _is_newest() -> ColumnElement[bool]:
    """No figures of the same mention were read later, nor at the same moment and noted later."""
    later = aliased(MentionMetrics)
    same_moment = and_(
        col(later.read_at) == col(MentionMetrics.read_at), col(later.id) > col(MentionMetrics.id)
    )
    newer: Select[Any] = columns(literal_column("1")).where(
        col(later.mention_id) == col(MentionMetrics.mention_id),
        or_(col(later.read_at) > col(MentionMetrics.read_at), same_moment),
    )
    return ~newer.exists()


def _halves(count: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:  # noqa: ANN401 - a mapped column
    high = count.op("/")(_HALF)
    return func.sum(high), func.sum(count - high * _HALF)


def _whole(halves: Any) -> list[int | None]:  # noqa: ANN401 - a row of sums
    pairs = zip(halves[::2], halves[1::2], strict=True)
    return [None if high is None else int(high) * _HALF + int(low) for high, low in pairs]


def _begin(session: Session, *, by_minute: bool) -> ColumnElement[Any]:
    posted = col(Mention.posted_at)
    if session.get_bind().dialect.name == "postgresql":
        return func.date_trunc("minute" if by_minute else "hour", posted, "UTC")
    digits = _MINUTE_DIGITS if by_minute else _HOUR_DIGITS
    return func.substr(posted, 1, digits, type_=None)


def _moment(begins: datetime | str) -> datetime:
    """Read the beginning of a stretch; SQLite gives the first digits of a moment of UTC."""
    if isinstance(begins, datetime):
        return within_years(begins.astimezone(UTC))
    return within_years(
        datetime.fromisoformat(begins if ":" in begins else f"{begins}:00").replace(tzinfo=UTC)
    )
