"""How the people of a workspace are scored."""

import pytest

from ambassador.errors import BadInputError
from ambassador.services.people.people import list_people
from ambassador.services.work import UnitOfWork
from ambassador.services.workspace import (
    ScoreSettings,
    change_score_settings,
    score_settings,
)
from tests.people_samples import made


def test_weights_change_scores_and_can_be_taken_back(work: UnitOfWork) -> None:
    made(work, "anna", figures={"followers": 10, "average_likes": 9.0})
    made(work, "bea", figures={"followers": 1_000, "average_likes": 9.0})
    before = [row.score.value for row in list_people(work).rows]
    was = change_score_settings(work, ScoreSettings({"reach": 1.0}, nearest=3))
    assert [row.score.value for row in list_people(work).rows] == pytest.approx([25, 75])
    assert list_people(work).nearest == 3
    change_score_settings(work, was)
    assert [row.score.value for row in list_people(work).rows] == before
    assert score_settings(work).nearest == 50


@pytest.mark.parametrize(
    "settings",
    [
        ScoreSettings({"reach": -1.0, "network": 3.0}, 5),
        ScoreSettings({"charm": 1.0}, 5),
        ScoreSettings({"reach": 0.0}, 5),
        ScoreSettings({"reach": 1.0}, 0),
    ],
)
def test_weights_that_score_nobody_are_refused(sqlite_work: UnitOfWork, settings: ScoreSettings) -> None:
    with pytest.raises(BadInputError):
        change_score_settings(sqlite_work, settings)
