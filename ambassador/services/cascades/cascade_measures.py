"""Observe the cascades of a campaign, or of everything: how far each went, and where the talk is heading."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from sqlmodel import Session

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import list_cascades
from ambassador.propagation.cascades.measures import Cascade
from ambassador.propagation.growth import pace as rhythm
from ambassador.services.cascades.forest import CampaignForest, read_campaign_forest
from ambassador.services.cascades.plausible import basis_of, possible_parents, shapes_by_root
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import zone_of_days
from ambassador.store.cascades.cascades import Face, read_faces
from ambassador.store.mentions.totals import views_of
from ambassador.store.people.people import latest_snapshots
from ambassador.values.cascades.cascades import (
    CascadeDay,
    CascadeRow,
    CascadesView,
    Pace,
    PlausibleShape,
    Shape,
)

_OVER_AFTER = timedelta(days=30)
_NAMED = 5
"""Cascades shown apart over time."""
_LARGE = 0.4
"""Share of all talk from which one cascade is the story."""
_ONE_ERROR = 1.0
_DAYS, _WEEKS = 60, 400


@dataclass(frozen=True)
class Measured:
    """Cascades with what the first row needs, all indexed by cascade, the largest first."""

    trees: CampaignForest
    cascades: list[Cascade]
    group: Int64Array
    """Mention -> its cascade's place in the list."""
    reproduction: FloatArray
    paces: list[Pace]
    hidden: Int64Array
    """Posts of each cascade whose true parent the platform hides."""
    plausible: Mapping[int, PlausibleShape] = field(default_factory=dict)
    """Number of a root -> the shape inferred."""


def observe_cascades(
    work: UnitOfWork, campaign_id: int | None = None, most: int | None = None
) -> CascadesView:
    """Measure every cascade, the largest first; at most ``most`` of them are named, all are counted.

    Examples
    --------
    >>> found = observe_cascades(work, campaign)
    >>> [(one.root_handle, one.size, one.depth) for one in found.cascades]
    [('nina', 4, 2), ('leo', 1, 0)]
    """
    with work.reading() as session:
        zone = zone_of_days(session, campaign_id) or "UTC"
        trees = read_campaign_forest(session, work.now(), campaign_id)
        measured = measure(trees, work.now())
        shapes = shapes_by_root(trees, possible_parents(session, trees), basis_of(session))
        measured = replace(measured, plausible=shapes)
        shown = range(len(measured.cascades)) if most is None else range(min(most, len(measured.cascades)))
        rows = cascade_rows(session, measured, shown)
    return CascadesView(
        cascades=rows,
        mentions=len(trees.posts),
        people=np.unique(trees.forest.author[~trees.posts.brands]).size,
        reproduction=_overall(trees, work.now()),
        pace=_overall_pace(trees, work.now()),
        shape=_shape(measured.cascades, len(trees.posts)),
        largest_share=rows[0].size / len(trees.posts) if rows else None,
        hidden_parents=int(measured.hidden.sum()),
        dirt=trees.dirt,
        over_time=_over_time(rows, measured, zone),
        as_of=trees.as_of if trees.posts else None,
        zone=zone,
        campaign_id=campaign_id,
        known=work.as_of,
        found=len(measured.cascades),
    )


def measure(trees: CampaignForest, now: datetime) -> Measured:
    """Measure the trees of a forest.

    Examples
    --------
    >>> trees = read_campaign_forest(session, work.now(), 1)
    >>> measure(trees, work.now()).group.tolist()
    [0, 0, 0, 0, 1]
    """
    forest = trees.forest
    cascades = list_cascades(forest)
    place = np.full(forest.parent.size, -1, dtype=np.int64)
    place[[cascade.root_number for cascade in cascades]] = np.arange(len(cascades))
    group = place[forest.root]
    delays = rhythm.answer_delays(forest.parent, trees.times)
    answers = np.bincount(forest.parent[forest.parent >= 0], minlength=forest.parent.size)
    reproduction = rhythm.running_reproduction(group, answers, trees.times, delays, _reach(trees, now))
    return Measured(
        trees,
        cascades,
        group,
        reproduction,
        _paces(trees, delays, group, len(cascades), now),
        np.bincount(group, weights=forest.inferred, minlength=len(cascades)).astype(np.int64),
    )


def cascade_rows(session: Session, measured: Measured, places: Iterable[int]) -> tuple[CascadeRow, ...]:
    """Name the starters of cascades and add what is known of their audience.

    Examples
    --------
    >>> measured = measure(read_campaign_forest(session, work.now(), 1), work.now())
    >>> [row.root_handle for row in cascade_rows(session, measured, [0, 1])]
    ['nina', 'leo']
    """
    wanted = list(places)
    posts = measured.trees.posts
    roots = {place: posts[measured.cascades[place].root_number].id for place in wanted}
    faces = read_faces(session, list(roots.values()))
    snapshots = latest_snapshots(session, {face.account_id for face in faces.values()})
    followers = {account: snapshot.followers for account, snapshot in snapshots.items()}
    views = _views(session, measured)
    last = np.zeros(len(measured.cascades))
    np.maximum.at(last, measured.group, measured.trees.times)
    return tuple(
        _row(measured, place, faces[roots[place]], followers, views.get(place), float(last[place]))
        for place in wanted
    )


