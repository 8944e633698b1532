"""Incidents: previewed, opened once a branch, closed by themselves or by people, exact whatever comes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from ambassador.errors import BadInputError, ConflictError
from ambassador.services.incidents import (
    close_incident,
    dismiss_incident,
    follow_now,
    list_incidents,
    open_incident,
    preview_incidents,
    reopen_incident,
    watch_incidents,
)
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.mentions.review import label_mentions
from ambassador.services.people.edit_people import add_person
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.undo import take_back
from ambassador.store.tables.mentions import Mention
from ambassador.values.incidents import IncidentEventKind, IncidentKind, IncidentStatus
from ambassador.values.people.people import NewPerson
from ambassador.values.status import Label
from tests.services.incidents.worlds import BEGINS, BURST, World, hours

SPIKE, COMPLAINTS, SILENCE = IncidentKind
QUARREL = "brezza: lo schermo si rompe"


@pytest.fixture
def world(sqlite_work):
    return lived_in(sqlite_work)


@pytest.fixture
def on_both(work):
    """Give a world on SQLite, and again on PostgreSQL."""
    return lived_in(work)


def lived_in(work) -> World:
    world = World(replace(work, now=lambda: BEGINS + timedelta(days=60)))
    world.past(50.6, 2)
    return world


def quarrel(world: World, count: int = 40) -> int:
    """Let a post draw answers within two hours."""
    (root,) = world.posts([BURST], QUARREL, authors=("zoe",))
    name = f"p{world.count}"
    world.burst(count, at=BURST + hours(0.1), within=2, parent=name, text="brezza, anche a me lo schermo")
    refresh_mentions(world.work)
    return root


def found(world: World):
    return list(list_incidents(world.work).incidents)


def test_a_branch_is_one_incident_with_who_joined_it_and_what_they_say(on_both):
    world = on_both
    watch_incidents(world.work, world.ref, [SPIKE])
    assert found(world) == []
    root = quarrel(world)
    (card,) = found(world)
    assert (card.kind, card.status, card.root_id, card.handle) == (SPIKE, IncidentStatus.OPEN, root, "zoe")
    assert card.posts == 41 and 2 < card.expected < 12
    assert BURST <= card.noticed_at <= BURST + hours(1)
    view = open_incident(world.work, card.id)
    assert view.people == 5 and view.joined[0].posts == 10
    assert "schermo" in view.words and "brezza" not in view.words
    assert {one.text for one in view.typical} == {
        "brezza: lo schermo si rompe",
        "brezza, anche a me lo schermo",
    }
    assert view.outlook is not None and view.outlook.seen == 41
    assert [one.kind for one in view.events] == [IncidentEventKind.OPENED]


def test_twice_gives_the_same_incidents(world):
    watch_incidents(world.work, world.ref, list(IncidentKind))
    quarrel(world)
    before = found(world)
    refresh_mentions(world.work)
    assert follow_now(world.work) == 0
    assert found(world) == before


def test_what_would_have_been_raised_is_told_before_it_is_switched_on(world):
    quarrel(world)
    view = preview_incidents(world.work, world.ref)
    spike = view.kinds[0]
    assert spike.is_ready and 1.5 < spike.an_hour < 2.5 and spike.dispersion < 1.3
    assert 20 < spike.days < 35 and spike.by_chance == pytest.approx(spike.days / 30)
    assert spike.alarms[0].posts == 41 and spike.false_share <= 1
    assert found(world) == []


def test_two_quarrels_at_once_are_two_incidents_and_posts_on_none_are_one(world):
    watch_incidents(world.work, world.ref, [SPIKE])
    quarrel(world)
    (other,) = world.posts([BURST], "altro post", authors=("ida",))
    world.burst(30, at=BURST + hours(0.2), parent=f"p{world.count}", text="brezza: e la batteria?")
    refresh_mentions(world.work)
    assert {card.root_id for card in found(world)} == {found(world)[1].root_id, other}
    assert len(found(world)) == 2
    world.burst(60, at=BURST + hours(60), text="brezza rotta di nuovo")
    refresh_mentions(world.work)
    alone = [card for card in found(world) if card.root_id is None]
    assert len(alone) == 1 and alone[0].posts >= 60


def test_it_closes_by_itself_after_a_quiet_day_and_opens_again_where_it_goes_on(world):
    watch_incidents(world.work, world.ref, [SPIKE])
    quarrel(world)
    world.posts([BURST + timedelta(days=2)], "altro")
    refresh_mentions(world.work)
    assert found(world)[0].status is IncidentStatus.CLOSED
    world.burst(40, at=BURST + timedelta(days=1, hours=23), parent="p" + str(world.count - 41))
    refresh_mentions(world.work)
    (card,) = found(world)
    kinds = [one.kind for one in open_incident(world.work, card.id).events]
    assert card.status is IncidentStatus.OPEN and card.posts == 81
    assert kinds[:2] == [IncidentEventKind.OPENED, IncidentEventKind.CALM]
    assert IncidentEventKind.AGAIN in kinds


def test_late_posts_and_posts_that_go_change_it_and_nothing_is_deleted(world):
    watch_incidents(world.work, world.ref, [SPIKE])
    quarrel(world)
    (card,) = found(world)
    world.burst(10, at=BURST + hours(0.3), parent=f"p{world.count - 40}")
    refresh_mentions(world.work)
    assert found(world)[0].posts == 51
    with world.work.writing() as session:
        for row in session.exec(select(Mention).where(Mention.posted_at >= BURST)):
            row.archived_at = BURST
    refresh_mentions(world.work)
    (gone,) = found(world)
    assert gone.id == card.id and not gone.stands and gone.status is IncidentStatus.CLOSED
    with world.work.writing() as session:
        for row in session.exec(select(Mention).where(Mention.posted_at >= BURST)):
            row.archived_at = None
    refresh_mentions(world.work)
    (back,) = found(world)
    assert back.id == card.id and back.stands and back.status is IncidentStatus.OPEN


def test_what_a_person_decided_stands_and_can_be_taken_back(on_both):
    world = on_both
    watch_incidents(world.work, world.ref, [SPIKE])
    quarrel(world)
    (card,) = found(world)
    with pytest.raises(BadInputError, match="why"):
        dismiss_incident(world.work, card.id, "")
    noting = world.work.noting()
    dismiss_incident(noting, card.id, "our own test", seen=card.revision)
    with pytest.raises(ConflictError, match="meanwhile"):
        close_incident(world.work, card.id, seen=card.revision)
    world.burst(10, at=BURST + hours(0.3), parent=f"p{world.count - 40}")
    refresh_mentions(world.work)
    (still,) = found(world)
    assert (still.status, still.reason, still.posts) == (IncidentStatus.DISMISSED, "our own test", 51)
    told = list_incidents(world.work)
    assert (told.dismissed, told.judged) == (1, 1)
    take_back(world.work, noting.kept)
    assert found(world)[0].status is IncidentStatus.OPEN
    close_incident(world.work, card.id, "answered")
    reopen_incident(world.work, card.id)
    world.posts([BURST + timedelta(days=3)], "altro")
    refresh_mentions(world.work)
    assert found(world)[0].status is IncidentStatus.OPEN


def test_complaints_are_counted_by_their_labels_and_silence_by_what_does_not_come(on_both):
    world = on_both
    ids = world.burst(4, text="la brezza è rotta")
    refresh_mentions(world.work)
    watch_incidents(world.work, world.ref, [COMPLAINTS, SILENCE])
    assert found(world) == []
    label_mentions(world.work, ids, Label.COMPLAINT)
    follow_now(world.work)
    assert [(card.kind, card.posts) for card in found(world)] == [(COMPLAINTS, 4)]
    world.posts([BURST + timedelta(hours=30)], "di altro")
    refresh_mentions(world.work)
    silence = next(card for card in found(world) if card.kind is SILENCE)
    assert silence.status is IncidentStatus.OPEN and silence.posts == 0 and silence.expected > 20
    world.posts([BURST + timedelta(hours=31)], "brezza!")
    world.posts([BURST + timedelta(hours=32)], "di altro")
    refresh_mentions(world.work)
    assert {card.id: card for card in found(world)}[silence.id].status is IncidentStatus.CLOSED


def test_our_own_posts_raise_nothing(world):
    world.author("brand", brand=True)
    world.burst(60, authors=("brand",))
    watch_incidents(world.work, world.ref, [SPIKE])
    refresh_mentions(world.work)
    assert found(world) == []


def test_an_erased_person_leaves_the_count_and_loses_the_name(on_both):
    world = on_both
    watch_incidents(world.work, world.ref, [SPIKE])
    quarrel(world)
    (card,) = found(world)
    dismiss_incident(world.work, card.id, "zoe was joking")
    person = add_person(world.work, NewPerson(name="Zoe", platform="x", handle="zoe"))
    erase_person(world.work, person)
    (after,) = found(world)
    assert after.handle == "" and after.text == "" and "zoe" not in after.reason
    assert after.posts in (40, 41)
    assert "zoe" not in {one.handle for one in open_incident(world.work, card.id).joined}


def test_accounts_of_one_person_have_joined_as_one(world):
    watch_incidents(world.work, world.ref, [SPIKE])
    quarrel(world)
    (card,) = found(world)
    joined = open_incident(world.work, card.id).joined
    first, second = (
        add_person(world.work, NewPerson(name=one.handle, platform="x", handle=one.handle))
        for one in joined[:2]
    )
    merge_people(world.work, first, [second])
    (after,) = found(world)
    view = open_incident(world.work, card.id)
    assert (after.id, after.posts) == (card.id, card.posts)
    assert view.people == 4
    assert view.joined[0].posts == joined[0].posts + joined[1].posts


@pytest.mark.parametrize("what", ["nothing", "two days", "one instant", "one an hour"])
def test_odd_pasts_are_told_and_raise_nothing(sqlite_work, what):
    work = replace(sqlite_work, now=lambda: BEGINS + timedelta(days=60))
    world = World(work)
    if what == "two days":
        world.past(2, 3)
    elif what == "one instant":
        world.posts([BEGINS] * 300)
    elif what == "one an hour":
        world.posts([BEGINS + hours(hour) for hour in range(50 * 24)])
    refresh_mentions(work)
    watch_incidents(work, world.ref, list(IncidentKind))
    view = preview_incidents(work, world.ref)
    assert found(world) == []
    for one in view.kinds:
        assert one.is_ready == (what == "one an hour")
        assert not one.alarms and one.false_share is None
    if what == "two days":
        assert view.kinds[0].missing_days >= 19
