"""Which adapters there are: those built in, and those installed beside under ``ambassador.sources``."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import entry_points
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.live.bluesky import BlueskySource
from ambassador.intake.live.mastodon import MastodonSource
from ambassador.intake.live.source import Source
from ambassador.intake.live.youtube import YouTubeSource

GROUP: Final = "ambassador.sources"
BUILT_IN: Final[tuple[Callable[[], Source], ...]] = (
    BlueskySource,
    MastodonSource,
    YouTubeSource,
)


def all_sources() -> dict[str, Source]:
    """Give every adapter by its name; none installed beside takes the place of one built in."""
    found = {name: made for name, made in _installed().items() if not isinstance(made, str)}
    return found | {made.name: made for made in (kind() for kind in BUILT_IN)}


def source_named(name: str) -> Source:
    """Find an adapter by its name; one that is installed and broken says so."""
    known = all_sources()
    if name in known:
        return known[name]
    broken = _installed().get(name)
    if isinstance(broken, str):
        raise BadInputError(mark("The source {name} cannot be loaded: {kind}"), name=name, kind=broken)
    message = mark("{name} is no live source: there are {names}")
    raise BadInputError(message, name=name, names=", ".join(sorted(known)))


@cache
def _installed() -> dict[str, Source | str]:
    """Load what is installed beside, once; of what cannot be loaded the kind of its error is kept."""
    found: dict[str, Source | str] = {}
    for entry in entry_points(group=GROUP):
        try:
            made: Source = entry.load()()
            found[made.name] = made
        except Exception as error:  # noqa: BLE001 - code of others
            found[entry.name] = type(error).__name__
    return found
