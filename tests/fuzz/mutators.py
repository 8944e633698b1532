"""Ways to damage a file that keep enough of its form to get past the first check."""

import copy
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

from tests.fuzz.values import ENCODINGS, hostile

_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r'="([^"<>]*)"')
_BETWEEN = re.compile(r">([^<>]+)<")
_WORD = re.compile(r"[^\s\[\],;\"']+")
_SNIPPETS = (
    '<!DOCTYPE a [<!ENTITY b "cc">]>',
    "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
    "&b;",
    "&#0;",
    "&#xD800;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "<?a b?>",
    "<a>" * 250,
    "</a>",
    '<row r="4000000000">',
    '<c r="XFE1"><v>1</v></c>',
    '<c r="XFD1048576" t="s"><v>0</v></c>',
    '<mergeCell ref="A1:A1048576"/>',
    "<data>",
    "<node/>",
    "<edge/>",
    "<graph>",
    "<hyperedge/>",
)
_METHODS = (
    zipfile.ZIP_DEFLATED,
    zipfile.ZIP_DEFLATED,
    zipfile.ZIP_STORED,
    zipfile.ZIP_BZIP2,
    zipfile.ZIP_LZMA,
)
_LONGEST_LINE = 2_000_000
"""As long as a line grows here: making longer ones takes longer than refusing them."""
_ZIP_SIGNS = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")


def damage_bytes(data: bytes, rng: random.Random) -> bytes:
    """Change, drop, repeat or insert some bytes."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(out) + 1)
        size = rng.choice((1, 1, 2, 8, 60))
        what = rng.randrange(5)
        if what == 0:
            out[at : at + size] = bytes(rng.randrange(256) for _ in range(size))
        elif what == 1:
            del out[at : at + size]
        elif what == 2:
            out[at:at] = out[at : at + size] * rng.choice((1, 3))
        elif what == 3:
            out[at:at] = rng.choice((b"\0", b"\xff\xfe", b'"', b"\r", b"\n", b"\xed\xa0\x80", b"\x1a"))
        elif out:
            out[min(at, len(out) - 1)] ^= 1 << rng.randrange(8)
    return bytes(out[: rng.randrange(len(out) + 1)] if rng.random() < 0.05 else out)


def damage_table(text: str, rng: random.Random) -> str:
    """Change cells, rows and marks of a table of text."""
    lines = text.split("\n")
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = rng.randrange(len(lines))
        what = rng.randrange(8)
        if what <= 3:
            lines[at] = _other_cell(lines[at], rng)
        elif what == 4:
            lines.insert(at, rng.choice(lines))
        elif what == 5 and len(lines) > 1:
            del lines[at]
        elif what == 6:
            place = rng.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + hostile(rng) + lines[at][place:]
        else:
            rng.shuffle(lines)
    joined = rng.choice(("\n", "\n", "\n", "\r\n", "\r")).join(lines)
    return joined.replace(",", rng.choice((";", "\t", "|", " "))) if rng.random() < 0.1 else joined


def _other_cell(line: str, rng: random.Random) -> str:
    mark = next((mark for mark in ",;\t| " if mark in line), ",")
    cells = line.split(mark)
    at = rng.randrange(len(cells))
    value = hostile(rng)
    cells[at] = f'"{value}"' if rng.random() < 0.3 else value
    if rng.random() < 0.05:
        times = rng.choice((2, 50, 700))
        cells *= min(times, max(2, _LONGEST_LINE // (len(line) + 1)))
    return mark.join(cells)


def damage_words(text: str, rng: random.Random) -> str:
    """Change single words of a text of words, lines and brackets."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        words = list(_WORD.finditer(text))
        if not words or rng.random() < 0.3:
            text = damage_table(text, rng)
            continue
        found = rng.choice(words)
        instead = rng.choice((hostile(rng), rng.choice(words)[0], "[", "]", '"', ""))
        text = text[: found.start()] + instead + text[found.end() :]
    return text


