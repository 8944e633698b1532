"""X's data download: followers and followed, by their numbers alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind


def _refused(_: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    message = mark(
        "X's download names followers by their numbers alone, without handles: nobody can be told from it."
        " Export the list of followers with handles"
    )
    raise UnreadableFileError(message)


_HAS = ("follower.accountId|following.accountId", "follower.userLink|following.userLink")
X_FOLLOWERS_BY_NUMBER = Format(
    key="x-followers-by-number",
    name=mark("X data download, followers by number (refused: it has no handles)"),
    kind=ImportKind.PEOPLE,
    has=_HAS,
    columns={"native_id": "accountId"},
    unfold=_refused,
)
X_TIES_BY_NUMBER = Format(
    key="x-ties-by-number",
    name=mark("X data download, who follows by number (refused: it has no handles)"),
    kind=ImportKind.TIES,
    has=_HAS,
    columns={"source": "accountId"},
    unfold=_refused,
)
