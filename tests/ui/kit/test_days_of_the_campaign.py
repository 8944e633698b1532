"""A day is the day of the campaign's zone, on every page, in files and in the shell."""

from datetime import UTC, date, datetime

import pytest

from ambassador.cli.main import main
from ambassador.services.campaigns.ambassadors import answer, edit_ambassadors, list_ambassadors
from ambassador.services.campaigns.campaigns import create_campaign, launch_campaign
from ambassador.services.devices.devices import deliver_device, reserve_device, ship_devices
from ambassador.services.devices.stock import device_history
from ambassador.services.imports.import_files import import_file
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.ambassadors import AmbassadorEdit
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.mentions.mentions import PastedMention
from ambassador.values.status import AmbassadorStatus, ImportKind, MentionKind
from tests.services.launch import add_phones, invite
from tests.ui.conftest import OpenApp

FAR = "Pacific/Auckland"
AT = datetime(2026, 5, 28, 13, 0, tzinfo=UTC)
"""The 29th in Auckland, the 28th in London and for whoever looks from there."""
WRONG = ("2026-05-28", "May 28", "28 May", "28 mag", "28/05", "5/28/26")
RIGHT = ("2026-05-29", "May 29", "29 May", "29 mag", "29/05", "5/29/26")


@pytest.fixture
def campaign(workspace: str) -> int:
    """Give a campaign in Auckland of which everything happened at one moment."""
    work = current_work()
    add_phones(work, 2)
    number = create_campaign(
        work, CampaignDraft("Far", date(2026, 5, 20), date(2026, 6, 20), "Q1", time_zone=FAR)
    )
    ann, bea = invite(work, number, "Ann", "Bea")
    for one in (ann, bea):
        answer(work, one, AmbassadorStatus.ACCEPTED, at=AT)
    first, second = (reserve_device(work, one) for one in (ann, bea))
    ship_devices(work, [first.id], at=AT)
    deliver_device(work, first.id, at=AT)
    ship_devices(work, [second.id], on=date(2026, 5, 29))
    launch_campaign(work, number)
    told = PastedMention(
        platform="instagram", handle="ann", posted_at=AT, kind=MentionKind.STORY, text="here",
        campaign_id=number,
    )  # fmt: skip
    paste_mention(work, told, "one")
    orders = b"order,code,date,amount\n17,ANN10,2026-05-29,80\n"
    invited = list_ambassadors(work, number)[0]
    edit_ambassadors(work, [AmbassadorEdit(invited.id, invited.revision, {"code": "ANN10"})])
    report = import_file(work.at(AT), ImportKind.OUTCOMES, "orders.csv", orders)
    assert report.added == 1, "it is the 29th in Auckland: the order is no order of tomorrow"
    return number


def _everything(app) -> str:
    kinds = ("title", "markdown", "caption", "metric", "info", "warning", "subheader", "button")
    said = [one for kind in kinds for one in getattr(app, kind)]
    words = [f"{getattr(one, 'label', '')} {getattr(one, 'value', '')}" for one in said]
    tables = [table.value.map(str).to_csv() for table in (*app.dataframe, *app.table)]
    return "\n".join([*words, *tables])


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(
    ("page", "query", "says"),
    [
        ("campaigns", {"ambassador": "1"}, True),
        ("devices", {"device": "BZ0001"}, True),
        ("devices", {"device": "BZ0002"}, True),
        ("mentions", {}, True),
        ("cascades", {}, True),
        ("outcomes", {}, False),
        ("home", {}, False),
        ("people", {"person": "1"}, False),
        ("imports", {}, True),
        ("pick", {}, False),
        ("forecast", {}, False),
        ("network", {}, False),
        ("calibration", {}, False),
        ("learn", {}, False),
    ],
)
def test_no_page_tells_another_day(
    open_app: OpenApp, campaign: int, page: str, query: dict[str, str], says: bool, language: str
) -> None:
    app = open_app(page, language, campaign=str(campaign), **query)
    assert not app.exception
    told = _everything(app)
    assert not [day for day in WRONG if day in told]
    assert any(day in told for day in RIGHT) or not says


def test_a_phone_sent_on_a_day_was_sent_on_that_day_of_the_campaign(campaign: int) -> None:
    sent = device_history(current_work(), "BZ0002").custodies[0].shipped_at
    assert sent is not None
    assert sent == datetime(2026, 5, 29, 0, 0, tzinfo=UTC)
    row = list_ambassadors(current_work(), campaign)[0]
    assert row.last_contact_on == date(2026, 5, 29)


@pytest.mark.parametrize(
    "verb",
    [
        ("device", "history", "BZ0001"),
        ("mentions", "list", "--campaign", "Far"),
        ("campaign", "history", "ann", "--campaign", "Far"),
        ("campaign", "show", "Far"),
        ("cascades",),
        ("import", "list"),
        ("outcome", "list", "--campaign", "Far"),
    ],
)
def test_no_verb_tells_another_day(
    verb: tuple[str, ...], campaign: int, workspace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", workspace, "--language", "en", *verb]) == 0
    told = capsys.readouterr().out
    assert "2026-05-29" in told
    assert "2026-05-28" not in told
