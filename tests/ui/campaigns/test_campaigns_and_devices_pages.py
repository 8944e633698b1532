"""The Campaigns and Devices pages: what they say first, and what one click does."""

import re

import pytest

from ambassador.services.campaigns.ambassadors import answer, list_ambassadors
from ambassador.services.campaigns.campaigns import launch_campaign
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.devices.courier_words import list_courier_words, put_courier_word
from ambassador.services.devices.devices import lose_device, reserve_device, ship_devices
from ambassador.ui.kit.workspace import current_work
from ambassador.values.status import AmbassadorStatus, ParcelState
from tests.services.launch import add_launch, add_people, add_phones, add_pick
from tests.ui.conftest import OpenApp


@pytest.fixture
def campaign(workspace: str) -> int:
    """Give a live campaign: one phone lost, one on the way, one person declined, one in reserve."""
    work = current_work()
    add_phones(work, 4)
    number = add_launch(work)
    people = add_people(work, "Ann", "Bea", "Cal", "Dan")
    picks = [{"person_id": one} for one in people[:3]]
    ann, bea, cal = confirm_pick(work, add_pick(work, number, picks, [{"person_id": people[3]}])).invited
    held = [reserve_device(work, who) for who in (ann, bea)]
    ship_devices(work, [one.id for one in held])
    lose_device(work, held[0].id)
    answer(work, cal, AmbassadorStatus.DECLINED)
    launch_campaign(work, number)
    return number


def _metrics(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_the_devices_page_says_first_what_is_missing(open_app: OpenApp, campaign: int) -> None:
    app = open_app("devices", campaign=str(campaign))
    assert not app.exception
    assert _metrics(app) == {
        "Phones unaccounted for": "€400",
        "On the way": "1",
        "Overdue": "0",
        "With ambassadors": "0",
    }


def test_the_address_opens_one_phone(open_app: OpenApp, campaign: int) -> None:
    app = open_app("devices", campaign=str(campaign))
    app.query_params["device"] = "BZ0001"
    app.run()
    assert not app.exception
    assert any("BZ0001" in text.value and "Ann" in text.value for text in app.markdown)


def test_a_campaign_says_what_is_spent_and_who_is_in(open_app: OpenApp, campaign: int) -> None:
    app = open_app("campaigns", campaign=str(campaign))
    assert not app.exception
    figures = _metrics(app)
    assert figures["Spent"] == "€800"
    assert figures["Agreements signed"] == "0 of 2"
    assert figures["Accepted"] == "0 of 3"


def test_the_next_of_the_reserve_takes_an_open_place_with_one_click(open_app: OpenApp, campaign: int) -> None:
    app = open_app("campaigns", campaign=str(campaign))
    next(button for button in app.button if button.label == "Invite Dan").click().run()
    assert not app.exception
    assert {row.label: row.status.value for row in list_ambassadors(current_work(), campaign)}[
        "Dan"
    ] == "invited"
    assert not [button for button in app.button if button.label.startswith("Invite Dan")]


def test_no_text_of_the_two_pages_stays_untranslated(open_app: OpenApp, campaign: int) -> None:
    for page in ("campaigns", "devices"):
        app = open_app(page, language="xx", campaign=str(campaign))
        assert not app.exception
        for metric in app.metric:
            assert metric.label.startswith("⟦"), metric.label
        for button in app.button:
            assert "⟦" in button.label, button.label


def test_nothing_is_chosen_beforehand_when_somebody_leaves(open_app: OpenApp, campaign: int) -> None:
    bea = next(row for row in list_ambassadors(current_work(), campaign) if row.label == "Bea")
    app = open_app("campaigns", campaign=str(campaign), ambassador=str(bea.id))
    assert not app.exception
    has, note_it = (
        next(one for one in app.radio if one.label == "They have"),
        next(button for button in app.button if button.label == "Note it"),
    )
    assert has.value is None
    note_it.click().run()
    assert next(row for row in list_ambassadors(current_work(), campaign) if row.label == "Bea") == bea


def test_the_counts_of_the_stock_add_up_in_its_sentence(open_app: OpenApp, campaign: int) -> None:
    app = open_app("devices")
    said = next(text.value for text in app.markdown if text.value.startswith("**4 phones"))
    assert sum(int(count) for count in re.findall(r"(\d+) [a-z]", said.partition(":")[2])) == 4


@pytest.mark.parametrize(("page", "says"), [("imports", True), ("people", True), ("mentions", False)])
def test_a_page_the_campaign_does_not_narrow_says_so(
    open_app: OpenApp, campaign: int, page: str, says: bool
) -> None:
    app = open_app(page, campaign=str(campaign))
    note = "This page shows all campaigns, whichever is chosen above."
    assert (note in [text.value for text in app.caption]) is says


def _press(app, *labels: str) -> None:
    """Press buttons together: a dialog stays open only while the button that opened it is pressed."""
    for label in labels:
        next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def test_couriers_words_are_shown_added_and_the_change_can_be_undone(open_app: OpenApp) -> None:
    app = open_app("devices")
    _press(app, "Couriers' words")
    assert any("recipient absent" in str(table.value) for table in app.dataframe)
    next(field for field in app.text_input if field.label == "The courier says").set_value("Al vicino")
    next(field for field in app.selectbox if field.label == "It means").select_index(1)
    _press(app, "Couriers' words", "Add the word")
    assert _own_words() == {"al vicino": "delivered"}
    app.button(key="_undo").click().run()
    assert not app.exception
    assert _own_words() == {}


def test_a_word_of_ones_own_is_forgotten_on_the_page(open_app: OpenApp) -> None:
    put_courier_word(current_work(), "al vicino", ParcelState.DELIVERED)
    app = open_app("devices")
    _press(app, "Couriers' words")
    next(field for field in app.selectbox if field.label == "A word to forget").select("al vicino")
    _press(app, "Couriers' words", "Forget this word")
    assert _own_words() == {}


def _own_words() -> dict[str, str]:
    return {one.word: one.state.value for one in list_courier_words(current_work()) if one.is_own}
