"""Parents the platform hides: what is likely, and how often it was right where it could be checked."""

from dataclasses import dataclass
from typing import Final

from ambassador.i18n import mark
from ambassador.values.imports.imports import Note, RejectedRow

FEWEST_HIDDEN: Final = 25
"""Hidden answers: of so many, a share found is known to ten points."""
_USE: Final = mark("Use it: it found more parents than naming the first post always.")
_ROOT: Final = mark(
    "Name the first post: nothing beats that here. Posts that say what they answer, or ties, could change "
    "that."
)
_TOO_FEW: Final = mark("Too little to tell: {mentions} answers were hidden; {missing} more are needed.")


@dataclass(frozen=True, slots=True)
class ParentsEvaluation:
    """How often hidden parents were found again; shares are None where nothing could be asked."""

    accuracy: float | None
    """Of all posts whose parent was hidden."""
    accuracy_non_root: float | None
    """Of those whose parent is not the start of the cascade."""
    always_root: float | None
    """Accuracy of naming the start, whatever the post."""
    previous_event: float | None
    """Accuracy of naming the post right before."""
    calibration_error: float | None
    """Mean gap between stated probability and hit rate, over 20 groups of equal size."""
    log_score: float | None
    """Mean logarithm of the probability stated for the true parent (at least one in a million)."""
    log_score_always_guessing: float | None
    """The same for all earlier posts alike."""
    mean_probability: float | None
    """Stated for the chosen parents."""
    mentions: int
    """Whose parent was hidden."""
    mentions_non_root: int
    cascades: int
    """They belong to."""
    folds: int
    """Parts of the cascades, each judged by what the others taught."""
    dirt: dict[str, int]
    """What was wrong with the rows."""
    refused: dict[str, int]
    """Rows that could not be used, by file."""
    rejected_rows: tuple[RejectedRow, ...] = ()

    @property
    def verdict(self) -> Note:
        """What to do with it, in a sentence: use it, use the simple way, or too little to tell."""
        if self.mentions < FEWEST_HIDDEN or self.accuracy is None:
            return Note(_TOO_FEW, {"mentions": self.mentions, "missing": FEWEST_HIDDEN - self.mentions})
        if self.always_root is not None and self.accuracy <= self.always_root:
            return Note(_ROOT)
        return Note(_USE)
