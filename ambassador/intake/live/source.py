"""What an adapter of a live source is, what it is given, and what it yields."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ambassador.intake.live.web import Web
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.live import Cursor, Watched
from ambassador.values.status import ImportKind


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of one kind, and how far the source is read once they are in.

    A batch is written in one transaction with its cursor, so it should hold some hundred rows. Whatever
    comes before its cursor has to be in it or in a batch before it: a run that was cut off goes on there.
    """

    kind: ImportKind
    rows: Sequence[Any]
    """Drafts of ``ambassador.values.drafts``, numbered by ``line`` from 1."""
    cursor: Cursor
    rejected: tuple[RejectedRow, ...] = ()
    is_last: bool = False
    """Whether the walk ends with it and its cursor begins another: cut off after it, a run has ended."""


def _nothing(_: Collection[str]) -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Means:
    """What an adapter works with; it opens no connection and reads no environment of its own."""

    web: Web
    secret: Callable[[str], str]
    """Gives a secret by its name in the environment, ``""`` where it is not set. Never keep or tell one."""
    known: Callable[[Collection[str]], Collection[str]] = _nothing
    """Which of some ids of posts are in the workspace already."""
    lingers: float = 0.0
    """Seconds for which a stream is listened to after all that is there was read."""


class Source(Protocol):
    """An adapter: it follows something and yields the same drafts as a file."""

    @property
    def name(self) -> str:
        """What it is called where it is named in the shell and kept with what is followed."""

    @property
    def label(self) -> str:
        """What the network is called."""

    @property
    def offers(self) -> Mapping[str, str]:
        """What can be followed -> the message that names it."""

    @property
    def settings(self) -> tuple[str, ...]:
        """Variables of the environment it asks ``Means.secret`` for."""

    @property
    def per_minute(self) -> int:
        """How many requests it makes at most."""

    def checked(self, watched: Watched) -> Watched:
        """Give what is to be followed in one spelling, or refuse it by ``BadInputError``."""

    def batches(self, watched: Watched, cursor: Cursor, means: Means) -> Iterator[Batch]:
        """Yield what came since the cursor, oldest first, and end when there is no more."""
