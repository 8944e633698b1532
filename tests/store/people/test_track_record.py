"""What people achieved before, read from closed campaigns and from mentions."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.people.track_record import past_cascades, past_posts, posting_history, posts_by_account
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.mentions import Mention, MentionCampaign, MentionMetrics
from ambassador.store.tables.people import Account, Person
from ambassador.values.status import AmbassadorStatus, CampaignStatus, MentionKind, Verdict
from tests.conftest import NOW


def _kept(session: Session, row: object) -> int:
    session.add(row)
    session.flush()
    return row.id or 0  # type: ignore[attr-defined, no-any-return]


def _account(session: Session, handle: str, person_id: int | None = None) -> int:
    return _kept(session, Account(platform="x", handle=handle, person_id=person_id, created_at=NOW))


def _mention(session: Session, account_id: int, post_id: str, **more: object) -> int:
    return _kept(
        session,
        Mention(platform="x", post_id=post_id, account_id=account_id, posted_at=NOW, recorded_at=NOW, **more),
    )


def _campaign(session: Session, name: str, status: CampaignStatus) -> int:
    day = date(2026, 5, 1)
    return _kept(session, Campaign(name=name, status=status, starts_on=day, ends_on=day, created_at=NOW))


def _given(session: Session, campaign_id: int, person_id: int, *, delivered: bool = True) -> None:
    ambassador_id = _kept(
        session,
        Ambassador(
            campaign_id=campaign_id,
            person_id=person_id,
            status=AmbassadorStatus.ACCEPTED,
            created_at=NOW,
        ),
    )
    device_id = _kept(session, Device(model="Q1", created_at=NOW))
    _kept(
        session,
        Custody(
            reference=f"R{device_id}",
            device_id=device_id,
            ambassador_id=ambassador_id,
            reserved_at=NOW,
            delivered_at=NOW if delivered else None,
            ended_at=NOW,
        ),
    )


def test_only_delivered_devices_of_closed_campaigns_make_a_history(work: UnitOfWork) -> None:
    with work.writing() as session:
        posts, silent, waiting = (_kept(session, Person(created_at=NOW)) for _ in range(3))
        account = _account(session, "nina", posts)
        closed = _campaign(session, "closed", CampaignStatus.CLOSED)
        live = _campaign(session, "live", CampaignStatus.LIVE)
        for person in (posts, silent):
            _given(session, closed, person)
            _given(session, live, person)
        _given(session, closed, waiting, delivered=False)
        mention = _mention(session, account, "1")
        _kept(
            session,
            MentionCampaign(mention_id=mention, campaign_id=closed, verdict=Verdict.MATCHED, decided_at=NOW),
        )
    with work.reading() as session:
        assert posting_history(session) == {posts: (1, 1), silent: (1, 0)}


def test_a_post_that_does_not_belong_to_the_campaign_is_no_answer_to_the_device(work: UnitOfWork) -> None:
    with work.writing() as session:
        person = _kept(session, Person(created_at=NOW))
        closed = _campaign(session, "closed", CampaignStatus.CLOSED)
        _given(session, closed, person)
        mention = _mention(session, _account(session, "nina", person), "1")
        _kept(
            session,
            MentionCampaign(mention_id=mention, campaign_id=closed, verdict=Verdict.REJECTED, decided_at=NOW),
        )
    with work.reading() as session:
        assert posting_history(session) == {person: (1, 0)}


def test_past_posts_use_the_newest_figures_and_leave_unknown_ones_unknown(work: UnitOfWork) -> None:
    with work.writing() as session:
        nina, max_ = _account(session, "nina"), _account(session, "max")
        post = _mention(session, nina, "1")
        for days, likes in ((0, 10), (7, 90)):
            read_at = NOW + timedelta(days=days)
            _kept(session, MentionMetrics(mention_id=post, read_at=read_at, likes=likes, replies=10))
        _kept(session, MentionMetrics(mention_id=_mention(session, max_, "2"), read_at=NOW, views=500))
    with work.reading() as session:
        found = past_posts(session)
    assert (found[nina].posts, found[nina].interactions, found[nina].views) == (1, 100.0, None)
    assert (found[max_].interactions, found[max_].views) == (None, 500.0)


def test_a_person_who_reacts_twice_is_one_who_talks_and_an_unanswered_post_counts(work: UnitOfWork) -> None:
    with work.writing() as session:
        nina, max_, lia = (_account(session, handle) for handle in ("nina", "max", "lia"))
        _mention(session, nina, "1")
        _mention(session, nina, "2")
        for number, author in enumerate((max_, max_, lia)):
            _mention(session, author, f"r{number}", kind=MentionKind.REPOST, root_post_id="1")
        _mention(session, lia, "q", kind=MentionKind.REPLY, parent_post_id="1")
        _mention(session, nina, "own", kind=MentionKind.REPLY, parent_post_id="1")
    with work.reading() as session:
        assert past_cascades(session) == {nina: (2, pytest.approx((3 + 1) / 2))}
        assert posts_by_account(session) == {nina: 3, max_: 2, lia: 2}
        evidence = count_evidence(session)
    assert (evidence.mentions, evidence.authors, evidence.reactions, evidence.answered_posts) == (7, 3, 5, 1)
