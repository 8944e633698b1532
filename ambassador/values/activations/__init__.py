"""What is started together with people, as forms ask for it and pages show it.

Public names: ActivationCard, ActivationDraft, ActivationKind, ActivationStatus, ActivationView, BallotDraft,
EntryDraft, IdeasResult.
Read in this order: states, activations, votes, results, moments.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.activations.activations import (
        ActivationCard,
        ActivationDraft,
        ActivationView,
        EntryDraft,
    )
    from ambassador.values.activations.results import IdeasResult
    from ambassador.values.activations.states import ActivationKind, ActivationStatus
    from ambassador.values.activations.votes import BallotDraft

__all__ = [
    "ActivationCard",
    "ActivationDraft",
    "ActivationKind",
    "ActivationStatus",
    "ActivationView",
    "BallotDraft",
    "EntryDraft",
    "IdeasResult",
]
__getattr__ = offering(
    __name__,
    {
        "ActivationKind": "states",
        "ActivationStatus": "states",
        "ActivationDraft": "activations",
        "ActivationCard": "activations",
        "ActivationView": "activations",
        "EntryDraft": "activations",
        "BallotDraft": "votes",
        "IdeasResult": "results",
    },
)
