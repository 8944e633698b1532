"""The posts incidents are about: which of them complain, and what they say."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.people.people import in_slices
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.values.care.states import CaseEventKind, CaseKind
from ambassador.values.status import Label

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


def texts_of(session: Session, mention_ids: Sequence[int]) -> dict[int, str]:
    """Post -> what it says."""
    found: dict[int, str] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.execute(columns(col(Mention.id), col(Mention.text)).where(col(Mention.id).in_(ids)))
        found |= {number: text for number, text in rows if number is not None}
    return found