def damage_xml(text: str, rng: random.Random) -> str:
    """Change tags, attributes and texts of XML."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        what = rng.randrange(7)
        found = list((_ATTRIBUTE, _ATTRIBUTE, _BETWEEN, _TAG, _TAG, _TAG, _TAG)[what].finditer(text))
        if not found:
            continue
        one = rng.choice(found)
        start, end = one.span(1) if what <= 2 else one.span()
        if what <= 2:
            instead = _escaped(hostile(rng)) if rng.random() < 0.9 else hostile(rng)
        elif what == 3:
            instead = ""
        elif what == 4:
            instead = one[0] + rng.choice(_SNIPPETS)
        elif what == 5:
            instead = rng.choice(found)[0]
        else:
            instead = one[0] * rng.choice((2, 2, 300))
        text = text[:start] + instead + text[end:]
    if rng.random() < 0.05:
        text = text.replace("UTF-8", rng.choice((*ENCODINGS, "x-nobody", "hex", "idna", "undefined")), 1)
    return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def damage_document(document: Any, rng: random.Random) -> Any:
    """Change values and names in a tree of JSON."""
    tree = copy.deepcopy(document)
    for _ in range(rng.choice((1, 1, 2, 4))):
        places = list(_places(tree))
        if not places:
            return tree
        inside, key = rng.choice(places)
        what = rng.randrange(6)
        if what <= 2:
            inside[key] = _other_value(rng)
        elif what == 3:
            del inside[key]
        elif what == 4:
            other, name = rng.choice(places)
            inside[key] = copy.deepcopy(other[name]) if name in _keys(other) else None
        elif isinstance(inside, dict):
            inside[hostile(rng)] = inside.pop(key)
    return tree


def _places(tree: Any) -> list[tuple[Any, Any]]:
    found = []
    stack = [tree]
    while stack:
        inside = stack.pop()
        for key in _keys(inside):
            found.append((inside, key))
            if isinstance(inside[key], dict | list):
                stack.append(inside[key])
    return found


def _keys(inside: Any) -> list[Any]:
    return list(inside) if isinstance(inside, dict) else list(range(len(inside)))


def _other_value(rng: random.Random) -> Any:
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    return rng.choice((
        None, True, False, 0, -1, 10**30, -(2**63), 1.5, float("nan"), float("inf"), [], {}, [None], [[]],
        [{}], {"a": None}, {"id": {"id": 1}}, deep, *(hostile(rng) for _ in range(12)),
    ))  # fmt: skip


def dumped(document: Any, rng: random.Random) -> str:
    """Write JSON, now and then with an integer no program can hold, or nested beyond all measure."""
    text = json.dumps(document, ensure_ascii=rng.random() < 0.7)
    if rng.random() < 0.03:
        text = re.sub(r"\d+", lambda found: "9" * 5_000 if rng.random() < 0.2 else found[0], text)
    if rng.random() < 0.01:
        text = text.replace("null", "[" * 100_000, 1)
    return text


def encoded(text: str, rng: random.Random) -> bytes:
    """Write text in an encoding, mostly the usual one."""
    name = rng.choice(ENCODINGS) if rng.random() < 0.1 else "utf-8"
    return text.encode(name, "surrogatepass" if name.startswith("utf") and name != "utf-7" else "replace")


def damage_parts(members: dict[str, str], rng: random.Random) -> bytes:
    """Damage some parts of a workbook and pack them again, or damage the package."""
    damaged: dict[str, bytes] = {name: text.encode() for name, text in members.items()}
    names = list(damaged)
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice((*names, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"))
        what = rng.random()
        if what < 0.85:
            damaged[name] = encoded(damage_xml(members[name], rng), rng)
        elif what < 0.92:
            damaged.pop(name, None)
        else:
            damaged[name] = damage_bytes(damaged.get(name, b"a"), rng)
    stream = io.BytesIO()
    method = rng.choice(
        (zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    )
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in damaged.items():
            archive.writestr(name, data)
    return stream.getvalue()


def damage_archive(data: bytes, rng: random.Random) -> bytes:
    """Damage the directory of an archive: methods, flags, sizes and places."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 3))):
        sign = rng.choice(_ZIP_SIGNS)
        places = [found.start() for found in re.finditer(re.escape(sign), bytes(out))]
        if not places:
            continue
        at = rng.choice(places) + 4 + rng.randrange(42)
        if at + 4 < len(out):
            size = rng.choice((1, 2, 4))
            out[at : at + size] = rng.choice((b"\0", b"\x01", b"\xff", b"\x63", b"\x80")) * size
    return damage_bytes(bytes(out), rng) if rng.random() < 0.3 else bytes(out)


Damage = Callable[[random.Random], tuple[str, Any, bytes]]
"""Makes one input: its file name, the kind it is imported as, its bytes."""
