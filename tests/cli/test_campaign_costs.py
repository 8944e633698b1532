"""Unit costs of a campaign in the shell, and a pick that takes them."""

import json
from pathlib import Path
from typing import Any

import pytest

from ambassador.cli.main import main

PEOPLE = """handle,platform,followers,avg_likes,country,fee
@wanda,instagram,150000,1500,IT,700
@xaver,instagram,80000,2400,Germany,500
@yann,instagram,7000,500,IT,0
@zita,tiktok,,2600,Italia,250
@vito,instagram,300000,2100,IT,4000
@uma,instagram,12000,700,IT,
"""
DAYS = ("--starts", "2026-05-01", "--ends", "2026-05-20")


def _answer(capsys: pytest.CaptureFixture[str], url: str, *verb: str) -> Any:
    capsys.readouterr()
    assert main(["--database", url, *verb, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_pick_for_a_campaign_spends_its_budget_at_its_costs(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text(PEOPLE, encoding="utf-8")
    _answer(capsys, sqlite_url, "import", "people", str(listed))
    _answer(capsys, sqlite_url, "campaign", "create", "Spring", *DAYS)
    told = _answer(
        capsys, sqlite_url, "campaign", "costs", "Spring", "--budget", "1500", "--device-cost", "160",
        "--shipping", "10", "--shipping-to", "Germania=15", "--other-cost", "4",
    )  # fmt: skip
    assert (told["budget"]["amount"], told["device"]["amount"]) == (1500, 160)
    assert {country: cost["amount"] for country, cost in told["shipping_to"].items()} == {"DE": 15}
    ask = ("pick", "--count", "3", "--objective", "interactions", "--key", "1")
    by_hand = ("--budget", "1500", "--device-cost", "160", "--shipping", "10", "--shipping-to", "DE=15",
               "--other-cost", "4")  # fmt: skip
    kept = _answer(capsys, sqlite_url, *ask, "--campaign", "Spring")
    typed = _answer(capsys, sqlite_url, *ask, *by_hand)
    for answer in (kept, typed):
        assert {one["handle"] for one in answer["picks"]} == {"xaver", "yann", "zita"}
        assert (answer["expected"], answer["cost"], answer["left"]) == (5500, 1277, 223)
        assert answer["biggest_first_handles"] == ["wanda", "yann", "zita"]
        assert (answer["biggest_first_cost"], answer["gain"], answer["gain_percent"]) == (1472, 900, 19.6)
        assert {(one["handle"], one["reason"]) for one in answer["left_out"]} == {
            ("vito", "over budget"), ("uma", "the fee is not known"),
        }  # fmt: skip
    assumed = _answer(capsys, sqlite_url, *ask, "--campaign", "Spring", "--assume-fee", "100")
    assert not any(one["handle"] == "uma" for one in assumed["left_out"])
    assert any("A fee of 100 EUR is assumed for 1 people" in note for note in assumed["notes"])


def test_costs_are_shown_changed_and_taken_back(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    _answer(capsys, sqlite_url, "campaign", "create", "May", *DAYS)
    costs = ("campaign", "costs", "May")
    _answer(capsys, sqlite_url, *costs, "--costing", "months", "--months", "24", "--loan-days", "30",
            "--device-cost", "600", "--shipping-to", "IT=7")  # fmt: skip
    assert main(["--database", sqlite_url, *costs]) == 0
    said = capsys.readouterr().out
    assert "A loan of 30 days counts out of 24 months of use." in said
    assert "Shipping by country: IT 7.00" in said
    back = ("--costing", "whole", "--device-cost", "none", "--shipping-to", "none")
    left = _answer(capsys, sqlite_url, *costs, *back)
    assert (left["costing"], left["device"], left["shipping_to"]) == ("whole", None, {})
    assert main(["--database", sqlite_url, *costs, "--shipping-to", "Atlantis=3"]) == 1
    assert "'Atlantis' is no country" in capsys.readouterr().err
    assert main(["--database", sqlite_url, *costs, "--budget", "much"]) == 1


def test_a_campaign_is_made_of_a_pick(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text(PEOPLE, encoding="utf-8")
    _answer(capsys, sqlite_url, "import", "people", str(listed))
    ask = ("--count", "2", "--objective", "interactions", "--budget", "900", "--device-cost", "100")
    picked = _answer(capsys, sqlite_url, "pick", *ask, "--key", "2")
    of_pick = ("--pick", str(picked["pick_id"]), "--deal", "paid")
    _answer(capsys, sqlite_url, "campaign", "create", "Of a pick", *DAYS, *of_pick)
    (card,) = _answer(capsys, sqlite_url, "campaign", "list")
    assert card["ambassadors"]["invited"] == 2
    assert (card["budget"]["amount"], card["costs"]["device"]["amount"]) == (900, 100)
