"""Would it have worked on the organisation's own past? Forecasts, sizes, parents and influence, judged.

Public names: ``check_calibration``, ``read_calibration``, ``judge_law``, ``learn_and_judge``,
``network_beats``, ``evaluate_influence``, ``evaluate_parents``, ``evaluate_size``.
Read in this order: ``calibration``, ``rolling_origin``, ``leading``, ``check_past``, ``calibration_record``,
``past_files``, ``past_arrays``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.calibration.calibration import (
        check_calibration,
        judge_law,
        learn_and_judge,
        read_calibration,
    )
    from ambassador.services.calibration.calibration_record import network_beats
    from ambassador.services.calibration.influence_evaluation import evaluate_influence
    from ambassador.services.calibration.parents_evaluation import evaluate_parents
    from ambassador.services.calibration.size_evaluation import evaluate_size

__all__ = [
    "check_calibration",
    "evaluate_influence",
    "evaluate_parents",
    "evaluate_size",
    "judge_law",
    "learn_and_judge",
    "network_beats",
    "read_calibration",
]
__getattr__ = offering(
    __name__,
    {
        "check_calibration": "calibration",
        "judge_law": "calibration",
        "learn_and_judge": "calibration",
        "read_calibration": "calibration",
        "network_beats": "calibration_record",
        "evaluate_influence": "influence_evaluation",
        "evaluate_parents": "parents_evaluation",
        "evaluate_size": "size_evaluation",
    },
)
