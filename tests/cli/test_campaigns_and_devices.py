"""Campaigns and phones from the shell."""

import json

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork
from tests.services.launch import add_people, add_phones, add_pick, imei


@pytest.fixture
def said(sqlite_url: str, capsys: pytest.CaptureFixture[str]):
    """Give a function that runs a verb with --json and gives the answer."""

    def run(*arguments: str, code: int = 0):
        assert main(["--database", sqlite_url, "--language", "en", *arguments, "--json"]) == code
        spoken = capsys.readouterr()
        return json.loads(spoken.out) if code == 0 else spoken.err

    return run


def test_a_campaign_is_made_launched_once_and_closed(said) -> None:
    made = said("campaign", "create", "Q1 Launch", "--starts", "2026-05-01", "--ends", "2026-05-24",
                "--product", "Q1", "--budget", "5000", "--hashtags", "#Q1brezza")  # fmt: skip
    assert made == {"id": 1, "name": "Q1 Launch", "status": "draft"}
    assert said("campaign", "launch", "q1 launch")["status"] == "live"
    assert "launched already" in said("campaign", "launch", "1", code=1)
    assert said("campaign", "close", "1")["status"] == "closed"
    (listed,) = said("campaign", "list")
    assert listed["budget"] == {"amount": 5000.0, "currency": "EUR"}
    assert said("campaign", "reopen", "1")["status"] == "live"


def test_bad_input_ends_in_one_line(said) -> None:
    days = ("--starts", "2026-05-01", "--ends", "2026-05-24")
    assert "no time zone" in said("campaign", "create", "X", *days, "--time-zone", "Rome", code=1)
    assert "no amount" in said("campaign", "create", "X", *days, "--budget", "much", code=1)
    assert "No phone has" in said("device", "history", "NOPE", code=1)
    assert len(said("device", "add", "Q1", "--imei", "123", code=1).strip().splitlines()) == 1


def test_a_phone_goes_out_and_comes_back(said, sqlite_work: UnitOfWork) -> None:
    nina, ugo = add_people(sqlite_work, "Nina", "Ugo")
    said("campaign", "create", "Q1", "--starts", "2026-05-01", "--ends", "2026-05-24", "--product", "Q1")
    pick = add_pick(sqlite_work, 1, [{"person_id": nina}], [{"person_id": ugo}])
    assert said("campaign", "confirm", str(pick), "--deal", "loan")["invited"] == [1]
    assert said("device", "add", "Q1", "--serial", "S1", "--imei", imei(101), "--imei", imei(102))["id"] == 1
    add_phones(sqlite_work, 1)
    held = said("device", "reserve", "nina", "--campaign", "Q1")
    assert (held["reference"], held["serial"]) == ("Q1-0001", "S1")
    assert [line["reference"] for line in said("device", "packing")] == ["Q1-0001"]
    assert said("device", "ship", "Q1-0001", "--courier", "BRT")["unsigned"] == ["Nina"]
    assert said("device", "deliver", imei(102))["device_status"] == "delivered"
    assert said("device", "lose", "S1", "--note", "on a train")["ended_as"] == "lost"
    assert said("device", "replace", "S1")["serial"] == "BZ0001"
    listed = said("device", "list")
    assert (listed["total"], sum(listed["by_status"].values())) == (2, 2)
    told = [event["to_status"] for event in said("device", "history", "S1")["events"]]
    assert told == ["in_stock", "reserved", "shipped", "delivered", "lost"]
    assert "with nobody" in said("device", "return", "S1", code=1)


def test_people_read_states_in_their_own_language(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_phones(sqlite_work, 1)
    assert main(["--database", sqlite_url, "--language", "it", "device", "list"]) == 0
    assert capsys.readouterr().out.endswith("  in magazzino\nTelefoni: 1 (in magazzino 1)\n")
