"""``ambassador evaluate``: what the methods would have been worth on your own past."""

from collections.abc import Callable
from typing import Final

import typer

from ambassador.cli.calibration import evaluate_influence, evaluate_parents, evaluate_size
from ambassador.i18n import mark

PARTS: Final[tuple[Callable[[typer.Typer], None], ...]] = (
    evaluate_influence.register,
    evaluate_size.register,
    evaluate_parents.register,
)
"""Every question that can be asked of the past, in the order ``--help`` shows."""


def register(app: typer.Typer) -> None:
    """Add the ``evaluate`` group."""
    group = typer.Typer(
        rich_markup_mode=None, help=mark("Would it have worked on your own past? Measured on files of yours.")
    )
    for part in PARTS:
        part(group)
    app.add_typer(group, name="evaluate")
