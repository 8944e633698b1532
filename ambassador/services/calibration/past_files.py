"""Past posts and ties read from files alone, without a database, and whom a post's own words name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ambassador.errors import BadInputError
from ambassador.intake.limits import MOST_JUDGED
from ambassador.intake.reading import ReadingOptions, inspect_file, read_drafts
from ambassador.intake.words import addressed
from ambassador.services.calibration.past_columns import PastColumns
from ambassador.values.calibration.past import PastTie
from ambassador.values.drafts import Drafts, MentionDraft, TieDraft
from ambassador.values.imports.imports import AS_LISTED, Progress, QuestionKind, RejectedRow, silent
from ambassador.values.mentions.text_chain import chain_of, may_name
from ambassador.values.status import ImportKind, MentionKind

ANSWERS = frozenset({MentionKind.REPLY, MentionKind.COMMENT})


@dataclass(frozen=True, eq=False)
class PastFiles:
    """What some files hold, with authors named alike in all of them."""

    posts: tuple[PastColumns, ...]
    """By file of mentions."""
    ties: tuple[PastTie, ...]
    rejected_rows: tuple[RejectedRow, ...]

    @property
    def refused(self) -> Mapping[str, int]:
        """Count the rows that could not be used, by file."""
        return Counter(row.file for row in self.rejected_rows)


def read_past(
    mentions: Sequence[Path], ties: Path | None = None, *, progress: Progress = silent
) -> PastFiles:
    r"""Read any number of files of mentions and, if given, who hears from whom.

    Examples
    --------
    >>> file = folder / "posts.csv"
    >>> _ = file.write_text("platform,post_id,author,created_at\nx,1,nina,2026-05-02T08:00:00Z\n")
    >>> read_past([file]).posts[0].author_of(0)
    ('x', 'nina')
    """
    read = [_read(path, ImportKind.MENTIONS, progress) for path in mentions]
    listed = [_read(ties, ImportKind.TIES, progress)] if ties else []
    tied: list[TieDraft] = [tie for part in listed for tie in part.rows]
    if ties is not None:
        _refuse_posts(ties, tied, {post.post_id.lower() for part in read for post in part.rows})
    apart = _stand_apart(
        {tie.platform for tie in tied}, {post.platform for part in read for post in part.rows}
    )
    named = zip((*mentions, *([ties] if ties else ())), (*read, *listed), strict=True)
    return PastFiles(
        tuple(_columns(part.rows, apart=apart) for part in read),
        tuple(_tie(draft, apart=apart) for draft in tied),
        tuple(replace(row, file=path.name) for path, part in named for row in part.rejected),
    )


def _refuse_posts(file: Path, ties: Sequence[TieDraft], posts: set[str]) -> None:
    """Refuse a list of posts given as ties: most of its ends are posts and nobody's name."""
    mistaken = sum(tie.source.lower() in posts or tie.target.lower() in posts for tie in ties)
    if mistaken > len(ties) / 2:
        raise BadInputError(
            "{file} lists posts and not who hears from whom: {count} of its {rows} rows name a post where a "
            "person belongs. Give a file of ties, or leave it out",
            file=file.name,
            count=mistaken,
            rows=len(ties),
        )


def _read(path: Path, kind: ImportKind, progress: Progress) -> Drafts[Any]:
    """Read a file, of posts a longer one than is imported; open questions get the answer proposed.

    Nothing of it is kept.
    """
    answers = {QuestionKind.DIRECTION.value: AS_LISTED} if kind is ImportKind.TIES else {}
    most = MOST_JUDGED if kind is ImportKind.MENTIONS else None
    preview = inspect_file(path.name, path, kind, ReadingOptions(answers=answers, most_rows=most))
    for question in preview.questions:
        if question.kind is not QuestionKind.COLUMNS and question.necessary and question.answers:
            answers[question.kind.value] = question.proposed or question.answers[0]
    options = ReadingOptions(answers=answers, most_rows=most)
    return read_drafts(path.name, path, kind, options, progress=progress)


def _stand_apart(tied: set[str], posted: set[str]) -> bool:
    """Check whether handles are told apart by platform: where ties name all platforms that posts do."""
    return tied >= posted or not tied


def _columns(drafts: Sequence[MentionDraft], *, apart: bool) -> PastColumns:
    followers = (np.nan if (seen := draft.author_followers) is None else seen for draft in drafts)
    named = ((place, source_named(one.text, one.kind)) for place, one in enumerate(drafts) if one.text)
    return PastColumns.named(
        ([one.post_id for one in drafts], [one.parent_id for one in drafts], [one.root_id for one in drafts]),
        at=np.fromiter((draft.created_at.timestamp() for draft in drafts), np.float64, len(drafts)),
        author=[draft.author for draft in drafts],
        names={place: name for place, name in named if name},
        followers=np.fromiter(followers, np.float64, len(drafts)),
        is_answer=np.fromiter((draft.kind in ANSWERS for draft in drafts), np.bool_, len(drafts)),
        platform=[draft.platform for draft in drafts],
        apart=apart,
    )


def _tie(draft: TieDraft, *, apart: bool) -> PastTie:
    ends = draft.source, draft.target
    source, target = ((draft.platform, one) if apart else one for one in ends)
    return PastTie(source, target, draft.probability, draft.kind, draft.weight)


def source_named(text: str, kind: MentionKind) -> str:
    """Return the handle: the nearest of a chain, else whom an answer begins with; empty for nobody.

    Examples
    --------
    >>> source_named("RT @nina: it is here", MentionKind.REPOST)
    'nina'
    >>> source_named("@leo really?", MentionKind.REPLY), source_named("hi @leo", MentionKind.ORIGINAL)
    ('leo', '')
    """
    if not may_name(text):
        return ""
    handles = chain_of(text).handles
    if handles:
        return handles[0]
    return addressed(text).lower() if kind in ANSWERS else ""
