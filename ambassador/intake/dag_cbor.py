"""DAG-CBOR and blocks of CAR, in which Bluesky keeps repositories and sends what happens in them."""

import struct
from collections.abc import Callable
from typing import Any, Final

_DEEPEST: Final = 60
_MOST_BYTES: Final = 10
"""Bytes of a number of 64 bits that is written seven bits at a time."""
_EVERY: Final = 4_096
_PLAIN: Final = {20: False, 21: True, 22: None, 23: None}
_LONG: Final = {24: ">B", 25: ">H", 26: ">I", 27: ">Q"}
_FLOATS: Final = {25: ">e", 26: ">f", 27: ">d"}
UNREADABLE: Final = (IndexError, struct.error)
"""What else is raised where bytes end too early."""


class DamageError(Exception):
    """The bytes are not what they say they are."""


def decoded(data: bytes) -> Any:  # noqa: ANN401 - whatever CBOR holds
    r"""Read the value that some bytes begin with; a link (CID) is given as bytes.

    >>> decoded(b"\xa1\x61a\x82\x01\x20")
    {'a': [1, -1]}
    """
    return decoded_at(data, 0)[0]


def decoded_at(data: bytes, at: int) -> tuple[Any, int]:
    """Read the value that begins at a place, and where it ends."""
    return _item(data, at, 0)


def blocks_of(data: bytes, at: int, watch: Callable[[], None] = lambda: None) -> dict[bytes, bytes]:
    """Read the blocks of a CAR from a place on, by their links."""
    blocks: dict[bytes, bytes] = {}
    while at < len(data):
        length, start = varint(data, at)
        at = start + length
        if at > len(data):
            raise DamageError
        end = _end_of_link(data, start)
        blocks[data[start:end]] = data[end:at]
        if len(blocks) % _EVERY == 0:
            watch()
    return blocks


def _end_of_link(data: bytes, at: int) -> int:
    """Find where the link (CID) at the head of a block ends."""
    if data[at : at + 2] == b"\x12\x20":
        return at + 34
    for _ in range(3):  # version, codec, kind of hash
        _, at = varint(data, at)
    length, at = varint(data, at)
    return at + length


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, and where it ends."""
    value = 0
    for place in range(_MOST_BYTES):
        byte = data[at + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no mark
            return value, at + place + 1
    raise DamageError


def _item(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > _DEEPEST:
        raise DamageError
    major, low = data[at] >> 5, data[at] & 31
    if major == 7:  # noqa: PLR2004 - simple values and floats
        return _simple(data, at, low)
    number, at = _number(data, at, low)
    if major in (0, 1):
        return (number, at) if major == 0 else (-1 - number, at)
    if number > len(data) - at and major != 6:  # noqa: PLR2004 - of a tag it is no length
        raise DamageError
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
        raise DamageError
    return struct.unpack_from(form, data, at + 1)[0], at + 1 + struct.calcsize(form)


def _simple(data: bytes, at: int, low: int) -> tuple[Any, int]:
    if low in _PLAIN:
        return _PLAIN[low], at + 1
    form = _FLOATS.get(low)
    if form is None:
        raise DamageError
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
            raise DamageError
        values[key] = value
    return values, at
