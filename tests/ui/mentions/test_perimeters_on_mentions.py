"""The stream of mentions by perimeter: chosen, made, edited in two browsers, kept as a view."""

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.perimeters import add_perimeter, list_perimeters
from ambassador.services.perimeters.views import list_views, save_view
from ambassador.ui.kit.workspace import current_work
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterDraft, PerimeterKind, SavedViewDraft
from ambassador.values.status import Label
from tests.services.talk import Talk
from tests.ui.conftest import OpenApp

BRAND = PerimeterDraft("Brezza", PerimeterKind.BRAND, PerimeterRule(words=("brezza",)))


@pytest.fixture
def talk(open_app: OpenApp) -> Talk:
    talk = Talk(current_work())
    for number in range(6):
        talk.post(f"b{number}", "nina", "la brezza è qui", at=number * 20)
    for number in range(6):
        talk.post(f"c{number}", "ugo", "#q1brezza camera", at=number * 24)
    refresh_mentions(talk.work)
    return talk


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def field(app: AppTest, label: str):
    return next(one for one in app.text_input if one.label == label)


def in_dialog(app: AppTest, opens: str, *, typed: dict[str, str] | None = None, presses: str = "") -> AppTest:
    """Open a dialog anew, as a run from outside it closes it; type and press in it."""
    next(button for button in app.button if button.label == opens).click().run()
    if typed:
        for label, text in typed.items():
            field(app, label).set_value(text)
        next(button for button in app.button if button.label == opens).click()
        app.run()
    if presses:
        next(button for button in app.button if button.label == opens).click()
        next(button for button in app.button if button.label == presses).click()
        app.run()
    return app


def mentions_of(app: AppTest) -> str:
    return next(metric.value for metric in app.metric if metric.label == "Mentions")


def test_the_stream_shows_what_a_perimeter_holds(open_app: OpenApp, talk: Talk) -> None:
    ref = add_perimeter(talk.work, BRAND)
    app = open_app("mentions", perimeter=str(ref))
    assert not app.exception
    assert mentions_of(app) == "6"
    chooser = next(box for box in app.selectbox if box.label == "Perimeter")
    chooser.set_value("").run()
    assert not app.exception and mentions_of(app) == "12"
    chooser = next(box for box in app.selectbox if box.label == "Perimeter")
    chooser.set_value(f"campaign-{talk.campaign}").run()
    assert not app.exception and mentions_of(app) == "6"


def test_a_perimeter_is_made_after_its_preview_and_taken_back(open_app: OpenApp, talk: Talk) -> None:
    app, new = open_app("mentions"), "New perimeter"
    in_dialog(app, new, typed={"Name": "Ours", "Words": "brezza, camera"})
    assert any("all 12 mentions" in warning.value for warning in app.warning)
    in_dialog(app, new, presses="Watch it")
    assert any("say that everything is meant" in error.value for error in app.error)
    in_dialog(app, new, typed={"Words": "volcano"})
    assert any("None of the 12" in warning.value for warning in app.warning)
    in_dialog(app, new, typed={"Words": "brezza"})
    assert any("6 of 12 mentions" in told.value for told in app.info)
    in_dialog(app, new, presses="Watch it")
    assert not app.exception
    (card,) = [one for one in list_perimeters(talk.work) if not one.ref.is_campaign]
    assert (card.name, card.rule.words) == ("Ours", ("brezza",))
    press(app, "Undo")
    assert [one for one in list_perimeters(talk.work) if not one.ref.is_campaign] == []


def test_a_perimeter_in_two_browsers(open_app: OpenApp, talk: Talk) -> None:
    ref = add_perimeter(talk.work, BRAND)
    edit, save = "Edit the perimeter", "Save the perimeter"
    one, other = (open_app("mentions", perimeter=str(ref)) for _ in range(2))
    in_dialog(one, edit, typed={"Words": "brezza, vento"})
    in_dialog(other, edit, typed={"Words": "brezza, mare"})
    in_dialog(one, edit, presses=save)
    in_dialog(other, edit, presses=save)
    assert any("somebody else has saved" in warning.value for warning in other.warning)
    in_dialog(other, edit, presses=save)
    assert list_perimeters(talk.work)[0].rule.words == ("brezza", "mare")


def test_the_rule_of_a_campaign_is_edited_here_too(open_app: OpenApp, talk: Talk) -> None:
    app = open_app("mentions", perimeter=f"campaign-{talk.campaign}")
    in_dialog(app, "Edit the perimeter", typed={"Words": "una fotocamera"})
    in_dialog(app, "Edit the perimeter", presses="Save the perimeter")
    assert not app.exception
    (card,) = list_perimeters(talk.work)
    assert card.version == 2 and card.rule.words == ("una fotocamera",)


def test_a_view_is_kept_and_shown_again(open_app: OpenApp, talk: Talk) -> None:
    ref = add_perimeter(talk.work, BRAND)
    app = open_app("mentions", perimeter=str(ref))
    field(app, "Search the mentions").set_value("qui").run()
    field(app, "Name of the view").set_value("Here")
    press(app, "Keep it")
    assert not app.exception
    (view,) = list_views(talk.work)
    assert (view.draft.perimeter, view.draft.search) == (ref, "qui")
    save_view(talk.work, SavedViewDraft("Angry", None, Label.COMPLAINT))
    app = open_app("mentions")
    box = next(one for one in app.selectbox if one.label == "Kept views")
    box.set_value(str(view.id)).run()
    assert not app.exception and mentions_of(app) == "6"
    assert field(app, "Search the mentions").value == "qui"
    press(app, "Let go of {name}".format(name="Angry"))
    assert [one.draft.name for one in list_views(talk.work)] == ["Here"]


def test_a_perimeter_that_holds_nothing_says_so(open_app: OpenApp, talk: Talk) -> None:
    nothing = PerimeterDraft("Volcano", PerimeterKind.COMPETITOR, PerimeterRule(words=("volcano",)))
    ref = add_perimeter(talk.work, nothing)
    app = open_app("mentions", perimeter=str(ref))
    assert not app.exception
    assert any("Nothing that is here matches this perimeter" in line.value for line in app.markdown)
    press(app, "Archive the perimeter")
    assert not app.exception and mentions_of(app) == "12"
    press(app, "Bring back Volcano")
    assert len(list_perimeters(talk.work)) == 2
