"""How fast complaints and questions are answered by our own accounts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from ambassador.metrics.care import waiting_quantile
from ambassador.services.work import UnitOfWork
from ambassador.store.mentions import care as store
from ambassador.store.mentions.care import CarePost
from ambassador.values.mentions.mentions import CareFigures, OpenQuestion
from ambassador.values.mentions.perimeter_rules import PerimeterRule

_HOUR = 3600.0


def care_figures(
    work: UnitOfWork, campaign_id: int | None = None, perimeter: PerimeterRule | None = None
) -> CareFigures:
    """Measure the time to the first answer; questions still open are listed, the longest waiting first.

    Examples
    --------
    >>> found = care_figures(work, campaign)
    >>> found.asked, found.answered, found.median_hours
    (1, 1, 31.0)
    """
    now = work.now()
    with work.reading() as session:
        asked = store.read_asked(session, campaign_id, perimeter)
        answers = store.first_answers(session, [post.id for post in asked])
        brands = store.count_brands(session)
    hours = np.array([_waited(post, answers, now) for post in asked])
    answered = np.array([post.id in answers for post in asked], dtype=np.bool_)
    return CareFigures(
        asked=len(asked),
        answered=int(answered.sum()),
        median_hours=waiting_quantile(hours, answered, 0.5),
        ninetieth_hours=waiting_quantile(hours, answered, 0.9),
        slowest_hours=float(hours[answered].max()) if answered.any() else None,
        open_questions=_still_open(asked, answers, now),
        brand_accounts=brands,
        by_label=Counter(post.label.value for post in asked),
    )


def _waited(post: CarePost, answers: Mapping[int, datetime], now: datetime) -> float:
    """Return the hours until the answer, until the post was taken down, or until now."""
    until = answers.get(post.id) or post.deleted_at or now
    return max((until - post.posted_at).total_seconds(), 0.0) / _HOUR


def _still_open(
    asked: Sequence[CarePost], answers: Mapping[int, datetime], now: datetime
) -> tuple[OpenQuestion, ...]:
    waiting = [
        OpenQuestion(
            mention_id=post.id,
            handle=post.handle,
            label=post.label,
            posted_at=post.posted_at,
            text=post.text,
            waiting_hours=_waited(post, {}, now),
            url=post.url,
        )
        for post in asked
        if post.id not in answers and post.deleted_at is None
    ]
    return tuple(sorted(waiting, key=lambda question: question.posted_at))
