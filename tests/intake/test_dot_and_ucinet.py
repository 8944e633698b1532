"""Networks in DOT, where it is plain, and in UCINET's DL."""

import time
from contextlib import suppress

import pytest

from ambassador.errors import AmbassadorError, UnreadableFileError
from ambassador.values.status import ImportKind
from tests.intake.reading import read


def ties(text, name):
    drafts = read(text, ImportKind.TIES, name=name, platform="x", direction="as-listed")
    return [(row.source, row.target, row.weight) for row in drafts.rows]


DOT = """// made by hand
digraph talk {
  rankdir=LR; node [shape=box];
  a [label="olga_m"];
  b [label="petra.k", color="red"]
  a -> b -> quentin [weight=2.5];
  quentin -> a
  "rosa_v" -> a; /* a note */
}
"""


def test_a_plain_graph_in_dot_gives_its_ties_with_names_and_weights():
    assert ties(DOT, "talk.dot") == [
        ("olga_m", "petra.k", 2.5),
        ("petra.k", "quentin", 2.5),
        ("quentin", "olga_m", None),
        ("rosa_v", "olga_m", None),
    ]


def test_a_graph_without_direction_runs_both_ways():
    drafts = read("graph { ida -- ugo }", ImportKind.TIES, name="g.gv", platform="x")
    assert [(row.source, row.target) for row in drafts.rows] == [("ida", "ugo"), ("ugo", "ida")]


@pytest.mark.parametrize(
    "text",
    [
        "digraph { a -> b",
        "digraph { subgraph s { a } -> b }",
        "digraph { a -> }",
        "digraph { a; [weight=2] }",
        "digraph { a b c }",
        'digraph { a [label="open }',
    ],
)
def test_dot_that_is_not_plain_is_refused_with_the_line(text):
    with pytest.raises(UnreadableFileError, match="cannot be read as DOT from line"):
        ties(text, "g.dot")


def test_a_list_of_edges_in_dl():
    text = "dl n=3 format=edgelist1\nlabels:\nolga,petra,quentin\ndata:\n1 2 3\n2 3\n"
    assert ties(text, "n.dl") == [("olga", "petra", 3), ("petra", "quentin", None)]
    text = "dl n=2 format = edgelist1\nlabels embedded\ndata:\nolga petra 2\n"
    assert ties(text, "n.dl") == [("olga", "petra", 2)]


def test_a_list_of_nodes_and_a_matrix_in_dl():
    text = "DL n=3 format=nodelist1\nlabels embedded:\ndata:\nolga petra quentin\n"
    assert ties(text, "n.txt") == [("olga", "petra", None), ("olga", "quentin", None)]
    text = "dl n = 2\nlabels:\nolga petra\ndata:\n0 4\n1 0\n"
    assert ties(text, "n.txt") == [("olga", "petra", 4), ("petra", "olga", 1)]
    text = "dl n=2 format=fullmatrix\nlabels embedded\ndata:\n  olga petra\nolga 0 4\npetra 0 0\n"
    assert ties(text, "n.txt") == [("olga", "petra", 4)]


@pytest.mark.parametrize(
    "text", ["dl n=2\ndata:\n1 2 3\n", "dl n=2 format=cube\ndata:\n1\n", "dl n=2\ndata:\na b\n"]
)
def test_dl_that_does_not_add_up_is_refused_with_the_line(text):
    with pytest.raises(UnreadableFileError, match="DL from line"):
        ties(text, "n.dl")


def test_blanks_behind_the_sign_of_dl_end_no_reading():
    began = time.process_time()
    with suppress(AmbassadorError):
        ties("dl" + " " * 50_000 + "x format=edgelist1\ndata:\n1 2\n", "n.dl")
    assert time.process_time() - began < 5
