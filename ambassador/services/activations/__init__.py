"""What is started together with people: made, opened, voted, counted, announced.

Public names: ``create_activation``, ``list_activations``, ``open_activation``, ``move_activation``,
``put_idea``, ``bring_in_votes``, ``count_ideas``, ``count_poll``.
Read in this order: ``activations``, ``activation_view``, ``entries``, ``ballots``, ``counting``, ``ideas``,
``polls``, ``files``, ``moments``, ``moment_lift``, ``replies``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.activations.activation_view import list_activations, open_activation
    from ambassador.services.activations.activations import create_activation, move_activation
    from ambassador.services.activations.ballots import bring_in_votes
    from ambassador.services.activations.entries import put_idea
    from ambassador.services.activations.ideas import count_ideas
    from ambassador.services.activations.polls import count_poll

__all__ = [
    "bring_in_votes",
    "count_ideas",
    "count_poll",
    "create_activation",
    "list_activations",
    "move_activation",
    "open_activation",
    "put_idea",
]
__getattr__ = offering(
    __name__,
    {
        "create_activation": "activations",
        "move_activation": "activations",
        "list_activations": "activation_view",
        "open_activation": "activation_view",
        "put_idea": "entries",
        "bring_in_votes": "ballots",
        "count_ideas": "ideas",
        "count_poll": "polls",
    },
)
