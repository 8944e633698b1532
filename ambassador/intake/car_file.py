"""The repository of an account of Bluesky, as ``getRepo`` gives it: a CAR file of DAG-CBOR blocks.

A node of the tree names each record by a key, of which it leaves out what the key before it begins with; the
commit names the account. Only what can be a post is decoded: a like is known by its key.
"""

from collections.abc import Iterator
from typing import Any, Final

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.dag_cbor import UNREADABLE, DamageError, blocks_of, decoded, varint
from ambassador.intake.files import Content
from ambassador.intake.limits import LARGEST_JSON

_NODE: Final = b"\xa2\x61e"
"""How a node of the tree begins: a map of two, of which the first is ``e``, its entries."""
_DECODED: Final = ("app.bsky.feed.post/", "app.bsky.feed.repost/")
_EVERY: Final = 4_096


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
        except (DamageError, *UNREADABLE):
            message = mark("{file} is damaged: it cannot be read as the repository of an account")
            raise UnreadableFileError(message, file=content.name) from None
    return found


def _records(content: Content) -> Iterator[dict[str, Any]]:
    with content.open() as stream:
        data = stream.read()
    length, at = varint(data, 0)
    header = decoded(data[at : at + length])
    blocks = blocks_of(data, at + length, content.watch)
    owner = _owner(header, blocks)
    for number, (key, link) in enumerate(_entries(blocks)):
        if number % _EVERY == 0:
            content.watch()
        block = blocks.get(link)
        if block is None:
            continue
        value = decoded(block) if key.startswith(_DECODED) else {"$type": key.partition("/")[0]}
        yield {"uri": f"at://{owner}/{key}", "value": value}


def _owner(header: Any, blocks: dict[bytes, bytes]) -> str:  # noqa: ANN401 - whatever CBOR holds
    roots = header.get("roots") if isinstance(header, dict) else None
    root = roots[0] if isinstance(roots, list) and roots else None
    commit = decoded(blocks[root]) if isinstance(root, bytes) and root in blocks else None
    owner = commit.get("did") if isinstance(commit, dict) else None
    if not isinstance(owner, str):
        raise DamageError
    return owner


def _entries(blocks: dict[bytes, bytes]) -> Iterator[tuple[str, bytes]]:
    for block in blocks.values():
        node = decoded(block) if block.startswith(_NODE) else {}
        before = b""
        entries = node.get("e") if isinstance(node, dict) else None
        for entry in entries if isinstance(entries, list) else []:
            if not isinstance(entry, dict):
                raise DamageError
            shared, rest, link = entry.get("p"), entry.get("k"), entry.get("v")
            if not (isinstance(shared, int) and isinstance(rest, bytes) and isinstance(link, bytes)):
                raise DamageError
            before = before[: max(0, shared)] + rest
            yield before.decode("utf-8", errors="replace"), link
