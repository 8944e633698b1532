"""Infer parents the platform hides from ties and delays, each possible one with its probability."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from ambassador.propagation.forest import build_forest
from ambassador.propagation.hidden_parents import learn_hidden_parents
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import ParentPosterior, Posts, infer_parents, list_possible_parents
from ambassador.services.text_parents import point_by_text_in
from ambassador.store import parent_candidates as store
from ambassador.store.cascades import Post, read_posts
from ambassador.store.parent_candidates import HeardFrom, Possibility

METHOD: Final = "ties and delays"
VERSION: Final = 1
_KEY = 20_260_501
_LEARNED_FROM = 20_000
"""Newest posts that probabilities are learned from; more would only take longer."""
_LEAST, _MOST = 0.01, 8
"""Possible parents less likely than this are not kept, nor more than so many per post."""

IntArray = npt.NDArray[np.int64]


def infer_parents_in(session: Session) -> int:
    """Bring parents named in texts and possible parents up to date; say how many posts have possible ones."""
    point_by_text_in(session)
    wanted = _possible(session)
    store.write_candidates(session, wanted, VERSION)
    return len(wanted)


def _possible(session: Session) -> dict[int, list[Possibility]]:
    posts = read_posts(session)
    if not any(post.hidden for post in posts):
        return {}
    heard = store.read_heard(session)
    if not heard:
        return {}
    kept, arrays = _cascades_with_hidden(posts)
    accounts = [post.account_id for post in kept]
    network = _network(heard, accounts)
    talk = Posts(arrays[0], network.nodes_of(accounts), arrays[1])
    posterior = _posterior(talk, network, all(one.probability is not None for one in heard))
    return {
        post.id: rows
        for number, post in enumerate(kept)
        if post.hidden and (rows := _rows(posterior, number, kept))
    }


def _cascades_with_hidden(
    posts: Sequence[Post],
) -> tuple[list[Post], tuple[IntArray, npt.NDArray[np.float64]]]:
    """Take the trees that hide something, one behind the other, each in the order of time."""
    times = np.array([post.posted_at.timestamp() for post in posts])
    forest = build_forest([post.id for post in posts], [post.parent_id for post in posts], times=times)
    hiding = np.zeros(times.size, np.bool_)
    hiding[forest.root[[post.hidden for post in posts]]] = True
    inside = np.flatnonzero(hiding[forest.root])
    order = inside[np.lexsort((inside, times[inside], forest.root[inside]))]
    ends = np.flatnonzero(np.diff(forest.root[order], append=-1)) + 1
    return [posts[number] for number in order.tolist()], (np.concatenate([[0], ends]), times[order])


def _network(heard: Sequence[HeardFrom], accounts: Sequence[int]) -> InfluenceNetwork:
    given = np.array([np.nan if one.probability is None else one.probability for one in heard])
    mean = float(np.nanmean(given)) if np.isfinite(given).any() else 0.1
    return InfluenceNetwork.from_keys(
        [one.source_id for one in heard],
        [one.target_id for one in heard],
        np.where(np.isfinite(given), given, mean),
        keys=accounts,
    )


def _posterior(talk: Posts, network: InfluenceNetwork, all_given: bool) -> ParentPosterior:  # noqa: FBT001
    first = int(np.searchsorted(talk.offsets, max(int(talk.offsets[-1]) - _LEARNED_FROM, 0)))
    start = int(talk.offsets[first]) if first < talk.offsets.size - 1 else 0
    recent = Posts(talk.offsets[talk.offsets >= start] - start, talk.nodes[start:], talk.times[start:])
    learned = learn_hidden_parents(recent, network, rng=np.random.default_rng(_KEY))
    likely = network.probability if all_given else learned.probability
    possible = list_possible_parents(talk, network)
    return infer_parents(possible, likely, learned.delay, learned.outside)


def _rows(posterior: ParentPosterior, number: int, posts: Sequence[Post]) -> list[Possibility]:
    """Keep the likely ones; what is left goes to nobody known, so that all sum to 1."""
    span = slice(int(posterior.ends[number]), int(posterior.ends[number + 1]))
    pairs = sorted(
        zip(posterior.probability[span].tolist(), posterior.above[span].tolist(), strict=True), reverse=True
    )
    kept = [(share, posts[above].id) for share, above in pairs[:_MOST] if share >= _LEAST]
    if not kept:
        return []
    rows = [Possibility(above, share, METHOD) for share, above in kept]
    unknown = max(0.0, 1.0 - float(np.sum([share for share, _ in kept])))
    rows.append(Possibility(None, unknown, METHOD))
    return sorted(rows, key=lambda row: -row.probability)
