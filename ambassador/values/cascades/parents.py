"""Parents the platform hides: what is likely, and how often it was right where it could be checked."""

from dataclasses import dataclass


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
