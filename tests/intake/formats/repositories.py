"""A made-up repository of an account of Bluesky, written as a server gives it: a CAR file of DAG-CBOR."""

import hashlib
import struct

OWNER = "did:plc:ida"
POST, REPOST, LIKE = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.feed.like"
OTHER = f"at://did:plc:ugo/{POST}/3other"
RECORDS = {
    f"{LIKE}/3aaa": {"$type": LIKE, "subject": {"uri": OTHER}, "createdAt": "2026-03-25T09:00:00Z"},
    f"{POST}/3aab": {
        "$type": POST,
        "text": "two days ☕",
        "createdAt": "2026-03-25T10:00:00.123Z",
        "langs": ["en"],
        "facets": [{"index": {"byteStart": 0, "byteEnd": 300}}],
        "weight": 1.5,
        "pinned": False,
    },
    f"{POST}/3aac": {
        "$type": POST,
        "text": "yes",
        "createdAt": "2026-03-25T11:00:00Z",
        "reply": {"parent": {"uri": OTHER}, "root": {"uri": OTHER}},
    },
    f"{POST}/3aad": {
        "$type": POST,
        "text": "look",
        "createdAt": "2026-03-25T12:00:00Z",
        "embed": {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": OTHER}}},
    },
    f"{REPOST}/3aae": {
        "$type": REPOST,
        "subject": {"uri": OTHER},
        "via": {"uri": f"at://did:plc:pia/{REPOST}/3via"},
        "createdAt": "2026-03-25T13:00:00Z",
    },
}


class Link(bytes):
    """The link to a block."""


def varint(number):
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])


def head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    low, form = next((24 + place, form) for place, form in enumerate("BHIQ") if number < 256 ** (1 << place))
    return bytes([major << 5 | low]) + struct.pack(f">{form}", number)


def cbor(value):
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, Link):
        return b"\xd8\x2a" + cbor(b"\0" + bytes(value))
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    pairs = sorted(value.items(), key=lambda pair: (len(pair[0]), pair[0]))
    return head(5, len(pairs)) + b"".join(cbor(part) for pair in pairs for part in pair)


def repository(records=RECORDS):
    """Write a repository as a server gives it: a commit, a tree of one node, its records."""
    blocks = {}

    def put(value):
        data = cbor(value)
        link = Link(b"\x01\x71\x12\x20" + hashlib.sha256(data).digest())
        blocks[link] = data
        return link

    entries, before = [], ""
    for key in sorted(records):
        shared = next((n for n, (a, b) in enumerate(zip(before, key, strict=False)) if a != b), len(before))
        entries.append({"p": shared, "k": key[shared:].encode(), "v": put(records[key]), "t": None})
        before = key
    tree = put({"l": None, "e": entries})
    root = put({"did": OWNER, "rev": "3r", "sig": b"s", "data": tree, "prev": None, "version": 3})
    start = cbor({"roots": [root], "version": 1})
    parts = [varint(len(start)) + start]
    parts += [varint(len(link) + len(data)) + bytes(link) + data for link, data in blocks.items()]
    return b"".join(parts)
