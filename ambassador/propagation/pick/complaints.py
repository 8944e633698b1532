"""A pick that minds complaints: what people are worth where those who answer some of them complain more.

After *influence maximisation when negative opinions may emerge and propagate* (Chen et al., SDM 2011, IC-N)
and its opinion-aware kin (arXiv 2301.11527). There a complaint spreads complaints; here it is the person
answered who decides how probable a complaint is, and what counts is people who talk minus ``weight`` times
those of them who complain. Whom somebody will answer depends on the choice, and with it the sum would not be
submodular. So in choosing, whoever joins complains as often as answers to those they listen to do, each
weighed by the tie to them: a value for each person, and all that holds for values holds (``selection``).
"""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network.network import InfluenceNetwork


def share_heard(network: InfluenceNetwork, share: FloatArray) -> FloatArray:
    """Average the share of those each person listens to, weighed by the probability of the tie.

    Parameters
    ----------
    share : array of float, shape (node_count,)
        Of the answers to each person, the share that complains.

    Returns
    -------
    float64 array, shape (node_count,)
        0 for who listens to nobody: nothing makes them join.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], [0.3, 0.1])
    >>> share_heard(network, np.array([0.4, 0.8, 0.0])).tolist()
    [0.0, 0.0, 0.5]
    """
    weight = np.asarray(network.probability, np.float64)
    nodes = network.node_count
    total = np.bincount(network.out_targets, weight, nodes)
    told = np.bincount(network.out_targets, weight * share[network.out_sources], nodes)
    return np.divide(told, total, out=np.zeros(nodes), where=total > 0)


@dataclass(frozen=True)
class Minding:
    """How much complaints count, and how often each person's answers and answerers complain.

    Attributes
    ----------
    weight : float
        How many people who talk a complainer counts against, beside being one; 0: complaints do not matter.
    share : array of float, shape (node_count,)
        Of the answers to each person, the share that complains.
    heard : array of float, shape (node_count,)
        The same of those each person may answer, see ``share_heard``.
    """

    weight: float
    share: FloatArray
    heard: FloatArray

    def of_joining(self, strangers: float) -> FloatArray:
        """Value of each person who joins, with so many strangers who answer them; never below 0.

        Examples
        --------
        >>> Minding(2.0, np.array([0.1, 0.0]), np.array([0.25, 0.75])).of_joining(1.0).tolist()
        [1.3, 1.0]
        """
        return _kept(self.weight * self.heard) + strangers * _kept(self.weight * self.share)

    def of_starting(self, own: FloatArray, strangers: float) -> FloatArray:
        """What each person's own post brings beyond ``of_joining``: a starter answers nobody.

        Parameters
        ----------
        own : array of float, shape (node_count,)
            Strangers each one's own post brings.
        strangers : float
            Those of somebody who joins, counted in ``of_joining`` already.

        Examples
        --------
        >>> minding = Minding(2.0, np.array([0.1, 0.0]), np.array([0.25, 0.75]))
        >>> minding.of_starting(np.array([3.0, 0.0]), 1.0).tolist()
        [2.1, 0.0]
        """
        spared = 1.0 - _kept(self.weight * self.heard)
        return np.maximum(spared + (own - strangers) * _kept(self.weight * self.share), 0.0)

    def of_figures(self, known: FloatArray) -> FloatArray:
        """Value of a post that is known to make so many talk, its author among them.

        Examples
        --------
        >>> Minding(1.0, np.array([0.5, 0.0]), np.zeros(2)).of_figures(np.array([5.0, 5.0])).tolist()
        [3.0, 5.0]
        """
        return np.minimum(known, 1.0) + np.maximum(known - 1.0, 0.0) * _kept(self.weight * self.share)


def _kept(lost: FloatArray) -> FloatArray:
    """Cut what is left of a person off at 0: nobody is worth less than not having joined."""
    return np.maximum(1.0 - lost, 0.0)
