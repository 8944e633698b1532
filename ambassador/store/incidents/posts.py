"""The posts incidents are about: which of them complain, and what they say."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.people.people import in_slices
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.store.tone.labels import standing_labels
from ambassador.values.care.states import CaseEventKind, CaseKind
from ambassador.values.status import Label
from ambassador.values.tone import Tone

_COMPLAINING = (CaseKind.COMPLAINT, CaseKind.CRISIS)


def complaining_posts(session: Session) -> npt.NDArray[np.int64]:
    """Number the posts labelled as complaints, and those of customers in cases of complaint or crisis."""
    labelled = columns(col(MentionLabel.mention_id)).where(col(MentionLabel.label) == Label.COMPLAINT)
    in_cases = (
        columns(col(CareEvent.mention_id))
        .join(CareCase, col(CareCase.id) == CareEvent.case_id)
        .where(
            col(CareEvent.mention_id).is_not(None),
            col(CareEvent.kind) == CaseEventKind.ASKED,
            col(CareCase.kind).in_(_COMPLAINING),
        )
    )
    found = {number for query in (labelled, in_cases) for (number,) in session.execute(query)}
    return np.array(sorted(found), np.int64)


def negative_posts(session: Session) -> npt.NDArray[np.int64]:
    """Number the posts known as complaints, and those somebody labelled as negative in tone."""
    negative = [post for post, said in standing_labels(session).items() if said.tone is Tone.NEGATIVE]
    return np.union1d(complaining_posts(session), np.array(negative, np.int64))


def texts_of(session: Session, mention_ids: Sequence[int]) -> dict[int, str]:
    """Post -> what it says."""
    found: dict[int, str] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.execute(columns(col(Mention.id), col(Mention.text)).where(col(Mention.id).in_(ids)))
        found |= {number: text for number, text in rows if number is not None}
    return found


class CaseEffort(NamedTuple):
    """What some cases took."""

    cases: int
    answers: int
    logged: int
    """Cases with minutes logged."""
    minutes: int


def effort_of_cases(session: Session, mention_ids: Sequence[int]) -> CaseEffort:
    """Count the cases that hold any of some posts, the answers given in them, and the minutes logged."""
    cases: set[int] = set()
    for ids in in_slices(set(mention_ids)):
        query = columns(col(CareEvent.case_id)).where(col(CareEvent.mention_id).in_(ids))
        cases |= {number for (number,) in session.execute(query)}
    answers = logged = minutes = 0
    for ids in in_slices(cases):
        answered = columns(func.count()).where(
            col(CareEvent.case_id).in_(ids), col(CareEvent.kind) == CaseEventKind.ANSWERED
        )
        answers += int(session.execute(answered).scalar_one())
        took = columns(
            func.count(func.distinct(col(CareEvent.case_id))),
            func.coalesce(func.sum(col(CareEvent.minutes)), 0),
        ).where(col(CareEvent.case_id).in_(ids), col(CareEvent.minutes).is_not(None))
        some, total = session.execute(took).one()
        logged, minutes = logged + int(some), minutes + int(total)
    return CaseEffort(len(cases), answers, logged, minutes)
