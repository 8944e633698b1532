"""Incidents on Mentions: how it begins, watched after a look at the past, opened, closed, dismissed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.campaigns.home import home
from ambassador.services.incidents import list_incidents, watch_incidents
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.ui.kit.workspace import current_work
from ambassador.values.home import TaskKind
from ambassador.values.incidents import IncidentKind, IncidentStatus
from tests.services.incidents.worlds import BEGINS, BURST, World, hours
from tests.ui.conftest import OpenApp


@pytest.fixture
def world(open_app: OpenApp) -> World:
    world = World(replace(current_work(), now=lambda: BEGINS + timedelta(days=60)))
    world.past(50.6, 1)
    world.posts([BURST], "brezza: lo schermo si rompe", authors=("zoe",))
    world.burst(30, at=BURST + hours(0.1), parent=f"p{world.count}", text="brezza, anche a me *lo* schermo")
    refresh_mentions(world.work)
    return world


def through(app: AppTest, opens: str, presses: str, typed: str = "") -> AppTest:
    """Open a dialog anew, as a run from outside closes it; type and press in it."""
    next(one for one in app.button if one.label == opens).click().run()
    if typed:
        app.text_area[0].set_value(typed)
        next(one for one in app.button if one.label == opens).click()
        app.run()
    next(one for one in app.button if one.label == opens).click()
    next(one for one in app.button if one.label == presses).click()
    return app.run()


def test_without_anything_watched_it_says_how_to_begin(open_app: OpenApp) -> None:
    app = open_app("mentions", part="incidents")
    assert not app.exception
    assert "There is no perimeter to watch yet" in app.info[0].value


def test_a_perimeter_is_watched_after_a_look_at_its_past(open_app: OpenApp, world: World) -> None:
    app = open_app("mentions", part="incidents")
    opens = "Watch a perimeter"
    next(one for one in app.button if one.label == opens).click().run()
    next(one for one in app.selectbox if one.label == "Perimeter").set_value(str(world.ref))
    next(one for one in app.button if one.label == opens).click()
    app.run()
    assert any("days" in one.value and "Usual: " in one.value for one in app.caption)
    app.multiselect[0].set_value([IncidentKind.SPIKE])
    next(one for one in app.button if one.label == opens).click()
    next(one for one in app.button if one.label == "Save what is watched for").click()
    app.run()
    assert not app.exception
    assert [card.posts for card in list_incidents(world.work).incidents] == [31]


def test_two_who_change_what_is_watched_are_told(open_app: OpenApp, world: World) -> None:
    watch_incidents(world.work, world.ref, [IncidentKind.SPIKE])
    app = open_app("mentions", part="incidents")
    opens = "Change what is watched for"
    next(one for one in app.button if one.label == opens).click().run()
    next(one for one in app.selectbox if one.label == "Perimeter").set_value(str(world.ref))
    next(one for one in app.button if one.label == opens).click()
    app.run()
    watch_incidents(world.work, world.ref, [IncidentKind.SILENCE])
    next(one for one in app.button if one.label == opens).click()
    next(one for one in app.button if one.label == "Save what is watched for").click()
    app.run()
    (stands,) = list_incidents(world.work).watches
    assert stands.version == 2 and list(stands.since) == [IncidentKind.SILENCE] and not app.exception
    assert any("Somebody else has changed" in one.value for one in app.error)


def test_an_incident_is_opened_from_home_closed_and_dismissed(open_app: OpenApp, world: World) -> None:
    watch_incidents(world.work, world.ref, [IncidentKind.SPIKE])
    (task,) = [one for one in home(world.work).tasks if one.kind is TaskKind.INCIDENT]
    assert task.values["posts"] == 31 and not task.is_late
    app = open_app("mentions", **task.query)
    assert not app.exception
    assert any("lo" in one.value and "*lo*" in one.value.replace("\\", "") for one in app.markdown)
    through(app, "Close it", "Close the incident", "answered them")
    (card,) = list_incidents(world.work).incidents
    assert (card.status, card.reason) == (IncidentStatus.CLOSED, "answered them")
    app = open_app("mentions", incident=card.id)
    next(one for one in app.button if one.label == "Open it again").click().run()
    through(app, "A false alarm", "Dismiss it", "a test of ours")
    assert list_incidents(world.work).incidents[0].status is IncidentStatus.DISMISSED
