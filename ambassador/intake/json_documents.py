"""The documents of a JSON file: the one it is, or one for each line."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.boundary import JSON, refusing
from ambassador.intake.files import Content, open_text, text_lines
from ambassador.intake.limits import LARGEST_JSON, MOST_JSON_PARTS, MOST_JSON_RECORDS
from ambassador.values.imports.imports import Note

_MOST_DIGITS = 40
_SHOWN = 200
_OF_NETWORKS = frozenset({"nodes", "links", "edges"})
"""Lists that are read as ties, which take less room and have a limit of their own."""
_ASSIGNMENT = re.compile(r"^window\.[\w.]+\s*=\s*")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(\\u[dD][89a-fA-F][\da-fA-F]{2})|\\.",
    re.DOTALL,
)
"""Both halves of a character beyond the first 65,536; half of one; any other escape."""
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def json_documents(content: Content) -> list[Any]:
    """Read a JSON file; it is read once, however often it is asked for."""
    found: list[Any] | None = content.memo.get("json")
    if found is None:
        found = content.memo["json"] = _documents(content)
    return found


def _documents(content: Content) -> list[Any]:
    size = content.size()
    if size > LARGEST_JSON:
        message = mark("{file} has {megabytes} MB: JSON of up to {limit} MB can be read, so part it")
        limit = LARGEST_JSON // 1_000_000
        raise UnreadableFileError(message, file=content.name, megabytes=size // 1_000_000, limit=limit)
    with open_text(content) as stream:
        text = _without_assignment(stream.read().lstrip("\ufeff"))
    content.watch()
    if text.count("{") + text.count("[") > MOST_JSON_PARTS:
        raise _too_many(content, MOST_JSON_PARTS)
    with refusing(JSON, content.name):
        try:
            return _few_enough(content, [_loaded(text)])
        except json.JSONDecodeError:
            pass
    del text
    return _few_enough(content, _lines(content))


def _few_enough(content: Content, documents: list[Any]) -> list[Any]:
    """Refuse a file of more records than the memory holds as rows."""
    whole = documents[0] if len(documents) == 1 else documents
    named = whole.items() if isinstance(whole, dict) else [("", whole)]
    lists = [one for name, one in named if name not in _OF_NETWORKS]
    if any(isinstance(one, list) and len(one) > MOST_JSON_RECORDS for one in lists):
        raise _too_many(content, MOST_JSON_RECORDS)
    return documents


def _too_many(content: Content, limit: int) -> UnreadableFileError:
    message = mark("{file} has more than {limit} records: part it")
    return UnreadableFileError(message, file=content.name, limit=limit)


def longest_list(documents: Sequence[Any]) -> tuple[list[Any], dict[str, int]]:
    """Return the longest list of records, or all there is, and the sizes of the lists beside it."""
    whole = documents[0] if len(documents) == 1 else list(documents)
    if isinstance(whole, dict):
        lists = {name: value for name, value in whole.items() if is_list_of_records(value)}
        if not lists:
            return [whole], {}
        longest = max(lists, key=lambda name: len(lists[name]))
        return lists.pop(longest), {name: len(value) for name, value in lists.items()}
    return (whole, {}) if isinstance(whole, list) else ([], {})


def is_list_of_records(value: object) -> bool:
    """Tell whether a value is a list that begins with a record."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def lists_left(others: Mapping[str, int]) -> Iterator[Note]:
    """Tell which lists of a JSON file are not read, beside the one that is."""
    for name, count in others.items():
        yield Note(
            mark("another list of records, {name}, is not read: {count}"), {"name": name, "count": count}
        )


def lists_within(records: Sequence[Mapping[str, Any]], names: Sequence[str] = ()) -> Iterator[Note]:
    """Tell which lists of records, of some names or any, stand within records and are not read."""
    within = Counter(
        name
        for record in records
        for name, value in record.items()
        if (not names or name in names) and is_list_of_records(value)
    )
    for name, count in within.items():
        values = {"name": name, "count": count}
        yield Note(mark("lists of records within records, {name}, are not read: {count}"), values)


def _without_assignment(text: str) -> str:
    """Leave out ``window.YTD.tweets.part0 =`` in front of what a data download holds."""
    return _ASSIGNMENT.sub("", text, count=1) if text.startswith("window.") else text


def _loaded(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    return _DECODER.decode(whole_characters(text))


def whole_characters(text: str) -> str:
    r"""Put the replacement character where an export cut a character in halves.

    >>> whole_characters(r'"cut \ud83d" "whole \ud83d\ude00"')
    '"cut \\ufffd" "whole \\ud83d\\ude00"'
    """
    if "\\u" not in text or not _HALF.search(text):
        return text
    return _ESCAPE.sub(lambda found: r"\ufffd" if found[1] else found[0], text)


def _integer(digits: str) -> int | str:
    """Keep an integer that no column holds as the text it is."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


_DECODER = json.JSONDecoder(parse_int=_integer)


def lines_that_are_none(content: Content) -> Sequence[tuple[int, str]]:
    """Give the lines among records of JSON that are none, of a file that was read: streams are cut off."""
    found: Sequence[tuple[int, str]] = content.memo.get("no json", ())
    return found


def _lines(content: Content) -> list[Any]:
    records: list[Any] = []
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(text_lines(content), start=1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        with refusing(JSON, content.name):
            try:
                records.append(_loaded(line.lstrip("\ufeff")))
            except json.JSONDecodeError:
                wrong.append((number, line.strip()[:_SHOWN]))
        if len(wrong) > len(records):
            message = mark("{file}: line {line} is not JSON")
            raise UnreadableFileError(message, file=content.name, line=wrong[0][0])
    content.memo["no json"] = wrong
    return records
