"""Options that picking and forecasting share."""

from typing import Annotated

import typer

from ambassador.i18n import mark
from ambassador.values.networks.network import Diffusion

HANDLES = mark("Handles, separated by commas; write platform:handle where several platforms have it.")
_PROBABILITIES = mark("auto, learned, given, weights, weighted-cascade, trivalency or constant:P.")
_DIFFUSION = mark("ic (independent cascade) or lt (linear threshold).")
_KEY = mark("Random key: the same key gives the same answer.")
_CAMPAIGN = mark("Name or number of the campaign.")
Probabilities = Annotated[str, typer.Option("--probabilities", help=_PROBABILITIES)]
DiffusionOption = Annotated[Diffusion, typer.Option("--diffusion", help=_DIFFUSION)]
KeyOption = Annotated[int | None, typer.Option("--key", min=0, help=_KEY)]
Days = Annotated[
    int | None, typer.Option("--days", min=1, help=mark("Deadline; else as long as word travels."))
]
CampaignOption = Annotated[str | None, typer.Option("--campaign", help=_CAMPAIGN)]


def handles_of(text: str) -> tuple[str, ...]:
    """Read handles separated by commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
