"""Import a file: look at it, ask what only a person can say, then read it whole and write it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlmodel import Session

from ambassador.errors import DatabaseBusyError, UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.encodings import settle_encoding
from ambassador.intake.files import Content
from ambassador.intake.kinds import kind_in
from ambassador.intake.reading import (
    ReadingOptions,
    content_to_read,
    inspect_file,
    read_drafts,
    signatures_of,
)
from ambassador.services.imports.import_report import nothing_written, refuse_bad_rows
from ambassador.services.imports.write_rows import rehearse_rows, write_rows
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign, list_campaigns
from ambassador.store.devices.courier_words import courier_words
from ambassador.store.imports.batches import saved_mapping
from ambassador.values.drafts import Drafts
from ambassador.values.imports.imports import (
    ColumnMapping,
    FilePreview,
    ImportReport,
    Progress,
    QuestionKind,
    silent,
)
from ambassador.values.status import ImportKind


@dataclass(frozen=True, slots=True)
class NodesFile:
    """The list of the nodes of a network that comes in two files."""

    name: str
    data: bytes | Path = field(repr=False)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be read and written, beyond what its layout's saved mapping says."""

    mapping: ColumnMapping | None = None
    """The whole mapping as a person confirmed it, in the place of the saved and the proposed one."""
    columns: Mapping[str, str] | None = None
    """Single fields moved to another column; an empty header leaves a field out."""
    answers: Mapping[str, str] | None = None
    sheet: str | None = None
    all_or_nothing: bool = False
    campaign_id: int | None = None
    nodes: NodesFile | None = None
    """Whom the numbers of ties stand for."""


def preview_import(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: bytes | Path,
    options: ImportOptions | None = None,
    *,
    progress: Progress = silent,
) -> FilePreview:
    r"""Tell what is recognised in a file and what has to be asked; nothing is written.

    Examples
    --------
    >>> found = preview_import(work, ImportKind.PEOPLE, "p.csv", b"platform,handle,followers\nx,ugo,50\n")
    >>> found.mapping.columns["handle"]
    'handle'
    """
    content = content_to_read(name, data, progress=progress)
    reading = _reading(work, kind, name, content, options or ImportOptions(), progress)
    return inspect_file(name, content, kind, reading, progress=progress)


def propose_kind(
    work: UnitOfWork, name: str, data: bytes | Path, sheet: str | None = None
) -> ImportKind | None:
    r"""Say what a file seems to hold, told from its content; None where that is not clear.

    Couriers' words that somebody here explained count as those known from the start.

    Examples
    --------
    >>> propose_kind(work, "may.csv", b"tracking number,status,recipient\n991,Delivered,Bea Neri\n").value
    'courier'
    """
    content = content_to_read(name, data)
    with suppress(UnreadableFileError):  # which the preview tells
        settle_encoding(content)
    with work.reading() as session:
        words = courier_words(session)
    return kind_in(content, sheet, words)


def import_file(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: bytes | Path,
    options: ImportOptions | None = None,
    *,
    progress: Progress = silent,
) -> ImportReport:
    r"""Read a file whole, then write it, many rows in pieces; the same file twice adds nothing.

    Examples
    --------
    >>> file = b"platform,handle,name,followers\nx,bea,Bea Neri,75\nx,,Nobody,3\n"
    >>> report = import_file(work, ImportKind.PEOPLE, "people.csv", file)
    >>> report.added, report.rejected
    (1, 1)
    """
    chosen = options or ImportOptions()
    drafts = _drafts(work, kind, name, data, chosen, progress)
    if chosen.all_or_nothing:
        refuse_bad_rows(nothing_written(drafts))
    return write_rows(
        work, drafts, progress, campaign_id=chosen.campaign_id, all_or_nothing=chosen.all_or_nothing
    )


def rehearse_import(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: bytes | Path,
    options: ImportOptions | None = None,
    *,
    progress: Progress = silent,
) -> ImportReport | None:
    r"""Say what an import would do, row by row, and keep nothing of it; None where that cannot be tried.

    Examples
    --------
    >>> file = b"platform,handle,name,followers\nx,not.here.yet,Ida Moro,76\nx,,Nobody,3\n"
    >>> told = rehearse_import(work, ImportKind.PEOPLE, "people.csv", file)
    >>> told.added, told.rejected, told.batch_id
    (1, 1, None)
    """
    chosen = options or ImportOptions()
    drafts = _drafts(work, kind, name, data, chosen, progress)
    return rehearse_rows(work, drafts, progress, campaign_id=chosen.campaign_id)


def _drafts(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: bytes | Path,
    options: ImportOptions,
    progress: Progress,
) -> Drafts[Any]:
    """Read a file whole; what was kept of it on the way goes with the reading."""
    content = content_to_read(name, data, progress=progress)
    reading = _reading(work, kind, name, content, options, progress)
    return read_drafts(name, content, kind, reading, progress=progress)


def _reading(
    work: UnitOfWork,
    kind: ImportKind,
    name: str,
    data: Content,
    options: ImportOptions,
    progress: Progress = silent,
) -> ReadingOptions:
    saved = options.mapping
    settle_encoding(data, (options.answers or {}).get(QuestionKind.ENCODING, ""))
    with work.reading() as session:
        zone = _zone(session, options.campaign_id)
        currency = _currency(session, options.campaign_id)
        words = courier_words(session) if kind is ImportKind.COURIER else None
        if saved is None:
            signatures = signatures_of(name, data, kind, options.sheet, progress=progress)
            found = (saved_mapping(session, kind, signature) for signature in signatures)
            saved = next(filter(None, found), None)
    answers = {**_remembered(kind, saved), **(options.answers or {})}
    nodes = Content(options.nodes.name, options.nodes.data) if options.nodes else None
    return ReadingOptions(saved, options.columns, answers, zone, options.sheet, currency, words, nodes)


def _remembered(kind: ImportKind, saved: ColumnMapping | None) -> dict[str, str]:
    """Take whose posts the last file of a layout had for those of the next: it is told, to be changed."""
    author = saved.answers.get(QuestionKind.AUTHOR) if saved and kind is ImportKind.MENTIONS else None
    return {QuestionKind.AUTHOR.value: author} if author else {}


def _currency(session: Session, campaign_id: int | None) -> str:
    """Return the currency of the campaign, or of all campaigns if they share one."""
    if campaign_id is not None:
        return get_campaign(session, campaign_id).currency
    currencies = {campaign.currency for campaign in list_campaigns(session)}
    return currencies.pop() if len(currencies) == 1 else "EUR"


def _zone(session: Session, campaign_id: int | None) -> str:
    """Return the zone of the campaign, or of all campaigns if they share one."""
    if campaign_id is not None:
        return get_campaign(session, campaign_id).time_zone
    zones = {campaign.time_zone for campaign in list_campaigns(session)}
    return zones.pop() if len(zones) == 1 else "UTC"


def refresh_after(work: UnitOfWork) -> None:
    """Bring up to date what rests on imported rows, these or those of an import that was cut off.

    Examples
    --------
    >>> refresh_after(work)
    """
    try:
        bring_up_to_date(work)
    except DatabaseBusyError as error:
        message = mark(
            "The rows of the file are in. Matches, credit and cascades could not be worked out yet, because "
            "the database is in use; the next page or command works them out."
        )
        raise DatabaseBusyError(message) from error
