"""Every reader with the inputs it is given and what counts as a fault."""

import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ambassador.errors import AmbassadorError
from ambassador.intake.reading import ReadingOptions, content_to_read, inspect_file, read_drafts
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.values.drafts import Drafts
from ambassador.values.imports.imports import FilePreview, QuestionKind
from ambassador.values.status import ImportKind
from tests.fuzz import seeds
from tests.fuzz.mutators import (
    damage_archive,
    damage_bytes,
    damage_document,
    damage_parts,
    damage_table,
    damage_words,
    damage_xml,
    dumped,
    encoded,
)
from tests.intake.formats.repositories import repository
from tests.intake.workbook_parts import packed

Input = tuple[str, ImportKind, bytes]
_SOME_BYTES = 0.25
_LARGEST_INTEGER = 2**63


class UnsoundError(Exception):
    """A file was accepted, and what came of it is not what it holds."""


@dataclass(frozen=True)
class FuzzedReader:
    """A reader: how its inputs are made and how one is read; None where it is refused."""

    name: str
    make: Callable[[random.Random], Input]
    read: Callable[[Input], object | None]


def _with_bytes(data: bytes, rng: random.Random) -> bytes:
    return damage_bytes(data, rng) if rng.random() < _SOME_BYTES else data


def _table(rng: random.Random) -> Input:
    seed = rng.choice(seeds.TABLES)
    return seed.name, seed.kind, _with_bytes(encoded(damage_table(seed.text, rng), rng), rng)


def _json(rng: random.Random) -> Input:
    name, kind, document = rng.choice(seeds.DOCUMENTS)
    damaged = damage_document(document, rng)
    return name, kind, _with_bytes(encoded(dumped(damaged, rng), rng), rng)


def _json_lines(rng: random.Random) -> Input:
    _, kind, document = rng.choice(seeds.DOCUMENTS)
    records = document if isinstance(document, list) else [document]
    text = "\n".join(dumped(damage_document(record, rng), rng) for record in records * 2)
    return "a.jsonl", kind, _with_bytes(encoded(text, rng), rng)


def _node_link(rng: random.Random) -> Input:
    name, kind, document = rng.choice(seeds.NODE_LINKS)
    return name, kind, _with_bytes(encoded(dumped(damage_document(document, rng), rng), rng), rng)


def _xml(name: str, text: str) -> Callable[[random.Random], Input]:
    return lambda rng: (name, ImportKind.TIES, _with_bytes(encoded(damage_xml(text, rng), rng), rng))


def _words(name: str, text: str) -> Callable[[random.Random], Input]:
    return lambda rng: (name, ImportKind.TIES, _with_bytes(encoded(damage_words(text, rng), rng), rng))


def _workbook(rng: random.Random) -> Input:
    return "b.xlsx", rng.choice((ImportKind.PEOPLE, ImportKind.TIES)), damage_parts(seeds.WORKBOOK, rng)


def _archive(rng: random.Random) -> Input:
    return "b.xlsx", ImportKind.PEOPLE, damage_archive(_PACKED, rng)


def _car(rng: random.Random) -> Input:
    return "a.car", ImportKind.MENTIONS, damage_bytes(_CAR, rng)


def _parquet(rng: random.Random) -> Input:
    return "t.parquet", ImportKind.TIES, damage_bytes(_PARQUET, rng)


def _kept(rng: random.Random) -> Input:
    name, kind, data = rng.choice(_KEPT)
    return name, kind, damage_bytes(data, rng)


def read_import(given: Input) -> Drafts[Any] | None:
    """Inspect a file, answer what is asked, read it whole and check what came of it."""
    name, kind, data = given
    try:
        content = content_to_read(name, data)
        preview = inspect_file(name, content, kind)
        answers = _answers(preview)
        drafts = read_drafts(name, content, kind, ReadingOptions(answers=answers))
    except AmbassadorError as refusal:
        str(refusal)
        return None
    told = [*drafts.preview.notes, *drafts.preview.questions, *drafts.rejected]
    for one in told:
        str(one)
    rows = drafts.preview.row_count
    if rows != len(drafts.rows) + len(drafts.rejected) + drafts.left_out:
        message = f"{rows} rows in, {len(drafts.rows)} + {len(drafts.rejected)} + {drafts.left_out} out"
        raise UnsoundError(message)
    for value in _values(drafts.rows):
        _check(value)
    return drafts


def _answers(preview: FilePreview) -> dict[str, str]:
    answers = {QuestionKind.PLATFORM.value: "x", QuestionKind.AUTHOR.value: "lia"}
    answers[QuestionKind.MODEL.value] = "Q1"
    for question in preview.questions:
        if question.kind is not QuestionKind.COLUMNS and question.answers:
            answers[question.key] = question.proposed or question.answers[0]
    return answers


def _values(of: Any) -> Iterator[Any]:
    if isinstance(of, list | tuple):
        for one in of:
            yield from _values(one)
    elif is_dataclass(of):
        for field in fields(of):
            yield from _values(getattr(of, field.name))
    else:
        yield of


def _check(value: Any) -> None:
    """Refuse what a database could not keep."""
    if isinstance(value, str):
        value.encode()
        if "\0" in value:
            message = "a text with a NUL"
            raise UnsoundError(message)
    elif isinstance(value, int) and not -_LARGEST_INTEGER <= value < _LARGEST_INTEGER:
        message = "an integer of more than 64 bits"
        raise UnsoundError(message)
    elif isinstance(value, float) and not abs(value) < float("inf"):
        message = "a number that is none"
        raise UnsoundError(message)
    elif isinstance(value, date):
        value.isoformat()


def read_parquet(given: Input) -> InfluenceNetwork | None:
    """Read ties from a Parquet file into a network."""
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        Path(file.name).write_bytes(given[2])
        try:
            return InfluenceNetwork.from_parquet(file.name, probability="p")
        except AmbassadorError as refusal:
            str(refusal)
            return None


def read_any(given: Input) -> object | None:
    """Read an input with the reader its name asks for."""
    return read_parquet(given) if given[0].endswith(".parquet") else read_import(given)


_PACKED = packed(seeds.WORKBOOK)
_PARQUET = seeds.parquet_ties()
_CAR = repository()
_KEPT = seeds.kept()

READERS = (
    FuzzedReader("tables", _table, read_import),
    FuzzedReader("json", _json, read_import),
    FuzzedReader("jsonl", _json_lines, read_import),
    FuzzedReader("node-link", _node_link, read_import),
    FuzzedReader("graphml", _xml("g.graphml", seeds.GRAPHML), read_import),
    FuzzedReader("gexf", _xml("g.gexf", seeds.GEXF), read_import),
    FuzzedReader("gml", _words("g.gml", seeds.GML), read_import),
    FuzzedReader("gdf", _words("g.gdf", seeds.GDF), read_import),
    FuzzedReader("dot", _words("g.dot", seeds.DOT), read_import),
    FuzzedReader("ucinet", _words("g.dl", seeds.UCINET), read_import),
    FuzzedReader("pajek", _words("g.net", seeds.PAJEK), read_import),
    FuzzedReader("xlsx", _workbook, read_import),
    FuzzedReader("zip", _archive, read_import),
    FuzzedReader("parquet", _parquet, read_parquet),
    FuzzedReader("car", _car, read_import),
    *([FuzzedReader("kept", _kept, read_any)] if _KEPT else []),
)
