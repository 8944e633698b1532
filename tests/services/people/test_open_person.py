"""Opening one person."""

from datetime import timedelta

import pytest

from ambassador.errors import NotFoundError
from ambassador.services.people.person_card import open_person
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import AmbassadorEvent
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.mentions import Credit, MentionMetrics
from ambassador.values.status import MentionKind
from tests.conftest import NOW
from tests.people_samples import add, add_post, add_tie, campaign_with, made, person_with_account


def test_somebody_who_is_not_here_is_an_error(sqlite_work: UnitOfWork) -> None:
    with pytest.raises(NotFoundError, match="7"):
        open_person(sqlite_work, 7)


def test_nothing_known_stays_unknown(work: UnitOfWork) -> None:
    card = open_person(work, made(work, "anna"))
    assert (card.past.mentions, card.past.views, card.past.credited) == (0, None, None)
    assert (card.rates.by_followers, card.rates.by_reach, card.rates.by_impressions) == (None, None, None)
    assert (card.neighbours, card.campaigns, card.devices) == ((), (), ())


def test_past_results_are_those_of_their_own_posts(work: UnitOfWork) -> None:
    with work.writing() as session:
        person, anna = person_with_account(session, "anna")
        _, bea = person_with_account(session, "bea")
        post = add_post(session, anna, "1")
        add_post(session, anna, "2", kind=MentionKind.REPLY, parent_observed_id=post)
        add_post(session, bea, "3", kind=MentionKind.REPLY, parent_observed_id=post)
        add_post(session, bea, "4", kind=MentionKind.REPOST, parent_inferred_id=post)
        for days, views in ((5, 100), (1, 400)):
            at = NOW - timedelta(days=days)
            add(
                session,
                MentionMetrics(mention_id=post, read_at=at, views=views, likes=20, replies=None, reach=50),
            )
        campaign, (ambassador,) = campaign_with(session, "Q1", person)
        add(
            session,
            Credit(mention_id=post, campaign_id=campaign, ambassador_id=ambassador, share=0.75, method="m"),
        )
    card = open_person(work, person)
    assert (card.past.mentions, card.past.originals, card.past.answers) == (2, 1, 2)
    assert (card.past.views, card.past.views_posts, card.past.credited) == (400, 1, 0.75)
    assert (card.rates.by_reach, card.rates.by_impressions) == (0.4, 0.05)
    assert card.campaigns[0].credited == 0.75


def test_neighbours_stand_on_the_side_influence_flows_to(work: UnitOfWork) -> None:
    with work.writing() as session:
        person, anna = person_with_account(session, "anna")
        _, bea = person_with_account(session, "bea")
        _, carla = person_with_account(session, "carla")
        add_tie(session, anna, bea, kind="reply", origin="mentions", interactions=3)
        add_tie(session, anna, bea, kind="follow")
        add_tie(session, carla, anna, kind="follow")
    card = open_person(work, person)
    assert [(one.label, one.follows, one.interactions) for one in card.neighbours] == [
        ("Bea", True, 3),
        ("Carla", False, None),
    ]
    assert card.neighbours[0].kinds == ("follow", "reply")
    assert (card.hearing, card.heard) == (1, 1)


def test_devices_and_events_tell_their_history(work: UnitOfWork) -> None:
    with work.writing() as session:
        person, _ = person_with_account(session, "anna")
        _, (ambassador,) = campaign_with(session, "Q1", person)
        device = Device(model="Q1", serial="S1", created_at=NOW)
        add(session, device)
        custody = Custody(reference="R1", device_id=device.id or 0, ambassador_id=ambassador, reserved_at=NOW)
        event = AmbassadorEvent(
            ambassador_id=ambassador, to_status="accepted", happened_at=NOW, actor="lia", note="by mail"
        )
        add(session, custody, event)
    card = open_person(work, person)
    assert [(held.serial, held.since) for held in card.devices] == [("S1", NOW)]
    assert any("accepted by mail" in str(line.what) and line.actor == "lia" for line in card.history)
