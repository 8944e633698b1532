"""Labels of tone: every one that was given is kept, and the last of a post stands."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.among import among
from ambassador.store.people.people import in_slices
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.store.tables.tone import ToneLabel
from ambassador.values.care.states import CaseEventKind, CaseKind
from ambassador.values.status import Label
from ambassador.values.tone import Drawn, Tone, ToneSaid

_OF_LABEL: Final = {Label.COMPLAINT: Tone.NEGATIVE, Label.PRAISE: Tone.POSITIVE}
_OF_CASE: Final = {
    CaseKind.COMPLAINT: Tone.NEGATIVE,
    CaseKind.CRISIS: Tone.NEGATIVE,
    CaseKind.PRAISE: Tone.POSITIVE,
}


def put_labels(
    session: Session,
    wanted: Mapping[int, Tone | None],
    *,
    drawn: Drawn | Mapping[int, Drawn],
    actor: str,
    at: datetime,
) -> dict[int, Tone | None]:
    """Say the tone of posts where it is not said already; give those that changed, with what stood before."""
    standing = standing_labels(session, wanted)
    before = {key: standing[key].tone if key in standing else None for key in wanted}
    changed = {key: tone for key, tone in wanted.items() if before[key] != tone}
    session.add_all(
        ToneLabel(
            mention_id=key,
            tone=tone,
            drawn=drawn if isinstance(drawn, Drawn) else drawn[key],
            actor=actor,
            labelled_at=at,
        )
        for key, tone in changed.items()
    )
    session.flush()
    return {key: before[key] for key in changed}


def standing_labels(session: Session, mention_ids: Collection[int] | None = None) -> dict[int, ToneSaid]:
    """Mention -> what was said of its tone last, of some or of all, the oldest first; not those taken off."""
    found: dict[int, ToneSaid] = {}
    for ids in [None] if mention_ids is None else in_slices(set(mention_ids)):
        newest = columns(func.max(col(ToneLabel.id))).group_by(col(ToneLabel.mention_id))
        if ids is not None:
            newest = newest.where(among(col(ToneLabel.mention_id), ids))
        wanted = select(ToneLabel).where(col(ToneLabel.id).in_(newest)).order_by(col(ToneLabel.id))
        found |= {row.mention_id: _said(row) for row in session.exec(wanted) if row.tone is not None}
    return found


def history_of(session: Session, mention_id: int) -> tuple[ToneSaid, ...]:
    """Give all that was said of the tone of a post, the last first."""
    wanted = select(ToneLabel).where(ToneLabel.mention_id == mention_id)
    return tuple(_said(row) for row in session.exec(wanted.order_by(col(ToneLabel.id).desc())))


def labels_by_care(session: Session) -> dict[int, Tone]:
    """Mention -> the tone that its label, or the case it is in, stands for; none where these disagree."""
    said: dict[int, set[Tone]] = defaultdict(set)
    labels = columns(col(MentionLabel.mention_id), col(MentionLabel.label))
    for mention, label in session.execute(labels.where(col(MentionLabel.label).in_(_OF_LABEL))):
        said[mention].add(_OF_LABEL[label])
    cases = columns(col(CareEvent.mention_id), col(CareCase.kind))
    cases = cases.join(CareCase, col(CareCase.id) == CareEvent.case_id)
    by_them = (col(CareEvent.mention_id).is_not(None), col(CareEvent.kind) == CaseEventKind.ASKED)
    for mention, kind in session.execute(cases.where(*by_them, col(CareCase.kind).in_(_OF_CASE))):
        said[mention].add(_OF_CASE[kind])
    return {mention: tones.pop() for mention, tones in said.items() if len(tones) == 1}


def erased_among(session: Session, mention_ids: Collection[int]) -> set[int]:
    """Say which of some posts were erased: nothing can be said of them."""
    found: set[int] = set()
    for ids in in_slices(set(mention_ids)):
        gone = columns(col(Mention.id)).where(
            among(col(Mention.id), ids), col(Mention.erased_at).is_not(None)
        )
        found |= {key for (key,) in session.execute(gone)}
    return found


def _said(row: ToneLabel) -> ToneSaid:
    return ToneSaid(row.tone, row.drawn, row.actor, row.labelled_at)
