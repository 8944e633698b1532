"""One possible launch, told person by person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talker:
    """Somebody who talks in a simulated launch; ``prompted_by`` is empty for those who start."""

    handle: str
    platform: str
    prompted_by: str
    branch: str
    """Handle of the starter this goes back to."""
    step: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One simulated launch, everybody in the order in which they begin to talk."""

    run: int
    talkers: tuple[Talker, ...]

    def branch_sizes(self) -> dict[str, int]:
        """Count the people in each starter's branch, the starter included."""
        sizes: dict[str, int] = {}
        for talker in self.talkers:
            sizes[talker.branch] = sizes.get(talker.branch, 0) + 1
        return sizes
