"""The page of tone and topics as a reader meets it."""

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.tone.figures import tone_figures
from ambassador.services.tone.labelling import tone_history
from ambassador.ui.kit.workspace import current_work
from ambassador.values.tone import Drawn, Tone
from tests.services.care.desk import posts
from tests.ui.conftest import OpenApp

POSTS = (
    "a1,x,lia,2026-05-04T08:00:00Z,Non funziona: pessimo!,,complaint\n"
    "a2,x,ugo,2026-05-04T08:10:00Z,oggi esce,,\n"
    "a3,x,zoe,2026-05-04T08:20:00Z,bellissimo,,\n"
)


def shown(app: AppTest) -> str:
    kinds = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error)
    return " ".join(one.value for one in kinds)


def press(app: AppTest, *labels: str) -> None:
    for label in labels:
        next(one for one in reversed(app.button) if one.label == label).click()
    app.run()
    assert not app.exception


@pytest.fixture
def told(workspace: str) -> None:
    posts(current_work(), POSTS)


def test_without_posts_it_says_where_they_come_from(open_app: OpenApp) -> None:
    app = open_app("tone")
    assert not app.exception
    assert "import an export of posts" in shown(app)


@pytest.mark.usefixtures("told")
def test_before_there_are_labels_it_says_how_many_are_missing(open_app: OpenApp) -> None:
    app = open_app("tone")
    assert not app.exception
    assert "at least 50 more are needed" in shown(app)
    assert "our list of words alone" in shown(app)


@pytest.mark.usefixtures("told")
def test_posts_are_labelled_one_by_one_and_the_last_is_taken_back(open_app: OpenApp) -> None:
    app = open_app("tone")
    press(app, "Label one by one")
    assert "Non funziona" in shown(app)
    press(app, "Label one by one", "Negative")
    assert [one.tone for one in tone_history(current_work(), 1)] == [Tone.NEGATIVE]
    assert tone_history(current_work(), 1)[0].drawn is Drawn.CHOSEN


@pytest.mark.usefixtures("told")
def test_customer_care_counts_once_it_is_let(open_app: OpenApp) -> None:
    app = open_app("tone")
    press(app, "Let them count")
    assert tone_figures(current_work()).negative == 1
    press(app, "Do not count them")
    assert tone_figures(current_work()).told == 0


@pytest.mark.usefixtures("told")
def test_topics_are_told_or_that_there_are_none(open_app: OpenApp) -> None:
    app = open_app("tone")
    app.segmented_control(key="tone-view").set_value(True).run()
    assert not app.exception
    assert "No two of these posts" in shown(app)


@pytest.mark.usefixtures("told")
def test_the_mentions_show_likely_complaints_first(open_app: OpenApp) -> None:
    app = open_app("mentions")
    app.segmented_control(key="mentions:show").set_value("likely").run()
    assert not app.exception
    assert list(app.dataframe[0].value["Text"]) == ["Non funziona: pessimo!", "oggi esce", "bellissimo"]


@pytest.mark.usefixtures("told")
def test_a_file_of_labels_comes_in_and_what_it_does_not_know_is_told(open_app: OpenApp) -> None:
    app = open_app("tone")
    press(app, "Bring in labels")
    press(app, "Bring in labels", "Bring them in")
    assert "Choose a file first." in shown(app)
    press(app, "Bring in labels")
    file = b"mention,tone\n1,negative\n99,neutral\n"
    app.file_uploader[0].set_value(("labels.csv", file, "text/csv"))
    press(app, "Bring in labels", "Bring them in")
    assert (tone_figures(current_work()).negative, tone_figures(current_work()).neutral) == (1, 0)
    assert "1 could not be used" in " ".join(one.label for one in app.expander)
