"""Whether another text of the same post is an edit, or only the same words cut short."""

import re
from html import unescape

_CUT = re.compile(r"\s*(?:\u2026|\.\.\.|\[\u2026\]|\[\.\.\.\])\s*(?:https?://\S+)?\s*$")
"""How programs end a text they cut, an address perhaps behind it."""


def is_edit(known: str, told: str) -> bool:
    """Tell whether words are other ones than those known, not the same in part or written another way.

    >>> (
    ...     is_edit("Two days", "Two days #q1"),
    ...     is_edit("Two days with the Q1", "Two days wi..."),
    ...     is_edit("", "x"),
    ... )
    (True, False, False)
    """
    before, after = _bare(known), _bare(told)
    if not before or not after or before == after:
        return False
    if _CUT.search(before) and not _CUT.search(after):
        return True
    return not _is_cut(before, after)


def differ(known: str, told: str) -> bool:
    """Tell whether two texts are there and say other words, be it an edit or the same words cut short.

    >>> differ("Two days with the Q1", "Two days wi..."), differ("Two &amp; three", "Two & three")
    (True, False)
    """
    if known == told:
        return False
    before, after = _bare(known), _bare(told)
    return bool(before and after) and before != after


def _is_cut(whole: str, part: str) -> bool:
    """Tell whether a text is only part of another: what stood behind dots, or is gone, nobody knows."""
    return bool(_CUT.search(part)) or part in whole


def _bare(text: str) -> str:
    return " ".join(unescape(text).split())
