"""Small networks the propagation tests share."""

from hypothesis import strategies as st

from ambassador.propagation.network.network import InfluenceNetwork
from tests.naive import Tie

CHANCES = (0.0, 0.1, 0.25, 0.5, 0.8, 1.0)
RULES = ("given", "given", None, None, 0.0625, 0.01)


def ties_of(network: InfluenceNetwork) -> list[Tie]:
    """Give the ties of a network by number."""
    columns = network.out_sources.tolist(), network.out_targets.tolist(), network.probability.tolist()
    return list(zip(*columns, strict=True))


def built(ties: list[Tie], nodes: int) -> InfluenceNetwork:
    """Build a network of that many nodes."""
    columns = list(zip(*ties, strict=True)) if ties else [(), (), ()]
    return InfluenceNetwork.from_arrays(*columns, nodes)


@st.composite
def networks(
    draw: st.DrawFn, largest: int = 8, most_ties: int = 20, chances: tuple[float, ...] = CHANCES
) -> InfluenceNetwork:
    """Draw a network, now and then a weighted cascade or one small probability for all."""
    nodes = draw(st.integers(1, largest))
    node = st.integers(0, nodes - 1)
    ties = draw(st.lists(st.tuples(node, node, st.sampled_from(chances)), max_size=most_ties))
    network = built(ties, nodes)
    rule = draw(st.sampled_from(RULES)) if chances == CHANCES else "given"
    return network if rule == "given" else network.with_probability(rule)
