"""Past cascades and ties read from files alone, without a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ambassador.errors import BadInputError
from ambassador.intake.reading import ReadingOptions, inspect_file, read_drafts
from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.network import InfluenceNetwork
from ambassador.values.drafts import Drafts, MentionDraft, TieDraft
from ambassador.values.imports import AS_LISTED, Progress, QuestionKind, silent
from ambassador.values.status import ImportKind

Account = tuple[str, str]


@dataclass(frozen=True, eq=False)
class PastLog:
    """Cascades with where each ran."""

    log: CascadeLog
    platforms: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PastFiles:
    """A network as its file lists it, and logs whose nodes are numbered alike."""

    network: InfluenceNetwork
    logs: tuple[PastLog, ...]
    refused: Mapping[str, int]
    """Rows that could not be used, by file."""


def read_past(ties: Path, mentions: Sequence[Path], *, progress: Progress = silent) -> PastFiles:
    """Read ties and any number of files of mentions; who stands in neither file with ties is a node too."""
    listed = _read(ties, ImportKind.TIES, progress)
    posts = [_read(path, ImportKind.MENTIONS, progress) for path in mentions]
    numbers = _Numbers(listed.rows, [post for part in posts for post in part.rows])
    source = [numbers.of(tie.platform, tie.source) for tie in listed.rows]
    target = [numbers.of(tie.platform, tie.target) for tie in listed.rows]
    logs = tuple(_log_of(part.rows, numbers) for part in posts)
    if not source:
        raise BadInputError("{file} lists no ties that can be used", file=ties.name)
    network = InfluenceNetwork.from_arrays(source, target, 1.0, len(numbers))
    refused = {
        path.name: len(part.rejected)
        for path, part in zip((ties, *mentions), (listed, *posts), strict=True)
        if part.rejected
    }
    return PastFiles(network, logs, refused)


class _Numbers:
    """Node numbers of accounts; handles alone count where the files do not name the same platforms."""

    def __init__(self, ties: Iterable[TieDraft], posts: Iterable[MentionDraft]) -> None:
        tied, posted = {tie.platform for tie in ties}, {post.platform for post in posts}
        self._apart = tied >= posted and len(tied) > 1
        self._numbers: dict[Account, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, platform: str, handle: str) -> int:
        """Give the node of an account, a new one if it was not seen before."""
        return self._numbers.setdefault((platform if self._apart else "", handle), len(self._numbers))


def _read(path: Path, kind: ImportKind, progress: Progress) -> Drafts[Any]:
    """Read a file whose open questions have an answer that does no harm here."""
    answers = {QuestionKind.DIRECTION.value: AS_LISTED} if kind is ImportKind.TIES else {}
    preview = inspect_file(path.name, path, kind, ReadingOptions(answers=answers))
    for question in preview.questions:
        if question.kind is not QuestionKind.COLUMNS and question.necessary and question.answers:
            answers[question.kind.value] = question.proposed or question.answers[0]
    return read_drafts(path.name, path, kind, ReadingOptions(answers=answers), progress=progress)


def _log_of(posts: Sequence[MentionDraft], numbers: _Numbers) -> PastLog:
    roots = _roots(posts)
    cascades: dict[tuple[str, str], int] = {}
    cascade: list[int] = []
    platforms: list[str] = []
    for post, root in zip(posts, roots, strict=True):
        number = cascades.setdefault((post.platform, root), len(cascades))
        if number == len(platforms):
            platforms.append(post.platform)
        cascade.append(number)
    nodes = [numbers.of(post.platform, post.author) for post in posts]
    times = [post.created_at.timestamp() for post in posts]
    return PastLog(CascadeLog.from_entries(np.array(cascade, np.int64), nodes, times), tuple(platforms))


def _roots(posts: Sequence[MentionDraft]) -> list[str]:
    """Name the first post of each one's cascade: as the file says, else by following what it answers."""
    parent = {post.post_id: post.root_id or post.parent_id for post in posts}
    roots = []
    for post in posts:
        found, walked = post.post_id, {post.post_id}
        while parent.get(found) and parent[found] not in walked:
            found = parent[found]
            walked.add(found)
        roots.append(min(walked) if parent.get(found) in walked else found)
    return roots
