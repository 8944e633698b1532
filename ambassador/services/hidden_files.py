"""Cascades of a file of mentions whose parents were seen, read without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ambassador.intake.reading import ReadingOptions, inspect_file, read_drafts
from ambassador.intake.words import addressed
from ambassador.propagation.forest import Problems, build_forest
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.seen_cascades import SeenCascades
from ambassador.values.drafts import Drafts, MentionDraft, TieDraft
from ambassador.values.imports import AS_LISTED, Progress, QuestionKind, silent
from ambassador.values.status import ImportKind, MentionKind
from ambassador.values.text_chain import chain_of

_ANSWERS = frozenset({MentionKind.REPLY, MentionKind.COMMENT})


@dataclass(frozen=True, eq=False)
class SeenFiles:
    """Cascades as arrays, the ties among their authors, and what was wrong with the rows."""

    seen: SeenCascades
    ties: InfluenceNetwork | None
    problems: Problems
    refused: Mapping[str, int]


def read_seen(mentions: Path, ties: Path | None, *, progress: Progress = silent) -> SeenFiles:
    """Read posts and, if given, who hears from whom."""
    read = _read(mentions, ImportKind.MENTIONS, progress)
    listed = _read(ties, ImportKind.TIES, progress) if ties else None
    posts: Sequence[MentionDraft] = read.rows
    people = _People(posts, listed.rows if listed else ())
    seen, problems = _cascades(posts, people)
    network = _network(listed.rows, people) if listed else None
    refused = {
        path.name: len(part.rejected)
        for path, part in ((mentions, read), (ties, listed))
        if path and part and part.rejected
    }
    return SeenFiles(seen, network, problems, refused)


class _People:
    """Numbers of authors; handles alone count where the files do not name the same platforms."""

    def __init__(self, posts: Sequence[MentionDraft], ties: Sequence[TieDraft]) -> None:
        tied, posted = {tie.platform for tie in ties}, {post.platform for post in posts}
        self._apart = tied >= posted or not tied
        self.numbers: dict[tuple[str, str], int] = {}

    def of(self, platform: str, handle: str) -> int:
        """Give the number of an account, a new one if it was not seen before."""
        return self.numbers.setdefault((platform if self._apart else "", handle), len(self.numbers))

    def known(self, platform: str, handle: str) -> int:
        """Give the number of an account, or -1."""
        return self.numbers.get((platform if self._apart else "", handle), -1)


def _read(path: Path, kind: ImportKind, progress: Progress) -> Drafts[Any]:
    """Read a file; open questions get the answer proposed, for nothing is kept."""
    answers = {QuestionKind.DIRECTION.value: AS_LISTED} if kind is ImportKind.TIES else {}
    preview = inspect_file(path.name, path, kind, ReadingOptions(answers=answers))
    for question in preview.questions:
        if question.kind is not QuestionKind.COLUMNS and question.necessary and question.answers:
            answers[question.kind.value] = question.proposed or question.answers[0]
    return read_drafts(path.name, path, kind, ReadingOptions(answers=answers), progress=progress)


def _cascades(posts: Sequence[MentionDraft], people: _People) -> tuple[SeenCascades, Problems]:
    times = np.array([post.created_at.timestamp() for post in posts], np.float64)
    above = [post.parent_id or post.root_id or None for post in posts]
    forest = build_forest(
        [(post.platform, post.post_id) for post in posts],
        [(post.platform, key) if key else None for post, key in zip(posts, above, strict=True)],
        times=times,
    )
    chosen = [posts[row] for row in forest.row.tolist()]
    moments = times[forest.row]
    number = np.arange(forest.parent.size)
    order = np.lexsort((number, moments, number != forest.root, forest.root))
    place = np.empty(number.size + 1, np.int64)
    place[order], place[-1] = number, -1
    named_here = np.array([bool(post.parent_id) for post in chosen], np.bool_)
    parent = np.where(named_here, place[forest.parent], -1)
    author = np.array([people.of(post.platform, post.author) for post in chosen], np.int64)
    named = np.array([people.known(post.platform, _source_named(post)) for post in chosen], np.int64)
    followers = [np.nan if post.author_followers is None else post.author_followers for post in chosen]
    reply = np.array([post.kind in _ANSWERS for post in chosen], np.bool_)
    ends = np.flatnonzero(np.diff(forest.root[order], append=-1)) + 1
    seen = SeenCascades(
        np.concatenate([[0], ends]).astype(np.int64),
        author[order],
        moments[order],
        parent[order],
        np.array(followers, np.float64)[order],
        named[order],
        reply[order],
    )
    return seen, forest.problems


def _source_named(post: MentionDraft) -> str:
    """Give whom the text itself names as its source; what a column says of the parent stays hidden."""
    handles = chain_of(post.text).handles
    if handles:
        return handles[0]
    return addressed(post.text).lower() if post.kind in _ANSWERS else ""


def _network(ties: Sequence[TieDraft], people: _People) -> InfluenceNetwork:
    source = [people.of(tie.platform, tie.source) for tie in ties]
    target = [people.of(tie.platform, tie.target) for tie in ties]
    likely: npt.ArrayLike = 0.5
    if ties and all(tie.probability is not None for tie in ties):
        likely = [tie.probability or 0.0 for tie in ties]
    return InfluenceNetwork.from_arrays(source, target, likely, len(people.numbers))
