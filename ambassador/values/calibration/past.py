"""Past posts and ties as plain records: what every evaluation is fed, from files and from the database."""

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PastPost:
    """One post; whoever reads it names authors as posts and ties can be joined by."""

    platform: str
    post_id: str
    author: Hashable
    at: float
    """Seconds since 1970."""
    parent_id: str = ""
    """The post it answers or shares, as the source names it."""
    root_id: str = ""
    names: Hashable = None
    """The author its own text names as its source."""
    followers: float | None = None
    is_answer: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Name the post among those of all platforms."""
        return self.platform, self.post_id


@dataclass(frozen=True, slots=True)
class PastTie:
    """Influence flows source -> target."""

    source: Hashable
    target: Hashable
    probability: float | None = None
    kind: str = ""
    weight: float | None = None
