"""Say who fell outside the range forecast for them, and why the pick had chosen them."""

from collections.abc import Sequence
from typing import Final

from ambassador.ui.kit.markup import Markup, joined, markup, plain, with_icon
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import interval, number, percent, t, t_count
from ambassador.values.results.surprises import Surprise

_SHOWN: Final = 2
_LOW_OVERLAP: Final = 0.05
"""Audience shared with any other pick below which the choice was one for low overlap."""


def draw_surprises(surprises: Sequence[Surprise]) -> None:
    """Name whoever came out above or below their range, the loudest first."""
    for one in surprises[:_SHOWN]:
        icon = ":material/trending_up:" if one.is_above else ":material/trending_down:"
        st.markdown(with_icon(icon, surprise_line(one)))
    rest = len(surprises) - _SHOWN
    if rest > 0:
        st.caption(
            t_count(
                "{count} more is outside their range: see Outcomes.",
                "{count} more are outside their range: see Outcomes.",
                rest,
            )
        )


def surprise_line(one: Surprise) -> Markup:
    """Write one ambassador's line."""
    said = t_count("{count} person talks", "{count} people talk", one.talkers)
    result = t("{said}, outside its range of {range}", said=said, range=interval(one.low, one.high))
    name = markup("**{name}**{size}:", name=one.name, size=plain(_size(one)))
    return joined(" ", (name, f"{result}.", _why(one)))


def _size(one: Surprise) -> str:
    if one.followers is None or one.size_rank is None:
        return ""
    return " " + t(
        "({followers} followers, number {rank} by size)",
        followers=number(one.followers),
        rank=number(one.size_rank),
    )


def _why(one: Surprise) -> str:
    if not one.was_picked:
        return ""
    if one.overlap is None or one.overlap > _LOW_OVERLAP:
        return t("The pick did not foresee this size.")
    shared = percent(one.overlap)
    return t("Picked for low overlap ({shared} of the audience shared), not foreseen in size.", shared=shared)
