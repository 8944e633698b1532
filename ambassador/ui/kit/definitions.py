"""What each figure means, behind a question mark."""

from ambassador.ui.kit.text import t
from ambassador.values.definitions import DEFINITIONS


def define(name: str) -> str:
    """A definition in the reader's language."""
    return t(DEFINITIONS[name])
