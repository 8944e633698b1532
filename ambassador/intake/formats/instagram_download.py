"""Instagram's data download: who follows an account, or whom it follows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.formats.format import Format, records_of
from ambassador.values.status import ImportKind


def _people(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    for record in records_of(documents):
        entries = record.get("string_list_data")
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                handle = entry.get("value") or record.get("title")
                yield {"value": _text(handle), "href": _text(entry.get("href"))}


def _ties(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    """Lay out who hears from whom: followers hear from the owner, the owner from those followed."""
    whole = documents[0] if len(documents) == 1 else None
    follows = isinstance(whole, dict) and any("following" in str(name) for name in whole)
    for person in _people(documents):
        handle = person["value"]
        yield {"source": handle if follows else "", "target": "" if follows else handle}


def _text(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    return whole_letters(value) if isinstance(value, str) else ""


def whole_letters(text: str) -> str:
    r"""Put letters together that Meta tears into bytes, ``\u00c3\u00a8`` for è; others stay as they are.

    >>> whole_letters("perchÃ©"), whole_letters("perché"), whole_letters("☕")
    ('perché', 'perché', '☕')
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


INSTAGRAM_FOLLOWERS = Format(
    key="instagram-followers",
    name=mark("Instagram data download, followers or following"),
    kind=ImportKind.PEOPLE,
    has=("string_list_data", "title"),
    platform="instagram",
    columns={"handle": "value", "url": "href"},
    unfold=_people,
)
INSTAGRAM_FOLLOWER_TIES = Format(
    key="instagram-follower-ties",
    name=mark("Instagram data download, who follows whom"),
    kind=ImportKind.TIES,
    has=("string_list_data", "title"),
    platform="instagram",
    columns={"source": "source", "target": "target"},
    unfold=_ties,
    one_end=True,
)
