"""States, deals and moments in the reader's language."""

from enum import StrEnum

from ambassador.ui.kit.text import t
from ambassador.values.status_words import text_of


def word(state: StrEnum | None) -> str:
    """Say a state in the reader's language; nothing for none."""
    return "" if state is None else t(text_of(state))
