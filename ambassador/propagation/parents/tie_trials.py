"""How often each tie could have passed something on, those who stayed silent included."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import ndtr

from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents.possible_parents import (
    RESOLUTIONS,
    CascadePosts,
    LogNormalDelay,
    Possible,
    list_possible_parents,
)


@dataclass(frozen=True, eq=False)
class TieTrials:
    """Posts of each tie's source that its target answered, or could have and did not.

    A target who posted before the source, or at the same moment, was not asked. One who has not posted yet
    was asked for as much as the delay law leaves to come by the newest post of all: a post of a minute ago
    says little about those who are silent.

    Attributes
    ----------
    network : InfluenceNetwork
    nodes : int array, shape (posts,)
    left : float64 array, shape (posts,)
        Logarithm of the seconds from each post to the newest of all.
    settled_tie, settled_post : int64 arrays
        Ties, and posts of their sources, whose targets did not stay silent.
    answered : float64 array, shape (tie_count,)
        Posts of the source that the target posted after.
    """

    network: InfluenceNetwork
    nodes: Int32Array
    left: FloatArray
    settled_tie: Int64Array
    settled_post: Int64Array
    answered: FloatArray

    @classmethod
    def of(cls, posts: CascadeLog | CascadePosts, network: InfluenceNetwork, possible: Possible) -> Self:
        """Find who was asked and when."""
        coarse = RESOLUTIONS[0]  # keeps those of the same moment
        after = list_possible_parents(posts, network, coarse)
        back = InfluenceNetwork.from_arrays(network.out_targets, network.out_sources, 0.5, network.node_count)
        before = list_possible_parents(posts, back, coarse)
        order = np.lexsort((network.out_sources, network.out_targets))
        late = np.repeat(np.arange(posts.nodes.size), np.diff(before.ends))
        tie = np.concatenate([after.tie, order[before.tie]]).astype(np.int64)
        settled = np.unique(tie * max(posts.nodes.size, 1) + np.concatenate([after.above, late]))
        settled_tie, settled_post = np.divmod(settled, max(posts.nodes.size, 1))
        answered = np.bincount(possible.tie, minlength=network.tie_count).astype(np.float64)
        with np.errstate(divide="ignore"):
            left = np.log(posts.times.max(initial=-np.inf) - posts.times)
        return cls(network, posts.nodes, left, settled_tie, settled_post, answered)

    def count(self, delay: LogNormalDelay) -> FloatArray:
        """Count the trials of each tie, shape (tie_count,), as far as they have come under a delay law."""
        come = ndtr((self.left - np.log(delay.median)) / delay.sigma)
        known = self.nodes >= 0
        made = np.bincount(self.nodes[known], come[known], self.network.node_count)
        settled = np.bincount(self.settled_tie, come[self.settled_post], self.network.tie_count)
        silent = np.maximum(made[self.network.out_sources] - settled, 0.0)
        return np.asarray(silent + self.answered)
