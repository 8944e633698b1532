"""The repository of an account of Bluesky, as ``getRepo`` gives it: a CAR file of DAG-CBOR blocks.

A node of the tree names each record by a key, of which it leaves out what the key before it begins with; the
commit names the account. Only what can be a post is decoded: a like is known by its key.
"""

import struct
from collections.abc import Iterator
from typing import Any, Final

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.files import Content
from ambassador.intake.limits import LARGEST_JSON

_NODE: Final = b"\xa2\x61e"
"""How a node of the tree begins: a map of two, of which the first is ``e``, its entries."""
_DECODED: Final = ("app.bsky.feed.post/", "app.bsky.feed.repost/")
_DEEPEST: Final = 60
_MOST_BYTES: Final = 10
"""Bytes of a number of 64 bits that is written seven bits at a time."""
_EVERY: Final = 4_096
_PLAIN: Final = {20: False, 21: True, 22: None, 23: None}
_LONG: Final = {24: ">B", 25: ">H", 26: ">I", 27: ">Q"}
_FLOATS: Final = {25: ">e", 26: ">f", 27: ">d"}


class _DamageError(Exception):
    """The bytes are not what they say they are."""


def car_documents(content: Content) -> list[Any]:
    """Read the records of a repository, each with its address, as ``listRecords`` would list them."""
    found: list[Any] | None = content.memo.get("car")
    if found is None:
        size = content.size()
        if size > LARGEST_JSON:
            message = mark("{file} has {megabytes} MB: a repository of up to {limit} MB can be read")
            values = {"megabytes": size // 1_000_000, "limit": LARGEST_JSON // 1_000_000}
            raise UnreadableFileError(message, file=content.name, **values)
        try:
            found = content.memo["car"] = [{"records": list(_records(content))}]
        except (_DamageError, IndexError, struct.error):
            message = mark("{file} is damaged: it cannot be read as the repository of an account")
            raise UnreadableFileError(message, file=content.name) from None
    return found


def _records(content: Content) -> Iterator[dict[str, Any]]:
    with content.open() as stream:
        data = stream.read()
    length, at = _varint(data, 0)
    header = _decoded(data[at : at + length])
    blocks = _blocks(content, data, at + length)
    owner = _owner(header, blocks)
    for number, (key, link) in enumerate(_entries(blocks)):
        if number % _EVERY == 0:
            content.watch()
        block = blocks.get(link)
        if block is None:
            continue
        value = _decoded(block) if key.startswith(_DECODED) else {"$type": key.partition("/")[0]}
        yield {"uri": f"at://{owner}/{key}", "value": value}


def _blocks(content: Content, data: bytes, at: int) -> dict[bytes, bytes]:
    blocks: dict[bytes, bytes] = {}
    while at < len(data):
        length, start = _varint(data, at)
        at = start + length
        if at > len(data):
            raise _DamageError
        end = _end_of_link(data, start)
        blocks[data[start:end]] = data[end:at]
        if len(blocks) % _EVERY == 0:
            content.watch()
    return blocks


def _owner(header: Any, blocks: dict[bytes, bytes]) -> str:  # noqa: ANN401 - whatever CBOR holds
    roots = header.get("roots") if isinstance(header, dict) else None
    root = roots[0] if isinstance(roots, list) and roots else None
    commit = _decoded(blocks[root]) if isinstance(root, bytes) and root in blocks else None
    owner = commit.get("did") if isinstance(commit, dict) else None
    if not isinstance(owner, str):
        raise _DamageError
    return owner


def _entries(blocks: dict[bytes, bytes]) -> Iterator[tuple[str, bytes]]:
    for block in blocks.values():
        node = _decoded(block) if block.startswith(_NODE) else {}
        before = b""
        entries = node.get("e") if isinstance(node, dict) else None
        for entry in entries if isinstance(entries, list) else []:
            if not isinstance(entry, dict):
                raise _DamageError
            shared, rest, link = entry.get("p"), entry.get("k"), entry.get("v")
            if not (isinstance(shared, int) and isinstance(rest, bytes) and isinstance(link, bytes)):
                raise _DamageError
            before = before[: max(0, shared)] + rest
            yield before.decode("utf-8", errors="replace"), link


def _end_of_link(data: bytes, at: int) -> int:
    """Find where the link (CID) at the head of a block ends."""
    if data[at : at + 2] == b"\x12\x20":
        return at + 34
    for _ in range(3):  # version, codec, kind of hash
        _, at = _varint(data, at)
    length, at = _varint(data, at)
    return at + length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(_MOST_BYTES):
        byte = data[at + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no mark
            return value, at + place + 1
    raise _DamageError


def _decoded(data: bytes) -> Any:  # noqa: ANN401 - whatever CBOR holds
    return _item(data, 0, 0)[0]


def _item(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > _DEEPEST:
        raise _DamageError
    major, low = data[at] >> 5, data[at] & 31
    if major == 7:  # noqa: PLR2004 - simple values and floats
        return _simple(data, at, low)
    number, at = _number(data, at, low)
    if major in (0, 1):
        return (number, at) if major == 0 else (-1 - number, at)
    if number > len(data) - at and major != 6:  # noqa: PLR2004 - of a tag it is no length
        raise _DamageError
    if major in (2, 3):
        piece = data[at : at + number]
        return piece if major == 2 else piece.decode("utf-8", errors="replace"), at + number  # noqa: PLR2004
    if major == 4:  # noqa: PLR2004 - a list
        return _list(data, at, number, depth)
    if major == 5:  # noqa: PLR2004 - a map
        return _map(data, at, number, depth)
    value, at = _item(data, at, depth + 1)
    return (value[1:] if isinstance(value, bytes) else value), at  # a link has a zero in front


def _number(data: bytes, at: int, low: int) -> tuple[int, int]:
    if low < 24:  # noqa: PLR2004 - the number itself
        return low, at + 1
    form = _LONG.get(low)
    if form is None:
        raise _DamageError
    return struct.unpack_from(form, data, at + 1)[0], at + 1 + struct.calcsize(form)


def _simple(data: bytes, at: int, low: int) -> tuple[Any, int]:
    if low in _PLAIN:
        return _PLAIN[low], at + 1
    form = _FLOATS.get(low)
    if form is None:
        raise _DamageError
    return struct.unpack_from(form, data, at + 1)[0], at + 1 + struct.calcsize(form)


def _list(data: bytes, at: int, number: int, depth: int) -> tuple[list[Any], int]:
    values = []
    for _ in range(number):
        value, at = _item(data, at, depth + 1)
        values.append(value)
    return values, at


def _map(data: bytes, at: int, number: int, depth: int) -> tuple[dict[str, Any], int]:
    values: dict[str, Any] = {}
    for _ in range(number):
        key, at = _item(data, at, depth + 1)
        value, at = _item(data, at, depth + 1)
        if not isinstance(key, str):
            raise _DamageError
        values[key] = value
    return values, at
