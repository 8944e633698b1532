"""What was learned about influence, and how good it proved, for shells and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TieDirection(StrEnum):
    """Which way the ties of a file run; ``auto`` tries both on the last part of the past."""

    AS_LISTED = "as-listed"
    REVERSED = "reversed"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Predictions of about the same size: how large they were, and how often the thing happened."""

    predicted: float
    observed: float
    count: int


@dataclass(frozen=True, slots=True)
class Score:
    """How good one way of predicting was; ``auc`` is None where all or none activated."""

    auc: float | None
    log_likelihood: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class InfluenceEvaluation:
    """How well influence learned from some cascades told who joined others."""

    auc: float | None
    log_likelihood: float
    calibration_error: float
    exposed: int
    baselines: Mapping[str, Score]
    direction: TieDirection
    activated: int
    silent: int
    calibration_slope: float | None = None
    top_share_error: float | None = None
    """Observed less predicted among the top 5%, in standard errors."""
    reliability: tuple[ReliabilityBin, ...] = ()
    trained_on: int = 0
    tested_on: int = 0
    ties: int = 0
    outside_share: float = 0.0
    """Part of the test activations that nobody active explains."""
    notes: Mapping[str, int] = field(default_factory=dict)
    """Rows that could not be used, by file."""
