"""What is said of the order of reading: the same on the page and in a shell."""

from ambassador.i18n import mark
from ambassador.values.imports.imports import Note
from ambassador.values.tone import (
    LABELS_FOR_CHANCE,
    LABELS_TO_CHECK,
    NEGATIVE_FOR_CHANCE,
    OF_EACH_TO_CHECK,
    RANDOM_FOR_CHANCE,
    ToneFigures,
)

_FOUND = mark("Reading the first 20% finds about {share}% of the complaints ({low}% to {high}%).")
_AMONG = mark(
    "Reading the first 20% finds about {share}% of the complaints ({low}% to {high}%) among the posts that"
    " were labelled; too few of them were drawn at random to speak of all."
)
_TOO_FEW = mark(
    "Too few labels to say what the order finds: at least {missing} more are needed, so that there are"
    " {labels}, {each} of them negative and {each} not."
)
_ORDER_ALONE = mark(
    "Probabilities are shown from {labels} labels on, {random} of them of posts drawn at random, {negative}"
    " of these complaints; there are {told}, {drawn} and {bad}. Until then only the order is told."
)


def found_note(figures: ToneFigures) -> Note:
    """Say what reading the first fifth finds, or how many labels that needs.

    Examples
    --------
    >>> str(found_note(ToneFigures(3, 1, 0, 0, 0)))[:61]
    'Too few labels to say what the order finds: at least 46 more '
    """
    if figures.found is None:
        return Note(
            _TOO_FEW,
            {"missing": max(figures.missing, 1), "labels": LABELS_TO_CHECK, "each": OF_EACH_TO_CHECK},
        )
    found = figures.found
    shares = {"share": found.share, "low": found.low, "high": found.high}
    values = {name: round(100 * share) for name, share in shares.items()}
    return Note(_FOUND if figures.weighted else _AMONG, values)


def chance_note(figures: ToneFigures) -> Note | None:
    """Say what probabilities wait for; None where they are shown.

    Examples
    --------
    >>> chance_note(ToneFigures(3, 1, 0, 0, 0)) is None
    False
    """
    if figures.has_chance:
        return None
    wanted = {"labels": LABELS_FOR_CHANCE, "random": RANDOM_FOR_CHANCE, "negative": NEGATIVE_FOR_CHANCE}
    there = {"told": figures.told, "drawn": figures.random, "bad": figures.random_negative}
    return Note(_ORDER_ALONE, {**wanted, **there})
