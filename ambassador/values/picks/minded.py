"""What a pick that minds complaints gives up and spares, beside the one that does not."""

from dataclasses import dataclass
from typing import Final

from ambassador.i18n import mark
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.imports.imports import Note

ENOUGH_LABELLED: Final = 30
"""Labelled answers below which it is said that people can hardly be told apart: 30 tell a share to 9%."""
MOST_MINDED: Final = 10.0
"""The largest weight of a complaint: beyond, hardly anything but complaints would count."""
_COMPLAINERS = mark(
    "Of those who talk {complainers} are expected to complain, 8 times in 10: {low} to {high}."
)
_COMPLAINERS_ALONE = mark("Of those who talk {complainers} are expected to complain.")
_COUNTED = mark(
    "Picked by people who talk minus {weight} for each who complains: it is this sum that no other choice "
    "beats by more."
)
_GIVES_UP = mark("It gives up about {talkers} people who talk for about {complainers} complaints fewer.")
_SAME_PEOPLE = mark("Without minding complaints the same people would be picked: nothing is given up.")
_NO_FEWER = mark(
    "It spares no complaints against the pick that does not mind them ({talkers} people who talk, "
    "{complainers} complaints): whom one answers is not told apart well enough along these ties."
)
_CUT_OFF = mark(
    "Complaints outweigh what {count} people would add by talking: they count 0, never below, so the best "
    "could be worth a little less than the guarantee assumes. A lower weight tells them apart."
)
_FEW = mark(
    "Only {answers} answers to posts are labelled, so people can hardly be told apart by their complaints: "
    "label more of them (Mentions, tone and topics), some drawn at random."
)
_ALL_COMPLAIN = mark(
    "Every labelled answer is a complaint: people cannot be told apart by it. Label other answers as well, "
    "some drawn at random."
)
_ALMOST_NONE = 0.05


@dataclass(frozen=True, slots=True)
class MindedComplaints:
    """A choice that minds complaints, beside the one that does not, in the same simulated launches."""

    weight: float
    """How many people who talk a complainer counts against."""
    complainers: Range
    """Expected among those who talk."""
    plain_complainers: float
    """The same of the choice that does not mind them."""
    plain_spread: float
    given_up: Range
    """People who talk fewer than in the choice that does not mind complaints."""
    spared: Range
    """Complainers fewer."""
    handles: tuple[str, ...]
    """Whom the choice that does not mind complaints would pick."""
    same: bool
    """Whether both choices are the same people."""
    answers: int
    """Labelled answers all of it rests on."""
    people: int
    """To so many people."""
    complaints: int
    """So many of them complaints."""
    cut_off: int = 0
    """People in whose case complaints outweigh their talk: they count 0, and not below."""


def minded_notes(minded: MindedComplaints) -> tuple[Note, ...]:
    """Say how the choice was counted, what minding complaints gives up and spares, and what to mend.

    Examples
    --------
    >>> none = Range(0.0, 0.0, 0.0)
    >>> found = MindedComplaints(
    ...     1.0,
    ...     Range(4.0, 4.0, 4.0),
    ...     9.0,
    ...     80.0,
    ...     Range(12.0, 11.0, 13.0),
    ...     Range(5.0, 5.0, 5.0),
    ...     ("nina",),
    ...     same=False,
    ...     answers=40,
    ...     people=9,
    ...     complaints=4,
    ... )
    >>> str(minded_notes(found)[2])
    'It gives up about 12 people who talk for about 5 complaints fewer.'
    """
    notes = [Note(_COUNTED, {"weight": _plain(minded.weight)}), complainers_note(minded)]
    if minded.same:
        notes.append(Note(_SAME_PEOPLE))
    elif minded.spared.mean < _ALMOST_NONE:
        found = {
            "talkers": figure_of(minded.plain_spread),
            "complainers": figure_of(minded.plain_complainers),
        }
        notes.append(Note(_NO_FEWER, found))
    else:
        told = {"talkers": figure_of(minded.given_up.mean), "complainers": figure_of(minded.spared.mean)}
        notes.append(Note(_GIVES_UP, told))
    if minded.cut_off:
        notes.append(Note(_CUT_OFF, {"count": minded.cut_off}))
    if minded.answers < ENOUGH_LABELLED:
        notes.append(Note(_FEW, {"answers": minded.answers}))
    if minded.complaints == minded.answers:
        notes.append(Note(_ALL_COMPLAIN))
    return tuple(notes)


def complainers_note(minded: MindedComplaints) -> Note:
    """Say how many of those who talk complain, with the range where there is one."""
    low, high = minded.complainers.ends()
    expected = figure_of(minded.complainers.mean)
    if low is None or high is None:
        return Note(_COMPLAINERS_ALONE, {"complainers": expected})
    return Note(_COMPLAINERS, {"complainers": expected, "low": figure_of(low), "high": figure_of(high)})


def figure_of(value: float) -> float | int:
    """Round to as many digits as are worth reading.

    Examples
    --------
    >>> figure_of(12.34), figure_of(1.26), figure_of(3.0)
    (12, 1.3, 3)
    """
    return round(value) if abs(value) >= 10 else _plain(round(value, 1))  # noqa: PLR2004 - two digits are enough


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
