"""The Pick and Forecast pages as a reader meets them."""

import time
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.imports.import_files import import_file
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.ui.kit.text import unknown
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.money import money
from ambassador.values.networks.network import RuleKind
from ambassador.values.picks.audience import TargetAudience
from ambassador.values.picks.picks import PickRequest
from ambassador.values.picks.quotas import most_of
from ambassador.values.status import ImportKind
from tests.services.crowd import CERTAIN, add_person, add_ties, follower_file
from tests.services.launch import add_launch
from tests.ui.conftest import OpenApp


def _words(app: object) -> str:
    kinds = ("title", "markdown", "caption", "metric", "info", "error", "subheader")
    return " ".join(
        f"{getattr(one, 'label', '')} {one.value}" for kind in kinds for one in getattr(app, kind)
    )


@pytest.mark.parametrize("page", ["pick", "forecast"])
def test_an_empty_workspace_says_what_is_missing_and_where_to_go(open_app: OpenApp, page: str) -> None:
    app = open_app(page)
    assert not app.exception
    assert any(button.label in {"Import people or ties", "Pick ambassadors"} for button in app.button)


def test_a_pick_is_answered_first_and_explained_below(open_app: OpenApp, workspace: str) -> None:
    add_ties(current_work(), follower_file())
    pick_ambassadors(current_work(), PickRequest(2, probabilities=CERTAIN, key=1))
    app = open_app("pick")
    assert not app.exception
    first = {one.label: one.value for one in app.metric}
    assert first["People who talk"] == "16"
    assert first["Gain over biggest first"] == "+4"
    assert first["People who may see it"] == "14"
    said = _words(app)
    assert "it does not say the forecast is right" in said
    assert "reach 90% the same people" in said
    assert [one.label for one in app.button if one.proto.type == "primary"] == ["Confirm this pick"]


def test_the_page_says_what_the_demands_cost_and_what_more_phones_bring(
    open_app: OpenApp, workspace: str
) -> None:
    add_ties(current_work(), follower_file())
    asked = PickRequest(2, probabilities=CERTAIN, key=1, runs=50, apart=(("a", "c"),))
    pick_ambassadors(current_work(), asked)
    app = open_app("pick")
    next(one for one in app.button if one.label == "Compute").click()
    _until_done(app)
    assert not app.exception
    assert "Without pairs that exclude each other: 1.0 more." in _words(app)


def test_the_page_computes_a_kept_pick_again(open_app: OpenApp, workspace: str) -> None:
    add_ties(current_work(), follower_file())
    pick_ambassadors(current_work(), PickRequest(2, probabilities=CERTAIN, key=1, runs=50))
    add_ties(current_work(), [("c", "l01")])
    assert "Ricalcola questa scelta" in [one.label for one in open_app("pick", "it").button]
    app = open_app("pick")
    next(one for one in app.button if one.label == "Recompute this pick").click()
    for _ in range(100):
        app.run()
        if app.success:
            break
        time.sleep(0.2)
    assert not app.exception
    assert "same answer came out again" in app.success[0].value
    assert "The network has changed: 23 ties then, 24 today." in _words(app)


def test_a_demand_that_cannot_be_read_is_said_on_the_page(open_app: OpenApp, workspace: str) -> None:
    add_ties(current_work(), follower_file())
    app = open_app("pick")
    for label, typed, said in (("At least", "city=2", "is no lower limit"), ("Not both", "a", "is no pair")):
        field = next(one for one in app.text_input if one.label == label)
        field.input(typed)
        next(one for one in app.button if one.label == "Pick people").click().run()
        assert not app.exception
        assert said in _words(app)
        next(one for one in app.text_input if one.label == label).input("")


def test_figures_of_an_audience_say_whom_they_count_and_limits_of_all_kinds_can_be_asked(
    open_app: OpenApp, workspace: str
) -> None:
    add_ties(current_work(), follower_file())
    add_person(current_work(), "m1", city="Bari", is_candidate=False)
    audience = TargetAudience(cities=("Bari",))
    pick_ambassadors(current_work(), PickRequest(1, probabilities=CERTAIN, key=1, audience=audience))
    app = open_app("pick")
    assert not app.exception
    first = {one.label: one.value for one in app.metric}
    assert first["Talk, of the people you want to reach"] == "1"
    assert first["May see it, of the people you want to reach"] == "1"
    assert "(city: Bari): 1 of 17 in the network. Of 16 it is not known" in _words(app)
    labels = {one.label for one in (*app.text_input, *app.number_input)}
    assert {"Live in these cities", "At most per tier", "At most per language", "At most"} <= labels


