"""Picking and forecasting from the shell."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from ambassador.cli.main import main
from ambassador.cli.shell import Shell
from ambassador.config import settings
from ambassador.propagation.pick.cluster import executor
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.values.status import Label
from tests.services.crowd import add_person, add_ties, follower_file
from tests.services.launch import add_launch
from tests.services.past import write_cascades, write_ties


def _answer(capsys: pytest.CaptureFixture[str], url: str, *verb: str) -> Any:
    assert main(["--database", url, *verb, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_shell_picks_and_forecasts_the_follower_file(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_ties(sqlite_work, follower_file())
    answer = _answer(
        capsys, sqlite_url, "pick", "--count", "2", "--probabilities", "constant:1", "--key", "3"
    )
    assert [(one["handle"], one["marginal_spread"], one["fee"]) for one in answer["picks"]] == [
        ("a", 11, None),
        ("c", 5, None),
    ]
    assert (answer["spread"], answer["biggest_first"], answer["gain"], answer["wins_of_100"]) == (
        16,
        12,
        4,
        100,
    )
    assert (answer["rung"], answer["key"]) == (5, "3")
    assert answer["overlap"][0]["jaccard"] == pytest.approx(0.9)
    rule = ("--probabilities", "constant:1", "--key", "3", "--runs", "50")
    seen = _answer(capsys, sqlite_url, "forecast", "--handles", "a,c", *rule)
    assert (seen["mean"], seen["low"], seen["high"], seen["predictive"]) == (16, 16, 16, {})
    one_day = ("--days", "1", "--hours-per-step", "24")
    short = _answer(capsys, sqlite_url, "forecast", "--pick", str(answer["pick_id"]), *one_day, *rule)
    assert short["mean"] == 2


def test_the_shell_counts_only_an_audience_and_takes_limits_over_several_things(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_ties(sqlite_work, follower_file())
    for handle, city, followers in (("a", "Roma", 50_000), ("b", "Bari", 900), ("c", "Bari", 20_000)):
        add_person(sqlite_work, handle, {"followers": followers}, city=city, language="it")
    ask = ("pick", "--count", "2", "--probabilities", "constant:1", "--key", "3", "--runs", "50")
    limits = ("--at-least", "tier:nano=1", "--at-most", "city=1", "--at-most", "language:it=2")
    answer = _answer(capsys, sqlite_url, *ask, *limits)
    assert {one["handle"] for one in answer["picks"]} == {"a", "b"}
    assert answer["audience_asked"] is None
    answer = _answer(capsys, sqlite_url, *ask, "--audience", "city:Bari", "--audience", "language:it")
    assert (answer["audience_asked"]["people"], answer["audience_asked"]["unknown"]) == (2, 14)
    assert answer["spread"] == 2
    assert main(["--database", sqlite_url, *ask, "--audience", "Bari"]) == 1
    assert main(["--database", sqlite_url, *ask, "--audience", "city:Bari"]) == 0
    assert "of the people you want to reach are expected to talk" in capsys.readouterr().out


@pytest.fixture
def scheduler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Give a way to name a scheduler in the settings."""
    monkeypatch.setenv("AMBASSADOR_DATA_FOLDER", str(tmp_path))

    def named(address: str) -> None:
        monkeypatch.setenv("AMBASSADOR_SCHEDULER", address)
        settings.cache_clear()

    yield named
    settings.cache_clear()


@pytest.mark.slow
def test_a_pick_on_a_cluster_is_the_same_and_says_so(
    sqlite_work: UnitOfWork,
    sqlite_url: str,
    capsys: pytest.CaptureFixture[str],
    scheduler: Callable[[str], None],
) -> None:
    add_ties(sqlite_work, follower_file())
    verb = ("pick", "--count", "2", "--probabilities", "constant:0.5", "--key", "3", "--runs", "50")
    alone = _answer(capsys, sqlite_url, *verb)
    scheduler("local:2")
    shared = _answer(capsys, sqlite_url, *verb)
    assert (alone.pop("workers"), shared.pop("workers")) == (None, 2)
    assert alone.pop("pick_id") != shared.pop("pick_id")
    assert alone == shared
    assert main(["--database", sqlite_url, "--language", "en", *verb]) == 0
    assert "Picked on a cluster; workers: 2." in capsys.readouterr().out