def _row(
    measured: Measured,
    place: int,
    face: Face,
    followers: Mapping[int, int | None],
    views: int | None,
    last: float,
) -> CascadeRow:
    cascade = measured.cascades[place]
    post = measured.trees.posts[cascade.root_number]
    return CascadeRow(
        root_id=post.id,
        root_handle=face.handle,
        platform=face.platform,
        started_at=post.posted_at,
        last_at=datetime.fromtimestamp(last, UTC),
        size=cascade.size,
        people=cascade.authors,
        depth=cascade.depth,
        breadth=cascade.breadth,
        largest_broadcast_share=cascade.broadcast_share,
        structural_virality=cascade.structural_virality,
        reproduction=float(measured.reproduction[place]),
        pace=measured.paces[place],
        hidden_parents=int(measured.hidden[place]),
        root_followers=followers.get(face.account_id),
        views=views,
        root_text=face.text,
        root_url=face.url,
        root_person_id=face.person_id,
        root_post_id=face.post_id,
        plausible=measured.plausible.get(cascade.root_number),
    )


def _views(session: Session, measured: Measured) -> dict[int, int]:
    """Add up the newest views of the posts of each cascade, where any states them."""
    ids = measured.trees.posts.ids
    stated = views_of(session) if ids.size else ()
    if not stated:
        return {}
    order = np.argsort(ids)
    mentions, views = np.array([key for key, _ in stated], np.int64), [count for _, count in stated]
    place = order[np.minimum(np.searchsorted(ids[order], mentions), ids.size - 1)]
    found: Counter[int] = Counter()
    for here, cascade, count in zip(
        (ids[place] == mentions).tolist(), measured.group[place].tolist(), views, strict=True
    ):
        if here:
            found[cascade] += count
    return dict(found)


def _overall(trees: CampaignForest, now: datetime) -> float | None:
    """Return R of all the talk, young posts weighed by the answers they can have had."""
    if not trees.posts:
        return None
    parent = trees.forest.parent
    answers = np.bincount(parent[parent >= 0], minlength=parent.size)
    everything = np.zeros(parent.size, dtype=np.int64)
    delays = rhythm.answer_delays(parent, trees.times)
    return float(rhythm.running_reproduction(everything, answers, trees.times, delays, _reach(trees, now))[0])


def _reach(trees: CampaignForest, now: datetime) -> float:
    """Return the moment R is counted at: the end of time once nothing is expected any more."""
    return np.inf if now - trees.as_of > _OVER_AFTER else trees.as_of.timestamp()


def _overall_pace(trees: CampaignForest, now: datetime) -> Pace:
    delays = rhythm.answer_delays(trees.forest.parent, trees.times)
    return _paces(trees, delays, np.zeros(len(trees.posts), np.int64), 1, now)[0]


def _paces(
    trees: CampaignForest, delays: FloatArray, group: Int64Array, count: int, now: datetime
) -> list[Pace]:
    """Tell for each group of posts whether its last stretch brought more than the one before."""
    if now - trees.as_of > _OVER_AFTER:
        return [Pace.OVER] * count
    window = rhythm.natural_window(delays)
    last, before = rhythm.last_two_stretches(trees.times, group, count, trees.as_of.timestamp(), window)
    return [_pace(*counts) for counts in zip(last.tolist(), before.tolist(), strict=True)]


def _pace(last: int, before: int) -> Pace:
    if last + before == 0:
        return Pace.OVER
    score = rhythm.change_score(last, before)
    if score > _ONE_ERROR:
        return Pace.GROWING
    return Pace.FADING if score < -_ONE_ERROR else Pace.STEADY


def _shape(cascades: list[Cascade], posts: int) -> Shape:
    if not cascades or cascades[0].size == 1:
        return Shape.NO_ANSWERS
    if cascades[0].size < _LARGE * posts:
        return Shape.MANY_SMALL
    broadcast = cascades[0].broadcast_share
    return Shape.PASSED_ON if broadcast is not None and broadcast < 0.5 else Shape.ONE_SHOUT  # noqa: PLR2004


def _over_time(rows: tuple[CascadeRow, ...], measured: Measured, zone: str) -> tuple[CascadeDay, ...]:
    if not rows:
        return ()
    named = {place: row for place, row in enumerate(rows[:_NAMED]) if row.size > 1}
    shown = np.where(np.isin(measured.group, list(named)), measured.group, -1)
    posts = pd.DataFrame({"at": _beginnings(measured.trees.times, zone), "place": shown})
    counted = posts.groupby(["at", "place"], sort=True).size().reset_index(name="posts")
    return tuple(
        CascadeDay(at.to_pydatetime(), named[place].root_id, named[place].root_handle, count)
        if place in named
        else CascadeDay(at.to_pydatetime(), None, "", count)
        for at, place, count in zip(
            counted["at"], counted["place"].tolist(), counted["posts"].tolist(), strict=True
        )
    )


def _beginnings(times: FloatArray, zone: str) -> pd.DatetimeIndex:
    """Return the beginning of each post's day in a zone; of its week or month, where the time is long."""
    days = pd.DatetimeIndex(pd.to_datetime(times, unit="s", utc=True).tz_convert(zone).date)
    span = (days.max() - days.min()).days
    if span > _WEEKS:
        days = days - pd.to_timedelta(days.day - 1, unit="D")
    elif span > _DAYS:
        days = days - pd.to_timedelta(days.weekday, unit="D")
    return days.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
