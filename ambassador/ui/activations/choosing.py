"""Which activation is open: it stands in the address, so that a link opens the same."""

from collections.abc import Sequence
from typing import Final

from ambassador.ui.kit.address import asked_number
from ambassador.ui.kit.screen import st
from ambassador.values.activations.activations import ActivationCard

PARAMETER: Final = "activation"
_OPENED: Final = "_activation_opened"


def asked_activation(cards: Sequence[ActivationCard]) -> int | None:
    """The number of the activation that is open; None where the list is shown."""
    asked = asked_number(PARAMETER)
    number = asked if asked is not None else st.session_state.get(_OPENED)
    if number not in {card.id for card in cards}:
        return None
    choose_activation(number)
    return number


def choose_activation(number: int | None) -> None:
    """Open an activation, or go back to the list."""
    st.session_state[_OPENED] = number
    if number is None:
        st.query_params.pop(PARAMETER, None)
    else:
        st.query_params[PARAMETER] = str(number)
