"""Networks in XML as programs write them: GEXF 1.1 and 1.2 of Gephi, GraphML of yEd and Cytoscape."""

import pytest

from ambassador.intake.reading import ReadingOptions, read_drafts
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.status import ImportKind

GEXF_11 = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.1draft" xmlns:viz="http://www.gexf.net/1.1draft/viz" version="1.1">
  <meta lastmodifieddate="2011-03-25"><creator>Gephi 0.7</creator></meta>
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node" mode="static"><attribute id="0" title="city" type="string"/></attributes>
    <nodes count="3">
      <node id="0" label="olga"><attvalues><attvalue id="0" value="Bari"/></attvalues>
        <viz:size value="4"/></node>
      <node id="1" label="petra"/><node id="2" label="quentin"/>
    </nodes>
    <edges count="2"><edge id="0" source="0" target="1" weight="3.0"/>
      <edge id="1" source="2" target="1"/></edges>
  </graph>
</gexf>"""
GEXF_12 = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2" xmlns:viz="http://www.gexf.net/1.2draft/viz">
  <graph defaultedgetype="directed" idtype="string" type="static">
    <nodes>
      <node id="n0" label="olga"><viz:color r="4" g="5" b="6"/></node>
      <node id="n1" label="petra"/><node id="n2" label="quentin"/>
    </nodes>
    <edges>
      <edge source="n0" target="n1" weight="3"><attvalues/></edge>
      <edge source="n2" target="n1" type="directed"/>
    </edges>
  </graph>
</gexf>"""
YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key attr.name="description" attr.type="string" for="node" id="d5"/>
  <key for="node" id="d6" yfiles.type="nodegraphics"/>
  <key for="edge" id="d10" yfiles.type="edgegraphics"/>
  <key attr.name="weight" attr.type="double" for="edge" id="d11"/>
  <graph edgedefault="directed" id="G">
    <node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30" width="30"/>
      <y:NodeLabel fontSize="12" visible="true">olga<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>
    <node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>petra</y:NodeLabel></y:ShapeNode></data></node>
    <node id="n2"><data key="d6"><y:ShapeNode><y:NodeLabel>quentin</y:NodeLabel></y:ShapeNode></data></node>
    <edge id="e0" source="n0" target="n1"><data key="d11">3.0</data>
      <data key="d10"><y:PolyLineEdge/></data></edge>
    <edge id="e1" source="n2" target="n1"><data key="d10"><y:PolyLineEdge/></data></edge>
  </graph>
</graphml>"""
CYTOSCAPE = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="shared name" for="node" attr.name="shared name" attr.type="string"/>
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
  <graph id="talk" edgedefault="directed">
    <node id="61"><data key="shared name">olga</data><data key="name">olga</data></node>
    <node id="62"><data key="shared name">petra</data><data key="name">petra</data></node>
    <node id="63"><data key="shared name">quentin</data><data key="name">quentin</data></node>
    <edge id="71" source="61" target="62"><data key="weight">3.0</data></edge>
    <edge id="72" source="63" target="62"/>
  </graph>
</graphml>"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("old.gexf", GEXF_11), ("gephi.gexf", GEXF_12), ("yed.graphml", YED), ("cytoscape.graphml", CYTOSCAPE)],
)
def test_each_program_names_its_nodes_in_its_own_way(name, text):
    options = ReadingOptions(answers={QuestionKind.DIRECTION: "as-listed", QuestionKind.PLATFORM: "x"})
    drafts = read_drafts(name, text.encode(), ImportKind.TIES, options)
    found = [(one.source, one.target, one.weight) for one in drafts.rows]
    assert found == [("olga", "petra", 3.0), ("quentin", "petra", None)]
    assert not drafts.rejected
