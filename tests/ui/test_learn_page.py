"""The page about what was learned, as a reader meets it."""

from ambassador.services.learning.learn_influence import learn_influence
from ambassador.ui.workspace import current_work
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
    assert figures["Joined after somebody they listen to"] == "60"
    assert figures["From outside the network"] == "0%"
    assert any("@anna is the most contagious" in text.value for text in app.markdown)
    assert any("the expected share of joiners" in text.value for text in app.markdown)


def test_new_posts_make_it_offer_to_learn_again(workspace: str, open_app: OpenApp) -> None:
    brought_in(current_work(), posts(30))
    learn_influence(current_work())
    brought_in(current_work(), posts(3, first=30), "more.csv")
    app = open_app("learn")
    assert any("nothing was learned from yet" in box.value for box in app.info)
