"""What is learned from the labels of this workspace, kept until a label or a text changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from ambassador.metrics.wording.features import features_of
from ambassador.metrics.wording.regression import NEGATIVE, NEUTRAL, POSITIVE, ToneModel, learn_tone
from ambassador.services.tone.labelling import CARE_COUNTS
from ambassador.store.kept import kept_for
from ambassador.store.settings import get_setting
from ambassador.store.tone.labels import labels_by_care, standing_labels
from ambassador.store.tone.texts import texts_of_posts
from ambassador.values.tone import MOST_LEARNED, Drawn, Tone

KIND_OF: Final = {Tone.NEGATIVE: NEGATIVE, Tone.NEUTRAL: NEUTRAL, Tone.POSITIVE: POSITIVE}


@dataclass(frozen=True, slots=True)
class Told:
    """The label of a post that counts."""

    tone: Tone
    drawn: Drawn
    by_care: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """Labelled texts in the order they were labelled, at most ``MOST_LEARNED``, the last ones."""

    ids: tuple[int, ...]
    texts: tuple[str, ...]
    kinds: npt.NDArray[np.int64]
    are_random: npt.NDArray[np.bool_]


def labels_in(session: Session) -> dict[int, Told]:
    """Give every label that counts by post: what people said of the tone, then (where let) customer care.

    Examples
    --------
    >>> labels_in(session)
    {}
    """
    own = {key: Told(said.tone, said.drawn) for key, said in standing_labels(session).items() if said.tone}
    if not care_counts(session):
        return own
    by_care = labels_by_care(session)
    return {key: Told(tone, Drawn.CHOSEN, by_care=True) for key, tone in by_care.items()} | own


def care_counts(session: Session) -> bool:
    """Tell whether labels and cases of customer care count.

    Examples
    --------
    >>> care_counts(session)
    False
    """
    return bool(get_setting(session, CARE_COUNTS, default=False))


def lesson_of(session: Session, labels: Mapping[int, Told], most: int = MOST_LEARNED) -> Lesson:
    """Read the texts of the labels given last that say a tone.

    Examples
    --------
    >>> lesson_of(session, {2: Told(Tone.NEGATIVE, Drawn.RANDOM)}).kinds.tolist()
    [0]
    """
    telling = {key: told for key, told in labels.items() if told.tone in KIND_OF}
    texts = texts_of_posts(session, telling)
    kept = [key for key in telling if key in texts]
    last = list(islice(kept, max(len(kept) - most, 0), None))
    return Lesson(
        tuple(last),
        tuple(texts[key] for key in last),
        np.array([KIND_OF[telling[key].tone] for key in last], np.int64),
        np.array([telling[key].drawn is Drawn.RANDOM for key in last], np.bool_),
    )


def model_in(session: Session) -> tuple[ToneModel, int]:
    """Give what is learned from the labels, and from how many.

    Examples
    --------
    >>> model_in(session)[1]
    0
    """
    return kept_for(session, "tone model", None, lambda: _learn(session))


def _learn(session: Session) -> tuple[ToneModel, int]:
    lesson = lesson_of(session, labels_in(session))
    return learn_tone(features_of(lesson.texts), lesson.kinds), len(lesson.ids)