def test_the_form_holds_what_the_choice_shown_was_asked_until_one_starts_anew(
    open_app: OpenApp, workspace: str
) -> None:
    add_ties(current_work(), follower_file())
    add_person(current_work(), "m1", city="Bari", is_candidate=False)
    asked = PickRequest(
        1,
        probabilities=CERTAIN,
        must=("c",),
        quotas=(most_of("city=2"),),
        audience=TargetAudience(cities=("Bari",)),
        days=9,
    )
    pick_ambassadors(current_work(), asked)
    app = open_app("pick")

    def typed(label: str) -> object:
        return next(one.value for one in (*app.text_input, *app.number_input) if one.label == label)

    labels = ("People", "Must be in", "Live in these cities", "At most per city", "Within days")
    assert [typed(label) for label in labels] == [1, "c", "Bari", 2, 9]
    assert next(one.value for one in app.selectbox if "probable" in one.label) == RuleKind.CONSTANT
    next(one for one in app.toggle if one.label == "Start from an empty form").set_value(True).run()
    assert not app.exception
    assert [typed(label) for label in labels] == [10, "", "", None, None]


def _until_done(app: OpenApp) -> None:
    for _ in range(200):
        app.run()
        if any("Without" in one.value or "costs anything" in one.value for one in app.markdown):
            return
        time.sleep(0.2)
    message = "the job never ended"
    raise AssertionError(message)


def test_without_ties_the_page_says_that_word_of_mouth_is_not_included(
    open_app: OpenApp, workspace: str
) -> None:
    add_person(current_work(), "nina", {"followers": 900, "average_likes": 50.0})
    pick_ambassadors(current_work(), PickRequest(1, key=1))
    app = open_app("pick")
    assert not app.exception
    assert {one.label: one.value for one in app.metric}["Likes and comments expected"] == "50"
    assert "Word of mouth is not included" in _words(app)


def test_a_forecast_shows_low_middle_high_and_the_day_of_the_peak(open_app: OpenApp, workspace: str) -> None:
    add_ties(current_work(), follower_file())
    forecast(
        current_work(), ForecastRequest(("a", "c"), runs=50, hours_per_step=24, probabilities=CERTAIN, key=1)
    )
    app = open_app("forecast")
    assert not app.exception
    first = {one.label: one.value for one in app.metric}
    # every tie is taken for certain: no launch differs from another, so there is no range
    assert (first["Low case"], first["Middle case"], first["High case"]) == (unknown(), "16", unknown())
    assert first["Day of the peak"] == "2"
    assert "People who talk: 16 by day 2; no range is known" in _words(app)


@pytest.mark.parametrize("page", ["pick", "forecast"])
def test_every_word_can_be_translated(open_app: OpenApp, workspace: str, page: str) -> None:
    add_ties(current_work(), follower_file())
    picked = pick_ambassadors(current_work(), PickRequest(2, probabilities=CERTAIN, key=1))
    forecast(
        current_work(),
        ForecastRequest(pick_id=picked.pick_id, runs=50, hours_per_step=24, probabilities=CERTAIN, key=1),
    )
    app = open_app(page, "xx")
    assert not app.exception
    for one in (*app.title, *app.caption):
        assert "⟦" in one.value
    for one in (*app.metric, *app.button, *app.number_input, *app.text_input, *app.selectbox, *app.radio):
        assert "⟦" in one.label or one.label in {"CSV", "XLSX"}


def test_the_form_holds_the_campaigns_budget_as_a_value_and_counts_whole_costs(
    open_app: OpenApp, workspace: str
) -> None:
    work = current_work()
    campaign_id = add_launch(work)
    for handle, followers, likes, fee in (
        ("big", 900, 90.0, 4_000_00),
        ("mid", None, 80.0, 100_00),
        ("tiny", 9, 70.0, 0),
    ):
        figures = {"followers": followers, "average_likes": likes}
        add_person(work, handle, figures, fee_minor=fee, fee_currency="EUR")
    app = open_app("pick", campaign=campaign_id)
    assert not app.exception

    def field(label: str) -> NumberInput:
        return next(one for one in app.number_input if one.label == label)

    assert field("Budget, EUR").value == 5_000
    field("Budget, EUR").set_value(2_000.0)
    field("People").set_value(2)
    field("Phone, EUR each").set_value(150.0)
    field("Shipping, EUR each").set_value(25.0)
    next(one for one in app.button if one.label == "Pick people").click().run()
    for _ in range(100):
        app.run()
        if app.metric:
            break
        time.sleep(0.2)
    assert not app.exception
    first = {one.label: (one.value, one.delta) for one in app.metric}
    assert first["Cost"][0] == "€450"
    assert "€1,550" in first["Cost"][1]
    assert "over budget" in str([one.value for one in app.dataframe])
    assert field("Shipping, EUR each").value == 25


