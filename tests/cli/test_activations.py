"""``ambassador activation``, from a draft to a file that anybody can recount."""

import json
from pathlib import Path
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork

IDEAS = "key,title,cost\nA,Stage,600\nB,Fair,400\nC,Ramp,300\n"
VOTES = 'voter,vote\nf1,"A,B"\nf2,"A,B"\nf3,"A,B"\nugo,C\neva,"C,Q"\n,A\n'


@pytest.fixture
def said(sqlite_work: UnitOfWork, capsys: pytest.CaptureFixture[str]):
    """Give a function that runs a verb with --json and gives the answer, or what was refused."""

    def run(*arguments: str, code: int = 0, plain: bool = False) -> Any:
        url, json_too = str(sqlite_work.engine.url), [] if plain else ["--json"]
        capsys.readouterr()
        assert main(["--database", url, "--language", "en", "activation", *arguments, *json_too]) == code
        spoken = capsys.readouterr()
        if code:
            return spoken.err
        return spoken.out if plain else json.loads(spoken.out)

    return run


@pytest.fixture
def at(sqlite_work: UnitOfWork, tmp_path: Path):
    """Give a function that writes a file and gives its path."""

    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def test_a_round_goes_from_draft_to_a_file_and_back(said, at, tmp_path: Path) -> None:
    days = ("--starts", "2026-05-01", "--ends", "2099-05-31")
    made = said("create", "Ideas for Bari", *days, "--budget", "1000", "--cost", "50")
    assert (made["id"], made["status"], made["budget"]) == (1, "draft", {"amount": 1000.0, "currency": "EUR"})
    ideas = said("import", at("ideas.csv", IDEAS), "--activation", "ideas for bari")
    assert (ideas["entries"], ideas["file"]) == (3, None)
    assert said("idea", "1", "D", "--title", "Benches", "--cost", "100")["key"] == "D"
    assert said("idea", "1", "D", "--withdraw")["withdrawn"] is True
    assert said("open", "1")["status"] == "open"
    votes = said("import", at("votes.csv", VOTES), "--activation", "1")
    assert (votes["ballots"], [one["line"] for one in votes["rejected"]]) == (5, [7])
    assert [one["reason"] for one in votes["unknown"]] == ["Q is no idea or option here"]
    assert said("vote", "1", "x:nina", "C")["ballot"]
    result = said("result", "1")
    assert [one["rule"] for one in result["rules"]] == ["votes", "votes_per_cost", "equal_shares"]
    assert result["participation"]["voters"] == 6
    text = said("result", "1", plain=True)
    assert "By equal shares: Ramp, Fair" in text
    assert "voters are represented by none" in text
    assert [said(verb, "1")["status"] for verb in ("close", "announce")] == ["closed", "announced"]
    assert said("idea", "1", "B", "--status", "built")["status"] == "built"
    out = tmp_path / "r.pb"
    assert said("export", "1", "--output", str(out))["bytes"] == out.stat().st_size
    assert "nina" not in out.read_text(encoding="utf-8")
    said("edit", "1", "--title", "Other", code=1)
    assert [said(verb, "1")["status"] for verb in ("close", "reopen")] == ["closed", "open"]
    assert said("edit", "1", "--title", "Other", "--most", "3", "--budget", "none")["budget"] is None
    again = said("import", str(out))
    assert (again["entries"], again["ballots"]) == (3, 6)
    assert [one["title"] for one in said("list")] == ["Ideas for Bari", "Other"]
    shown = said("show", "Other")
    assert (shown["most_choices"], [one["ballots"] for one in shown["files"]]) == (3, [5])
    assert said("take-out", "1")["counts"] is False
    assert said("take-out", "1", "--back")["counts"] is True


def test_a_poll_is_told_in_words(said, at) -> None:
    said("create", "Colour?", "--starts", "2026-05-01", "--ends", "2026-05-31", "--kind", "poll")
    for key, name in (("1", "red"), ("2", "blue")):
        said("idea", "1", key, "--title", name)
    said("open", "1")
    said("import", at("v.csv", "voter,vote\na,1\nb,2\nc,2\n"), "--activation", "1")
    text = said("result", "1", plain=True)
    assert "blue is first. Its margin in votes: 1." in text
    assert said("result", "1")["margin"] == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("show", "none such"), "no activation called none such"),
        (("import", "nowhere.csv", "--activation", "1"), "cannot be read"),
        (("idea", "1", "Z", "--withdraw"), "no idea or option called Z"),
        (("export", "1", "--output", "r.pdf"), ".pdf is no form"),
        (("edit", "1", "--most", "many"), "many is no number"),
    ],
)
def test_what_cannot_be_done_is_one_line(said, arguments: tuple[str, ...], reason: str) -> None:
    said("create", "Ideas", "--starts", "2026-05-01", "--ends", "2026-05-31")
    assert reason in said(*arguments, code=1)


MARKS = "juror,entry,mark\nMarta,1,8\nMarta,2,9\nUgo,9,5\n"


