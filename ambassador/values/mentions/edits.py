"""Whether another text of the same post is an edit, or only the same words cut short."""

import re
from html import unescape

_CUT = re.compile(r"\s*(?:\u2026|\.\.\.|\[\u2026\]|\[\.\.\.\])\s*(?:https?://\S+)?\s*$")
"""How programs end a text they cut, an address perhaps behind it."""
_USUAL_LENGTHS = frozenset({
    50, 80, 100, 120, 128, 140, 150, 160, 180, 200, 250, 254, 255, 256, 280, 300, 400, 500, 511, 512, 600,
    800, 1_000, 1_023, 1_024, 2_000, 2_048, 2_200, 4_000, 4_095, 4_096, 5_000, 8_000, 32_767,
})  # fmt: skip
"""Lengths at which exports cut without a sign."""


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


def _is_cut(whole: str, part: str) -> bool:
    """Tell whether a text is part of another: with dots, cut in a word or at a usual length, or inside."""
    if _CUT.search(part):
        return True  # what was behind the dots nobody knows
    if not whole.startswith(part):
        return part in whole
    within = whole[len(part)].isalnum() and part[-1].isalnum()
    return within or len(part) in _USUAL_LENGTHS


def _bare(text: str) -> str:
    return " ".join(unescape(text).split())
