"""What was said, and how far it went, as a reader meets it."""

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.mentions.review import label_mentions
from ambassador.ui.kit.workspace import current_work
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.status import Label
from tests.services.talk import Talk
from tests.ui.conftest import OpenApp


@pytest.fixture
def talk(open_app: OpenApp) -> Talk:
    talk = Talk(current_work())
    talk.ambassador("nina")
    talk.phone("S1", "nina", since=-5)
    talk.post("a", "nina", "#q1brezza")
    talk.post("b", "ugo", "zero *campo*", parent="a", at=1)
    talk.post("c", "eva", "", root="a", at=2)
    talk.post("d", "pia", "my Q1", at=3)
    refresh_mentions(talk.work)
    label_mentions(talk.work, [talk.posts["b"]], Label.COMPLAINT)
    return talk


@pytest.mark.parametrize("page", ["mentions", "cascades"])
def test_an_empty_workspace_offers_to_import_mentions(open_app: OpenApp, page: str) -> None:
    app = open_app(page)
    assert not app.exception
    assert "Import mentions" in {button.label for button in app.button}


def test_the_first_row_of_mentions_answers_and_who_waits_is_named(open_app: OpenApp, talk: Talk) -> None:
    app = open_app("mentions")
    assert not app.exception
    assert [(metric.label, metric.value) for metric in app.metric] == [
        ("Mentions", "4"),
        ("People who talk", "4"),
        ("Complaints", "25.0%"),
        ("To review", "1"),
    ]
    assert any("waits for an answer" in expander.label for expander in app.expander)
    assert any("zero \\*campo\\*" in line.value for line in app.markdown)


def test_the_first_row_of_cascades_says_who_made_it_travel(open_app: OpenApp, talk: Talk) -> None:
    app = open_app("cascades", campaign=str(talk.campaign))
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["Nina", "0.7 more"]
    assert any("What @nina started carried 100% of the talk" in line.value for line in app.markdown)
    assert any("The phone of Nina brought 100% of the talk" in line.value for line in app.markdown)


def test_without_a_campaign_the_starter_of_the_largest_cascade_is_named(
    open_app: OpenApp, talk: Talk
) -> None:
    app = open_app("cascades")
    assert not app.exception
    assert app.metric[0].value == "@nina"
    assert any("remark" in expander.label for expander in app.expander)
    assert any("Choose a campaign above" in one.value for one in app.caption)


def test_the_address_can_ask_for_the_review_queue_or_one_mention(open_app: OpenApp, talk: Talk) -> None:
    queue = open_app("mentions", campaign=str(talk.campaign), show="review")
    assert list(queue.dataframe[0].value["Author"]) == ["@pia"]
    one = open_app("mentions", mention=str(talk.posts["b"]))
    assert list(one.dataframe[0].value["Our answer"]) == ["waiting"]


def test_where_no_post_says_what_it_answers_nobody_made_it_travel(open_app: OpenApp) -> None:
    talk = Talk(current_work())
    talk.post("a", "nina", "#q1brezza")
    talk.post("b", "ugo", "#q1brezza", at=1)
    refresh_mentions(talk.work)
    app = open_app("cascades", campaign=str(talk.campaign))
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["no data yet", "no data yet"]
    assert any("how it travelled is not known" in box.value for box in app.info)


def ticked() -> None:
    from ambassador.services.mentions.mentions import list_mentions
    from ambassador.ui.kit.notices import show_notice
    from ambassador.ui.kit.workspace import current_work
    from ambassador.ui.mentions.actions import mention_actions
    from ambassador.values.mentions.mentions import MentionFilter

    show_notice()
    rows = list_mentions(current_work(), MentionFilter(search="zero")).rows
    mention_actions(rows, None)


def test_a_post_is_marked_as_taken_down_and_the_mark_taken_back(talk: Talk) -> None:
    def gone() -> bool:
        (row,) = list_mentions(current_work(), MentionFilter(search="zero")).rows
        return row.deleted_at is not None

    app = AppTest.from_function(ticked, default_timeout=120).run()
    app.button(key="gone:yes").click().run()
    assert gone()
    app.button(key="_undo").click().run()
    assert not gone()
