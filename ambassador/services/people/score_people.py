"""Score people against each other: what is known of each, its place in the group, one figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ambassador.i18n import mark
from ambassador.metrics.score import percentile_scores, shrink, topic_fit, trend_setter_score
from ambassador.propagation.arrays import FloatArray
from ambassador.values.imports.imports import Note
from ambassador.values.people.people import LatestFigures, Part, SubScore, TrendSetterScore


@dataclass(frozen=True, slots=True)
class ScoreInputs:
    """What is known of one person; None is unknown."""

    figures: LatestFigures
    rate: float | None
    """Engagement rate by followers, computed."""
    counted: tuple[str, ...]
    readings: int
    """How many readings state likes or comments (or a rate)."""
    topics: frozenset[str]
    ties: int | None
    by_hand: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the score for everybody."""

    part: Part
    percentiles: FloatArray
    values: FloatArray
    weight: float


def score_people(
    known: Sequence[ScoreInputs], wanted: frozenset[str], weights: Mapping[str, float]
) -> tuple[TrendSetterScore, ...]:
    """Score everybody against everybody; a side nobody is known on does not count.

    Examples
    --------
    >>> nina = ScoreInputs(LatestFigures(followers=2_140), 0.06, ("likes",), 1, frozenset(), 2)
    >>> bea = ScoreInputs(LatestFigures(followers=75), 0.01, ("likes",), 1, frozenset(), 0)
    >>> [round(one.value) for one in score_people([nina, bea], frozenset(), {"reach": 1.0})]
    [75, 25]
    """
    if not known:
        return ()
    sides = (
        _side(Part.REACH, [one.figures.followers for one in known], weights),
        _resonance(known, weights),
        _side(Part.RELEVANCE, [topic_fit(one.topics, wanted) for one in known], weights),
        _side(Part.NETWORK, [one.ties for one in known], weights),
    )
    return tuple(_score(place, one, sides, wanted) for place, one in enumerate(known))


def _side(
    part: Part,
    values: Sequence[float | None],
    weights: Mapping[str, float],
    evidence: FloatArray | None = None,
) -> _Side:
    found = percentile_scores(np.array([np.nan if value is None else value for value in values], np.float64))
    rests_on = np.full(found.shape, np.inf) if evidence is None else evidence
    weight = weights.get(part.value, 0.0) if np.isfinite(found).any() else 0.0
    return _Side(part, found, shrink(found, rests_on), weight)


def _resonance(known: Sequence[ScoreInputs], weights: Mapping[str, float]) -> _Side:
    """Rank computed rates among computed ones, and stated rates among stated ones: they are never mixed."""
    evidence = np.array([one.readings for one in known], np.float64)
    computed = _side(Part.RESONANCE, [one.rate for one in known], weights, evidence)
    stated = [one.figures.engagement_rate if one.rate is None else None for one in known]
    second = _side(Part.RESONANCE, stated, weights, evidence)
    use = np.isnan(computed.percentiles) & ~np.isnan(second.percentiles)
    return _Side(
        Part.RESONANCE,
        np.where(use, second.percentiles, computed.percentiles),
        np.where(use, second.values, computed.values),
        max(computed.weight, second.weight),
    )


def _score(place: int, one: ScoreInputs, sides: Sequence[_Side], wanted: frozenset[str]) -> TrendSetterScore:
    parts = tuple(
        SubScore(
            part=side.part,
            value=float(side.values[place]),
            percentile=None if np.isnan(side.percentiles[place]) else float(side.percentiles[place]),
            weight=side.weight,
            input=_input(side.part, one, wanted),
            read_at=_read_at(side.part, one),
        )
        for side in sides
    )
    ages = [part.read_at for part in parts if part.read_at is not None and part.percentile is not None]
    return TrendSetterScore(_join(parts), parts, one.by_hand, one.reason, min(ages) if ages else None)


def _join(parts: Sequence[SubScore]) -> float | None:
    counted = [part for part in parts if part.weight > 0]
    if all(part.percentile is None for part in counted):
        return None
    return trend_setter_score(
        {part.part.value: part.value for part in counted}, {part.part.value: part.weight for part in counted}
    )


def _read_at(part: Part, one: ScoreInputs) -> datetime | None:
    return one.figures.read_at if part in {Part.REACH, Part.RESONANCE} else None


def _input(part: Part, one: ScoreInputs, wanted: frozenset[str]) -> Note:
    return {
        Part.REACH: _reach_input,
        Part.RESONANCE: _resonance_input,
        Part.RELEVANCE: lambda known: _relevance_input(known, wanted),
        Part.NETWORK: _network_input,
    }[part](one)


def _reach_input(one: ScoreInputs) -> Note:
    if one.figures.followers is None:
        return Note(mark("followers are not known yet"))
    return Note(mark("{followers} followers"), {"followers": one.figures.followers})


def _resonance_input(one: ScoreInputs) -> Note:
    if one.rate is not None:
        text = mark("engagement by followers {share} ({counted}), readings: {count}")
        return Note(text, {"share": one.rate, "counted": ", ".join(one.counted), "count": one.readings})
    if one.figures.engagement_rate is not None:
        text = mark("engagement {share} as the source states it, ranked among stated rates only")
        return Note(text, {"share": one.figures.engagement_rate})
    return Note(mark("likes and comments are not known yet"))


def _relevance_input(one: ScoreInputs, wanted: frozenset[str]) -> Note:
    if not wanted:
        return Note(mark("no topics were asked for, so this does not count"))
    if not one.topics:
        return Note(mark("their topics are not known yet"))
    shared = ", ".join(sorted(one.topics & wanted)) or "–"  # noqa: RUF001 - a dash for "none of them"
    return Note(
        mark("{shared} of the topics wanted: {wanted}"),
        {"shared": shared, "wanted": ", ".join(sorted(wanted))},
    )


def _network_input(one: ScoreInputs) -> Note:
    if one.ties is None:
        return Note(mark("not in the network yet"))
    text = mark("{ties} accounts at first hand (ties out; how far it goes from there is not in this figure)")
    return Note(text, {"ties": one.ties})
