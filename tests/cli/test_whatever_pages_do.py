"""What used to be done on pages alone, from the shell; and what is taken back for ten minutes."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from ambassador.cli.main import main
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.people.erase_person import erase_person
from ambassador.services.undo import UNDO_FOR
from ambassador.services.work import UnitOfWork
from ambassador.store.settings import UNDO, get_setting, put_setting
from ambassador.store.tables.mentions import Mention
from ambassador.values.mentions.mentions import MentionFilter
from tests.conventions.sources import ROOT
from tests.services.launch import add_people, add_phones
from tests.services.story import tell


@pytest.fixture
def said(sqlite_work: UnitOfWork, capsys: pytest.CaptureFixture[str]):
    """Give a function that runs a verb with --json and gives the answer."""

    def run(*arguments: str, code: int = 0) -> Any:
        url = str(sqlite_work.engine.url)
        capsys.readouterr()
        assert main(["--database", url, "--language", "en", *arguments, "--json"]) == code
        spoken = capsys.readouterr()
        return json.loads(spoken.out) if code == 0 else spoken.err

    return run


@pytest.fixture
def launch(said) -> str:
    said("campaign", "create", "Autumn", "--starts", "2026-09-01", "--ends", "2026-09-30",
         "--product", "Q1", "--notes", "in shops", "--silent-after", "4")  # fmt: skip
    return "Autumn"


def test_people_are_invited_with_a_code_each_or_a_stem(said, launch: str, sqlite_work: UnitOfWork) -> None:
    add_people(sqlite_work, "Anna", "Bea", "Cino")
    made = said("campaign", "invite", "--campaign", launch, "--handles", "anna,bea,cino", "--deal", "loan",
                "--due-back", "2026-10-15", "--code", "anna=ANNA10", "--code", "CALA")  # fmt: skip
    assert [(row["handle"], row["code"]) for row in made["invited"]] == [
        ("anna", "ANNA10"), ("bea", "CALA02"), ("cino", "CALA03"),
    ]  # fmt: skip
    assert {row["due_back"] for row in made["invited"]} == {"2026-10-15"}
    again = said("campaign", "invite", "--campaign", launch, "--handles", "anna")
    assert (again["invited"], again["already"]) == ([], 1)
    add_people(sqlite_work, "Dora")
    taken = said(
        "campaign", "invite", "--campaign", launch, "--handles", "dora", "--code", "dora=ANNA10", code=1
    )
    assert "somebody else's" in taken
    foreign = said("campaign", "invite", "--campaign", launch, "--handles", "dora", "--code", "zoe=Z", code=1)
    assert "--handles" in foreign


def test_a_deal_is_changed_and_taken_back(said, launch: str, sqlite_work: UnitOfWork) -> None:
    add_people(sqlite_work, "Anna", "Bea")
    said("campaign", "invite", "--campaign", launch, "--handles", "anna,bea")
    changed = said("campaign", "deal", "anna", "bea", "--campaign", launch, "--deal", "paid", "--fee", "120",
                   "--signed", "2026-09-02", "--next-action", "call")  # fmt: skip
    assert (changed["changed"], "fee" in changed["fields"]) == ([1, 2], True)
    (anna, _) = said("campaign", "people", "--campaign", launch)
    assert (anna["deal"], anna["fee"], anna["agreement_signed_on"]) == (
        "paid", {"amount": 120.0, "currency": "EUR"}, "2026-09-02",
    )  # fmt: skip
    assert said("undo")["verb"] == "campaign deal"
    (anna, bea) = said("campaign", "people", "--campaign", launch)
    assert (anna["deal"], anna["fee"], anna["agreement_signed_on"], anna["next_action"]) == (
        "gift",
        None,
        None,
        "",
    )
    assert bea["deal"] == "gift"
    assert "10 minutes" in said("undo", code=1)
    said("campaign", "deal", "anna", "--campaign", launch, "--owner", "Ines")
    said("campaign", "deal", "anna", "--campaign", launch, "--owner", "none")
    assert said("campaign", "people", "--campaign", launch)[0]["owner"] == ""
    assert "what is to change" in said("campaign", "deal", "anna", "--campaign", launch, code=1)


def test_an_answer_asks_what_becomes_of_the_phone(said, launch: str, sqlite_work: UnitOfWork) -> None:
    add_people(sqlite_work, "Anna", "Bea")
    add_phones(sqlite_work, 3)
    said("campaign", "invite", "--campaign", launch, "--handles", "anna")
    assert said("device", "reserve", "anna", "--campaign", launch, "--phone", "BZ0003")["serial"] == "BZ0003"
    assert "--phone" in said(
        "campaign", "answer", "anna", "--campaign", launch, "--status", "declined", code=1
    )
    done = said("campaign", "answer", "anna", "--campaign", launch, "--status", "declined", "--phone", "back")
    assert (done["status"], done["device_status"]) == ("declined", "in_stock")
    taken = said("campaign", "replace", "anna", "--campaign", launch, "--by", "bea")
    assert (taken["handle"], taken["status"]) == ("bea", "invited")
    assert said("campaign", "next", launch) == []
    told = said("campaign", "history", "anna", "--campaign", launch)
    assert [event["to_status"] for event in told] == ["invited", "declined"]


def test_phones_nobody_holds_move_and_reserved_ones_are_released(
    said, launch: str, sqlite_work: UnitOfWork, tmp_path: Path
) -> None:
    add_people(sqlite_work, "Anna")
    add_phones(sqlite_work, 1)
    said("campaign", "invite", "--campaign", launch, "--handles", "anna")
    said("device", "reserve", "anna", "--campaign", launch)
    slips = tmp_path / "slips.html"
    assert len(said("device", "packing", "--output", str(slips))) == 1
    assert "Anna" in slips.read_text(encoding="utf-8")
    assert said("device", "release", "BZ0001")["device_status"] == "in_stock"
    assert said("device", "move", "BZ0001", "--to", "lost")["status"] == "lost"
    assert said("device", "move", "BZ0001", "--to", "in_stock")["status"] == "in_stock"
    said("device", "reserve", "anna", "--campaign", launch)
    said("device", "deliver", "BZ0001")
    assert said("device", "keep", "BZ0001")["device_status"] == "retired"


def test_a_campaign_is_edited_shown_and_put_away(said, launch: str) -> None:
    said(
        "campaign",
        "edit",
        launch,
        "--ends",
        "2026-10-05",
        "--budget",
        "900.50",
        "--hashtags",
        "#calma,#brezza",
    )
    shown = said("campaign", "show", launch)
    assert (shown["card"]["ends_on"], shown["card"]["spending"]["budget"]["amount"]) == ("2026-10-05", 900.5)
    assert (shown["rule"]["rule"]["hashtags"], shown["silent_after_days"]) == (["#calma", "#brezza"], 4)
    said("campaign", "edit", launch, "--budget", "none", "--notes", "none", "--embargo", "2026-09-03T09:00")
    shown = said("campaign", "show", launch)
    assert (shown["card"]["spending"]["budget"], shown["notes"]) == (None, "")
    assert shown["card"]["embargo_until"].startswith("2026-09-03T07:00")
    assert shown["rule"]["rule"]["hashtags"] == ["#calma", "#brezza"]
    said("campaign", "archive", launch)
    assert said("campaign", "list") == []
    said("undo")
    assert [card["name"] for card in said("campaign", "list")] == [launch]
    assert "no moment" in said("campaign", "edit", launch, "--embargo", "soon", code=1)


def test_people_are_put_in_edited_put_away_and_taken_back(said, tmp_path: Path) -> None:
    said("people", "add", "Gaia Serra", "--handle", "@gaia", "--platform", "tiktok", "--topics", "mare, vela",
         "--fee", "80", "--email", "gaia@example.org", "--telephone", "+39 010 555 0100")  # fmt: skip
    said(
        "people",
        "edit",
        "gaia",
        "--city",
        "Genova",
        "--fee",
        "95.50",
        "--topics",
        "sci",
        "--noticed",
        "2026-04-02",
    )
    assert said("people", "show", "gaia")["row"]["fee"] == {"amount": 95.5, "currency": "EUR"}
    said("undo")
    row = said("people", "show", "gaia")["row"]
    assert (row["city"], row["fee"], row["topics"]) == (
        "",
        {"amount": 80.0, "currency": "EUR"},
        ["mare", "vela"],
    )
    said("people", "archive", "gaia")
    assert said("people", "list") == []
    said("undo")
    assert len(said("people", "list", "--platform", "tiktok")) == 1
    file = tmp_path / "gaia.json"
    said("people", "export", "gaia", "--output", str(file))
    assert json.loads(file.read_text(encoding="utf-8"))["person"]["email"] == "gaia@example.org"
    said("people", "edit", "gaia", "--telephone", "none")
    assert said("people", "show", "gaia")["row"]["telephone"] == ""
    said("undo")
    assert said("people", "show", "gaia")["row"]["telephone"] == "+39 010 555 0100"


def test_a_merge_is_looked_at_first_and_taken_back(said, sqlite_work: UnitOfWork) -> None:
    add_people(sqlite_work, "Anna", "Bea")
    assert said("people", "merge", "anna", "bea", "--preview")["accounts"] == ["instagram:bea"]
    assert len(said("people", "list")) == 2
    said("people", "merge", "anna", "bea")
    said("people", "unmerge", "anna")
    assert len(said("people", "list")) == 2
    said("people", "merge", "anna", "bea")
    said("undo")
    assert len(said("people", "list")) == 2
    assert "with nobody" in said("people", "unmerge", "anna", code=1)


def test_what_is_said_of_mentions_is_taken_back(said, sqlite_work: UnitOfWork) -> None:
    tell(sqlite_work)
    one = said("mentions", "list", "--campaign", "1", "--limit", "1")[0]
    number = str(one["id"])
    said("mentions", "label", number, "--label", "praise")
    (found,) = said("mentions", "list", "--search", f"@{one['handle']}", "--label", "praise")
    assert "praise" in found["labels"]
    said("undo")
    assert said("mentions", "list", "--label", "praise") == []
    said("mentions", "match")
    before = said("mentions", "list", "--campaign", "1", "--verdict", "matched")
    said("mentions", "review", number, "--campaign", "1")
    decided = said("mentions", "list", "--campaign", "1", "--verdict", "matched")
    assert {row["id"] for row in decided} - {row["id"] for row in before} == {one["id"]}
    credit = said("mentions", "credit", "--campaign", "1")
    assert sum(row["share"] for row in credit["by_ambassador"]) == pytest.approx(1)
    said("undo")
    assert said("mentions", "list", "--campaign", "1", "--verdict", "matched") == before
    said("mentions", "take-down", number)
    said("undo")
    (row,) = list_mentions(sqlite_work, MentionFilter(mention_id=int(number))).rows
    assert row.deleted_at is None
    assert {"asked", "answered"} <= set(said("mentions", "care"))


def test_settings_are_shown_changed_and_taken_back(said) -> None:
    assert said("settings", "accounts", "instagram:calma", "x:@Calma") == ["instagram:calma", "x:calma"]
    assert said("settings", "accounts", "--remove", "x:calma") == ["instagram:calma"]
    said("undo")
    assert said("settings", "accounts") == ["instagram:calma", "x:calma"]
    before = said("settings", "score")["weights"]
    assert said("settings", "score", "--reach", "3")["weights"]["reach"] == 3.0
    said("undo")
    assert said("settings", "score")["weights"] == before
    assert said("settings", "sending", "--unsigned", "refuse", "--brand", "Calma") == {
        "unsigned": "refuse",
        "brand": "Calma",
    }
    own = said("settings", "notice", "--deal", "loan", "--in", "it", "--text", "{brand} ve lo presta.")
    assert own["text"] == "{brand} ve lo presta."
    assert said("settings", "show")["sending"]["brand"] == "Calma"
    assert "none of" in said("settings", "notice", "--deal", "loan", "--in", "xx", code=1)


def test_outcomes_leave_the_log_and_come_back(said, sqlite_work: UnitOfWork) -> None:
    tell(sqlite_work)
    made = said(
        "outcome",
        "add",
        "--campaign",
        "1",
        "--kind",
        "press",
        "--note",
        "in the paper",
        "--ambassador",
        "nina",
    )
    number = str(made["outcome"])
    (row,) = [one for one in said("outcome", "list", "--campaign", "1") if str(one["id"]) == number]
    assert row["name"] == "Nina"
    said("outcome", "remove", number)
    assert number not in {str(one["id"]) for one in said("outcome", "list", "--campaign", "1")}
    said("undo")
    assert number in {str(one["id"]) for one in said("outcome", "list", "--campaign", "1")}
    assert "value_for_money" in said("results", "--campaign", "1", "--margin", "0.4")


def test_the_network_and_one_cascade_are_shown_and_written(
    said, sqlite_work: UnitOfWork, tmp_path: Path
) -> None:
    tell(sqlite_work)
    followers = ROOT / "docs" / "examples" / "followers.csv"
    said("import", "ties", str(followers), "--direction", "reversed", "--platform", "instagram")
    assert said("network", "show")["ties"] > 0
    file = tmp_path / "ties.graphml"
    assert said("network", "export", "--output", str(file))["format"] == "graphml"
    assert "<graphml" in file.read_text(encoding="utf-8")
    assert "none of" in said("network", "export", "--output", str(tmp_path / "ties.exe"), code=1)
    first = said("cascades")[0]
    opened = said("cascades", "--root", str(first["root"]))
    assert (len(opened["posts"]), opened["cascade"]["size"]) == (first["size"], first["size"])


def test_today_says_what_home_and_the_chase_list_say(said, sqlite_work: UnitOfWork) -> None:
    tell(sqlite_work)
    today, chase = said("today"), said("campaign", "chase")
    assert [one["name"] for one in today["campaigns"]] == ["Q1 Launch"]
    assert {one["kind"] for one in today["tasks"]} >= {one["reason"] for one in chase}
    assert all(one["says"] for one in chase)
    for one in (today["tasks"][0], chase[0]):
        assert {"telephone", "email", "profile", "last_contact_on"} <= set(one["contact"])


def test_an_undo_is_offered_for_ten_minutes_and_holds_nothing_of_who_was_erased(
    said, sqlite_work: UnitOfWork
) -> None:
    number = said("people", "add", "Gaia", "--email", "gaia@example.org")["id"]
    said("people", "edit", f"#{number}", "--email", "new@example.org")
    with sqlite_work.reading() as session:
        assert "gaia@example.org" in str(get_setting(session, UNDO))
    erase_person(sqlite_work, number)
    with sqlite_work.reading() as session:
        assert get_setting(session, UNDO) is None
    kept = {"verb": "people archive", "actor": "ines", "rows": []}
    for minutes, code in ((0, 0), (1, 1)):
        at = datetime.now(UTC) - UNDO_FOR - timedelta(minutes=2 * minutes - 1)
        with sqlite_work.writing() as session:
            put_setting(session, UNDO, {**kept, "at": at.isoformat()})
        said("undo", code=code)


def test_backups_are_kept_and_listed(said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBASSADOR_BACKUPS_KEPT", "3")
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))
    assert said("backup", "--kept") == []
    made = said("backup")
    assert [one["path"] for one in said("backup", "--kept")] == [made["path"]]


def test_what_a_verb_wrote_is_taken_back_row_by_row(said, sqlite_work: UnitOfWork) -> None:
    story = tell(sqlite_work)
    campaign = ("--campaign", "Q1 Launch")
    number = said("people", "add", "Gaia", "--handle", "gaia", "--platform", "x")["id"]
    said("campaign", "invite", *campaign, "--handles", "gaia")
    assert "gaia" in {one["handle"] for one in said("campaign", "people", *campaign)}
    assert said("undo")["verb"] == "campaign invite"
    assert "gaia" not in {one["handle"] for one in said("campaign", "people", *campaign)}
    assert "in the last 10 minutes" in said("undo", code=1)
    said("campaign", "edit", "Q1 Launch", "--notes", "in May")
    said("campaign", "edit", "Q1 Launch", "--notes", "in June")
    assert said("undo")["verb"] == "campaign edit"
    assert said("campaign", "show", "Q1 Launch")["notes"] == "in May"
    said("mentions", "paste", "--account", "gaia", "--platform", "x", "--text", "a story", *campaign)
    with sqlite_work.writing() as session:
        session.exec(select(Mention).where(Mention.text == "a story")).one().text = "another text"
    assert "a story became another text" in said("undo", code=1)
    assert story.campaign and number


def test_a_handle_typed_without_its_sign_is_told_how_to_be_found(
    said, sqlite_work: UnitOfWork, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(sqlite_work)
    handle = said("mentions", "list", "--campaign", "1", "--limit", "1")[0]["handle"]
    url = str(sqlite_work.engine.url)
    assert main(["--database", url, "--language", "en", "mentions", "list", "--search", handle]) == 0
    assert f"Search @{handle} to find also what this account wrote" in capsys.readouterr().err
    assert said("mentions", "list", "--search", f"@{handle}")
