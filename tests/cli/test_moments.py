"""``ambassador activation moment``, ``replies`` and ``decide``, and the credit that follows."""

import json
from typing import Any

import pytest

from ambassador.cli.main import main
from ambassador.services.work import UnitOfWork
from tests.services.activations.moments import evening, launch, talked
from tests.services.activations.rounds import polled
from tests.services.activations.test_replies import said as write


@pytest.fixture
def said(sqlite_work: UnitOfWork, capsys: pytest.CaptureFixture[str]):
    """Give a function that runs a verb and gives its answer, or what was refused."""

    def run(*arguments: str, code: int = 0, plain: bool = False) -> Any:
        url, json_too = str(sqlite_work.engine.url), [] if plain else ["--json"]
        capsys.readouterr()
        assert main(["--database", url, "--language", "en", *arguments, *json_too]) == code
        spoken = capsys.readouterr()
        if code:
            return spoken.err
        return spoken.out if plain else json.loads(spoken.out)

    return run


def test_a_moment_is_said_settled_and_told(said) -> None:
    days = ("--starts", "2026-03-29", "--ends", "2026-03-30", "--kind", "moment")
    said("activation", "create", "An evening", *days)
    assert "Say first when it is" in said("activation", "moment", "1", code=1)
    assert "does not exist" in said("activation", "moment", "1", "--at", "2026-03-29T02:30", code=1)
    assert "is no moment" in said("activation", "moment", "1", "--at", "soon", code=1)
    made = said(
        "activation", "moment", "1", "--at", "2026-03-29T21:30", "--medium", "radio", "--place", "Radio Bari",
        "--minutes", "20", "--audience", "5000", "--expected", "9",
    )  # fmt: skip
    assert (made["begins_at"], made["draft"]["medium"]) == ("2026-03-29T19:30:00+00:00", "radio")
    assert (made["ahead"]["learned_from"], made["share"]) == (0, 0.0)
    assert said("activation", "open", "1")["status"] == "open"
    assert said("activation", "moment", "1", "--audience", "0")["draft"]["audience"] is None
    text = said("activation", "moment", "1", plain=True)
    assert "Radio Bari  2026-03-29 21:30  20 minutes" in text
    assert "an assumption" in text
    said("activation", "create", "Ideas", "--starts", "2026-05-01", "--ends", "2026-05-02")
    assert "no moment on air" in said("activation", "moment", "Ideas", "--at", "2026-05-01T10:00", code=1)


def test_its_lift_stands_in_credit(said, sqlite_work: UnitOfWork) -> None:
    with sqlite_work.writing() as session:
        campaign, _, stranger = launch(session)
        talked(session, campaign, stranger)
    evening(sqlite_work, campaign)
    found = said("activation", "moment", "An evening")
    assert (found["lift"]["came"], found["lift"]["basis"]) == (12, "weeks")
    assert "12 posts came by themselves" in said("activation", "moment", "An evening", plain=True)
    assert "An evening" in said("mentions", "credit", "--campaign", "Spring", plain=True)


def test_replies_are_counted_and_decided(said, sqlite_work: UnitOfWork) -> None:
    polled(sqlite_work)
    post = write(sqlite_work, "brand", "Which?")
    both = write(sqlite_work, "ann", "1 or 2", post)
    write(sqlite_work, "bob", "Blue", post)
    assert "--post NUMBER" in said("activation", "replies", "1", plain=True)
    assert "Say first under which post" in said("activation", "replies", "1", "--count", code=1)
    counted = said("activation", "replies", "1", "--post", str(post), "--count")
    assert (counted["report"]["added"], counted["report"]["to_decide"]) == (1, 1)
    assert said("activation", "replies", "1", "--count")["report"]["added"] == 0
    assert "Say either" in said("activation", "decide", "1", str(both), "1", "--none", code=1)
    rows = {
        one["mention_id"]: one for one in said("activation", "decide", "1", str(both), "2")["post"]["replies"]
    }
    assert (rows[both]["state"], rows[both]["keys"], rows[both]["by_hand"]) == ("counted", ["2"], True)
    assert "2 of 2 replies are in as votes" in said("activation", "replies", "1", plain=True)
    said("activation", "decide", "1", str(both), "--by-words")
    assert said("activation", "result", "1")["options"][0]["votes"] == 1
    assert "Say --off alone" in said("activation", "replies", "1", "--off", "--count", code=1)
    assert said("activation", "replies", "1", "--off")["post"] is None


def test_a_post_is_put_to_discussion_and_told(said, sqlite_work: UnitOfWork) -> None:
    days = ("--starts", "2026-05-01", "--ends", "2026-05-30", "--kind", "discussion")
    said("activation", "create", "The tariff", *days)
    assert "--post NUMBER" in said("activation", "discussion", "1", plain=True)
    post = write(sqlite_work, "brand", "What do you think?")
    answer = write(sqlite_work, "leo", "I like it", post, minute=1)
    write(sqlite_work, "eva", "so do I", answer, minute=2)
    told = said("activation", "discussion", "1", "--post", str(post))["discussion"]
    assert (told["posts"], told["people"], told["new"], told["unlabelled"]) == (2, 2, 2, 2)
    assert "alone" in said("activation", "discussion", "1", "--off", "--post", str(post), code=1)
    text = said("activation", "discussion", "1", plain=True)
    assert "2 posts beneath it by 2 people, 2 of them never seen before" in text
    assert f"  {answer}  instagram:leo  +1  I like it" in text
    assert said("activation", "discussion", "1", "--off")["discussion"] is None