def test_a_scheduler_nobody_answers_for_is_one_clear_line(
    sqlite_work: UnitOfWork,
    sqlite_url: str,
    capsys: pytest.CaptureFixture[str],
    scheduler: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_ties(sqlite_work, follower_file())
    monkeypatch.setattr(executor, "CONNECT_SECONDS", 1)
    scheduler("tcp://127.0.0.1:9")
    assert main(["--database", sqlite_url, "--language", "en", "pick", "--count", "2", "--json"]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "No scheduler answers at tcp://127.0.0.1:9.\n")


def test_the_shell_prices_demands_draws_the_curve_and_swaps(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_ties(sqlite_work, follower_file())
    verb = ("pick", "--count", "2", "--probabilities", "constant:1", "--key", "3", "--not-both", "a,c")
    number = str(_answer(capsys, sqlite_url, *verb)["pick_id"])
    found = _answer(capsys, sqlite_url, "what-if", "--pick", number, "--counts", "1,3")
    assert [(one["demand"], one["gain"]["mean"]) for one in found["prices"]] == [
        ("pairs that exclude each other", 1)
    ]
    assert [one["count"] for one in found["curve"]] == [1, 3]
    assert min(one["certificate"] for one in found["curve"]) > 0.8
    effect = _answer(capsys, sqlite_url, "what-if", "--pick", number, "--swap", "b,a")
    assert (effect["before"], effect["after"], effect["difference"]["mean"]) == (15, 16, 1)
    assert main(["--database", sqlite_url, "--language", "en", "what-if", "--pick", number]) == 0
    assert "Without pairs that exclude each other: 1.0 more." in capsys.readouterr().out


def test_the_shell_computes_a_kept_pick_again_and_says_what_has_changed(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_ties(sqlite_work, follower_file())
    rule = ("--probabilities", "constant:1", "--key", "3", "--runs", "50")
    kept = _answer(capsys, sqlite_url, "pick", "--count", "2", *rule)
    again = ("pick", "--again", str(kept["pick_id"]))
    found = _answer(capsys, sqlite_url, *again)
    assert (found["same"], found["changed"], found["before"]) == (True, [], found["now"])
    assert (found["now"]["picks"], found["now"]["value"]) == (["a", "c"], 16)
    assert main(["--database", sqlite_url, "--language", "en", *again]) == 0
    assert capsys.readouterr().out == (
        "The same answer came out: a, c; 16.0.\nNeither version, network nor data have changed since.\n"
    )
    add_ties(sqlite_work, [("c", "l01")])
    assert main(["--database", sqlite_url, "--language", "it", *again]) == 0
    said = capsys.readouterr().out
    assert "- La rete è cambiata: 23 legami allora, 24 oggi." in said
    assert _answer(capsys, sqlite_url, *again)["changed"] == [
        "The network has changed: 23 ties then, 24 today."
    ]


def test_people_read_a_table_and_the_certificate_in_words(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_ties(sqlite_work, follower_file())
    rule = ["--probabilities", "constant:1", "--key", "3"]
    assert main(["--database", sqlite_url, "--language", "en", "pick", "--count", "2", *rule]) == 0
    text = capsys.readouterr().out
    assert "2 people picked; 16 expected to talk" in text
    assert "it does not say the forecast is right" in text
    assert "a and b reach 90% the same people." in text
    assert main(["--database", sqlite_url, "--language", "en", "forecast", "--handles", "a", *rule]) == 0
    assert "11 people talk" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("verb", "line"),
    [
        (["pick", "--count", "2", "--budget", "ten"], "The budget 'ten' is no amount"),
        (["pick", "--count", "2", "--probabilities", "maybe"], "'maybe' is no rule"),
        (["pick", "--count", "2", "--at-most", "town=1"], "'town=1' is no limit"),
        (["pick", "--count", "2", "--must", "nobody"], "nobody"),
        (["pick", "--count", "2", "--at-least", "city=1"], "'city=1' is no lower limit"),
        (["pick", "--count", "2", "--at-least", "platform:x=99"], "at least 99 in x: 1 exist"),
        (["pick", "--count", "2", "--not-both", "a"], "'a' is no pair"),
        (["pick", "--count", "2", "--not-both", "a,b", "--must", "a,b"], "a and b must both be in"),
        (["pick", "--count", "0"], "0 people cannot be picked"),
        (["pick", "--count", "2", "--budget", "50"], "Nobody can be picked: the fee is not known"),
        (["pick"], "how many people? Write --count 5"),
        (["pick", "--again", "1", "--count", "2"], "leave out --count"),
        (["pick", "--again", "99"], "there is no pick 99 here"),
        (["what-if", "--pick", "99"], "99"),
        (["what-if", "--pick", "1", "--counts", "many"], "'many' are no numbers"),
        (["forecast", "--handles", "nobody"], "nobody"),
        (["forecast"], "Nobody to forecast for"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_one(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str], verb: list[str], line: str
) -> None:
    add_ties(sqlite_work, follower_file())
    add_person(sqlite_work, "a")
    assert main(["--database", sqlite_url, "--language", "en", *verb, "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert line.lower() in captured.err.lower()
    assert len(captured.err.strip().splitlines()) == 1


def test_numbers_take_the_separators_of_the_language() -> None:
    assert [Shell("", language).number(1234.5, 1) for language in ("en", "it")] == ["1,234.5", "1.234,5"]


def test_the_shell_counts_whole_costs_and_takes_the_budget_of_the_campaign(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add_launch(sqlite_work)
    for handle, likes, fee in (("dear", 900.0, 4_900_00), ("fair", 300.0, 1_000_00), ("free", 100.0, 0)):
        figures = {"followers": 1_000, "average_likes": likes}
        add_person(sqlite_work, handle, figures, fee_minor=fee, fee_currency="EUR")
    ask = ("pick", "--count", "2", "--key", "1")
    money = ("--device-cost", "120.50", "--shipping", "9.50", "--other-cost", "20")
    answer = _answer(capsys, sqlite_url, *ask, "--campaign", "Q1 Launch", *money)
    assert [(one["handle"], one["cost"]) for one in answer["picks"]] == [("fair", 1_150), ("free", 150)]
    assert (answer["budget"], answer["cost"], answer["left"]) == (5_000, 1_300, 3_700)
    assert (answer["cost_on_top"], answer["unknown_fees"], answer["gain_percent"]) == (150, 0, 0)
    assert answer["left_out"] == [{"handle": "dear", "reason": "over budget"}]
    again = _answer(capsys, sqlite_url, *ask, "--campaign", "Q1 Launch")
    assert again["cost"] == 1_300
    free = _answer(capsys, sqlite_url, *ask, "--campaign", "Q1 Launch", "--budget", "none", *money)
    assert (free["budget"], free["left"], free["cost"]) == (None, None, 6_200)
    assert main(["--database", sqlite_url, "--language", "en", *ask, "--budget", "2000", *money]) == 0
    said = capsys.readouterr().out
    assert "It costs 1,300 EUR of the budget of 2,000 EUR; 700 EUR are left." in said
    assert "In it, for each person beside the fee: 150 EUR." in said
    assert main(["--database", sqlite_url, "--language", "en", *ask, "--shipping", "much"]) == 1
    assert "he cost 'much' is no amount" in capsys.readouterr().err


def test_the_shell_minds_complaints_and_says_what_that_gives_up(
    sqlite_work: UnitOfWork, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd = {
        "angry": [f"one{number}" for number in range(12)],
        "kind": [f"two{number}" for number in range(10)],
    }
    write_cascades(sqlite_work, list(crowd.items()))
    for starter, listeners in crowd.items():
        write_ties(sqlite_work, [(starter, one) for one in listeners])
    with sqlite_work.writing() as session:
        angry = "c0-"
        for one in session.exec(select(Mention).where(col(Mention.parent_observed_id).is_not(None))):
            label = Label.COMPLAINT if one.post_id.startswith(angry) else Label.PRAISE
            session.add(MentionLabel(mention_id=one.id or 0, label=label, labelled_at=one.posted_at))
    ask = ("pick", "--count", "1", "--probabilities", "constant:1", "--key", "3", "--runs", "50")
    plain = _answer(capsys, sqlite_url, *ask)
    assert (plain["picks"][0]["handle"], plain["minded"]) == ("angry", None)
    found = _answer(capsys, sqlite_url, *ask, "--mind-complaints", "1")
    minded, kind = found["minded"], found["picks"][0]
    assert (kind["handle"], kind["labelled_answers"]) == ("kind", 10)
    assert minded["given_up"] == 2 and minded["without"]["handles"] == ["angry"]
    assert minded["complainers"] == pytest.approx(10 * kind["complaint_share"])
    assert minded["spared"] == pytest.approx(minded["without"]["complainers"] - minded["complainers"])
    assert main(["--database", sqlite_url, "pick", "--show", str(found["pick_id"])]) == 0
    assert "It gives up about 2 people who talk for about" in capsys.readouterr().out
    assert main(["--database", sqlite_url, *ask, "--mind-complaints", "nan"]) == 1
    assert "write 0 to 10" in capsys.readouterr().err
    swap = ("what-if", "--pick", str(found["pick_id"]), "--swap", "kind,angry")
    effect = _answer(capsys, sqlite_url, *swap)
    assert effect["complaining_before"] == pytest.approx(minded["complainers"])
    assert effect["complaining_after"] == pytest.approx(minded["without"]["complainers"])
