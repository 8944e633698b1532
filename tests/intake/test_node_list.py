"""A network in two files: its edges, and the list of its nodes beside them."""

import pytest

from ambassador.errors import BadInputError
from ambassador.intake.files import Content
from ambassador.intake.reading import ReadingOptions, read_drafts
from ambassador.values.status import ImportKind
from tests.intake.reading import spreadsheet

TIES = ImportKind.TIES
EDGES = b"Source,Target,Type,Id,Label,timeset,Weight\n0,1,Directed,0,,,2.0\n2,0,Directed,1,,,1.0\n"
ANSWERS = {"direction": "as-listed", "platform": "instagram"}


def ties(nodes, edges=EDGES, name="nodes.csv", kind=TIES):
    options = ReadingOptions(answers=ANSWERS, nodes=Content(name, nodes))
    return read_drafts("edges.csv", edges, kind, options)


@pytest.mark.parametrize(
    "nodes",
    [
        b"Id,Label,timeset,modularity_class\n0,olga,,1\n1,petra,,1\n2,quentin,,2\n",
        "Id;Etichetta\n0;olga\n1;petra\n2;quentin\n".encode("utf-16"),
        b"label\tscreen_name\tid\nOlga M\tolga\t0\nPetra K\tpetra\t1\nQuentin\tquentin\t2\n",
    ],
)
def test_ties_are_between_the_people_that_the_list_of_nodes_names(nodes):
    drafts = ties(nodes)
    assert [(tie.source, tie.target, tie.weight) for tie in drafts.rows] == [
        ("olga", "petra", 2.0),
        ("quentin", "olga", 1.0),
    ]
    assert not [note for note in drafts.preview.notes if "number" in str(note)]


def test_a_workbook_may_list_the_nodes():
    nodes = spreadsheet([["Id", "Label"], [0, "olga"], [1, "petra"], [2, "quentin"]])
    assert [tie.source for tie in ties(nodes, name="nodes.xlsx").rows] == ["olga", "quentin"]


def test_whom_the_list_does_not_name_or_names_twice_is_called_by_number():
    drafts = ties(b"Id,Label\n0,olga\n1,olga\n")
    assert [(tie.source, tie.target) for tie in drafts.rows] == [("0", "1"), ("2", "0")]
    told = [str(note) for note in drafts.preview.notes]
    assert "people without a name of their own, called by their number in the file: 3" in told


def test_a_list_without_names_is_refused_as_is_one_beside_people():
    with pytest.raises(BadInputError, match="no list of nodes"):
        ties(b"Id,size\n0,4\n1,5\n")
    with pytest.raises(BadInputError, match="only ties"):
        ties(b"Id,Label\n0,olga\n", b"handle,city\nida,Bari\n", kind=ImportKind.PEOPLE)
