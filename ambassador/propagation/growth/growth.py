"""Where a running cascade is heading: its size at a horizon, learned from how earlier cascades went on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.growth.early_growth import EarlyGrowth
from ambassador.propagation.growth.pooled import Cases, Pooled
from ambassador.propagation.growth.windows import CURVED, FREE, PLAIN, Course, describe_window

# So many comparable cascades count as much as general experience; more outweigh it.
ENOUGH: Final = 10
LEAST_PAST: Final = 4  # below so many, general experience alone speaks, moved by the few
# From so many on, they alone are asked: experience would have three hundredths of the say.
PLENTY: Final = 60
LEAST: Final = 5  # below so many posts it is too early to say anything
LEVELS: Final = (50, 80, 90)  # percent, of the ranges shown everywhere in the product
# Shares up to the lower end of the least sure level: what lies below a whole number is read off there.
_TAIL: Final = np.arange(1, 21) / 80
# Windows tried around the one asked for, even steps of the logarithm up to a fourth
# and four times: more cascades teach, each by a look much like the one wanted.
_ZOOMS: Final = (0.25, 0.4, 0.63, 1.0, 1.6, 2.5, 4.0)
# Of the bell the zooms are weighed by, in logarithms: a window
# four times as long counts half (exp(-(ln 4 / 1.2)^2 / 2)).
_ZOOM_WIDTH: Final = 1.2
# The same for a look at a count of posts: a few less, a few more.
_FEWER_OR_MORE: Final = (-2, -1, 0, 1, 3, 5)
# Of the bell they are weighed by, in logarithms: 1.6 times as many posts count three fifths.
_COUNT_WIDTH: Final = 0.5
_SHORTEST: Final = 1.0  # seconds; posts that came at one moment still have a window


@dataclass(frozen=True)
class Look:
    """When cascades are looked at, and how far ahead.

    Attributes
    ----------
    window : float, optional
        Seconds since the start.
    posts : int, optional
        Instead: at the moment of the so-manieth post.
    horizon : float
        Seconds since the start at which the size is wanted; infinite for the whole cascade.
    least : int
        Cascades with fewer posts by then are left out.
    """

    window: float | None = None
    posts: int | None = None
    horizon: float = np.inf
    least: int = LEAST

    def __post_init__(self) -> None:
        """Refuse a look at nothing."""
        if (self.window is None) == (self.posts is None):
            raise BadInputError("Say either how long to watch or how many posts to wait for.")
        if self.window is not None and not 0 < self.window < self.horizon:
            raise BadInputError(
                "The time watched, {window} s, must lie between 0 and the horizon.", window=self.window
            )

    def moment(self, course: Course) -> float | None:
        """Moment at which a cascade is looked at; None if it is too small or not followed until then.

        Examples
        --------
        >>> look = Look(posts=5)
        >>> look.moment(Course(np.arange(9.0) * 60)), look.moment(Course(np.arange(3.0)))
        (240.0, None)
        """
        moment = self.window
        if self.posts is not None:
            posts = max(self.posts, self.least)
            moment = None if course.times.size < posts else max(float(course.times[posts - 1]), _SHORTEST)
        if moment is None or moment > course.followed or course.count_by(moment) < self.least:
            return None
        return moment

    def moments_like(self, course: Course) -> Iterator[tuple[float, float]]:
        """Moments of a past cascade that resemble the one asked for, each with its weight.

        Examples
        --------
        >>> found = list(Look(window=100.0).moments_like(Course(np.zeros(1))))
        >>> [(moment, round(weight, 2)) for moment, weight in found if moment <= 100.0]
        [(25.0, 0.51), (40.0, 0.75), (63.0, 0.93), (100.0, 1.0)]
        """
        if self.window is not None:
            for zoom in _ZOOMS:
                yield self.window * zoom, float(np.exp(-0.5 * (np.log(zoom) / _ZOOM_WIDTH) ** 2))
        if self.posts is not None:
            for more in _FEWER_OR_MORE:
                posts = self.posts + more
                if 2 <= posts <= course.times.size:  # noqa: PLR2004 - a window has a first and a last post
                    off = np.log(posts / self.posts) / _COUNT_WIDTH
                    yield max(float(course.times[posts - 1]), _SHORTEST), float(np.exp(-0.5 * off**2))


@dataclass(frozen=True)
class Expectation:
    """How many posts a cascade will have.

    Attributes
    ----------
    seen : int
        Posts so far.
    middle : float
        As likely to be exceeded as not.
    intervals : mapping of int to (int, int)
        Lowest and highest size by level in percent; never below ``seen``, nor the same.
    """

    seen: int
    middle: float
    intervals: Mapping[int, tuple[int, int]]


def say_of_the_past(comparable: int) -> float:
    """How much the organisation's own cascades count beside general experience.

    Examples
    --------
    >>> [round(say_of_the_past(count), 2) for count in (0, 3, 5, 10, 20, 59, 60)]
    [0.0, 0.0, 0.2, 0.5, 0.8, 0.97, 1.0]
    """
    if comparable < LEAST_PAST:
        return 0.0
    return 1.0 if comparable >= PLENTY else comparable**2 / (comparable**2 + ENOUGH**2)


@dataclass(frozen=True, eq=False)
class GrowthLaw:
    """Quantiles of what is to come: those of two laws averaged (Vincent 1912; Ratcliff 1979).

    Attributes
    ----------
    pooled : Pooled or None
        Learned from the comparable cascades; None where there are too few.
    early : EarlyGrowth or None
        A self-exciting process with a prior; None where there are plenty of cascades.
    say : float
        How much ``pooled`` counts, 0 to 1.
    """

    pooled: Pooled | None
    early: EarlyGrowth | None
    say: float

    def quantiles(self, times: FloatArray, window: float, horizon: float, shares: FloatArray) -> FloatArray:
        """Quantiles of log((further posts + 1) / posts so far); ``times`` are those of the window.

        Examples
        --------
        >>> early = EarlyGrowth.learn([], lambda course: None, np.inf)
        >>> law = GrowthLaw(None, early, 0.0)
        >>> law.quantiles(np.arange(9.0) * 60, 3600.0, np.inf, np.array([0.5])).shape
        (1,)
        """
        ends = np.zeros(shares.size)
        if self.pooled is not None:
            described = describe_window(times, window)[None, :]
            ends += self.say * self.pooled.quantiles(described, shares)[0]
        if self.early is not None:
            ends += (1.0 - self.say) * self.early.quantiles(times, window, horizon, shares)
        return ends


@dataclass(frozen=True, eq=False)
class Growth:
    """How cascades go on after a look.

    Attributes
    ----------
    look : Look
    comparable : int
        Earlier cascades that could be looked at alike and are known up to the horizon.
    law : GrowthLaw
        Learned from the comparable cascades; the fewer of them, the more general experience counts.
    """

    look: Look
    comparable: int
    law: GrowthLaw

    @property
    def rests_on_a_prior(self) -> bool:
        """Whether there were so few earlier cascades that general experience counts more."""
        return self.comparable < ENOUGH

    def expect(self, course: Course) -> Expectation | None:
        """Foretell how large a cascade will be; None where it is too early.

        Examples
        --------
        >>> growth = learn_growth([], Look(window=3600.0))
        >>> found = growth.expect(Course(np.arange(8.0) * 60))
        >>> found.seen, found.intervals[90][0] >= 8, growth.rests_on_a_prior
        (8, True, True)
        >>> growth.expect(Course(np.arange(4.0))) is None
        True
        """
        moment = self.look.moment(course)
        if moment is None:
            return None
        seen = course.count_by(moment)

        def sizes(shares: FloatArray) -> FloatArray:
            ends = self.law.quantiles(course.times[:seen], moment, self.look.horizon, shares)
            return np.asarray(np.maximum(seen + seen * np.exp(ends) - 1.0, seen))

        return _expectation(seen, sizes)


def learn_growth(past: Sequence[Course], look: Look) -> Growth:
    """Learn from earlier cascades how those like a running one went on.

    Past cascades are seen through many windows, longer and shorter ones too, described by shares of the
    window (``describe_window``); a robust regression foretells log((further posts + 1) / posts so far). The
    simple ways (a multiplier, a line through three counts) stand beside it, mixed as they proved themselves.
    Intervals come from residuals on cascades it had not seen. With fewer than sixty cascades a self-exciting
    process with a prior has a say as well.

    Parameters
    ----------
    past : sequence of Course
        The oldest first; newer ones weigh more. Those not followed up to the horizon are left out.
    look : Look

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> past = [Course(np.sort(rng.exponential(3600, size))) for size in rng.integers(20, 200, 40)]
    >>> growth = learn_growth(past, Look(window=3600.0))
    >>> found = growth.expect(Course(np.sort(rng.exponential(3600, 100))))
    >>> found.intervals[80][0] <= 100 <= found.intervals[80][1]
    True
    """
    known = [
        course
        for course in past
        if course.followed >= look.horizon and (moment := look.moment(course)) and moment < look.horizon
    ]
    say = say_of_the_past(len(known))
    pooled = Pooled.learn(_cases(known, look), CURVED, FREE, PLAIN) if len(known) >= LEAST_PAST else None
    early = EarlyGrowth.learn(known, look.moment, look.horizon) if say < 1 else None
    return Growth(look, len(known), GrowthLaw(pooled, early, say))


def _cases(past: Sequence[Course], look: Look) -> Cases:
    features, rows = [], []
    for number, course in enumerate(past):
        asked, final = look.moment(course), course.count_by(look.horizon)
        for moment, weight in look.moments_like(course):
            seen = course.count_by(moment)
            judged = moment == asked
            if moment < look.horizon and (seen >= min(LEAST, look.least) or look.posts) and seen > 1:
                features.append(describe_window(course.times[:seen], moment))
                rows.append((np.log((final - seen + 1) / seen), number, weight, judged))
    target, number_of, weights, judged_rows = (np.array(column) for column in zip(*rows, strict=True))
    return Cases(
        np.array(features), target, number_of.astype(np.int64), weights, judged_rows.astype(np.bool_)
    )


def _expectation(seen: int, sizes: Callable[[FloatArray], FloatArray]) -> Expectation:
    """Read off whole numbers between which the size lies as often as each level says.

    Sizes are whole, and none is smaller than what was seen: often fewer lie below the lower end than half of
    what may miss, none where nothing more may come. What is not missed there may be missed above.
    """
    told = sizes(np.r_[_TAIL, 0.5])
    levels = np.array(LEVELS) / 100
    lows = np.rint(np.interp((1.0 - levels) / 2, _TAIL, told[:-1]))
    below = np.interp(lows - 0.5, told[:-1], _TAIL, left=0.0)
    highs = np.rint(sizes(np.asarray(levels + np.minimum(below, (1.0 - levels) / 2))))
    intervals = {
        level: _apart(int(low), int(high)) for level, low, high in zip(LEVELS, lows, highs, strict=True)
    }
    return Expectation(seen, float(np.clip(told[-1], intervals[50][0], intervals[50][1])), intervals)


def _apart(low: int, high: int) -> tuple[int, int]:
    """One post more can always come."""
    return low, max(high, low + 1)


def progress_shares(past: Sequence[Course], window: float, horizon: float, moments: FloatArray) -> FloatArray:
    """Share of the posts between a window and a horizon that came by moments in between.

    Parameters
    ----------
    past : sequence of Course
        Those not followed up to the horizon, or without posts after the window, say nothing.
    window, horizon : float
        Seconds since the start, the horizon finite.
    moments : float array, shape (moments,)
        Between the two, in order.

    Returns
    -------
    float array, shape (moments,)
        Pooled over cascades, each counting alike; on a logarithmic clock where no cascade tells.

    Examples
    --------
    >>> past = [Course(np.array([0.0, 0.5, 0.5, 1.0, 1.0, 3.0, 4.0, 9.0]))]
    >>> progress_shares(past, 2.0, 10.0, np.array([2.0, 5.0, 10.0])).round(2).tolist()
    [0.0, 0.67, 1.0]
    """
    told = []
    for course in past:
        seen, final = course.count_by(window), course.count_by(horizon)
        if course.followed >= horizon and seen >= LEAST and final > seen:
            by = np.searchsorted(course.times, moments, side="right")
            told.append((np.maximum(by, seen) - seen) / (final - seen))
    if not told:
        return np.asarray(np.log(moments / window) / np.log(horizon / window), dtype=np.float64)
    return np.mean(told, axis=0)
