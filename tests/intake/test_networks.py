import json

import pytest

from ambassador.errors import UnreadableFileError
from ambassador.intake.files import Content
from ambassador.intake.reading import inspect_file
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.status import ImportKind
from tests.intake.reading import read

TIES = ImportKind.TIES
NAMESPACES = 'xmlns="http://graphml.graphdrawing.org/xmlns"'
NODES = '<node id="n0"><data key="d">olga</data></node><node id="n1"><data key="d">petra</data></node>'


def graphml(edges: str, default: str = "directed", name: str = "label", nodes: str = NODES) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><graphml {NAMESPACES}>'
        f'<key id="d" for="node" attr.name="{name}" attr.type="string"/>'
        '<key id="w" for="edge" attr.name="weight" attr.type="double"><default>1.5</default></key>'
        f'<graph edgedefault="{default}">{nodes}{edges}</graph></graphml>'
    )


def gexf(edges: str, default: str = "directed") -> str:
    nodes = '<node id="0" label="olga"/><node id="1" label="petra"/><node id="2"/>'
    return (
        f'<gexf xmlns="http://gexf.net/1.3"><graph defaultedgetype="{default}"><nodes>{nodes}</nodes>'
        f"<edges>{edges}</edges></graph></gexf>"
    )


def ties(text: str | bytes, name: str) -> list[tuple[str, str, float | None]]:
    answers = {"direction": "as-listed"}
    return [(row.source, row.target, row.weight) for row in read(text, TIES, name=name, **answers).rows]


def notes(text: str, name: str) -> list[str]:
    return [str(note) for note in read(text, TIES, name=name, direction="as-listed").preview.notes]


@pytest.mark.parametrize("name", ["name", "screen_name", "label", "Handle"])
def test_people_are_called_by_the_name_the_file_gives_them(name):
    text = graphml('<edge source="n0" target="n1"><data key="w">3</data></edge>', name=name)
    assert ties(text, "g.graphml") == [("olga", "petra", 3.0)]


def test_who_has_no_name_is_called_by_number_and_that_is_told():
    text = gexf('<edge source="0" target="1" weight="3"/><edge source="0" target="2"/>')
    assert ties(text, "g.gexf") == [("olga", "petra", 3.0), ("olga", "2", None)]
    assert "people without a name of their own, called by their number in the file: 1" in notes(
        text, "g.gexf"
    )


def test_two_people_of_one_name_are_called_by_their_numbers():
    text = '*Vertices 3\n1 "olga"\n2 "olga"\n3 "petra"\n*Arcs\n1 3\n2 3\n'
    assert ties(text, "g.net") == [("1", "petra", None), ("2", "petra", None)]


def test_a_default_of_the_file_fills_what_a_tie_does_not_say():
    assert ties(graphml('<edge source="n0" target="n1"/>'), "g.graphml") == [("olga", "petra", 1.5)]


def test_arcs_run_one_way_and_edges_both_in_one_file():
    text = '*Vertices 3\n1 "olga"\n2 "petra"\n3 "quentin"\n*Arcs\n1 2 3\n*Edges\n1 3 1\n'
    assert ties(text, "g.net") == [
        ("olga", "petra", 3.0),
        ("olga", "quentin", 1.0),
        ("quentin", "olga", 1.0),
    ]
    assert "ties without a direction, read both ways: 1" in notes(text, "g.net")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (gexf('<edge source="0" target="1" type="undirected"/><edge source="0" target="2"/>'), "g.gexf"),
        (
            graphml(
                '<edge source="n0" target="n1" directed="false"/><edge source="n0" target="2"/>',
            ),
            "g.graphml",
        ),
    ],
)
def test_a_mixed_network_keeps_the_direction_of_each_tie(text, name):
    assert [tie[:2] for tie in ties(text, name)] == [("olga", "petra"), ("petra", "olga"), ("olga", "2")]


def test_a_network_without_direction_asks_for_none_and_says_so():
    text = gexf('<edge source="0" target="1"/>', "undirected")
    preview = inspect_file("g.gexf", text.encode(), TIES)
    assert QuestionKind.DIRECTION not in {question.kind for question in preview.questions}
    assert "ties without a direction, read both ways: 1" in [str(note) for note in preview.notes]


def test_pajek_lists_and_matrices_are_read():
    text = "*Vertices 3\n*Arcslist\n1 2 3\n*Edgeslist\n2 3\n"
    assert [tie[:2] for tie in ties(text, "g.net")] == [("1", "2"), ("1", "3"), ("2", "3"), ("3", "2")]
    assert ties("*Vertices 2\n*Matrix\n0 2\n0 0\n", "g.net") == [("1", "2", 2.0)]


def test_gml_is_read():
    text = (
        'Creator "a program"\nVersion 1\ngraph [\n directed 1\n node [ id 5 label "olga" ]\n'
        ' node [ id 7 label "petra&#95;co" graphics [ x 1 ] ]\n edge [ source 5 target 7 weight 2.5 ]\n]\n'
    )
    assert ties(text, "g.gml") == [("olga", "petra_co", 2.5)]


def test_gdf_is_read():
    text = (
        "nodedef>name VARCHAR,label VARCHAR,color VARCHAR\ns1,olga,'1,2,3'\ns2,'petra','4,5,6'\n"
        "edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE,directed BOOLEAN\n"
        "s1,s2,2.0,true\ns2,s1,1.0,false\n"
    )
    assert ties(text, "g.gdf") == [("olga", "petra", 2.0), ("petra", "olga", 1.0), ("olga", "petra", 1.0)]


