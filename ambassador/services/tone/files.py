"""Labels of tone from a file, and all of them as a table."""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session

from ambassador.errors import AmbassadorError
from ambassador.i18n import mark
from ambassador.intake.reading import content_to_read
from ambassador.intake.tone import read_tone_file
from ambassador.reports.table_file import table_file
from ambassador.services.tone.labelling import refuse_unknown
from ambassador.services.work import UnitOfWork
from ambassador.store.mentions.mentions import find_post, read_mentions
from ambassador.store.tone.labels import put_labels, standing_labels
from ambassador.values.addresses import post_of_address
from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.table_format import TableFormat
from ambassador.values.tone import Drawn, Tone, ToneDraft, ToneReport

_HEADERS: Final = ("mention", "platform", "post", "url", "tone", "drawn", "by", "at", "text")
_NOWHERE: Final = mark("this post is not here")


def label_from_file(work: UnitOfWork, name: str, data: bytes) -> ToneReport:
    r"""Take in a table of labels, all of it as one thing; the same file twice changes nothing.

    Examples
    --------
    >>> file = b"mention,tone\n2,negative\n3,positivo\n99,negative\n"
    >>> report = label_from_file(work, "tone.csv", file)
    >>> report.labelled, [(row.line, row.value) for row in report.rejected]
    (2, [(4, '99')])
    >>> label_from_file(work, "tone.csv", file).known
    2
    """
    found = read_tone_file(content_to_read(name, data))
    rejected = list(found.rejected)
    with work.writing() as session:
        tones: dict[int, Tone] = {}
        drawn: dict[int, Drawn] = {}
        twice = 0
        for line, draft in found.drafts:
            try:
                key = _mention_of(session, draft)
            except AmbassadorError as error:
                rejected.append(RejectedRow(line, "mention", _called(draft), error.message, error.values))
                continue
            if key is None:
                rejected.append(RejectedRow(line, "mention", _called(draft), _NOWHERE))
                continue
            twice += tones.get(key, draft.tone) is not draft.tone
            tones[key], drawn[key] = draft.tone, draft.drawn
        changed = put_labels(session, tones, drawn=drawn, actor=work.actor, at=work.now())
    further = mark("{count} rows say another tone of a post than a row before them: the later one counts")
    notes = (*found.notes, Note(further, {"count": twice})) if twice else found.notes
    replaced = sum(before is not None for before in changed.values())
    return ToneReport(
        len(changed),
        replaced,
        len(tones) - len(changed),
        tuple(sorted(rejected, key=lambda row: row.line)),
        notes,
    )


def _mention_of(session: Session, draft: ToneDraft) -> int | None:
    if draft.mention_id is not None:
        refuse_unknown(session, [draft.mention_id])
        return draft.mention_id
    key = post_of_address(draft.url) if draft.url else None
    platform, post_id = (key.platform, key.post_id) if key else (draft.platform, draft.post_id)
    row = find_post(session, platform, post_id) if post_id else None
    if row is None or row.id is None:
        return None
    refuse_unknown(session, [row.id])
    return row.id


def _called(draft: ToneDraft) -> str:
    return (str(draft.mention_id) if draft.mention_id is not None else draft.url or draft.post_id)[:80]


def labels_table(work: UnitOfWork, form: TableFormat = TableFormat.CSV) -> bytes:
    """Write all labels that stand as a table that ``label_from_file`` reads again.

    Examples
    --------
    >>> labels_table(work).decode("utf-8-sig").splitlines()
    ['mention,platform,post,url,tone,drawn,by,at,text']
    """
    with work.reading() as session:
        labels = standing_labels(session)
        posts = read_mentions(session, list(labels))
        rows: Sequence[tuple[str | int, ...]] = [
            (
                key,
                posts[key][0].platform,
                posts[key][0].post_id,
                posts[key][0].url,
                said.tone.value,
                said.drawn.value,
                said.actor,
                said.at.isoformat(timespec="seconds"),
                posts[key][0].text,
            )
            for key, said in labels.items()
            if key in posts and said.tone is not None
        ]
    return table_file(form, "tone", _HEADERS, rows)
