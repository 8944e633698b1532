import csv
import json

import numpy as np
import pytest

from ambassador.cli.main import main


@pytest.fixture
def posts(tmp_path):
    """Write cascades in which all answer the post right before, but for a tenth who answer the start."""
    rng, path = np.random.default_rng(2), tmp_path / "posts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["platform", "post_id", "author", "created_at", "parent_id", "kind"])
        for cascade in range(40):
            for place in range(6):
                above = 0 if rng.random() < 0.1 else place - 1
                parent = f"{cascade}-{above}" if place else ""
                moment = f"2026-01-{1 + cascade % 28:02d}T10:{7 * place:02d}:{cascade:02d}Z"
                author = f"m{rng.integers(60)}"
                kind = "repost" if place else "original"
                rows.writerow(["x", f"{cascade}-{place}", author, moment, parent, kind])
    return path


def test_hidden_parents_are_found_at_least_as_well_as_by_the_simple_rules(posts, capsys):
    assert main(["evaluate", "parents", "--mentions", str(posts), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["accuracy"] >= max(found["always_root"], found["previous_event"])
    assert found["accuracy_non_root"] > 0.9
    assert (found["mentions"], found["cascades"], found["folds"]) == (200, 40, 5)
    assert found["calibration_error"] < 0.1


def test_a_file_without_parents_is_refused_in_one_line(tmp_path, capsys):
    path = tmp_path / "posts.csv"
    path.write_text("platform,post_id,author,created_at\nx,1,ada,2026-01-01T10:00:00Z\n", encoding="utf-8")
    assert main(["evaluate", "parents", "--mentions", str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_rows_that_cannot_be_used_are_named_by_reason_and_line(tmp_path, capsys):
    file = tmp_path / "posts.csv"
    good = [f"p{one},lia{one},2026-05-02T0{one}:00:00Z,{'p0' if one else ''}" for one in range(8)]
    bad = [f"q{one},mara,someday,p0" for one in range(7)]
    rows = [*good, *bad, "z,,2026-05-02T08:30:00Z,p0"]
    file.write_text("\n".join(["post_id,author_handle,created_at,parent_id", *rows]))
    main(["evaluate", "parents", "--mentions", str(file), "--json"])
    said = capsys.readouterr()
    rejected = json.loads(said.out)["rejected_rows"]
    assert [row["line"] for row in rejected] == list(range(10, 18))
    assert {row["file"] for row in rejected} == {"posts.csv"}
    assert all(row["reason"] for row in rejected)
    assert "posts.csv: 8 rows cannot be used" in said.err
    assert "lines 10, 11, 12, 13, 14 and 2 more: " in said.err
    assert "lines 17: " in said.err


def test_where_the_start_is_all_that_can_be_named_the_verdict_names_it_with_its_share(tmp_path, capsys):
    rng, path = np.random.default_rng(5), tmp_path / "posts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["platform", "post_id", "author", "created_at", "parent_id"])
        for cascade in range(60):
            deep = rng.beta(1.5, 3.0)
            for place in range(30):
                above = int(rng.integers(place)) if place and rng.random() < deep else 0
                moment = f"2026-{1 + cascade // 28:02d}-{1 + cascade % 28:02d}T10:{place:02d}:07Z"
                parent = f"{cascade}-{above}" if place else ""
                rows.writerow(["x", f"{cascade}-{place}", f"once{cascade}-{place}", moment, parent])
    assert main(["evaluate", "parents", "--mentions", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"].startswith(f"Name the first post, with its {100 * found['always_root']:.0f}%")
    assert found["mean_probability"] == pytest.approx(found["always_root"], abs=0.04)
    assert found["calibration_error"] < 2 * found["calibration_error_by_chance"]
