"""Infer parents the platform hides from ties, delays and what was learned, each with its probability."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from sqlmodel import Session

from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents.possible_parents import ParentPosterior
from ambassador.services.parents.ordered_cascades import trees_with_hidden
from ambassador.services.parents.parent_evidence import weigh_evidence
from ambassador.services.parents.text_parents import point_by_text_in
from ambassador.store.cascades import parent_candidates as store
from ambassador.store.cascades.cascades import TreePost, read_posts
from ambassador.store.cascades.parent_candidates import HeardFrom, Possibility

FloatArray = npt.NDArray[np.float64]

VERSION: Final = 4
_LEAST, _MOST = 0.01, 8
"""Possible parents less likely than this are not kept, nor more than so many per post."""


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
    hidden, seen = trees_with_hidden(posts)
    network, given = build_network(heard, [*hidden.keys, *seen.keys])
    evidence = weigh_evidence(session, given, network, hidden, seen)
    posterior, basis = evidence.posterior(hidden.talk(network)), str(evidence.basis)
    found = {
        post.id: _rows(posterior, number, hidden.posts, basis)
        for number, post in enumerate(hidden.posts)
        if post.hidden
    }
    return {post: rows for post, rows in sorted(found.items()) if rows}


def build_network(heard: Sequence[HeardFrom], keys: Sequence[int]) -> tuple[InfluenceNetwork, FloatArray]:
    """Build the ties, and the probability of each as files give it, NaN where none does.

    Several files may give one tie, and a reaction may show it once more: the largest figure counts.
    """
    known: dict[tuple[int, int], float] = {}
    for one in heard:
        pair = (one.source_key, one.target_key)
        known[pair] = max(known.get(pair, -1.0), -1.0 if one.probability is None else one.probability)
    pairs = sorted(pair for pair in known if pair[0] != pair[1])  # as ties are numbered
    figures = np.array([known[pair] for pair in pairs])
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    network = InfluenceNetwork.from_keys(ends[:, 0], ends[:, 1], np.maximum(figures, 0.0), keys=keys)
    return network, np.where(figures >= 0, figures, np.nan)


def _rows(
    posterior: ParentPosterior, number: int, posts: Sequence[TreePost], method: str
) -> list[Possibility]:
    """Keep the likely ones; what is left goes to nobody known, so that all sum to 1."""
    span = slice(int(posterior.ends[number]), int(posterior.ends[number + 1]))
    pairs = sorted(
        zip(posterior.probability[span].tolist(), posterior.above[span].tolist(), strict=True), reverse=True
    )
    kept = [(share, posts[above].id) for share, above in pairs[:_MOST] if share >= _LEAST]
    if not kept:
        return []
    rows = [Possibility(above, share, method) for share, above in kept]
    unknown = max(0.0, 1.0 - float(np.sum([share for share, _ in kept])))
    rows.append(Possibility(None, unknown, method))
    return sorted(rows, key=lambda row: -row.probability)
