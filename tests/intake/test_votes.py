"""Files of votes and ideas: plain tables and ``.pb``."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.errors import AmbassadorError, BadInputError, UnreadableFileError
from ambassador.intake.files import Content
from ambassador.intake.votes import read_votes_file
from ambassador.values.activations.votes import VotesFile
from ambassador.values.money import Money

PB = """META
key; value
description; Ideas of Wieliczka
budget; 2500
vote_type; approval
max_length; 2
PROJECTS
project_id; cost; category; name
1; 600; culture, education; "Park ""B""; big"
2; 800.50; sport; Ramp
4; much; culture; Fair
2; 5; sport; Twice
VOTES
voter_id; age; sex; vote
1; 34; f; 1,2
2; 51; m;
3; 23; m; 2,9
"""


def read(text: str | bytes, name: str = "f.csv") -> VotesFile:
    data = text if isinstance(text, bytes) else text.encode()
    return read_votes_file(Content(name, data), zone="Europe/Rome", currency="EUR")


def test_a_pb_file_holds_ideas_ballots_and_the_budget() -> None:
    found = read(PB, "w.pb")
    assert (found.title, found.budget, found.most_choices) == ("Ideas of Wieliczka", Money(250_000), None)
    assert [(one.key, one.title, one.cost) for one in found.entries] == [
        ("1", 'Park "B"; big', Money(60_000)), ("2", "Ramp", Money(80_050)),
    ]  # fmt: skip
    assert [(one.voter, one.choices, one.line) for one in found.ballots] == [
        ("1", ("1", "2"), 15), ("3", ("2", "9"), 17),
    ]  # fmt: skip
    assert [(one.line, one.column) for one in found.rejected] == [
        (11, "cost"), (12, "project_id"), (16, "vote"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PB.replace("approval", "ordinal"), "votes of the kind ordinal"),
        ("META\nkey;value\nbudget;5\n", "no ideas under PROJECTS"),
        (PB.replace("2500", "lots"), "lots for its budget"),
        ("voter,colour\nnina,red\n", "no votes, ideas or marks"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises((BadInputError, UnreadableFileError), match=reason):
        read(text)


def test_a_ballot_a_row_names_choices_moments_and_platforms() -> None:
    found = read(
        "Voter;Voted at;Vote;Account since\n"
        "IG:@Nina;2026-05-03 10:00;1,#B;2026-05-01\n"
        "https://x.com/leo;04/05/2026 09:30;2;\n"
        ";2026-05-03;1;\nugo;2026-05-03;;\nada;soon;1;\n"
    )
    nina, leo = found.ballots
    assert (nina.platform, nina.voter, nina.choices) == ("instagram", "nina", ("1", "B"))
    assert nina.voted_at == datetime(2026, 5, 3, 8, tzinfo=UTC)
    assert nina.account_since == datetime(2026, 4, 30, 22, tzinfo=UTC)
    assert (leo.platform, leo.voter) == ("x", "leo")
    assert leo.voted_at == datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
    assert [(one.line, one.column) for one in found.rejected] == [(4, "voter"), (5, "vote"), (6, "voted_at")]
    assert "day first" in found.notes[0].text


def test_a_choice_a_row_makes_one_ballot_of_the_rows_of_a_voter() -> None:
    found = read("voter,idea,date\nnina,1,2026-05-03\nleo,2,2026-05-03\nnina,2,2026-05-05\n")
    assert [(one.voter, one.choices) for one in found.ballots] == [("nina", ("1", "2")), ("leo", ("2",))]
    assert found.ballots[0].voted_at == datetime(2026, 5, 4, 22, tzinfo=UTC)


def test_ideas_have_a_key_a_title_and_a_cost_that_may_be_unknown() -> None:
    found = read('codice;titolo;costo;proponente\nA;Panchine;"1.200,50";nina\nB;Fontana;;leo\nA;x;1;\n')
    assert [(one.key, one.title, one.cost, one.proposed_by) for one in found.entries] == [
        ("A", "Panchine", Money(120_050), "nina"), ("B", "Fontana", None, "leo"),
    ]  # fmt: skip
    assert [one.reason for one in found.rejected] == ["another idea above has this key"]


@given(st.text(max_size=200))
def test_whatever_stands_in_a_file_is_read_or_refused_by_name(text: str) -> None:
    for start in ("META\nkey;value\nbudget;5\nPROJECTS\nproject_id;cost\n1;5\nVOTES\nvoter_id;vote\n", ""):
        try:
            read((start + text).encode("utf-8", "surrogatepass"), "f.pb")
        except AmbassadorError:
            continue
