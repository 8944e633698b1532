"""Couriers' words as they are typed: ``--state "left with neighbour=delivered"``."""

from collections.abc import Sequence

from ambassador.errors import BadInputError
from ambassador.i18n import mark


def words_told(given: Sequence[str]) -> dict[str, str]:
    """Part each word from what it means.

    Examples
    --------
    >>> words_told(["Left with neighbour = delivered"])
    {'Left with neighbour': 'delivered'}
    """
    told = {}
    for one in given:
        word, sign, state = one.rpartition("=")
        if not sign or not word.strip() or not state.strip():
            raise BadInputError(mark("{text} explains no word: write WORD=STATE"), text=one)
        told[word.strip()] = state.strip()
    return told