def test_a_contest_goes_from_its_checklist_to_files_anybody_can_add_up(said, at, tmp_path: Path) -> None:
    days = ("--starts", "2026-05-01", "--ends", "2099-05-31")
    said("create", "Photos", *days, "--kind", "contest", "--jury-weight", "40", "--most", "1")
    points = [one["key"] for one in said("law", "Photos")]
    assert "11 points of the checklist" in said("open", "Photos", code=1)
    assert said("law", "Photos", "--add", "Insurance")[-1]["key"] == "own-1"
    for key in points:
        said("law", "Photos", key, "--done")
    assert said("law", "Photos", "own-1", "--pass", "no stand")[0]["reason"] == "no stand"
    assert said("law", "Photos", "own-1", "--to-do")[0]["state"] == "to_do"
    said("law", "Photos", "own-1", "--done")
    text = said("law", "Photos", plain=True)
    assert "deposit  seen to  A deposit for the value of the prizes is given  D.P.R. 430/2001, art. 7" in text
    assert said("open", "Photos")["status"] == "open"
    made = said("idea", "Photos", "--title", "Dawn", "--link", "https://a.example/1", "--by", "x:nina")
    assert (made["key"], made["url"]) == ("1", "https://a.example/1")
    said("import", at("entries.csv", "title,link\nNets,https://a.example/2\n"), "--activation", "Photos")
    again = said("import", at("more.csv", "title,link\nNets,https://a.example/2\n"), "--activation", "Photos")
    assert (again["entries"], again["changed"]) == (0, 0)
    marks = said("import", at("marks.csv", MARKS), "--activation", "Photos")
    assert (marks["marks"], [one["line"] for one in marks["rejected"]]) == (2, [4])
    assert [one["name"] for one in said("mark", "Photos", "Ugo", "Dawn", "10")] == ["Marta", "Ugo"]
    said("import", at("votes.csv", "voter,vote\na,1\nb,1\nc,2\n"), "--activation", "Photos")
    result = said("result", "Photos")
    assert [(one["key"], one["place"]) for one in result["entries"]] == [("1", 1), ("2", 2)]
    assert (result["margin"], result["jury_weight"]) == (1, 40)
    text = said("result", "Photos", plain=True)
    assert "Ugo has not marked 1 entries" in text
    assert "Dawn is first. Its margin in votes: 1. Flagged voters: 0." in text
    out = tmp_path / "marks-out.csv"
    assert said("export", "Photos", "--output", str(out), "--marks")["bytes"] == out.stat().st_size
    assert out.read_text(encoding="utf-8-sig").splitlines() == [
        "juror,entry,mark",
        "1,1,8",
        "1,2,9",
        "2,1,10",
    ]
    assert [one["marked"] for one in said("mark", "Photos", "Ugo", "Dawn", "--remove")] == [2]
    assert said("edit", "Photos", "--cost", "5")["cost"]["amount"] == 5.0
    assert said("show", "Photos")["jury_weight"] == 40
    assert "Say one of" in said("law", "Photos", "rules", "--done", "--to-do", code=1)
    assert "no point called nothing" in said("law", "Photos", "nothing", code=1)


QUESTIONS = "question,asked by\nWhen in Lecce?,x:nina\nWhen is it in Lecce?,x:leo\nThieves!,x:anon\n,x:eva\n"


def test_a_session_goes_from_a_file_of_questions_to_its_transcript(said, at, tmp_path: Path) -> None:
    said("create", "Ask", "--starts", "2026-05-01", "--ends", "2026-05-31", "--kind", "questions")
    assert "questions come in once it is open" in said("ask", "Ask", "Why?", code=1)
    said("open", "Ask")
    report = said("import", at("q.csv", QUESTIONS), "--activation", "Ask")
    assert (report["questions"], [one["line"] for one in report["rejected"]]) == (3, [5])
    (made,) = said("ask", "Ask", "Is there a green one?", "--by", "x:pia")
    assert (made["asker"], made["status"]) == ("x:pia", "to_moderate")
    listed = said("questions", "Ask")
    one, two, three = (row["id"] for row in listed["questions"][:3])
    assert (listed["people"], listed["waiting"], listed["questions"][1]["like_id"]) == (4, 4, one)
    assert said("merge", "Ask", str(two), "--into", str(one))[0]["merged_into_id"] == one
    assert said("moderate", "Ask", str(three), "--refuse", "asks nothing")[0]["status"] == "turned_down"
    assert [row["status"] for row in said("moderate", "Ask", str(one), str(made["id"]), "--accept")] == [
        "taken_in"
    ] * 2
    (answered,) = said("answer", "Ask", str(one), "In May.", "--by", "Marta")
    assert (answered["askers"], answered["answered_by"]) == (2, "Marta")
    assert "answered by Marta already" in said("answer", "Ask", str(one), "No.", "--by", "Ugo", code=1)
    text = said("questions", "Ask", plain=True)
    assert "2 questions ask for an answer, 1 have one (50.0%); asked by 4 people" in text
    assert f"{two}  stands in {one}  When is it in Lecce?  x:leo" in text
    assert said("result", "Ask")["people"] == 4
    out = tmp_path / "ask.md"
    assert said("transcript", "Ask", "--output", str(out))["bytes"] == out.stat().st_size
    assert "nina" not in out.read_text(encoding="utf-8")
    said("transcript", "Ask", "--output", str(out), "--names")
    assert "nina" in out.read_text(encoding="utf-8")
    assert said("answer", "Ask", str(one), "--take-back")[0]["answer"] == ""
    assert said("merge", "Ask", str(two))[0]["merged_into_id"] is None
    assert "Say one of" in said("moderate", "Ask", str(one), code=1)
    assert "no question number 99" in said("moderate", "Ask", "99", "--wait", code=1)
