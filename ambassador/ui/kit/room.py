"""How much room a page has: the browser says how wide it is before it asks for anything of the page."""

import re
from typing import Final

from ambassador.ui.kit.screen import st

WIDTH_COOKIE: Final = "ambassador_width"
"""Written by the first page a browser gets, and anew whenever its window changes."""
_LAPTOP: Final = 1280
_PHONE: Final = 400
_NARROW: Final = 640
_BESIDE: Final = 768
"""Above so many pixels the list of pages stands beside the page."""
_LIST_AND_MARGINS: Final = 405
_MARGINS: Final = 32


def screen_width() -> int:
    """How many pixels wide the browser is; a laptop's or a phone's width where it did not say."""
    said = re.fullmatch(r"\d{2,5}", str(st.context.cookies.get(WIDTH_COOKIE, "")))
    if said:
        return int(said.group())
    return _PHONE if "Mobi" in str(st.context.headers.get("User-Agent", "")) else _LAPTOP


def page_width() -> int:
    """How many pixels of the browser's width the page itself has."""
    width = screen_width()
    return width - (_LIST_AND_MARGINS if width > _BESIDE else _MARGINS)


def on_small_screen() -> bool:
    """Whether what stands side by side elsewhere has to stand one below the other."""
    return screen_width() < _NARROW
