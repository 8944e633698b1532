"""Tables of what customers said: messages, calls and e-mails, one a row."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, known, plain, simplified
from ambassador.intake.encodings import letter_notes
from ambassador.intake.files import Content
from ambassador.intake.moments import order_of_days, read_moment
from ambassador.intake.small_tables import headings, open_small_table
from ambassador.values.care.cases import CaseDraft, CasesFile
from ambassador.values.care.states import CaseChannel, CaseKind, CasePriority
from ambassador.values.identity import canonical_platform, parse_account
from ambassador.values.imports.imports import Note, RejectedRow

_FIELDS: Final = headings(
    {
        "text": "text|testo|message|messaggio|body|what|request|richiesta|question|domanda|complaint|reclamo"
        "|notes|note|description|descrizione",
        "subject": "subject|oggetto|title|titolo",
        "customer": "customer|cliente|name|nome|from|da|sender|mittente|caller|who|chi|customer name"
        "|nome cliente",
        "contact": "contact|contatto|email|e mail|mail|telephone|telefono|phone|phone number|number|numero"
        "|email address|indirizzo email|cellulare|mobile",
        "account": "account|handle|username|user|nome utente|utente|profile|profilo",
        "platform": "platform|piattaforma|network|social",
        "channel": "channel|canale|way|type of contact|source|via|mezzo|tipo di contatto",
        "kind": "kind|tipo|type|category|categoria|tipologia",
        "priority": "priority|priorita|urgency|urgenza",
        "owner": "owner|responsabile|assigned to|assegnato a|agent|operatore|in carico a",
        "said_at": "date|data|time|ora|when|quando|timestamp|created at|received"
        "|received at|ricevuto|ricevuto il|data e ora|date and time|sent at|opened at",
    }
)
_CHANNELS: Final = {
    CaseChannel.MESSAGE: "message|messages|messaggio|messaggi|dm|direct|direct message|chat|whatsapp|sms"
    "|messenger|telegram",
    CaseChannel.CALL: "call|calls|chiamata|chiamate|telefonata|telephone|telefono|phone|phone call|voice",
    CaseChannel.EMAIL: "email|e mail|mail|emails|posta|posta elettronica",
}
_KINDS: Final = {
    CaseKind.COMPLAINT: "complaint|complaints|reclamo|reclami|lamentela|problem|problema|issue",
    CaseKind.QUESTION: "question|questions|domanda|domande|request|richiesta|richieste|information"
    "|informazioni|info",
    CaseKind.PRAISE: "praise|elogio|complimento|complimenti|thanks|ringraziamento",
    CaseKind.CRISIS: "crisis|crisi|emergency|emergenza",
}
_PRIORITIES: Final = {
    CasePriority.HIGH: "high|alta|alto|urgent|urgente|1",
    CasePriority.NORMAL: "normal|normale|medium|media|medio|2",
    CasePriority.LOW: "low|bassa|basso|3",
}
_Named = TypeVar("_Named", bound=StrEnum)


def read_cases_file(content: Content, *, zone: str) -> CasesFile:
    r"""Read a table of what customers said; moments without a zone are of ``zone``.

    >>> data = (
    ...     b"date,customer,email,message,channel\n2026-05-04 09:00,Ida,ida@example.org,Where is it?,email\n"
    ... )
    >>> ((line, draft),) = read_cases_file(Content("today.csv", data), zone="UTC").drafts
    >>> line, draft.text, draft.channel.value, draft.said_at.hour
    (2, 'Where is it?', 'email', 9)
    """
    table, columns = open_small_table(content, _FIELDS)
    if "text" not in columns:
        message = mark("{file} does not say what customers said: it needs a column called message or text")
        raise BadInputError(message, file=content.name)
    rows = [(line, {field: cells[place] for field, place in columns.items()}) for line, cells in table.rows()]
    day_first, told = order_of_days([plain(row.get("said_at", "")) for _, row in rows])
    drafts: list[tuple[int, CaseDraft]] = []
    rejected: list[RejectedRow] = []
    for line, row in rows:
        try:
            drafts.append((line, _draft(row, ZoneInfo(zone), day_first=day_first)))
        except CellError as error:
            rejected.append(RejectedRow(line, error.column, error.value, error.message, error.values))
    left_out = [header for at, header in enumerate(table.headers) if header and at not in columns.values()]
    notes = (*letter_notes(content), *told, *_assumed(columns), *_left_out(left_out))
    return CasesFile(tuple(drafts), tuple(rejected), notes)


def _assumed(columns: Mapping[str, int]) -> list[Note]:
    """Tell what is taken for granted because no column says it."""
    texts = {
        "channel": mark("no column says which way they came: taken as messages"),
        "kind": mark("no column says what they are: taken as questions"),
        "said_at": mark("no column says when they came: taken as now"),
    }
    return [Note(text) for field, text in texts.items() if field not in columns]


def _left_out(headers: list[str]) -> list[Note]:
    names = ", ".join(headers)
    return [Note(mark("columns that are not used: {names}"), {"names": names})] if headers else []


def _draft(row: Mapping[str, Cell], zone: ZoneInfo, *, day_first: bool) -> CaseDraft:
    said = row.get("said_at", "")
    try:
        at = read_moment(said, day_first=day_first).instant(zone) if known(said) else None
    except CellError as error:
        told = {name: value for name, value in error.values.items() if name not in {"column", "value"}}
        raise CellError(error.message, column="said_at", value=plain(said)[:40], **told) from error
    text = plain(row["text"])
    if not text:
        raise CellError(mark("nothing was said here"), column="text", value="")
    account = _account(plain(row.get("platform", "")), plain(row.get("account", "")))
    return CaseDraft(
        text=text,
        kind=_named(row, "kind", _KINDS, CaseKind.QUESTION),
        channel=_named(row, "channel", _CHANNELS, CaseChannel.MESSAGE),
        customer=plain(row.get("customer", "")) or ("" if account else plain(row.get("account", ""))),
        contact=plain(row.get("contact", "")),
        account=account,
        priority=_named(row, "priority", _PRIORITIES, CasePriority.NORMAL),
        owner=plain(row.get("owner", "")),
        subject=plain(row.get("subject", "")),
        said_at=at,
    )


def _account(platform: str, handle: str) -> str:
    """Write an account as ``platform:handle``; nothing where no platform is said: then it is but a name."""
    stated, name = parse_account(handle)
    on = canonical_platform(platform) or stated
    return f"{on}:{name}" if on and name else ""


def _named(row: Mapping[str, Cell], field: str, words: Mapping[_Named, str], usual: _Named) -> _Named:
    """Read one of a few words, in Italian or English; nothing is what is usual."""
    cell = plain(row.get(field, ""))
    if not known(cell):
        return usual
    wanted = simplified(cell)
    for one, said in words.items():
        if wanted in said.split("|"):
            return one
    message = mark("{value} is none of {names}")
    raise CellError(message, column=field, value=cell[:40], names=", ".join(one.value for one in words))
