"""``ambassador evaluate influence`` and ``ambassador learn``."""

import json
from pathlib import Path
from random import Random

import pytest

from ambassador.cli.main import main
from tests.naive import simulated_cascades
from tests.services.answers import posts

NODES = 30


def written(folder: Path, *, reverse: bool = False) -> tuple[str, ...]:
    """Write ties and two files of posts; ids are text, and one author is in no file of ties."""
    rng = Random(7)
    pairs = sorted({(rng.randrange(NODES), rng.randrange(NODES)) for _ in range(120)})
    ties = [(s, t, 0.4 if s % 3 == 0 else 0.03) for s, t in pairs if s != t]
    listed = [(t, s) if reverse else (s, t) for s, t, _ in ties]
    (folder / "ties.csv").write_text(
        "source,target\n" + "\n".join(f"p{s},p{t}" for s, t in listed), encoding="utf-8"
    )
    for name, count in (("train", 300), ("test", 80)):
        lines = ["post_id,platform,author_handle,created_at,kind,root_id"]
        for number, members in enumerate(simulated_cascades(ties, NODES, count, rng)):
            day = f"2024-{1 + number // 28:02}-{1 + number % 28:02}"
            for place, node in enumerate([*members, "stranger"]):
                root = f"{name}{number}-0" if place else ""
                kind = "repost" if place else "original"
                lines.append(f"{name}{number}-{place},x,p{node},{day}T08:{place:02}:00Z,{kind},{root}")
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    files = {name: str(folder / f"{name}.csv") for name in ("ties", "train", "test")}
    return tuple(part for name, path in files.items() for part in (f"--{name}", path))


def test_influence_is_measured_beside_the_simple_ways(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["evaluate", "influence", *written(tmp_path), "--direction", "as-listed", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"auc", "log_likelihood", "calibration_error", "exposed", "baselines"} <= found.keys()
    assert found["exposed"] == found["activated"] + found["silent"]
    assert found["auc"] > found["baselines"]["activity_only"]["auc"]
    assert found["log_likelihood"] > found["baselines"]["activity_only"]["log_likelihood"]
    assert found["outside_share"] > 0


def test_probabilities_a_file_of_ties_states_are_learned_from_and_compared_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    files = written(tmp_path)
    listed = (tmp_path / "ties.csv").read_text(encoding="utf-8").splitlines()[1:]
    stated = [f"{line},{0.4 if int(line.split(',')[0][1:]) % 3 == 0 else 0.03}" for line in listed]
    text = "\n".join(["source,target,probability", *stated])
    (tmp_path / "ties.csv").write_text(text, encoding="utf-8")
    assert main(["evaluate", "influence", *files, "--direction", "as-listed", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["baselines"]["given"]["auc"] > found["baselines"]["activity_only"]["auc"]
    assert found["log_likelihood"] > found["baselines"]["activity_only"]["log_likelihood"]


def test_the_direction_is_found_when_nobody_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["evaluate", "influence", *written(tmp_path, reverse=True), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["direction"] == "reversed"


def test_a_person_reads_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["evaluate", "influence", *written(tmp_path), "--direction", "as-listed"]) == 0
    text = capsys.readouterr().out
    assert "learned" in text
    assert "activity_only" in text


def test_files_without_ties_between_the_posters_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    files = written(tmp_path)
    (tmp_path / "ties.csv").write_text("source,target\nnobody,noone\n", encoding="utf-8")
    assert main(["evaluate", "influence", *files, "--direction", "as-listed", "--json"]) == 1
    assert "was exposed" in capsys.readouterr().err


def test_learning_from_the_database_says_what_it_found(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "posts.csv").write_text(posts(40), encoding="utf-8")
    assert main(["--database", sqlite_url, "import", "mentions", str(tmp_path / "posts.csv"), "--json"]) == 0
    capsys.readouterr()
    assert main(["--database", sqlite_url, "learn", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["contagious"][0]["handle"] == "anna"
    assert main(["--database", sqlite_url, "learn"]) == 0
    assert "@anna" in capsys.readouterr().out
