import json

import networkx as nx
import pytest

from ambassador.errors import AnswerNeededError, BadInputError, UnreadableFileError
from ambassador.intake.reading import ReadingOptions, inspect_file
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.status import ImportKind
from tests.intake.reading import read, spreadsheet

TIES = ImportKind.TIES


def pairs(drafts):
    return [(row.source, row.target) for row in drafts.rows]


def test_direction_is_asked_with_a_real_row_and_a_proposal():
    text = "follower,followed,probability\n@Lia,@Anna,1\n"
    with pytest.raises(AnswerNeededError, match="line 2 lists @Lia, then @Anna") as caught:
        read(text, TIES)
    assert (caught.value.questions[0].kind, caught.value.questions[0].proposed) == (
        QuestionKind.DIRECTION,
        "reversed",
    )


def test_reversed_turns_follower_and_followed_into_influence():
    text = "follower,followed,probability\nlia,anna,1\n"
    tie = read(text, TIES, direction="reversed").rows[0]
    assert (tie.source, tie.target, tie.probability, tie.weight) == ("anna", "lia", 1.0, None)
    assert pairs(read(text, TIES, direction="as-listed")) == [("lia", "anna")]


def test_as_listed_means_left_to_right_whatever_the_names_of_the_columns():
    text = "followed,follower\nanna,lia\n"
    assert pairs(read(text, TIES, direction="as-listed")) == [("anna", "lia")]
    assert pairs(read("target,source\nanna,lia\n", TIES, direction="as-listed")) == [("lia", "anna")]


def test_an_answer_that_is_none_is_refused():
    with pytest.raises(BadInputError, match="sideways is no answer"):
        read("a1,b1\nlia,anna\n", TIES, direction="sideways")


def test_an_edge_list_needs_no_header_and_may_have_comments():
    text = "# made by hand\n% and by machine\nlia anna\nanna   ugo\n"
    assert pairs(read(text, TIES, name="e.txt", direction="as-listed")) == [("lia", "anna"), ("anna", "ugo")]
    assert pairs(read("lia,anna\nanna,ugo\n", TIES, direction="as-listed")) == [
        ("lia", "anna"),
        ("anna", "ugo"),
    ]


def test_an_unnamed_third_column_between_0_and_1_is_asked():
    text = "lia anna 0.5\nanna ugo 0.25\n"
    with pytest.raises(AnswerNeededError, match=r"line 1 ends in 0\.5") as caught:
        read(text, TIES, direction="as-listed")
    assert caught.value.questions[0].proposed == "probability"
    assert [
        row.probability for row in read(text, TIES, direction="as-listed", third_column="probability").rows
    ] == [0.5, 0.25]
    assert [row.weight for row in read(text, TIES, direction="as-listed", third_column="weight").rows] == [
        0.5,
        0.25,
    ]


def test_a_third_column_above_1_can_only_be_a_weight():
    rows = read("lia;anna;0,5\nanna;ugo;12\n", TIES, direction="as-listed").rows
    assert [row.weight for row in rows] == [0.5, 12.0]


def test_a_first_line_of_two_counts_is_not_a_tie():
    text = "3 2\n0 1 0.5\n1 2 0.25\n"
    rows = read(text, TIES, name="n.txt", direction="as-listed", third_column="probability").rows
    assert [(row.source, row.target) for row in rows] == [("0", "1"), ("1", "2")]


def test_bad_ties_are_refused_by_name():
    text = "source,target,probability\nlia,lia,0.5\nlia,,0.5\nlia,anna,1.5\nlia,anna,x\nlia,ugo,0.1\n"
    drafts = read(text, TIES, direction="as-listed")
    assert [(row.line, row.column) for row in drafts.rejected] == [
        (2, "target"),
        (3, "target"),
        (4, "probability"),
        (5, "probability"),
    ]
    assert pairs(drafts) == [("lia", "ugo")]


def test_platform_and_kind_are_kept():
    tie = read("source,target,platform,kind\nu1,u2,stackexchange,answer\n", TIES, direction="as-listed").rows[
        0
    ]
    assert (tie.platform, tie.kind) == ("stackexchange", "answer")


def test_a_spreadsheet_of_ties():
    data = spreadsheet([["Da", "A", "Peso"], ["@lia", "@anna", 3], ["@anna", 77, 2]])
    rows = read(data, TIES, name="t.xlsx", direction="as-listed").rows
    assert [(row.source, row.target, row.weight) for row in rows] == [
        ("lia", "anna", 3.0),
        ("anna", "77", 2.0),
    ]


@pytest.fixture
def graph():
    made = nx.DiGraph()
    made.add_edge("lia", "anna", weight=2.0)
    made.add_edge("anna", "ugo", weight=1.0)
    return made


@pytest.mark.parametrize("ending", ["graphml", "gexf", "json", "net"])
def test_network_files_are_read_through_one_door(graph, ending, tmp_path):
    path = tmp_path / f"g.{ending}"
    if ending == "graphml":
        nx.write_graphml(graph, path)
    elif ending == "gexf":
        nx.write_gexf(graph, path)
    elif ending == "json":
        path.write_text(json.dumps(nx.node_link_data(graph, edges="links")))
    else:
        path.write_text("\n".join(nx.generate_pajek(graph)))
    rows = read(path.read_bytes(), TIES, name=path.name, direction="reversed").rows
    assert {(row.source, row.target, row.weight) for row in rows} == {
        ("anna", "lia", 2.0),
        ("ugo", "anna", 1.0),
    }


def test_an_undirected_network_runs_both_ways_and_asks_nothing(tmp_path):
    path = tmp_path / "g.graphml"
    nx.write_graphml(nx.Graph([("lia", "anna")]), path)
    drafts = read(path.read_bytes(), TIES, name="g.graphml")
    assert set(pairs(drafts)) == {("lia", "anna"), ("anna", "lia")}


def test_an_xml_bomb_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>'
    with pytest.raises(UnreadableFileError, match=r"g\.graphml"):
        read(bomb, TIES, name="g.graphml")


def test_a_preview_shows_columns_sample_and_open_questions():
    preview = inspect_file("t.csv", b"follower;followed\nlia;anna\n", TIES, ReadingOptions())
    assert preview.headers == ("follower", "followed")
    assert preview.sample == (("lia", "anna"),)
    assert preview.mapping.columns == {"source": "follower", "target": "followed"}
    assert [question.kind for question in preview.open_questions] == [QuestionKind.DIRECTION]
    assert preview.signature
    assert not inspect_file("t.txt", b"lia anna\n", TIES).signature
