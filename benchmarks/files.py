"""Made-up files of a given size in every form that is read, for ``benchmarks.readers``."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import chain, count
from random import Random
from typing import Final

import pandas as pd

START: Final = datetime(2026, 5, 1, tzinfo=UTC)
AUTHORS: Final = 20_000
NODES: Final = range(AUTHORS)
STARTS: Final = 0.1
_FIRST_POST: Final = 1_790_000_000_000_000_000
_WORDS: Final = (
    "look",
    "nice",
    "phone",
    "love",
    "the",
    "my",
    "new",
    "day",
    "light",
    "wow",
    "#launch",
    "città",
)

POST: Final = (
    "post_id", "author", "author_id", "followers", "created_at", "kind", "parent_id", "text", "likes",
    "replies", "reposts", "views",
)  # fmt: skip
PERSON: Final = (
    "handle", "platform", "name", "followers", "following", "posts", "avg likes", "engagement rate", "city",
    "topics", "fee", "email",
)  # fmt: skip


def posts() -> Iterator[tuple[str, ...]]:
    """Give posts without end: a tenth starts of cascades, the others answers and shares of one before."""
    rng = Random(1)  # noqa: S311 - made-up posts
    for number in count():
        author = rng.randrange(AUTHORS)
        starts = number == 0 or rng.random() < STARTS
        yield (
            str(_FIRST_POST + 977 * number),
            f"user_{author}",
            str(10**9 + author),
            str(rng.randrange(10**5)),
            (START + timedelta(seconds=7 * number)).isoformat(),
            "original" if starts else rng.choice(("reply", "repost", "quote")),
            "" if starts else str(_FIRST_POST + 977 * rng.randrange(max(0, number - 5_000), number)),
            " ".join(rng.choices(_WORDS, k=rng.randrange(2, 16))),
            str(rng.randrange(500)),
            str(rng.randrange(40)),
            str(rng.randrange(90)),
            str(rng.randrange(90_000)),
        )


def people() -> Iterator[tuple[str, ...]]:
    """Give people without end."""
    rng = Random(2)  # noqa: S311 - made-up people
    for number in count():
        yield (
            f"@user_{number}",
            rng.choice(("instagram", "tiktok", "x")),
            f"Nome {number} Cognome",
            str(rng.randrange(10**6)),
            str(rng.randrange(3_000)),
            str(rng.randrange(900)),
            f"{rng.randrange(9_000) / 10:.1f}",
            f"{rng.randrange(900) / 100:.2f}%",
            rng.choice(("Bari", "Roma", "Forlì", "Milano")),
            ", ".join(rng.sample(("food", "travel", "home", "tech"), 2)),
            f"{rng.randrange(2_000)} €",
            f"user_{number}@example.it",
        )


def ties() -> Iterator[tuple[str, str, str]]:
    """Give ties without end."""
    rng = Random(3)  # noqa: S311 - made-up ties
    while True:
        yield f"user_{rng.randrange(AUTHORS)}", f"user_{rng.randrange(AUTHORS)}", str(rng.randrange(1, 9))


def _lines(lines: Iterator[str], size: int, end: str = "\n") -> bytes:
    taken, length = [], 0
    for line in lines:
        taken.append(line.encode())
        length += len(taken[-1]) + 1
        if length >= size:
            return end.encode().join(taken) + end.encode()
    raise AssertionError


def _csv(header: Sequence[str], rows: Iterator[Sequence[str]], size: int) -> bytes:
    def quoted(cell: str) -> str:
        return f'"{cell}"' if "," in cell else cell

    return _lines((",".join(map(quoted, row)) for row in chain([header], rows)), size)


def _records(size: int) -> bytes:
    return _lines((json.dumps(dict(zip(POST, row, strict=True))) for row in posts()), size)


def _array(size: int) -> bytes:
    return b"[" + b",\n".join(_records(size).splitlines()) + b"]"


def _workbook(size: int) -> bytes:
    """Write posts as spreadsheets do: texts shared, figures as numbers; the size is that of the file."""
    rows, made = posts(), b""
    number = size // 60
    while len(made) < size:
        made = _packed([POST, *(next(rows) for _ in range(number))])
        number = int(number * size / len(made)) + 100
        rows = posts()
    return made


def _packed(rows: Sequence[Sequence[str]]) -> bytes:
    texts: dict[str, int] = {}
    figures = {3, 8, 9, 10, 11}

    def cell(column: int, row: int, value: str) -> str:
        place = f"{chr(ord('A') + column)}{row}"
        if not value:
            return ""
        if row > 1 and column in figures:
            return f'<c r="{place}"><v>{value}</v></c>'
        return f'<c r="{place}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'

    body = "".join(
        f'<row r="{number}" spans="1:12">{"".join(cell(*at) for at in _places(number, row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = '<Relationship Id="{0}" Type="' + office + '/{1}" Target="{2}"/>'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    form = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    told = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "sharedStrings": "sharedStrings"}
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{form}{kind}+xml"/>' for part, kind in told.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}">'
        + relation.format("r1", "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        + relation.format("r1", "worksheet", "worksheets/sheet1.xml")
        + relation.format("r2", "sharedStrings", "sharedStrings.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Posts" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<sst xmlns="{main}">{"".join(f"<si><t>{escape(text)}</t></si>" for text in texts)}</sst>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _places(number: int, row: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    return ((column, number, value) for column, value in enumerate(row))


def _gdf(size: int) -> bytes:
    head = ["nodedef>name VARCHAR,label VARCHAR", *(f"{n},user_{n}" for n in NODES)]
    head.append("edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE,directed BOOLEAN")
    edges = (f"{a[5:]},{b[5:]},{w},true" for a, b, w in ties())
    return _lines(chain(head, edges), size)


def _pajek(size: int) -> bytes:
    head = [f"*Vertices {AUTHORS}", *(f'{n} "user_{n}"' for n in NODES), "*Arcs"]
    return _lines(chain(head, (f"{a[5:]} {b[5:]} {w}" for a, b, w in ties())), size)


def _gml(size: int) -> bytes:
    head = [
        "graph [",
        "  directed 1",
        *(f'  node [\n    id {n}\n    label "user_{n}"\n  ]' for n in NODES),
    ]
    edges = (f"  edge [\n    source {a[5:]}\n    target {b[5:]}\n    weight {w}\n  ]" for a, b, w in ties())
    return _lines(chain(head, edges), size) + b"]\n"


def _graphml(size: int) -> bytes:
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        '<key id="d0" for="node" attr.name="label" attr.type="string"/>',
        '<key id="d1" for="edge" attr.name="weight" attr.type="int"/>',
        '<graph edgedefault="directed">',
        *(f'<node id="{n}"><data key="d0">user_{n}</data></node>' for n in NODES),
    ]
    edges = (
        f'<edge source="{a[5:]}" target="{b[5:]}"><data key="d1">{w}</data></edge>' for a, b, w in ties()
    )
    return _lines(chain(head, edges), size) + b"</graph></graphml>\n"


def _gexf(size: int) -> bytes:
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed"><nodes>',
        *(f'<node id="{n}" label="user_{n}"/>' for n in NODES),
        "</nodes><edges>",
    ]
    edges = (
        f'<edge id="{number}" source="{a[5:]}" target="{b[5:]}" weight="{w}"/>'
        for number, (a, b, w) in enumerate(ties())
    )
    return _lines(chain(head, edges), size) + b"</edges></graph></gexf>\n"


def _node_link(size: int) -> bytes:
    head = ",\n".join(f'{{"id": {n}, "label": "user_{n}"}}' for n in NODES)
    links = (f'{{"source": {a[5:]}, "target": {b[5:]}, "weight": {w}}}' for a, b, w in ties())
    listed = _lines(links, size - len(head), ",\n").rstrip(b",\n")
    return f'{{"directed": true, "graph": {{}}, "nodes": [{head}], "links": ['.encode() + listed + b"]}"


def _parquet(size: int) -> bytes:
    """Write numbered ties with probabilities."""
    rng = Random(4)  # noqa: S311 - made-up ties
    number = size // 11
    columns = {
        "source": [rng.randrange(10**6) for _ in range(number)],
        "target": [rng.randrange(10**6) for _ in range(number)],
        "probability": [rng.randrange(1, 1000) / 1000 for _ in range(number)],
    }
    stream = io.BytesIO()
    pd.DataFrame(columns).to_parquet(stream)
    return stream.getvalue()


FILES: Final[Mapping[str, Callable[[int], bytes]]] = {
    "posts.csv": lambda size: _csv(POST, posts(), size),
    "people.csv": lambda size: _csv(PERSON, people(), size),
    "ties.csv": lambda size: _csv(("source", "target", "weight"), ties(), size),
    "posts.xlsx": _workbook,
    "posts.jsonl": _records,
    "posts.json": _array,
    "ties.parquet": _parquet,
    "ties.gdf": _gdf,
    "ties.gexf": _gexf,
    "ties.graphml": _graphml,
    "ties.net": _pajek,
    "ties.gml": _gml,
    "ties.json": _node_link,
}
"""File name -> how to make it in about so many bytes."""
