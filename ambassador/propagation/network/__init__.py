"""Who influences whom: compressed rows of ties, from and to files, with the probability of each.

``InfluenceNetwork`` holds them; ``constant``, ``trivalency``, ``from_counts`` and ``bernoulli`` give
probabilities, ``find_communities`` and ``direct_overlap`` describe it, ``Progress`` tells a caller how far
a long run has come.
Read in this order: ``network``, ``rows``, ``row_views``, ``probabilities``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.network.chunks import Progress
    from ambassador.propagation.network.communities import find_communities
    from ambassador.propagation.network.network import InfluenceNetwork
    from ambassador.propagation.network.overlap import direct_overlap
    from ambassador.propagation.network.probabilities import bernoulli, constant, from_counts, trivalency

__all__ = [
    "InfluenceNetwork",
    "Progress",
    "bernoulli",
    "constant",
    "direct_overlap",
    "find_communities",
    "from_counts",
    "trivalency",
]
__getattr__ = offering(
    __name__,
    {
        "InfluenceNetwork": "network",
        "constant": "probabilities",
        "trivalency": "probabilities",
        "from_counts": "probabilities",
        "bernoulli": "probabilities",
        "find_communities": "communities",
        "direct_overlap": "overlap",
        "Progress": "chunks",
    },
)
