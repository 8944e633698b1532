"""Of when things are, where that is not now."""

from ambassador.reports.words import Words
from ambassador.values.as_of import AsOf


def known_sentence(as_of: AsOf, words: Words) -> str:
    """Say of when things are, and what of it could not be brought back."""
    parts = [words.t("As known on {day}.", day=words.day(as_of.day))]
    if as_of.undone:
        parts.append(
            words.t_count(
                "{count} import that was known then and undone since is not in it.",
                "{count} imports that were known then and undone since are not in it.",
                as_of.undone,
            )
        )
    if as_of.erased:
        parts.append(
            words.t_count(
                "{count} person who was erased since is not named.",
                "{count} people who were erased since are not named.",
                as_of.erased,
            )
        )
    return " ".join(parts)
