"""Totals added up by the database against the same totals added up here, post by post."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete

from ambassador.metrics.engagement import engagements_of
from ambassador.metrics.tally import add_known
from ambassador.services.mentions import list_mentions
from ambassador.services.mentions.mentions import _timeline
from ambassador.services.work import UnitOfWork
from ambassador.store.mentions.mentions import labels_of, latest_metrics, read_moments
from ambassador.store.mentions.totals import count_found
from ambassador.store.tables.mentions import Mention, MentionLabel, MentionMetrics
from ambassador.store.tables.people import Account, Person
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.status import Label, MentionKind
from tests.conftest import NOW

START = datetime(2026, 3, 28, 20, tzinfo=UTC)
COUNTS = some.one_of(some.none(), some.integers(0, 900), some.just(2**62), some.just(2**63 - 1))
POST = some.fixed_dictionaries(
    {
        "author": some.integers(0, 4),
        "minutes": some.integers(0, 60 * 24 * 9),
        "kind": some.sampled_from(MentionKind),
        "labels": some.sets(some.sampled_from(Label)),
        "readings": some.lists(some.tuples(some.integers(0, 2), COUNTS, COUNTS), max_size=3),
    }
)


def tell(work: UnitOfWork, posts: list[dict]) -> None:
    """Write posts of two people with three accounts, of a stranger and of the brand, and nothing else."""
    with work.writing() as session:
        for table in (MentionMetrics, MentionLabel, Mention, Account, Person):
            session.execute(delete(table))
        session.add_all([Person(id=1, name="Nina", created_at=NOW), Person(id=2, name="Leo", created_at=NOW)])
        session.flush()
        for number, person in enumerate((1, 1, 2, None, None)):
            session.add(
                Account(
                    id=number + 1,
                    platform="x",
                    handle=f"h{number}",
                    person_id=person,
                    is_brand=number == 4,
                    created_at=NOW,
                )
            )
        session.flush()
        for key, post in enumerate(posts, start=1):
            at = START + timedelta(minutes=post["minutes"])
            session.add(
                Mention(
                    id=key,
                    platform="x",
                    post_id=f"p{key}",
                    account_id=post["author"] + 1,
                    kind=post["kind"],
                    posted_at=at,
                    recorded_at=NOW,
                )
            )
            session.flush()
            session.add_all(
                MentionLabel(mention_id=key, label=one, labelled_at=NOW) for one in post["labels"]
            )
            for place, (day, views, likes) in enumerate(post["readings"]):
                read_at = NOW + timedelta(days=day)
                session.add(
                    MentionMetrics(
                        mention_id=key, read_at=read_at, source=f"s{place}", views=views, likes=likes
                    )
                )
                session.flush()


@given(posts=some.lists(POST, max_size=12), labels=some.sampled_from([(), (Label.COMPLAINT,)]))
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_totals_are_those_of_the_posts(engine, posts, labels) -> None:
    work = UnitOfWork(engine, "tester", lambda: NOW)
    tell(work, posts)
    wanted = MentionFilter(labels=labels)
    with work.reading() as session:
        moments = read_moments(session, wanted)
        here = {moment.id for moment in moments}
        given_labels = [one for key, one in labels_of(session).items() if key in here]
        figures = [row for key, row in latest_metrics(session).items() if key in here]
        views = add_known(row.views for row in figures)
        engagements = add_known(engagements_of(row) for row in figures)
    found = list_mentions(work, wanted)
    assert found.found == found.figures.mentions == len(moments)
    assert found.figures.people == len(
        {one.person_id or -one.account_id for one in moments if not one.is_brand}
    )
    assert found.figures.labelled == len(given_labels)
    assert found.figures.complaints == sum(Label.COMPLAINT in one for one in given_labels)
    assert found.figures.views == views
    assert found.figures.engagements == engagements
    assert [row.id for row in found.rows] == [moment.id for moment in moments]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Rome", "Asia/Kathmandu", "Australia/Lord_Howe"])
@given(posts=some.lists(POST, min_size=1, max_size=12))
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_the_picture_counts_by_the_days_of_the_zone(sqlite_work, zone, posts) -> None:
    work = sqlite_work
    tell(work, posts)
    here = ZoneInfo(zone)
    with work.reading() as session:
        wanted = MentionFilter()
        by_hour, bins = _timeline(session, wanted, count_found(session, wanted), zone)
        moments = read_moments(session, wanted)
    expected: Counter[tuple[datetime, MentionKind]] = Counter()
    for one in moments:
        at = one.posted_at.astimezone(here).replace(minute=0, second=0, microsecond=0)
        expected[at if by_hour else at.replace(hour=0), one.kind] += 1
    assert {(one.at, one.kind): one.count for one in bins} == dict(expected)
