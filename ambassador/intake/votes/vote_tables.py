"""Tables of votes, of ideas and entries, and of marks of a jury, told apart by their headings.

Votes stand a ballot a row (``voter`` and ``vote``, several choices with commas between them) or a choice a
row (``voter`` and ``idea``): of those the rows of one voter are one ballot.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, known, plain
from ambassador.intake.encodings import letter_notes
from ambassador.intake.files import Content
from ambassador.intake.moments import order_of_days, read_moment
from ambassador.intake.quantities import read_money
from ambassador.intake.small_tables import headings, open_small_table
from ambassador.intake.tables import FileTable
from ambassador.intake.votes.parts import ballot_of, entry_key
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.contests import MarkDraft
from ambassador.values.activations.votes import BallotDraft, VotesFile
from ambassador.values.imports.imports import RejectedRow

_HEADINGS: Final = headings(
    {
        "voter": "voter|voter id|votante|elettore|elettrice|user|user id|username|nome utente|utente|handle"
        "|account|who|chi|person|persona",
        "platform": "platform|piattaforma|network|social",
        "vote": "vote|votes|voto|voti|choice|choices|scelta|scelte|ballot|scheda|preferences|preferenze"
        "|approvals|selected",
        "entry": "idea|option|opzione|project|progetto|entry|proposal|proposta|project id|option id|idea id",
        "voted_at": "voted at|date|data|time|ora|timestamp|moment|created at|when|quando|date and time"
        "|submitted at",
        "account_since": "account since|account created|account created at|joined|joined on|iscritto dal"
        "|registered|registered on",
        "key": "key|id|number|numero|n|nr|code|codice|letter|lettera|project id|option id|idea id",
        "title": "title|name|titolo|nome|idea|option|opzione|project|progetto|proposal|proposta",
        "cost": "cost|costo|price|prezzo|amount|importo|euro|eur",
        "about": "description|descrizione|about|text|testo|details|dettagli",
        "proposed_by": "proposed by|proposer|proponente|author|autore|by|di|entered by|inviato da",
        "url": "link|url|address|indirizzo|collegamento",
        "juror": "juror|jury member|giurato|giurata|judge|giudice",
        "mark": "mark|marks|points|score|punti|punteggio|voto|voti|valutazione",
    }
)
_WHOLE_NUMBER: Final = re.compile(r"(\d{1,4})(?:[.,]0+)?")

Found = Mapping[str, int]
"""What a column holds -> its place."""


def read_vote_table(content: Content, zone: str, currency: str) -> VotesFile:
    """Read a table of votes or of ideas, whichever it is."""
    table, columns = open_small_table(content, _HEADINGS)
    notes = letter_notes(content)
    rejected: list[RejectedRow] = []
    if "juror" in columns and "mark" in columns and ("entry" in columns or "key" in columns):
        marks = tuple(_marks(table, columns, rejected))
        return VotesFile(rejected=tuple(rejected), notes=notes, marks=marks)
    if "voter" in columns and ("vote" in columns or "entry" in columns):
        dates = (
            [plain(cells[columns["voted_at"]]) for _, cells in table.rows()] if "voted_at" in columns else []
        )
        day_first, told = order_of_days(dates)
        reader = _VoteRows(columns, ZoneInfo(zone), day_first=day_first)
        ballots = tuple(reader.ballots(table, rejected))
        return VotesFile(ballots, rejected=tuple(rejected), notes=(*notes, *told))
    if "title" in columns and columns.keys() & {"key", "cost", "url"}:
        entries = tuple(_entries(table, columns, currency, rejected))
        return VotesFile(entries=entries, rejected=tuple(rejected), notes=notes)
    message = mark(
        "{file} names no votes, ideas or marks: it needs the columns voter and vote, title with key, cost or "
        "link, or juror, entry and mark"
    )
    raise BadInputError(message, file=content.name)


class _VoteRows:
    """The rows of a table of votes."""

    def __init__(self, columns: Found, zone: ZoneInfo, *, day_first: bool) -> None:
        self._columns = columns
        self._zone = zone
        self._day_first = day_first

    def ballots(self, table: FileTable, rejected: list[RejectedRow]) -> Iterator[BallotDraft]:
        """Read each row; where a row holds one choice, those of one voter become one ballot."""
        joined: dict[tuple[str, str], BallotDraft] = {}
        for line, cells in table.rows():
            try:
                ballot = replace(self._ballot(cells), line=line)
            except CellError as error:
                rejected.append(RejectedRow(line, error.column, error.value, error.message, error.values))
                continue
            if "vote" in self._columns:
                yield ballot
                continue
            who = (ballot.platform, ballot.voter)
            joined[who] = _together(joined[who], ballot) if who in joined else ballot
        yield from joined.values()

    def _ballot(self, cells: Sequence[Cell]) -> BallotDraft:
        chosen = self._cell(cells, "vote") if "vote" in self._columns else self._cell(cells, "entry")
        ballot = ballot_of(self._cell(cells, "voter"), chosen, self._cell(cells, "platform"))
        return replace(
            ballot,
            voted_at=self._moment(cells, "voted_at"),
            account_since=self._moment(cells, "account_since"),
        )

    def _moment(self, cells: Sequence[Cell], field: str) -> datetime | None:
        cell = self._cell(cells, field)
        if not known(cell):
            return None
        try:
            return read_moment(cell, day_first=self._day_first).instant(self._zone)
        except CellError as error:
            raise CellError(error.message, column=field, value=plain(cell)[:40]) from error

    def _cell(self, cells: Sequence[Cell], field: str) -> Cell:
        return cells[self._columns[field]] if field in self._columns else ""


def _together(one: BallotDraft, other: BallotDraft) -> BallotDraft:
    moments = [it.voted_at for it in (one, other) if it.voted_at]
    choices = dict.fromkeys((*one.choices, *other.choices))
    return replace(one, choices=tuple(choices), voted_at=max(moments, default=None))


def _entries(
    table: FileTable, columns: Found, currency: str, rejected: list[RejectedRow]
) -> Iterator[EntryDraft]:
    seen: set[str] = set()
    without_keys = (
        "key" not in columns and "url" in columns
    )  # entries of a contest, told apart by their links
    for number, (line, cells) in enumerate(table.rows(), start=1):
        said = {field: plain(cells[place]) for field, place in columns.items()}
        key = entry_key(said["key"]) if "key" in columns else "" if without_keys else str(number)
        if (not key and not without_keys) or key.casefold() in seen:
            reason = mark("the idea has no key") if not key else mark("another idea above has this key")
            rejected.append(RejectedRow(line, "key", key, reason))
            continue
        try:
            cost = read_money(cells[columns["cost"]], currency) if known(said.get("cost", "")) else None
        except CellError as error:
            rejected.append(RejectedRow(line, "cost", error.value, error.message, error.values))
            continue
        seen |= {key.casefold()} - {""}
        about, by, url = (said.get(field, "") for field in ("about", "proposed_by", "url"))
        yield EntryDraft(key, said["title"], cost, about, by, url)


def _marks(table: FileTable, columns: Found, rejected: list[RejectedRow]) -> Iterator[MarkDraft]:
    entry = columns.get("entry", columns.get("key", 0))
    for line, cells in table.rows():
        written = plain(cells[columns["mark"]])
        whole = _WHOLE_NUMBER.fullmatch(written)
        if whole is None:
            reason = mark("{points} is no mark: give a whole number from 1 to 10")
            rejected.append(RejectedRow(line, "mark", written[:40], reason, {"points": written[:40]}))
            continue
        yield MarkDraft(line, plain(cells[columns["juror"]]), entry_key(cells[entry]), int(whole[1]))
