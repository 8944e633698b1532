"""Flag what is unusual about audiences, each flag with its evidence, in words."""

from collections.abc import Iterator, Sequence

import numpy as np

from ambassador.i18n import mark
from ambassador.metrics.flags import FlagRules, follows_many, largest_spike, ratio_deviations
from ambassador.values.imports.imports import Note
from ambassador.values.people.people import Flag, FlagKind, LatestFigures, Reading


def flag_audiences(
    figures: Sequence[LatestFigures], readings: Sequence[Sequence[Reading]], rules: FlagRules
) -> list[tuple[Flag, ...]]:
    """Give everybody's flags; likes per comment are compared within the group."""
    likes = np.array([_number(one.average_likes) for one in figures], np.float64)
    comments = np.array([_number(one.average_comments) for one in figures], np.float64)
    deviations = ratio_deviations(likes, comments, rules)
    return [
        tuple(_flags(one, own, float(deviation), rules))
        for one, own, deviation in zip(figures, readings, deviations, strict=True)
    ]


def _flags(
    figures: LatestFigures, readings: Sequence[Reading], deviation: float, rules: FlagRules
) -> Iterator[Flag]:
    if follows_many(figures.following, rules):
        text = mark("follows {following} accounts (more than {most})")
        evidence = Note(text, {"following": figures.following, "most": rules.most_following})
        yield Flag(FlagKind.FOLLOWS_MANY, evidence)
    known = [(reading.at, reading.figures.followers) for reading in readings if reading.figures.followers]
    spike = largest_spike(known, rules)
    if spike is not None:
        text = mark("followers went from {before} to {after} between {from_day} and {until_day}")
        days = {"from_day": spike.from_at.date(), "until_day": spike.until_at.date()}
        yield Flag(FlagKind.SPIKE, Note(text, {"before": spike.before, "after": spike.after, **days}))
    if abs(deviation) > rules.outlier_deviations:
        yield _ratio_flag(figures, few_comments=deviation > 0)


def _ratio_flag(figures: LatestFigures, *, few_comments: bool) -> Flag:
    many = mark(
        "{likes} likes but {comments} comments a post: many likes for so few comments, compared with others"
    )
    few = mark(
        "{likes} likes but {comments} comments a post: few likes for so many comments, compared with others"
    )
    values = {
        "likes": round(figures.average_likes or 0, 1),
        "comments": round(figures.average_comments or 0, 1),
    }
    return Flag(FlagKind.RATIO, Note(many if few_comments else few, values))


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
