"""A file of posts as cascades over time, however dirty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ambassador.intake.reading import read_drafts
from ambassador.propagation.forest import build_forest
from ambassador.propagation.windows import Course
from ambassador.values.drafts import MentionDraft
from ambassador.values.imports import Progress, silent
from ambassador.values.status import ImportKind

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PastCourses:
    """The cascades of a file, the oldest first."""

    courses: tuple[Course, ...]
    rejected: int
    """Rows that could not be used."""


def read_courses(mentions: Path, *, progress: Progress = silent) -> PastCourses:
    """Read a file of posts and part it into cascades by what they answer or start from."""
    drafts = read_drafts(mentions.name, mentions, ImportKind.MENTIONS, progress=progress)
    return PastCourses(courses_of(drafts.rows), len(drafts.rejected))


def courses_of(posts: Sequence[MentionDraft]) -> tuple[Course, ...]:
    """Part posts into cascades; a post given twice counts once, one before its start counts as at it.

    Posts that name a start which is not in the file belong together all the same; the earliest of them is
    taken for the start.
    """
    ids = [(post.platform, post.post_id) for post in posts]
    here = set(ids)
    above = [_above(post, here) for post in posts]
    absent = [key for key in dict.fromkeys(above) if key is not None and key not in here]
    moments = np.array([*(post.created_at.timestamp() for post in posts), *(np.nan for _ in absent)])
    forest = build_forest([*ids, *absent], [*above, *(None for _ in absent)], times=moments)
    times = moments[forest.row]
    by_root = np.argsort(forest.root, kind="stable")
    parts = np.split(by_root, np.flatnonzero(np.diff(forest.root[by_root])) + 1) if by_root.size else []
    return tuple(_in_order((times[int(forest.root[part[0]])], times[part]) for part in parts))


def _above(post: MentionDraft, here: set[Key]) -> Key | None:
    """Hang a post from its parent if that is here, else from its start, else from the absent parent."""
    parent, root = (post.platform, post.parent_id), (post.platform, post.root_id)
    if post.parent_id and (parent in here or not post.root_id):
        return parent
    return root if post.root_id else None


def _in_order(parts: Iterable[tuple[float, "np.ndarray[tuple[int], np.dtype[np.float64]]"]]) -> list[Course]:
    started = [
        (float(start) if np.isfinite(start) else float(np.nanmin(moments)), moments)
        for start, moments in parts
    ]
    started.sort(key=lambda one: one[0])
    return [Course.from_moments(moments, start=start) for start, moments in started]
