"""What is known of the people of a network beside their ties: followers, views, platform."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.metrics.fits import ratio_from_logs
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.services.networks.seed_figures import view_variation
from ambassador.store.networks.networks import CrowdArrays
from ambassador.store.people.crowd import AccountFigures, account_figures
from ambassador.store.people.track_record import PastPosts, past_posts
from ambassador.values.forecasts.timing import Delay
from ambassador.values.networks.node_key import NodeKey

_ENOUGH: Final = 5
"""Accounts whose followers and views are both known, to learn how many views a follower stands for."""


@dataclass(frozen=True, slots=True)
class CrowdKnown:
    """The columns of a network's people, how single posts vary, and how many views a follower stands for."""

    arrays: CrowdArrays
    variation: float
    views_per_follower: float | None
    stated: int
    """People whose views are known; for the others with followers they follow from the ratio."""


def read_crowd(session: Session, keys: Int64Array, laws: Sequence[Delay]) -> CrowdKnown:
    """Read what is known of everybody in a network; ``keys`` are its node keys, rising.

    Examples
    --------
    >>> known = read_crowd(session, np.array([2, 4]), ())
    >>> known.arrays.followers
    array([ 2140., 41200.])
    """
    past = past_posts(session)
    followers, views = np.full(keys.size, np.nan), np.full(keys.size, np.nan)
    law = np.zeros(keys.size, np.int16)
    place_of = {one.platform: place for place, one in enumerate(laws) if one.platform}
    rows = account_figures(session)
    nodes = _nodes(keys, rows)
    for node, one in zip(nodes.tolist(), rows, strict=True):
        if node < 0:
            continue
        larger = one.followers is not None and not followers[node] >= one.followers
        if larger or np.isnan(followers[node]):
            law[node] = place_of.get(one.platform, 0)
        if larger:
            followers[node] = one.followers
        seen = _views(one, past)
        if seen is not None:
            views[node] = np.fmax(views[node], seen)
    stated = int((~np.isnan(views)).sum())
    ratio, spread = views_per_follower(followers, views)
    if ratio is not None:
        views = np.where(np.isnan(views), ratio * followers, views)
    known = view_variation(past)
    arrays = CrowdArrays(followers, views, law)
    return CrowdKnown(arrays, spread if known is None else known, ratio, stated)


def views_per_follower(followers: FloatArray, views: FloatArray) -> tuple[float | None, float]:
    """Learn how many views a follower stands for, and how much that varies (squared coefficient).

    Examples
    --------
    >>> views_per_follower(np.full(5, 200.0), np.full(5, 50.0))
    (0.25, 0.0)
    """
    both = (followers > 0) & (views > 0)
    if both.sum() < _ENOUGH:
        return None, 0.0
    return ratio_from_logs(views[both], followers[both])


def _nodes(keys: Int64Array, rows: Sequence[AccountFigures]) -> Int64Array:
    """Find the node of each account; -1 where it is none here."""
    wanted = np.array([NodeKey.of_account(one.account_id, one.person_id) for one in rows], dtype=np.int64)
    if not keys.size or not wanted.size:
        return np.full(wanted.size, -1)
    places = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return np.where(keys[places] == wanted, places, -1)


def _views(one: AccountFigures, past: Mapping[int, PastPosts]) -> float | None:
    own = past.get(one.account_id)
    return own.views if own is not None and own.views is not None else one.average_views
