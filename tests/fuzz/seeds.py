"""Small files as people have them, one or more for each reader, all made up."""

import io
import json
from dataclasses import dataclass
from pathlib import Path

from ambassador.intake.formats.registry import FORMATS
from ambassador.values.status import ImportKind
from tests.intake.formats import samples
from tests.intake.workbook_parts import MAIN, PEOPLE, STYLES, parts

CORPUS = Path(__file__).parent / "corpus"
TIES = ImportKind.TIES


@dataclass(frozen=True)
class Seed:
    """One file and what it holds."""

    name: str
    kind: ImportKind
    text: str


TABLES = (
    Seed(
        "people.csv",
        ImportKind.PEOPLE,
        "handle,platform,name,followers,avg likes,engagement rate,city,topics,fee,email,read at\n"
        '@lia,instagram,Lia,12.500,1.2k,"4,8%",Bari,food; travel,\u20ac 120,lia@example.it,03/04/2024\n'
        "anna,tiktok,Anna,n/d,300,3%,Roma,home,gratis,,15/03/2024\n"
        "total,,,12500,,,,,,,\n",
    ),
    Seed(
        "people.csv",
        ImportKind.PEOPLE,
        "sep=;\nProfilo Instagram;IG follower;TikTok;TT follower;Citt\u00e0\n"
        "https://www.instagram.com/lia/;1,2 mln;@lia_t;900;Forl\u00ec\n;;anna;12;\n",
    ),
    Seed(
        "posts.csv",
        ImportKind.MENTIONS,
        "post id,author,date,time,text,type,in reply to,likes,replies,reposts,url,author followers\n"
        "1001,lia,2026-05-02,09:00:05,first words #q,post,,5,1,0,https://x.com/lia/status/1001,1200\n"
        '1002,anna,2026-05-02,9:30 PM,"yes, ""it"" is\nso",reply,1001,,,,,\n'
        "1.23E+18,ugo,2026-05-02T10:00:00+02:00,,RT @lia: first words,,1001.0,0,0,0,,\n",
    ),
    Seed(
        "posts.csv",
        ImportKind.MENTIONS,
        "Tweet id,Tweet permalink,Tweet text,time,impressions,engagements,retweets,replies,likes\n"
        '"123","https://twitter.com/lia/status/123","a word",2024-03-15 18:42 +0000,100,7,1,2,3\n',
    ),
    Seed(
        "ties.csv",
        TIES,
        "source,target,weight,probability,kind,platform\nlia,anna,3,0.5,answer,x\n@anna,@ugo,1,,,\nlia,,2,2,,\n",
    ),
    Seed("edges.txt", TIES, "# comment\n5 3\n0 1 0.5\n1 2 0.25\n2 0 1\n"),
    Seed(
        "devices.csv",
        ImportKind.DEVICES,
        'model,serial,imei,colour,cost\nQ1,SN1,490154203237518,blue,"599,00"\nQ1,SN2,490154203237518/'
        "356938035643809,red,USD 10\n",
    ),
    Seed(
        "parcels.csv",
        ImportKind.COURIER,
        "reference,recipient,tracking,courier,status,date\n"
        "7,Lia,1Z9,DHL,delivered,15/03/2024 09:30\n8,,,,lost,\n",
    ),
    Seed(
        "orders.csv",
        ImportKind.OUTCOMES,
        'order id,date,code,amount,currency,quantity\n1001,2026-05-02,LIA10,"1.200,50",EUR,1\n'
        "1001,2026-05-02,LIA10,10,EUR,2\n1002,2026-05-03,,9,USD,1\n",
    ),
)

