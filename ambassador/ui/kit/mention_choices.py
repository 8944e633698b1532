"""The fields in which the reader says what the list of mentions shows: a kept view fills them in."""

from typing import Final

SHOW_KEY: Final = "mentions:show"
SEARCH_KEY: Final = "mentions:search"
