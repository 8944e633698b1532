"""The campaign chosen above: every page shows what is its own, or says that it shows more than that."""

from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.activations import create_activation
from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.campaigns import launch_campaign
from ambassador.services.care import open_case
from ambassador.services.devices.devices import deliver_device, reserve_device
from ambassador.services.forecasts import forecast
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.results.outcomes import log_outcome
from ambassador.ui.kit.navigation import PAGES
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations import ActivationDraft
from ambassador.values.care import CaseDraft
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.mentions.mentions import PastedMention
from ambassador.values.picks.picks import PickRequest
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import AmbassadorStatus, OutcomeKind
from tests.services.crowd import CERTAIN, add_ties, follower_file
from tests.services.launch import add_launch, add_phones, invite
from tests.ui.conftest import OpenApp

OURS, THEIRS = "Alfa", "Beta"
SAID = (
    "This page shows all campaigns, whichever is chosen above.",
    (
        "Figures, picture and list are of all phones. What is late, the packing list and reservations are "
        "of the campaign chosen above."
    ),
    "The network is of everybody; the ambassadors of the campaign chosen above are marked in it.",
)
OWN = {"pick", "forecast", "campaigns", "mentions", "tone", "cascades", "care", "outcomes", "activations"}
"""Pages about one campaign once it is chosen."""
COMPUTED = {"pick": "Pick {} of", "forecast": "Forecast {} of"}
"""How these pages name what was computed for one campaign."""


@pytest.fixture
def two(workspace: str) -> dict[str, int]:
    """Tell two campaigns that share nothing: people, phones, posts, outcomes, a pick, a forecast."""
    work = current_work()
    add_phones(work, 4)
    add_ties(work, follower_file())
    found = {}
    for name, picked in ((OURS, "a"), (THEIRS, "c")):
        number = found[name] = add_launch(work, name)
        (person,) = invite(work, number, f"Nina {name}")
        answer(work, person, AmbassadorStatus.ACCEPTED)
        deliver_device(work, reserve_device(work, person).id)
        pick_ambassadors(
            work, PickRequest(1, campaign_id=number, must=(picked,), probabilities=CERTAIN, key=1, runs=50,
                              without_fee=True),
        )  # fmt: skip
        made = forecast(
            work, ForecastRequest((picked,), number, probabilities=CERTAIN, hours_per_step=24, runs=50, key=1)
        )
        launch_campaign(work, number, made.forecast_id)
        for place in range(2):
            said = PastedMention(
                platform="instagram", handle=f"fan{place}.{name}", text=f"{name} is here", campaign_id=number
            )
            paste_mention(work, said, token=f"{name}{place}")
        log_outcome(work, OutcomeForm(number, OutcomeKind.PRESS, note=f"{name} in print"))
        open_case(work, CaseDraft(f"Where is {name}?", customer=f"Customer of {name}", campaign_id=number))
        create_activation(
            work, ActivationDraft(f"Ideas of {name}", date(2026, 5, 1), date(2026, 5, 24), campaign_id=number)
        )
    return found


def seen(app: AppTest) -> Iterator[str]:
    """Give every text that stands on a page, the choice of a campaign above it left out."""
    for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning", "success", "code"):
        yield from (str(one.value) for one in getattr(app, kind))
    for metric in app.metric:
        yield f"{metric.label} {metric.value} {metric.delta}"
    for table in app.dataframe:
        yield table.value.to_string()
    for kind in ("button", "checkbox", "toggle", "radio", "multiselect", "text_input", "text_area"):
        yield from (one.label for one in getattr(app, kind))
    for choice in app.selectbox:
        if choice.label != "Campaign":
            yield f"{choice.label} {choice.value}"


def test_every_page_shows_the_chosen_campaign_alone_or_says_that_it_does_not(
    open_app: OpenApp, two: dict[str, int]
) -> None:
    for page in (entry.name for entry in PAGES):
        app = open_app(page, campaign=str(two[OURS]))
        assert not app.exception, page
        texts = list(seen(app))
        says = any(note in texts for note in SAID)
        assert says is (page not in OWN), page
        strangers = [text for text in texts if THEIRS.casefold() in text.casefold()]
        assert says or not strangers, f"{page}: {strangers}"
        ours = [text for text in texts if OURS.casefold() in text.casefold()]
        assert ours or page not in OWN - {"pick", "forecast"}, page
        for kind, kept in COMPUTED.items():
            if page == kind:
                assert kept.format(1) in "\n".join(texts)
                assert kept.format(2) not in "\n".join(texts)


def test_care_tells_of_the_cases_of_other_campaigns_and_of_none(
    open_app: OpenApp, two: dict[str, int]
) -> None:
    open_case(current_work(), CaseDraft("Whose is this?", customer="Nobody's"))
    app = open_app("care", campaign=str(two[OURS]))
    left_out = "2 more cases that are not solved belong to other campaigns or to none."
    assert left_out in list(seen(app))
    assert not any("belong to other campaigns" in text for text in seen(open_app("care")))


def test_an_opened_activation_of_another_campaign_says_so(open_app: OpenApp, two: dict[str, int]) -> None:
    alone = create_activation(
        current_work(), ActivationDraft("Ideas of all", date(2026, 5, 1), date(2026, 5, 24))
    )
    told = {}
    for number in (1, 2, alone):
        app = open_app("activations", campaign=str(two[OURS]), activation=str(number))
        told[number] = [one.value for one in app.info if "chosen above" in one.value]
    assert told == {
        1: [],
        2: [f"This belongs to another campaign than the one chosen above: {THEIRS}."],
        alone: ["This belongs to no campaign, so the one chosen above does not change it."],
    }
