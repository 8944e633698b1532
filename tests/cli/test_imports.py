import json

import pytest

from ambassador.cli.main import main


@pytest.fixture
def run(sqlite_url, capsys, monkeypatch):
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "en")

    def call(*arguments):
        code = main(["--database", sqlite_url, *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def follows(tmp_path):
    path = tmp_path / "follows.csv"
    path.write_text("follower,followed\nlia,anna\nugo,anna\n")
    return path


def test_an_unanswered_direction_ends_in_one_line_with_the_real_row_and_the_option(run, follows):
    code, out, err = run("import", "ties", follows)
    assert (code, out) == (1, "")
    assert err.startswith("follows.csv: line 2 lists @lia, then @anna")
    assert err.endswith("--direction as-listed|reversed\n")
    assert err.count("\n") == 1


def test_the_answer_is_remembered_for_the_layout(run, follows):
    code, out, _ = run("import", "ties", follows, "--direction", "reversed", "--json")
    assert code == 0
    assert {key: json.loads(out)[key] for key in ("added", "updated", "duplicates", "rejected")} == {
        "added": 2,
        "updated": 0,
        "duplicates": 0,
        "rejected": 0,
    }
    code, out, _ = run("import", "ties", follows, "--json")
    assert (code, json.loads(out)["duplicates"]) == (0, 2)
    assert json.loads(out)["notes"] == ["direction used: the first of each row hears from the second"]


def test_counts_are_summed_over_files_and_rejected_rows_beside_accepted_ones_are_no_failure(run, tmp_path):
    for name, row in (("a", "lia,10"), ("b", "anna,tanti\nugo,3")):
        (tmp_path / f"{name}.csv").write_text(f"handle,followers\n{row}\n")
    code, out, err = run(
        "import", "people", tmp_path / "a.csv", tmp_path / "b.csv", "--platform", "ig", "--json",
        "--rejected", tmp_path / "bad.csv",
    )  # fmt: skip
    answer = json.loads(out)
    assert (code, answer["added"], answer["rejected"]) == (0, 2, 1)
    assert answer["rejected_rows"][0] == {
        "file": "b.csv",
        "line": 2,
        "column": "followers",
        "value": "tanti",
        "reason": "tanti is not a number",
    }
    assert "tanti is not a number" in (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    assert "b.csv, line 2, column followers" in err


def test_nothing_accepted_and_something_rejected_is_a_failure(run, tmp_path):
    (tmp_path / "a.csv").write_text("handle,followers\nlia,tanti\n")
    code, out, _ = run("import", "people", tmp_path / "a.csv", "--json")
    assert (code, json.loads(out)["rejected"]) == (1, 1)


def test_all_or_nothing_is_one_line_and_keeps_the_rejected_rows(run, tmp_path):
    (tmp_path / "a.csv").write_text("handle,followers\nlia,1\nanna,tanti\n")
    code, out, err = run(
        "import", "people", tmp_path / "a.csv", "--all-or-nothing", "--rejected", tmp_path / "bad.csv"
    )
    assert (code, out) == (1, "")
    assert "line 3" in err
    assert (tmp_path / "bad.csv").is_file()
    assert run("import", "list", "--json")[1].strip() == "[]"


def test_a_question_about_the_second_file_stops_the_first_too(run, follows, tmp_path):
    dated = tmp_path / "dated.csv"
    dated.write_text("post_id,author,date,platform\n1,lia,03/04/2026,x\n")
    sure = tmp_path / "sure.csv"
    sure.write_text("post_id,author,created_at,platform\n2,lia,2026-04-03,x\n")
    code, _, err = run("import", "mentions", sure, dated)
    assert code == 1
    assert "03/04/2026" in err
    assert "--day-first" in err
    assert run("import", "list", "--json")[1].strip() == "[]"
    assert run("import", "mentions", sure, dated, "--day-first")[0] == 0


def test_a_column_can_be_named(run, tmp_path):
    (tmp_path / "a.csv").write_text("chi,quanti\nlia rossi x,3\n")
    code, _, err = run("import", "people", tmp_path / "a.csv")
    assert code == 1
    assert "--column handle=HEADER" in err
    assert run("import", "people", tmp_path / "a.csv", "--column", "handle=chi")[0] == 0


def test_imports_are_listed_and_undone(run, follows):
    run("import", "ties", follows, "--direction", "reversed")
    assert "follows.csv: 2 added" in run("import", "list")[1]
    code, out, _ = run("import", "undo", "1", "--json")
    assert (code, json.loads(out)["kept"]) == (0, 0)
    assert run("import", "undo", "1")[0] == 1
    assert json.loads(run("import", "list", "--json")[1])[0]["undone_at"]


@pytest.mark.parametrize("name", ["missing.csv", "picture.csv"])
def test_what_cannot_be_read_is_one_line(run, tmp_path, name):
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n")
    code, out, err = run("import", "people", tmp_path / name)
    assert (code, out, err.count("\n")) == (1, "", 1)


COURIER = "Reference,Recipient,Status\nP-1,Lia Rossi,Delivered\n"


def test_without_a_kind_a_file_is_imported_as_what_it_holds(run, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("handle,platform,followers\nlia,ig,12\n")
    code, out, err = run("import", file, "--json")
    assert (code, json.loads(out)["added"]) == (0, 1)
    assert "list.csv: this looks like people\n" in err
    assert json.loads(out)["next"] == ["ambassador people list", "ambassador pick"]
    assert "next: ambassador people list, ambassador pick" in err


def test_without_a_kind_and_nothing_that_tells_it_is_asked(run, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("x1,x2\n1,2\n")
    code, out, err = run("import", file)
    assert (code, out) == (1, "")
    assert err == (
        "What does list.csv hold? Say it before the file: "
        "import people|ties|devices|mentions|courier|outcomes\n"
    )


def test_files_of_several_kinds_are_not_guessed_together(run, tmp_path):
    (tmp_path / "a.csv").write_text(COURIER)
    (tmp_path / "b.csv").write_text("handle,platform,followers\nlia,ig,12\n")
    code, _, err = run("import", tmp_path / "a.csv", tmp_path / "b.csv")
    assert code == 1
    assert "a.csv: courier, b.csv: people" in err


def test_a_courier_file_called_people_is_said_to_look_like_a_courier_file(run, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("Status,Delivered to,Tracking\nIn transit,Lia Rossi,1 2\n")
    code, out, err = run("import", "mentions", file)
    assert (code, out) == (1, "")
    assert err.startswith("list.csv: this looks like courier: say import courier.")
    file.write_text("handle,Status,tracking\n@lia,Delivered,ZX77\n")
    code, out, err = run("import", "people", file, "--json")
    assert (code, out) == (1, "")
    assert err.startswith("list.csv: this looks like courier: say import courier.")
    code, out, _ = run("import", "people", file, "--column", "handle=handle", "--platform", "ig", "--json")
    assert (code, json.loads(out)["added"]) == (0, 1)
    assert json.loads(out)["notes"][0] == "this looks like a courier's file, and is read as a list of people"


STRANGE = "Reference,Recipient,Status\nP-1,Lia Rossi,Delivered\nP-2,Ugo Neri,Left with neighbour\n"


def test_a_couriers_unknown_word_is_asked_explained_once_and_listed(run, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(STRANGE)
    _, out, err = run("import", "courier", file, "--json")
    assert 'line 3 says "Left with neighbour"' in err
    assert '--state "left with neighbour=shipped|delivered|returned|lost|nothing"' in err
    assert any("neighbour is not a state" in row["reason"] for row in json.loads(out)["rejected_rows"])
    _, out, err = run("import", "courier", file, "--state", "Left with neighbour=delivered", "--json")
    assert "Say it once" not in err
    assert not any("not a state" in row["reason"] for row in json.loads(out)["rejected_rows"])
    file.write_text(STRANGE.replace("Status", "Esito"))
    _, out, err = run("import", "courier", file, "--json")
    assert not any("not a state" in row["reason"] for row in json.loads(out)["rejected_rows"])
    _, out, _ = run("device", "words", "--json")
    assert json.loads(out)[0] == {"word": "left with neighbour", "state": "delivered", "is_own": True}
    code, _, err = run("import", "courier", file, "--state", "left with neighbour")
    assert (code, err) == (1, "left with neighbour explains no word: write WORD=STATE\n")


def test_couriers_words_are_added_and_forgotten_in_the_shell_and_that_is_undone(run):
    def own():
        known = json.loads(run("device", "words", "--json")[1])
        return {one["word"]: one["state"] for one in known if one["is_own"]}

    assert run("device", "words", "--add", "al vicino=delivered", "--add", "boh=nothing")[0] == 0
    assert own() == {"al vicino": "delivered", "boh": "nothing"}
    assert run("undo")[0] == 0
    assert own() == {}
    assert run("device", "words", "--add", "al vicino=gone")[0] == 1
    run("device", "words", "--add", "al vicino=delivered")
    text = run("device", "words", "--forget", "Al Vicino", "--add", "x y=lost")[1]
    assert text.startswith("x y: lost  (our own)\nshipped: on the way\n")
    assert own() == {"x y": "lost"}


def test_a_file_of_another_kind_is_told_whatever_would_be_asked(run, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("Order number,Date,Discount code,Total\n1001,2026-05-01,ANNA10,99.00\n")
    code, out, err = run("import", "mentions", file)
    assert (code, out) == (1, "")
    assert err.startswith("orders.csv: this looks like outcomes: say import outcomes.")


def test_a_network_in_two_files_is_between_the_people_its_nodes_name(run, tmp_path):
    nodes, edges = tmp_path / "nodes.csv", tmp_path / "edges.csv"
    nodes.write_text("Id,Label\n0,olga\n1,petra\n")
    edges.write_text("Source,Target,Type,Weight\n0,1,Directed,2.0\n")
    options = ("--direction", "as-listed", "--platform", "instagram", "--nodes", nodes)
    code, out, _ = run("import", "ties", edges, *options, "--json")
    assert (code, json.loads(out)["added"]) == (0, 1)
    code, out, err = run("import", "ties", edges, *options[:-1], edges)
    assert (code, out) == (1, "")
    assert "edges.csv is no list of nodes" in err


def test_a_word_explained_before_tells_a_couriers_file_from_others(run, tmp_path):
    path = tmp_path / "may.csv"
    path.write_text("reference,status,date\nR-1,lasciato al vicino,2026-03-01\n")
    assert "What does may.csv hold" in run("import", path)[2]
    run("device", "words", "--add", "lasciato al vicino=delivered")
    _, _, err = run("import", path)
    assert "may.csv: this looks like courier" in err
