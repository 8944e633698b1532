"""The ``.pb`` files of participatory budgeting: three tables with semicolons, one below the other.

Written after the public description of the format (Stolicki, Szufa, Talmon, "Pabulib: A Participatory
Budgeting Library", arXiv 2012.06539). Only approval ballots can be counted here; others are refused.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import StringIO

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import CellError
from ambassador.intake.quantities import read_money
from ambassador.intake.votes.parts import ballot_of, entry_key
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.votes import BallotDraft, VotesFile
from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.money import Money

_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*META\s*[\r\n]", re.IGNORECASE)
_SECTIONS = frozenset({"meta", "projects", "votes"})
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_APPROVAL = "approval"

Line = tuple[int, dict[str, str]]
"""The number of a line, and what stands in it under the name of its column."""


def is_pb(head: bytes) -> bool:
    r"""Tell a ``.pb`` file by how it begins.

    >>> is_pb(b"META\nkey;value\n"), is_pb(b"meta,data\n")
    (True, False)
    """
    return _START.match(head) is not None


def read_pb(text: str, name: str, currency: str, notes: tuple[Note, ...] = ()) -> VotesFile:
    """Read ideas, ballots and budget; amounts are in the currency the file names, else in the one given."""
    sections = _sections(text, name)
    said = {row.get("key", "").casefold(): row.get("value", "") for _, row in sections["meta"]}
    kind = said.get("vote_type", _APPROVAL).casefold()
    if kind != _APPROVAL:
        message = mark("{file} holds votes of the kind {kind}: only votes for or not (approval) are counted")
        raise UnreadableFileError(message, file=name, kind=kind)
    unit = said.get("currency", "").upper()
    unit = unit if _CURRENCY.fullmatch(unit) else currency
    rejected: list[RejectedRow] = []
    entries = tuple(_entries(sections["projects"], unit, rejected))
    ballots = tuple(_ballots(sections["votes"], rejected))
    most = said.get("max_length", "")
    return VotesFile(
        ballots=ballots,
        entries=entries,
        rejected=tuple(rejected),
        title=said.get("description", "") or said.get("unit", ""),
        budget=_budget(said, unit, name),
        most_choices=int(most) if most.isdecimal() and int(most) < len(entries) else None,
        notes=notes,
    )


def _sections(text: str, name: str) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {one: [] for one in _SECTIONS}
    section = ""
    header: list[str] = []
    for number, row in _rows(text, name):
        if len(row) == 1 and row[0].casefold() in _SECTIONS:
            section, header = row[0].casefold(), []
        elif not header:
            header = [cell.casefold() for cell in row]
        elif any(row):
            found[section].append((number, dict(zip(header, row, strict=False))))
    if not found["projects"]:
        message = mark("{file} names no ideas under PROJECTS")
        raise UnreadableFileError(message, file=name)
    return found


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", skipinitialspace=True
    )
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            while len(cells) > 1 and not cells[-1]:
                cells.pop()
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        message = mark("{file} cannot be read from line {line} on: {reason}")
        raise UnreadableFileError(message, file=name, line=reader.line_num, reason=str(error)) from error


def _budget(said: Mapping[str, str], unit: str, name: str) -> Money | None:
    try:
        return read_money(said["budget"], unit) if said.get("budget") else None
    except CellError as error:
        message = mark("{file} says {value} for its budget, which is no amount")
        raise UnreadableFileError(message, file=name, value=said["budget"]) from error


def _entries(rows: Iterable[Line], unit: str, rejected: list[RejectedRow]) -> Iterator[EntryDraft]:
    seen: set[str] = set()
    for line, row in rows:
        key = entry_key(row.get("project_id", ""))
        try:
            cost = read_money(row["cost"], unit) if row.get("cost") else None
        except CellError as error:
            rejected.append(RejectedRow(line, "cost", row["cost"], error.message, error.values))
            continue
        if not key or key.casefold() in seen:
            reason = mark("the idea has no key") if not key else mark("another idea above has this key")
            rejected.append(RejectedRow(line, "project_id", key, reason))
            continue
        seen.add(key.casefold())
        yield EntryDraft(key, row.get("name", "") or row.get("description", ""), cost)


def _ballots(rows: Iterable[Line], rejected: list[RejectedRow]) -> Iterator[BallotDraft]:
    for line, row in rows:
        try:
            yield replace(ballot_of(row.get("voter_id", ""), row.get("vote", "")), line=line)
        except CellError as error:
            rejected.append(RejectedRow(line, error.column, error.value, error.message, error.values))
