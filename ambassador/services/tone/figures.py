"""How good the order of reading is, on the labels of this workspace: each judged by what the others teach."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from ambassador.metrics.wording.checking import (
    READ,
    PlattScale,
    calibrate,
    calibration_error,
    fold_of,
    found_first,
    found_range,
    is_negative,
    macro_f1,
    unseen_chances,
    unseen_logits,
)
from ambassador.metrics.wording.features import features_of
from ambassador.metrics.wording.regression import ToneModel, negativity, prior_weights
from ambassador.services.tone.learned import Lesson, Told, care_counts, labels_in, lesson_of
from ambassador.services.work import UnitOfWork
from ambassador.store.kept import kept_for
from ambassador.store.mentions.holding import live_posts
from ambassador.values.tone import (
    LABELS_FOR_CHANCE,
    MOST_LEARNED,
    MOST_ORDERED,
    NEGATIVE_FOR_CHANCE,
    OF_EACH_TO_CHECK,
    RANDOM_FOR_CHANCE,
    Drawn,
    FoundShare,
    Tone,
    ToneFigures,
    ToneScores,
)

_MOST_CHECKED: Final = 1_000
"""The labels given last that are judged: five times over, each by the other four fifths."""
_RANDOM_TO_WEIGH: Final = 30
"""Posts drawn at random before they stand for all the others: fewer would let two or three decide."""
_Floats = npt.NDArray[np.float64]


def tone_figures(work: UnitOfWork) -> ToneFigures:
    """Tell how many labels there are and what the order learned from them is worth.

    Examples
    --------
    >>> figures = tone_figures(work)
    >>> figures.told, figures.found, figures.missing
    (0, None, 50)
    """
    with work.reading() as session:
        return _checked(session)[0]


def calibration_in(session: Session) -> PlattScale | None:
    """Give what turns the order into probabilities; None before there are labels enough.

    Examples
    --------
    >>> calibration_in(session)
    """
    return _checked(session)[1]


def _checked(session: Session) -> tuple[ToneFigures, PlattScale | None]:
    return kept_for(session, "tone figures", None, lambda: _check(session))


def _check(session: Session) -> tuple[ToneFigures, PlattScale | None]:
    labels = labels_in(session)
    counted = _counted(labels, cares=care_counts(session))
    others = counted.neutral + counted.positive
    if counted.missing or min(counted.negative, others) < OF_EACH_TO_CHECK:
        return counted, None
    lesson = lesson_of(session, labels, _MOST_CHECKED)
    posts = min(live_posts(session).ids.size, MOST_ORDERED)
    return _judge(lesson, counted, posts)


def _counted(labels: Mapping[int, Told], *, cares: bool) -> ToneFigures:
    many = Counter(told.tone for told in labels.values())
    telling = [told for told in labels.values() if told.tone is not Tone.CANNOT_TELL]
    return ToneFigures(
        negative=many[Tone.NEGATIVE],
        neutral=many[Tone.NEUTRAL],
        positive=many[Tone.POSITIVE],
        cannot_tell=many[Tone.CANNOT_TELL],
        random=sum(told.drawn is Drawn.RANDOM for told in telling),
        random_negative=sum(told.drawn is Drawn.RANDOM and told.tone is Tone.NEGATIVE for told in telling),
        by_care=sum(told.by_care for told in telling),
        care_counts=cares,
        learned=min(len(telling), MOST_LEARNED),
    )


def _judge(lesson: Lesson, counted: ToneFigures, posts: int) -> tuple[ToneFigures, PlattScale | None]:
    kinds, negative = lesson.kinds, is_negative(lesson.kinds)
    weights, weighted = _weights(lesson, posts)
    if not 0.0 < float(weights[negative].sum()) < float(weights.sum()):
        return counted, None
    folds, rows = fold_of(lesson.texts), features_of(lesson.texts)
    logits, start = unseen_logits(rows, kinds, folds), ToneModel(prior_weights()).logits(rows)
    enough = counted.told >= LABELS_FOR_CHANCE and counted.random >= RANDOM_FOR_CHANCE
    has_chance = enough and weighted
    score = negativity(logits)
    span = found_range(negative, score, weights, lesson.are_random.astype(np.int64), np.random.default_rng(0))
    common = np.full(kinds.size, np.bincount(kinds, weights).argmax())

    def scores(told: npt.NDArray[np.int64], odds: _Floats) -> ToneScores:
        chances = unseen_chances(negative, odds, weights, folds) if has_chance else None
        error = None if chances is None else calibration_error(negative, chances, weights)
        found = found_first(negative, odds, weights)
        return ToneScores(macro_f1(kinds, told, weights), READ if found is None else found, error)

    figures = replace(
        counted,
        found=None if span is None else FoundShare(*span),
        ours=scores(logits.argmax(axis=1), score),
        lexicon=scores(start.argmax(axis=1), negativity(start)),
        majority=scores(common, np.zeros(kinds.size)),
        weighted=weighted,
        has_chance=has_chance,
    )
    return figures, calibrate(negative, score, weights) if has_chance else None


def _weights(lesson: Lesson, posts: int) -> tuple[_Floats, bool]:
    """Let posts drawn at random stand for all that nobody chose, and those chosen for themselves.

    Every post is either chosen or could have been drawn, so the two together speak of all (stratified
    sampling: Horvitz, Thompson, JASA 47, 1952).
    """
    random = int(lesson.are_random.sum())
    negative = int((is_negative(lesson.kinds) & lesson.are_random).sum())
    if random < _RANDOM_TO_WEIGH or negative < NEGATIVE_FOR_CHANCE:
        return np.ones(lesson.kinds.size), False
    each = max(posts - (lesson.kinds.size - random), random) / random
    return np.where(lesson.are_random, each, 1.0), True
