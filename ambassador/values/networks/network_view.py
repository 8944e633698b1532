"""The network as people look at it: who is in it, in which communities, and where the ties come from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ambassador.values.networks.network import Rung


class NetworkFormat(StrEnum):
    """How a network is written to a file."""

    EDGE_LIST = "csv"
    WORKBOOK = "xlsx"
    PARQUET = "parquet"
    GEPHI = "zip"
    """Two files in one: nodes and edges, with the headings Gephi reads."""
    GRAPHML = "graphml"
    GEXF = "gexf"
    NODE_LINK = "json"


@dataclass(frozen=True, slots=True)
class TieOrigin:
    """How many ties come from where."""

    origin: str
    """``file`` or ``mentions``."""
    kind: str
    platform: str
    ties: int


@dataclass(frozen=True, slots=True)
class NetworkCoverage:
    """How many of a campaign's talkers are in the network."""

    campaign_id: int
    campaign: str
    talkers: int
    inside: int

    @property
    def share(self) -> float | None:
        """The share inside; None where nobody talked yet."""
        return self.inside / self.talkers if self.talkers else None


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """People with more ties among each other than to the rest."""

    number: int
    """1 is the largest."""
    people: int
    ties_inside: int
    ambassadors: tuple[str, ...]
    best_connected: tuple[str, ...]
    best_connected_ids: tuple[int | None, ...] = ()
    """Person ids of the same, where they are known."""


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """One person (or account) of the picture; ``x`` and ``y`` lie in [-1, 1]."""

    x: float
    y: float
    label: str
    community: int
    degree: int
    is_ambassador: bool
    followers: int | None
    person_id: int | None


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie; influence flows from ``source`` to ``target``."""

    source: str
    target: str
    platform: str
    kind: str
    origin: str
    interactions: int | None
    weight: float | None
    probability: float | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class NetworkView:
    """Everything the Network page draws."""

    nodes: int
    """People, and accounts of nobody known."""
    people: int
    """Of these, people known by name."""
    ties: int
    """Between two different nodes, whatever their kind."""
    origins: tuple[TieOrigin, ...]
    coverage: NetworkCoverage | None
    rung: Rung
    communities: tuple[CommunityRow, ...]
    outside_communities: int
    """Nodes left out because the search is limited to the best connected."""
    drawn: tuple[DrawnNode, ...]
    drawn_ties: tuple[tuple[int, int], ...]
    """Pairs of places in ``drawn``."""
    strongest: tuple[TieRow, ...]
    is_drawn: bool
    """Whether this state of the network was drawn yet; if not, there are no communities either."""
    ambassadors_of: str
    """The campaign whose ambassadors are marked; empty without any."""

    @property
    def not_drawn(self) -> int:
        """How many nodes the picture leaves out."""
        return self.nodes - len(self.drawn)

    @property
    def without_ambassador(self) -> tuple[CommunityRow, ...]:
        """Communities nobody speaks to yet."""
        return tuple(row for row in self.communities if not row.ambassadors)
