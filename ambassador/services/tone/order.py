"""The order of reading: the likeliest complaints first, and which post to label next."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sqlmodel import Session

from ambassador.metrics.wording.features import essence, features_of
from ambassador.services.mentions.mentions import mention_rows
from ambassador.services.tone.figures import calibration_in
from ambassador.services.tone.learned import Told, labels_in, model_in
from ambassador.services.work import UnitOfWork
from ambassador.store.kept import kept_for
from ambassador.store.tone.texts import NewestTexts, newest_texts
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.tone import MOST_ORDERED, Drawn, NextToLabel, ToneOrder, ToneRow

ONE_IN: Final = 4
"""Every fourth post that is asked about is drawn at random."""


class _Scored(NamedTuple):
    """Posts of a filter with their log-odds of being negative."""

    posts: NewestTexts
    score: npt.NDArray[np.float64]
    labels: int


def order_posts(
    work: UnitOfWork, stream: MentionFilter, *, limit: int = 200, labelled: bool = False
) -> ToneOrder:
    """Put the newest posts of a filter in order: those without a label, or with one, the last said first.

    Examples
    --------
    >>> order = order_posts(work, MentionFilter(campaign_id=campaign))
    >>> order.ordered, order.labels, [row.place for row in order.rows]
    (5, 0, [1, 2, 3, 4, 5])
    """
    with work.reading() as session:
        scored = _score(session, stream)
        labels = labels_in(session)
        order = _unlabelled_order(scored, labels)
        if labelled:
            here = set(scored.posts.ids)
            wanted = [key for key in reversed(labels) if key in here]
        else:
            wanted = [scored.posts.ids[place] for place in order]
        rows = _rows(session, scored, labels, wanted[:limit])
        return ToneOrder(rows, len(scored.posts.ids), scored.posts.found, scored.labels, len(order))


def next_to_label(work: UnitOfWork, stream: MentionFilter) -> NextToLabel | None:
    """Choose the post whose label is asked for next: the first in order, every fourth time one at random.

    Posts whose very words were labelled already are asked about only where the lot falls on them.

    Examples
    --------
    >>> found = next_to_label(work, MentionFilter(campaign_id=campaign))
    >>> found.drawn.value, found.left
    ('chosen', 5)
    """
    with work.reading() as session:
        scored = _score(session, stream)
        labels = labels_in(session)
        order = _unlabelled_order(scored, labels)
        if not order:
            return None
        asked = sum(told.drawn is not Drawn.FILE and not told.by_care for told in labels.values())
        drawn = Drawn.RANDOM if asked % ONE_IN == ONE_IN - 1 else Drawn.CHOSEN
        if drawn is Drawn.RANDOM:
            place = sorted(order)[int(np.random.default_rng(asked).integers(len(order)))]
        else:
            known = {essence(text) for key, text in zip(*scored.posts[:2], strict=True) if key in labels}
            new = (place for place in order if essence(scored.posts.texts[place]) not in known)
            place = next(new, order[0])
        (row,) = _rows(session, scored, labels, [scored.posts.ids[place]])
        return NextToLabel(row, drawn, len(order))


def _score(session: Session, stream: MentionFilter) -> _Scored:
    wanted = replace(stream, limit=0, offset=0)
    return kept_for(session, "tone scores", wanted, lambda: _score_now(session, wanted))


def _score_now(session: Session, stream: MentionFilter) -> _Scored:
    """The rows of numbers of the texts are kept while labels come and go: only these are weighed anew."""
    posts, rows = kept_for(session, "tone texts", stream, lambda: _read(session, stream))
    model, labels = model_in(session)
    return _Scored(posts, model.negativity(rows), labels)


def _read(session: Session, stream: MentionFilter) -> tuple[NewestTexts, sparse.csr_array]:
    posts = newest_texts(session, stream, MOST_ORDERED)
    return posts, features_of(posts.texts)


def _unlabelled_order(scored: _Scored, labels: Mapping[int, Told]) -> list[int]:
    """Give the places of posts without a label, the likeliest complaint first; of equals the newest."""
    order = np.argsort(-scored.score, kind="stable").tolist()
    return [place for place in order if scored.posts.ids[place] not in labels]


def _rows(
    session: Session, scored: _Scored, labels: Mapping[int, Told], wanted: Sequence[int]
) -> tuple[ToneRow, ...]:
    place_of = {key: place for place, key in enumerate(scored.posts.ids)}
    rank = np.empty(len(place_of), np.int64)
    rank[np.argsort(-scored.score, kind="stable")] = np.arange(1, len(place_of) + 1)
    calibration = calibration_in(session)
    found = []
    for row in mention_rows(session, wanted):
        told, place = labels.get(row.id), place_of[row.id]
        chance = None
        if calibration is not None and told is None:
            chance = float(calibration.chance(scored.score[place : place + 1])[0])
        found.append(
            ToneRow(
                int(rank[place]),
                row,
                told.tone if told else None,
                by_care=told is not None and told.by_care,
                chance=chance,
            )
        )
    return tuple(found)
