"""Mentions and cascades from the shell."""

import json

import pytest

from ambassador.cli.main import main
from tests.services.talk import Talk


@pytest.fixture
def said(sqlite_url, capsys):
    """Give a function that runs a verb with --json and gives the answer."""

    def run(*arguments: str, code: int = 0):
        assert main(["--database", sqlite_url, "--language", "en", *arguments, "--json"]) == code
        spoken = capsys.readouterr()
        return json.loads(spoken.out) if code == 0 else spoken.err

    return run


@pytest.fixture
def talk(sqlite_work):
    talk = Talk(sqlite_work)
    talk.post("a", "lia", "#q1brezza")
    talk.post("b", "ugo", "wow", parent="a", at=1)
    talk.post("c", "eva", root="a", at=2)
    talk.post("d", "pia", "my Q1", at=3)
    return talk


def test_cascades_are_listed_with_null_where_the_platform_hides_it(talk, said) -> None:
    said("mentions", "match")
    first, second = said("cascades")
    assert (first["root"], first["size"], first["hidden_parents"]) == (talk.posts["a"], 3, 1)
    assert first["depth"] is None and first["structural_virality"] is None
    assert (second["size"], second["depth"], second["structural_virality"]) == (1, 0, None)
    assert first["post_id"] == "a"
    assert [row["root"] for row in said("cascades", "--campaign", "q1 launch")] == [talk.posts["a"]]


def test_mentions_are_matched_reviewed_labelled_and_pasted(talk, said) -> None:
    (counts,) = said("mentions", "match", "--campaign", "1")
    assert (counts["matched"], counts["review"]) == (3, 1)
    (waiting,) = said("mentions", "list", "--campaign", "1", "--verdict", "review")
    assert waiting["campaigns"][0]["why"] == "keyword q1 | one ordinary word"
    assert said("mentions", "review", str(waiting["id"]), "--campaign", "1")["count"] == 1
    assert len(said("mentions", "list", "--campaign", "1")) == 4
    labelled = said("mentions", "label", str(waiting["id"]), "--label", "complaint")
    assert labelled["changed"] == [waiting["id"]]
    pasted = said(
        "mentions", "paste", "--link", "https://x.com/zoe/status/99", "--views", "10", "--token", "t"
    )
    assert said("mentions", "paste", "--link", "https://x.com/zoe/status/99", "--token", "t") == pasted


def test_bad_input_ends_in_one_line(talk, said) -> None:
    assert "no campaign" in said("cascades", "--campaign", "nope", code=1)
    assert "none of complaint" in said("mentions", "label", "1", "--label", "rant", code=1)
    assert "There is no mention 999" in said("mentions", "review", "999", "--campaign", "1", code=1)


def test_people_read_lines_and_what_is_wrong_goes_to_stderr(talk, sqlite_url, capsys) -> None:
    talk.post("e", "leo", parent="nowhere", at=4)
    assert main(["--database", sqlite_url, "--language", "en", "mentions", "match"]) == 0
    assert capsys.readouterr().out == "Q1 Launch: 3 belong, 1 to review\n"
    assert main(["--database", sqlite_url, "--language", "en", "cascades"]) == 0
    spoken = capsys.readouterr()
    assert spoken.out.splitlines()[1].startswith("3 posts, depth not known: @lia, x, 2026-05-03")
    assert "Posts that answer a post which is not here: 1" in spoken.err