def test_a_tie_that_names_one_end_is_refused_by_line():
    found = read(
        '*Vertices 2\n1 "olga"\n2 "petra"\n*Arcs\n1\n1 2\n', TIES, name="g.net", direction="as-listed"
    )
    assert [row.line for row in found.rejected] == [5]
    assert len(found.rows) == 1


@pytest.mark.parametrize("encoding", ["x-nobody", "hex", "rot13", "utf-9"])
def test_an_encoding_nobody_knows_is_refused_by_name(encoding):
    text = graphml('<edge source="n0" target="n1"/>').replace("UTF-8", encoding)
    with pytest.raises(UnreadableFileError, match=encoding):
        ties(text, "g.graphml")


@pytest.mark.parametrize("encoding", ["shift_jis", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_any_encoding_python_knows_is_read(encoding):
    text = graphml('<edge source="n0" target="n1"/>').replace("UTF-8", encoding)
    assert ties(text.encode(encoding), "g.graphml") == [("olga", "petra", 1.5)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (graphml("<edge"), "g.graphml"),
        (graphml("<a>" * 300 + "</a>" * 300), "g.graphml"),
        (graphml("<hyperedge/>"), "g.graphml"),
        ("<svg/>", "g.xml"),
        ("graph [ node [ id 1 ]", "g.gml"),
        ("graph [ ] ]", "g.gml"),
        ("graph [ node [ id [", "g.gml"),
        ('graph [ label "never closed', "g.gml"),
        ("graph " + "[ a " * 100, "g.gml"),
        ('{"nodes": 3, "links": []}', "g.json"),
        ('{"nodes": [], "links": {"a": 1}}', "g.json"),
        ("[" * 100_000, "g.json"),
        ('{"nodes": [], "links": ' + "[" * 100_000, "g.json"),
        ('{"a": "', "g.json"),
    ],
)
def test_a_damaged_network_is_refused(text, name):
    with pytest.raises(UnreadableFileError):
        ties(text, name)


@pytest.mark.parametrize(
    "network",
    [
        {"nodes": [None, 3, "a", {"id": [1]}, {"id": {"id": 2}}], "links": [None, 1, {}, {"source": "a"}]},
        {"nodes": [{"id": 7}], "edges": [{"source": {"id": "a"}, "target": "b", "weight": [1]}]},
        {"nodes": [], "links": [{"source": "a", "target": "b", "weight": {"x": 1}, "kind": 5}], "graph": 7},
    ],
)
def test_odd_node_link_files_lose_single_ties_at_most(network):
    found = read(json.dumps(network | {"directed": True}), TIES, name="g.json", direction="as-listed")
    assert len(found.rows) + len(found.rejected) == 1


def test_ties_that_name_nobody_are_counted():
    text = '{"directed": true, "nodes": [], "links": [null, {}, {"source": "a", "target": "b"}]}'
    assert "ties that name nobody and were left out: 2" in notes(text, "g.json")


def test_an_id_of_5000_digits_is_a_text():
    text = '{"directed": true, "nodes": [], "links": [{"source": %s, "target": "b"}]}' % ("9" * 5_000)
    found = read(text, TIES, name="g.json", direction="as-listed")
    assert [row.column for row in found.rejected] == ["source"]


def test_the_lines_of_ties_are_those_of_the_file():
    text = graphml('\n\n<edge source="n0" target="n1"/>')
    assert read(text, TIES, name="g.graphml", direction="as-listed").rows[0].line == 3


def test_a_file_stops_being_read_when_told_to():
    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    content = Content("a.csv", b"x" * 3_000_000, stop)
    with pytest.raises(StopError):
        content.sha256()


@pytest.mark.parametrize(
    ("direction", "pair"), [("as-listed", ("olga", "petra")), ("reversed", ("petra", "olga"))]
)
def test_a_direction_said_for_a_network_without_one_is_obeyed_and_told(direction, pair):
    drafts = read(
        gexf('<edge source="0" target="1"/>', "undirected"), TIES, name="g.gexf", direction=direction
    )
    assert [(tie.source, tie.target) for tie in drafts.rows] == [pair]
    told = [str(note) for note in drafts.preview.notes]
    assert "the file gives its ties no direction: they are read one way, as you said" in told
    assert not [text for text in told if "both ways" in text]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_full_names_stand_in_an_edge_list(mark):
    text = f"follower{mark}followed\nRosa Neri{mark}Ugo Conti\nIda Neri{mark}Ugo Conti\n"
    rows = read(text, TIES, direction="reversed").rows
    assert [(tie.source, tie.target) for tie in rows] == [("ugoconti", "rosaneri"), ("ugoconti", "idaneri")]


def test_a_decimal_comma_parts_no_columns():
    rows = read("lia anna 0,5\nanna ugo 0,25\n", TIES, direction="as-listed", third_column="weight").rows
    assert [(tie.source, tie.target, tie.weight) for tie in rows] == [
        ("lia", "anna", 0.5),
        ("anna", "ugo", 0.25),
    ]


def test_a_line_of_pajek_that_only_parts_words_is_passed_over():
    text = '*Vertices 2\n1 "lia"\n2 "ugo"\n\x1d\n*Arcs\n\x1d\n1 2\n\x1c\n'
    assert [tie[:2] for tie in ties(text, "n.net")] == [("lia", "ugo")]


def test_a_matrix_of_pajek_that_holds_words_is_refused_at_its_line():
    text = '*Vertices 2\n1 "lia"\n2 "ugo"\n*Matrix\n0 1\n0 #a\n'
    with pytest.raises(UnreadableFileError, match="Pajek's network from line 6 on"):
        ties(text, "n.net")