_RECORD = {
    "id": "1786543210987654321",
    "text": "word \U0001f600",
    "created_at": "2026-05-02T09:00:00.000Z",
    "author_id": "7",
    "conversation_id": "1786543210987654321",
    "public_metrics": {"retweet_count": 1, "reply_count": 0, "like_count": 5, "quote_count": 0},
    "referenced_tweets": [{"type": "replied_to", "id": "5"}],
}
_STATUS = {
    "id": "9",
    "uri": "https://a.example/users/lia/statuses/9",
    "url": "https://a.example/@lia/9",
    "created_at": "2026-05-02T09:00:00.000Z",
    "content": "<p>word &amp; more</p>",
    "account": {"acct": "lia@a.example", "followers_count": 3, "display_name": "Lia"},
    "in_reply_to_id": None,
    "reblog": {"id": "8", "uri": "https://a.example/users/anna/statuses/8", "account": {"acct": "anna"}},
    "favourites_count": 1,
    "reblogs_count": 0,
    "replies_count": 0,
    "tags": [],
    "visibility": "public",
}
_POST = {
    "post": {
        "uri": "at://did:plc:a/app.bsky.feed.post/b",
        "cid": "c",
        "author": {"did": "did:plc:a", "handle": "lia.example", "displayName": "Lia"},
        "record": {
            "text": "word",
            "createdAt": "2026-05-02T09:00:00Z",
            "reply": {"parent": {"uri": "at://x/y/z"}, "root": {"uri": "at://x/y/z"}},
        },
        "likeCount": 1,
        "repostCount": 0,
        "replyCount": 0,
        "indexedAt": "2026-05-02T09:00:00Z",
    }
}
_COMMENT = {
    "cid": "7",
    "text": "nice",
    "createTimeISO": "2026-05-02T09:00:00.000Z",
    "uniqueId": "lia",
    "diggCount": 2,
    "videoWebUrl": "https://www.tiktok.com/@anna/video/71",
    "repliesToId": None,
    "replyCommentTotal": 0,
}
_PAGE = {
    "data": [_RECORD, _RECORD | {"id": "2"}],
    "includes": {"users": [{"id": "7", "username": "lia", "public_metrics": {"followers_count": 9}}]},
}
_FOLLOWER = {
    "title": "",
    "media_list_data": [],
    "string_list_data": [
        {"href": "https://www.instagram.com/lia", "value": "lia", "timestamp": 1714640400},
    ],
}
_PERSON = {"handle": "lia", "followers": 12, "stats": {"avg_likes": 3.5}, "topics": ["a", "b"]}
DOCUMENTS: tuple[tuple[str, ImportKind, object], ...] = (
    ("people.json", ImportKind.PEOPLE, [_PERSON, _PERSON | {"handle": "anna"}]),
    ("posts.json", ImportKind.MENTIONS, _PAGE),
    ("posts.json", ImportKind.MENTIONS, [_STATUS, _STATUS | {"id": "10", "reblog": None}]),
    ("posts.json", ImportKind.MENTIONS, {"feed": [_POST, _POST]}),
    ("posts.json", ImportKind.MENTIONS, [_COMMENT, _COMMENT | {"cid": "8", "repliesToId": "7"}]),
    ("followers.json", ImportKind.PEOPLE, [_FOLLOWER]),
    ("ties.json", TIES, [{"source": "lia", "target": "anna", "weight": 2}]),
    *(("a.json", one.kind, samples.DOCUMENTS[one.key]) for one in FORMATS if one.key in samples.DOCUMENTS),
)
NODE_LINKS: tuple[tuple[str, ImportKind, object], ...] = (
    (
        "net.json",
        TIES,
        {
            "directed": True,
            "multigraph": False,
            "graph": {"platform": "x"},
            "nodes": [{"id": 0, "name": "lia"}, {"id": "b", "label": "anna"}, {"id": 2}],
            "links": [{"source": 0, "target": "b", "weight": 3}, {"source": "b", "target": 2, "kind": "k"}],
        },
    ),
    (
        "net.json",
        TIES,
        {"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "c", "probability": 0.5}]},
    ),
)
GRAPHML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    '<key id="d0" for="node" attr.name="label" attr.type="string"><default>x</default></key>\n'
    '<key id="d1" for="edge" attr.name="weight" attr.type="double"/>\n'
    '<graph id="G" edgedefault="directed">\n<node id="n0"><data key="d0">lia</data></node>\n'
    '<node id="n1"><data key="d0">anna</data></node>\n'
    '<edge id="e0" source="n0" target="n1"><data key="d1">2.5</data></edge>\n'
    '<edge source="n1" target="n0" directed="false"/>\n</graph></graphml>\n'
)
GEXF = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    '<graph defaultedgetype="directed" mode="static">\n'
    '<attributes class="node"><attribute id="0" title="handle" type="string"/></attributes>\n'
    '<attributes class="edge"><attribute id="1" title="probability" type="float"/></attributes>\n'
    '<nodes><node id="0" label="Lia"><attvalues><attvalue for="0" value="lia"/></attvalues></node>\n'
    '<node id="1" label="anna"/></nodes>\n'
    '<edges><edge id="0" source="0" target="1" weight="3" type="directed">'
    '<attvalues><attvalue for="1" value="0.25"/></attvalues></edge>\n'
    '<edge id="1" source="1" target="0" type="undirected" label="k"/></edges>\n</graph></gexf>\n'
)
PAJEK = (
    '*Network a\n*Vertices 3\n1 "lia" 0.1 0.2 0.5\n2 "anna b"\n3 ugo ic Red\n*Arcs\n1 2 3 l "k"\n2 3\n'
    "*Edges\n1 3 1\n*Arcslist\n1 2 3\n*Matrix\n0 1 0\n0 0 2\n1 0 0\n"
)
GML = (
    'Creator "a"\ngraph [\n  directed 1\n  platform "x"\n  node [\n    id 0\n    label "lia"\n'
    '    graphics [ x 1.5 y -2 ]\n  ]\n  node [ id 1 label "anna &amp; co" ]\n'
    '  edge [ source 0 target 1 weight 2.5 label "k" ]\n  edge [ source 1 target 0 ]\n]\n'
)
DOT = (
    '// a note\ndigraph talk {\n rankdir=LR; node [shape=box];\n a [label="lia"];\n b [label="anna & co"]\n'
    " a -> b -> quentin [weight=2.5];\n quentin -- a /* more */\n}\n"
)
UCINET = 'dl n=3 format=edgelist1\nlabels:\nlia,anna,"ida moro"\ndata:\n1 2 3\n2 3\n'
GDF = (
    "nodedef>name VARCHAR,label VARCHAR,color VARCHAR\ns1,lia,'1,2,3'\ns2,\"anna\",\n"
    "edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE,directed BOOLEAN\ns1,s2,2.0,true\ns2,s1,1,false\n"
)
_ROWS = PEOPLE + (
    '<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><r><t>anna</t></r></is></c><c r="B3"><f>A1</f></c>'
    '<c r="D3" s="1"><v>0.05</v></c><c r="E3" s="2"><v>45366.5</v></c><c t="b"><v>1</v></c></row>'
    '<row><c t="str"><v>ugo</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2024-03-15</v></c></row>'
)
WORKBOOK = parts(_ROWS, '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>')
SECOND_SHEET = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
assert STYLES in WORKBOOK.values()


def parquet_ties() -> bytes:
    """Write a table of ties as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"source": [0, 1, 2], "target": [1, 2, 0], "p": [0.5, 0.25, 1.0]})
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="none")
    return stream.getvalue()


def as_lines(records: list[object]) -> str:
    """Write records one to a line."""
    return "\n".join(json.dumps(record) for record in records) + "\n"


def kept() -> list[tuple[str, ImportKind, bytes]]:
    """Give the inputs that once raised something foreign: ``KIND-what.ending``."""
    found = []
    for path in sorted(CORPUS.glob("[a-z]*")):
        kind, _, rest = path.name.partition("-")
        found.append((rest, ImportKind(kind), path.read_bytes()))
    return found
