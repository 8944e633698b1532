"""Score people against each other: what is known of each, its place in the group, one figure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import isnan
from typing import Final, overload

import numpy as np

from ambassador.i18n import mark
from ambassador.metrics.score import percentile_scores, shrink, topic_fit, trend_setter_score
from ambassador.propagation.arrays import FloatArray
from ambassador.values.imports.imports import Note
from ambassador.values.people.people import LatestFigures, Part, SubScore, TrendSetterScore

_READ: Final = frozenset({Part.REACH, Part.RESONANCE})


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

    @property
    def is_read(self) -> bool:
        """Whether it rests on what was read of a page on some day."""
        return self.part in _READ

    def is_known(self, place: int) -> bool:
        """Tell whether anything is known of somebody on this side."""
        return not isnan(self.percentiles[place])


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
    found = zip(known, _joined(sides), _dated(sides), strict=True)
    return tuple(
        TrendSetterScore(
            value,
            _Parts(partial(_parts, place, one, sides, wanted)),
            one.by_hand,
            one.reason,
            one.figures.read_at if is_dated else None,
        )
        for place, (one, value, is_dated) in enumerate(found)
    )


class _Parts(Sequence[SubScore]):
    """The sides of one score, put into words when somebody looks: of thousands listed, one is opened."""

    __slots__ = ("_made",)

    def __init__(self, made: Callable[[], tuple[SubScore, ...]]) -> None:
        self._made = made

    @overload
    def __getitem__(self, place: int) -> SubScore: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SubScore]: ...
    def __getitem__(self, place: int | slice) -> SubScore | Sequence[SubScore]:
        return self._made()[place]

    def __iter__(self) -> Iterator[SubScore]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(Part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made())

    def __repr__(self) -> str:
        return repr(self._made())


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


def _parts(
    place: int, one: ScoreInputs, sides: Sequence[_Side], wanted: frozenset[str]
) -> tuple[SubScore, ...]:
    return tuple(
        SubScore(
            part=side.part,
            value=float(side.values[place]),
            percentile=float(side.percentiles[place]) if side.is_known(place) else None,
            weight=side.weight,
            input=_input(side.part, one, wanted),
            read_at=one.figures.read_at if side.is_read else None,
        )
        for side in sides
    )


def _joined(sides: Sequence[_Side]) -> list[float | None]:
    """Join the sides that count into everybody's score; None where nothing of them is known."""
    counted = [side for side in sides if side.weight > 0]
    names, weights = [side.part.value for side in counted], {side.part.value: side.weight for side in counted}
    known = _any_known(counted, sides[0].values.size)
    columns = [side.values.tolist() for side in counted]
    rows = zip(*columns, strict=True) if columns else ((),) * len(known)
    return [
        trend_setter_score(dict(zip(names, row, strict=True)), weights) if is_known else None
        for is_known, row in zip(known, rows, strict=True)
    ]


def _dated(sides: Sequence[_Side]) -> list[bool]:
    """Tell whose score rests on anything that was read on some day."""
    return _any_known([side for side in sides if side.is_read], sides[0].values.size)


def _any_known(sides: Sequence[_Side], people: int) -> list[bool]:
    found = np.zeros(people, np.bool_)
    for side in sides:
        found |= ~np.isnan(side.percentiles)
    return found.tolist()


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