SHORTLIST = b"""handle,platform,followers,avg_likes,city,fee
@gina,instagram,150000,2000,Lecce,1000
@hugo,instagram,90000,2600,Pisa,500
@ines,instagram,7000,700,Como,0
@jona,instagram,380000,1900,Lecce,6000
@kira,tiktok,,2900,Nuoro,250
@luca,instagram,12000,800,Pisa,
"""


@pytest.fixture
def shortlist(workspace: str) -> int:
    """Bring in six people, four with a fee within reach, and give a campaign of 1,900 euro."""
    work = current_work()
    import_file(work, ImportKind.PEOPLE, "shortlist.csv", SHORTLIST)
    draft = CampaignDraft("Brisa", date(2026, 5, 1), date(2026, 5, 24), budget=money(1900))
    return create_campaign(work, draft)


def _picked(app: AppTest) -> AppTest:
    """Type three people, 200 for the phone and 15 for the parcel, and pick."""
    fields = {one.label.partition(",")[0]: one for one in app.number_input}
    people, phone, parcel = (fields[name] for name in ("People", "Phone", "Shipping"))
    people.set_value(3)
    phone.set_value(200.0)
    parcel.set_value(15.0)
    next(one for one in app.button if one.label == "Pick people").click().run()
    for _ in range(100):
        app.run()
        if app.metric:
            break
        time.sleep(0.2)
    assert not app.exception
    return app


def test_a_budget_means_fees_phones_and_parcels_together_on_the_page(
    open_app: OpenApp, shortlist: int
) -> None:
    app = open_app("pick", campaign=str(shortlist))
    assert next(one for one in app.number_input if one.label == "Budget, EUR").value == 1900
    _picked(app)
    first = {one.label: one for one in app.metric}
    assert first["Likes and comments expected"].value == "6,200"
    assert (first["Cost"].value, first["Cost"].delta) == ("€1,395", "of €1,900; left: €505")
    tables = [one.value for one in app.dataframe]
    chosen = next(table for table in tables if "Cost, EUR" in table)
    assert {row.Handle: (row["Fee, EUR"], row["Cost, EUR"]) for _, row in chosen.iterrows()} == {
        "kira": (250, 465),
        "hugo": (500, 715),
        "ines": (0, 215),
    }
    left = next(table for table in tables if "Why" in table)
    assert dict(zip(left["Handle"], left["Why"], strict=True)) == {
        "jona": "over budget", "luca": "the fee is not known",
    }  # fmt: skip


def test_the_gain_is_over_as_many_of_the_biggest_within_the_same_budget(
    open_app: OpenApp, shortlist: int
) -> None:
    app = _picked(open_app("pick", campaign=str(shortlist)))
    gain = next(one for one in app.metric if one.label == "Gain over biggest first")
    assert (gain.value, gain.delta) == ("+600", "+11%")
    assert "gina, ines, kira" in gain.help
    assert "5,600" in gain.help


def test_the_same_stands_on_the_page_in_italian(open_app: OpenApp, shortlist: int) -> None:
    _picked(open_app("pick", campaign=str(shortlist)))
    app = open_app("pick", "it", campaign=str(shortlist))
    assert not app.exception
    values = {one.value.replace("\xa0", " ") for one in app.metric}
    assert {"6200", "+600", "1395 €"} <= {value.replace(".", "") for value in values}
    left = next(one.value for one in app.dataframe if "Perché" in one.value)
    assert dict(zip(left.iloc[:, 0], left["Perché"], strict=True))["jona"] == "fuori budget"


def test_a_pick_of_no_campaign_goes_into_none_that_was_not_chosen(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    add_launch(work)
    add_ties(work, follower_file())
    pick_ambassadors(work, PickRequest(2, probabilities=CERTAIN, key=1, runs=50))
    app = open_app("pick")

    def press(*labels: str) -> None:
        for label in labels:
            next(one for one in app.button if one.label == label).click()
        app.run()
        assert not app.exception

    press("Confirm this pick")
    campaign = [one for one in app.selectbox if one.label == "Campaign"][-1]
    assert campaign.value is None
    press("Confirm this pick", "Make them ambassadors")
    assert "Choose first which campaign they are for." in [one.value for one in app.warning]
