"""Tables that say the tone of posts, one a row."""

from collections.abc import Mapping
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, known, plain, simplified
from ambassador.intake.encodings import letter_notes
from ambassador.intake.files import Content
from ambassador.intake.small_tables import headings, open_small_table
from ambassador.values.identity import canonical_platform
from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.tone import Drawn, Tone, ToneDraft, ToneFile

_FIELDS: Final = headings(
    {
        "tone": "tone|tono|sentiment|sentimento|polarity|polarita|label|etichetta|airline sentiment",
        "mention": "mention|menzione|number|numero|mention number|mention id",
        "platform": "platform|piattaforma|network|social",
        "post": "post|post id|id|tweet id|id post|status id",
        "url": "url|link|address|indirizzo|permalink",
        "drawn": "drawn|how it was drawn|estratto|come e stato estratto",
    }
)
_TONES: Final = {
    Tone.NEGATIVE: "negative|negativo|negativa|neg|complaint|reclamo|bad",
    Tone.NEUTRAL: "neutral|neutro|neutra|neutrale|neu|none|0",
    Tone.POSITIVE: "positive|positivo|positiva|pos|praise|elogio|good|1",
    Tone.CANNOT_TELL: "cannot tell|cannot_tell|unclear|unknown|mixed|non si capisce|non so|misto",
}
_RANDOM: Final = frozenset({"random", "a caso", "caso", "yes", "si", "true"})


def read_tone_file(content: Content) -> ToneFile:
    r"""Read a table of labels: which post, and what its tone is.

    >>> found = read_tone_file(Content("tone.csv", b"mention,tone\n7,negativo\n8,grumpy\n"))
    >>> [(line, draft.mention_id, draft.tone.value) for line, draft in found.drafts]
    [(2, 7, 'negative')]
    >>> [(row.line, row.value) for row in found.rejected]
    [(3, 'grumpy')]
    """
    table, columns = open_small_table(content, _FIELDS)
    if "tone" not in columns:
        message = mark("{file} does not say what the tone is: it needs a column called tone")
        raise BadInputError(message, file=content.name)
    if not {"mention", "post", "url"} & columns.keys():
        message = mark(
            "{file} does not say which posts are meant: it needs a column called mention, url, or platform"
            " and post"
        )
        raise BadInputError(message, file=content.name)
    drafts: list[tuple[int, ToneDraft]] = []
    rejected: list[RejectedRow] = []
    for line, cells in table.rows():
        row = {field: cells[place] for field, place in columns.items()}
        try:
            drafts.append((line, _draft(row)))
        except CellError as error:
            rejected.append(RejectedRow(line, error.column, error.value, error.message, error.values))
    left_out = ", ".join(
        header for at, header in enumerate(table.headers) if header and at not in columns.values()
    )
    unused = [Note(mark("columns that are not used: {names}"), {"names": left_out})] if left_out else []
    return ToneFile(tuple(drafts), tuple(rejected), (*letter_notes(content), *unused))


def _draft(row: Mapping[str, Cell]) -> ToneDraft:
    number = plain(row.get("mention", ""))
    if known(number) and not number.isdecimal():
        raise CellError(mark("{value} is not the number of a mention"), column="mention", value=number[:40])
    draft = ToneDraft(
        tone=_tone(plain(row["tone"])),
        mention_id=int(number) if known(number) else None,
        platform=canonical_platform(plain(row.get("platform", ""))),
        post_id=plain(row.get("post", "")),
        url=plain(row.get("url", "")),
        drawn=Drawn.RANDOM if simplified(plain(row.get("drawn", ""))) in _RANDOM else Drawn.FILE,
    )
    if draft.mention_id is None and not draft.post_id and not draft.url:
        raise CellError(mark("no post is named here"), column="mention", value="")
    return draft


def _tone(cell: str) -> Tone:
    if cell.startswith("-"):
        return Tone.NEGATIVE if cell.lstrip("-").strip() == "1" else _unknown(cell)
    wanted = simplified(cell)
    for tone, said in _TONES.items():
        if wanted in said.split("|"):
            return tone
    return _unknown(cell)


def _unknown(cell: str) -> Tone:
    message = mark("{value} is none of {names}")
    raise CellError(message, column="tone", value=cell[:40], names=", ".join(tone.value for tone in Tone))
