"""The first press counts: it is kept until the page is drawn to its button, and what is missing is said."""

from collections.abc import Callable

import pytest
from streamlit import stop

from ambassador.ui.kit import forms
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.picks.demands import target_form
from ambassador.values.picks.audience import TargetAudience
from tests.services.crowd import add_ties, follower_file
from tests.services.launch import add_launch
from tests.ui.conftest import OpenApp


@pytest.fixture
def started(open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the jobs that are started instead of starting them, where there are ties to pick from."""
    add_ties(current_work(), follower_file())
    jobs: list[str] = []
    monkeypatch.setattr("ambassador.ui.picks.actions.start", lambda name, _work: jobs.append(name))
    return jobs


def test_a_press_whose_drawing_was_broken_off_starts_the_pick_at_the_next(
    open_app: OpenApp, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("pick")
    stops = [True]
    monkeypatch.setattr("ambassador.ui.picks.form.target_form", _broken_off_once(stops))
    next(one for one in app.button if one.label == "Pick people").click().run()
    assert not started
    app.run()
    assert not app.exception
    assert started == ["pick"]
    app.run()
    assert started == ["pick"]


def _broken_off_once(stops: list[bool]) -> Callable[..., TargetAudience]:
    def draw(*arguments: object, word_of_mouth: bool) -> TargetAudience:
        if stops:
            stops.clear()
            stop()
        return target_form(*arguments, word_of_mouth=word_of_mouth)  # type: ignore[arg-type]

    return draw


def test_a_press_is_forgotten_after_a_minute(
    open_app: OpenApp, started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app("pick")
    monkeypatch.setattr(forms, "_HONOURED", -1.0)
    next(one for one in app.button if one.label == "Pick people").click().run()
    assert not app.exception
    assert not started


def test_a_campaign_without_a_name_is_refused_in_words_after_the_press(
    open_app: OpenApp, workspace: str
) -> None:
    add_launch(current_work())
    app = open_app("campaigns")
    next(one for one in app.button if one.label == "New campaign").click().run()
    for label in ("New campaign", "Create the campaign"):
        next(one for one in reversed(app.button) if one.label == label).click()
    app.run()
    assert not app.exception
    assert any("A campaign needs a name" in one.value for one in app.error)
