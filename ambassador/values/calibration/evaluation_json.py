"""Evaluations as the database keeps them."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ambassador.values.cascades.growth import SizeEvaluation, SizeScore
from ambassador.values.learning import InfluenceEvaluation, PredictionScore, ReliabilityBin, TieDirection


def influence_to_json(check: InfluenceEvaluation) -> dict[str, Any]:
    """Write how well influence told who joins."""
    return {**asdict(check), "direction": check.direction.value}


def influence_from_json(kept: Mapping[str, Any]) -> InfluenceEvaluation:
    """Read it back."""
    return InfluenceEvaluation(
        **{
            **kept,
            "direction": TieDirection(kept["direction"]),
            "stored": PredictionScore(**kept["stored"]) if kept.get("stored") else None,
            "baselines": {name: PredictionScore(**score) for name, score in kept["baselines"].items()},
            "reliability": tuple(ReliabilityBin(**one) for one in kept["reliability"]),
        }
    )


def size_from_json(kept: Mapping[str, Any]) -> SizeEvaluation:
    """Read how well sizes were foretold."""
    scores = {name: SizeScore(**score) for name, score in kept["baselines"].items()}
    lies = kept.get("median_ape_90")
    return SizeEvaluation(**{**kept, "baselines": scores, "median_ape_90": tuple(lies) if lies else None})
