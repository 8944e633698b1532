"""The page about what was learned, as a reader meets it."""

import pytest

from ambassador.services.learning.learn import learn_influence
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.learning import views
from ambassador.values.learning import InfluenceEvaluation, TieDirection
from tests.services.answers import brought_in, posts
from tests.ui.conftest import OpenApp


def test_without_reactions_it_says_what_is_missing(open_app: OpenApp) -> None:
    app = open_app("learn")
    assert not app.exception
    assert any("Nothing to learn from yet" in text.value for text in app.markdown)


def test_with_a_past_it_offers_to_learn(workspace: str, open_app: OpenApp) -> None:
    brought_in(current_work(), posts(20))
    app = open_app("learn")
    assert not app.exception
    assert any("20 people joined" in text.value for text in app.markdown)
    assert "Learn" in [button.label for button in app.button]


def test_what_was_learned_is_told_in_figures_and_words(workspace: str, open_app: OpenApp) -> None:
    brought_in(current_work(), posts(60))
    learn_influence(current_work())
    app = open_app("learn")
    assert not app.exception
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Times somebody joined"] == "60"
    assert figures["From outside the network"] == "0%"
    assert any("@anna is the most contagious" in text.value for text in app.markdown)
    assert any("the expected share of joiners" in text.value for text in app.markdown)


def test_new_posts_make_it_offer_to_learn_again(workspace: str, open_app: OpenApp) -> None:
    brought_in(current_work(), posts(30))
    learn_influence(current_work())
    brought_in(current_work(), posts(3, first=30), "more.csv")
    app = open_app("learn")
    assert any("nothing was learned from yet" in box.value for box in app.info)


def test_it_says_whether_picks_and_forecasts_go_by_it(workspace: str, open_app: OpenApp) -> None:
    brought_in(current_work(), posts(60))
    found = learn_influence(current_work())
    said = " ".join(text.value for text in open_app("learn").markdown)
    assert ("Picks and forecasts use it" in said) == found.by_default
    assert ("Picks and forecasts do not use it" in said) != found.by_default


def test_few_cascades_promise_neither_use_nor_narrow_forecasts(workspace: str, open_app: OpenApp) -> None:
    brought_in(current_work(), posts(8))
    found = learn_influence(current_work())
    assert not found.enough and not found.by_default
    app = open_app("learn")
    said = " ".join(text.value for text in app.markdown)
    assert "do not use it" in said and "This is little" in said
    assert "forecasts can be narrow" not in said
    assert {one.label: one.value for one in app.metric}["From outside the network"] == "no data yet"


def test_without_news_there_is_nothing_to_press(workspace: str, open_app: OpenApp) -> None:
    brought_in(current_work(), posts(30))
    learn_influence(current_work())
    app = open_app("learn")
    assert "Learn again" not in [button.label for button in app.button]
    assert any("Nothing is new since" in one.value for one in app.caption)


@pytest.mark.parametrize(
    ("whole", "alone", "said"),
    [
        (None, None, ()),
        (1.9, -1.9, ()),
        (-2.1, None, ("too high.",)),
        (0.0, -2.1, ("too much of its best.",)),
        (2.1, 2.1, ("too low.", "too little of its best.")),
    ],
)
def test_where_the_highest_were_wrong_by_more_than_chance_it_is_said(
    whole: float | None, alone: float | None, said: tuple[str, ...]
) -> None:
    check = InfluenceEvaluation(
        0.8, -0.1, 0.01, 100, {}, TieDirection.AS_LISTED, 50, 50,
        top_share_error_by_cascade=whole, stored_top_error_by_cascade=alone,
    )  # fmt: skip
    told = list(views._tops(check))
    assert len(told) == len(said)
    assert all(text.endswith(end) for end, text in zip(said, told, strict=True))
