"""The words about whoever fell outside the range."""

from dataclasses import replace

import pytest

from ambassador.ui.results.surprise_lines import surprise_line
from ambassador.values.results.surprises import Surprise
from tests.services.story import freeze_forecast, tell
from tests.ui.conftest import OpenApp

RIDER = Surprise(
    "Sami", "sami", 81, 0, 64, is_above=True, followers=2140, size_rank=211, was_picked=True, overlap=0.0
)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "en")


def test_the_line_says_size_range_and_why_the_pick_chose_them() -> None:
    line = surprise_line(RIDER)
    assert "2,140 followers, number 211 by size" in line
    assert "81 people talk, outside its range of 0" in line
    assert "Picked for low overlap" in line and "not foreseen in size" in line


def test_what_is_not_known_is_not_said() -> None:
    line = surprise_line(replace(RIDER, followers=None, was_picked=False, overlap=None))
    assert "followers" not in line
    assert "Picked" not in line


@pytest.mark.parametrize("page", ["cascades", "outcomes"])
def test_the_pages_name_whoever_is_outside(open_app: OpenApp, page: str) -> None:
    from ambassador.ui.kit.workspace import current_work

    story = tell(current_work())
    freeze_forecast(current_work(), story, nina=[0, 1])
    app = open_app(page, campaign=str(story.campaign))
    assert not app.exception
    assert any("outside its range" in text.value for text in app.markdown)
