"""Parents the platform hides: what is likely, and how often it was right where it could be checked."""

from dataclasses import dataclass
from typing import Final

from ambassador.i18n import mark
from ambassador.values.imports.imports import Note, RejectedRow

FEWEST_HIDDEN: Final = 25
"""Hidden answers: of so many, a share found is known to ten points."""
CLEAR: Final = 2.0
"""Standard errors, cascade by cascade, by which more parents must be found than by the simple way."""
_USE: Final = mark(
    "Use it: it found {found}% of the parents; the better of two simple ways, always the first post or "
    "always the post before, {simple}%."
)
_ROOT: Final = mark(
    "Name the first post, with its {simple}%: nothing that was tried clearly beats it here. Posts that say "
    "what they answer, or ties, could change that."
)
_BEFORE: Final = mark(
    "Name the post before, with its {simple}%: nothing that was tried clearly beats it here. Posts that say "
    "what they answer, or ties, could change that."
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
    calibration_error_by_chance: float | None = None
    """The same for somebody who knows all that can be known, as cascades differ. Older records lack it."""
    gain_over_simple: float | None = None
    """How clearly more was found than by the better simple way, in standard errors by cascade."""

    @property
    def verdict(self) -> Note:
        """What to do with it, in a sentence: use it, use the simple way, or too little to tell."""
        if self.mentions < FEWEST_HIDDEN or self.accuracy is None:
            return Note(_TOO_FEW, {"mentions": self.mentions, "missing": FEWEST_HIDDEN - self.mentions})
        root, before = self.always_root or 0.0, self.previous_event or 0.0
        simple = max(root, before)
        shares = {"found": round(100 * self.accuracy), "simple": round(100 * simple)}
        clear = self.gain_over_simple is None or self.gain_over_simple > CLEAR
        if self.accuracy > simple and clear:
            return Note(_USE, shares)
        return Note(_ROOT if root >= before else _BEFORE, shares)
