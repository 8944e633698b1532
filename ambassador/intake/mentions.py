"""Rows of an export of posts."""

import hashlib
import re
from collections.abc import Sequence

from ambassador.i18n import mark
from ambassador.intake.cells import CellError
from ambassador.intake.layout import FileRow, Layout, is_mangled
from ambassador.intake.words import addressed, labels_in, mention_kind, retold
from ambassador.values.drafts import MentionDraft, MetricsDraft
from ambassador.values.identity import PostKey, canonical_handle, post_of_address
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.status import MentionKind

_METRICS = ("likes", "replies", "reposts", "quotes", "saves", "views", "reach")
_NO_FIGURES = MetricsDraft()
_WITHHELD = re.compile(r"^(?:deleted|removed by author|viewer blocked by author|0)$", re.IGNORECASE)
_COMMENT = re.compile(r"youtube\.com/watch\?(?:.*&)?v=(?P<video>[\w-]+).*[&?]lc=(?P<comment>[\w.-]+)")
_ROUNDED = re.compile(r"^\d{13,}000$")
_NO_OWN_WORDS = frozenset({MentionKind.ORIGINAL, MentionKind.STORY})


def read_mention(row: FileRow) -> MentionDraft:
    """Turn one row into a post with an author and an instant."""
    address = _address(row)
    platform, author = _author(row)
    if not author and address and address.handle:
        author = address.handle
    if not author:
        platform, author = row.layout.platform, row.layout.author
    if not author:
        raise row.missing("author", mark("the row names no author"))
    created_at = row.instant("created_at")
    if created_at is None:
        raise row.missing("created_at", mark("the row does not say when the post was made"))
    text = row.first("text")
    told = retold(text)
    own_platform = row.text("platform") and row.platform()
    draft_platform = own_platform or (address.platform if address else "") or platform
    post_id = _post_id(row, address, author, created_at.isoformat(), text)
    parent, how = _parent(row, post_id)
    root = _other_post(row, "root_id", post_id) or _commented(row, post_id)[1]
    kind = _kind(row, told[0] if told else how, is_reaction=bool(parent or root))
    return MentionDraft(
        line=row.line,
        platform=draft_platform,
        post_id=post_id,
        author=author,
        created_at=created_at,
        kind=kind,
        text=text,
        url=row.text("url"),
        author_id=row.identifier("author_id"),
        author_name=row.text("author_name"),
        author_followers=row.count("author_followers"),
        parent_id=parent,
        root_id=root,
        parent_author=_parent_author(row, kind, told[1] if told else "", text),
        topic=row.text("topic"),
        language=row.text("language"),
        labels=labels_in(row.text("labels")),
        metrics=_metrics(row),
        read_at=row.instant("read_at"),
    )


def _author(row: FileRow) -> tuple[str, str]:
    """Read who wrote: in an address of a post, its owner."""
    for name in row.names("author"):
        text = row.text(name)
        post = post_of_address(text) if "/" in text else None
        if post:
            if post.handle:
                return post.platform, post.handle
            continue
        found = row.handle(name)
        if found[1]:
            return found
    return "", ""


def _parent(row: FileRow, own_id: str) -> tuple[str, MentionKind | None]:
    """Find the post this one shares, quotes or answers; each kind may have its own column."""
    for name, kind in (("repost_of", MentionKind.REPOST), ("quote_of", MentionKind.QUOTE)):
        found = _other_post(row, name, own_id) if name in row.layout.positions else ""
        if found:
            return found, kind
    parents = (_other_post(row, name, own_id) for name in row.names("parent_id"))
    return next(filter(None, parents), "") or _commented(row, own_id)[0], None


def _commented(row: FileRow, own_id: str) -> tuple[str, str]:
    """Read from the address of a comment on YouTube what it answers, and the video it stands under."""
    found = _COMMENT.search(row.text("url") or row.text("post_id"))
    if not found or found["comment"] != own_id:
        return "", ""
    return own_id.rpartition(".")[0] or found["video"], found["video"]


def _address(row: FileRow) -> PostKey | None:
    for name in ("url", "post_id"):
        text = row.text(name)
        if "/" in text and not text.startswith("at://"):
            found = post_of_address(text)
            if found:
                return found
    return None


def _post_id(row: FileRow, address: PostKey | None, author: str, created_at: str, text: str) -> str:
    """Take the id as given, else from the address (spreadsheets round ids), else make one from the row."""
    cell = row.cell("post_id")
    if row.text("post_id") and not is_mangled(cell) and not row.text("post_id").startswith("http"):
        return row.identifier("post_id")
    if address:
        return address.post_id
    if is_mangled(cell):
        return row.identifier("post_id")  # refuses, naming the column
    given = row.text("url") or row.text("post_id")
    return given or "row-" + hashlib.sha256(f"{author}\n{created_at}\n{text}".encode()).hexdigest()[:20]


def _other_post(row: FileRow, name: str, own_id: str) -> str:
    if is_mangled(row.cell(name)):
        return ""  # a rounded id costs the parent, not the post
    text = row.identifier(name)
    if not text or _WITHHELD.match(text):
        return ""
    address = post_of_address(text) if text.startswith("http") else None
    other = address.post_id if address else text
    return "" if other == own_id else other


def _kind(row: FileRow, told: MentionKind | None, *, is_reaction: bool) -> MentionKind:
    text = row.text("kind")
    named = mention_kind(text) if text else None
    if named is not None and not (named in _NO_OWN_WORDS and told):
        return named
    if told:
        return told
    if text and is_reaction:
        message = mark("{value} is not a kind of post: original, reply, quote, repost, comment, story")
        raise row.refusal("kind", CellError(message, value=text))
    return MentionKind.REPLY if is_reaction else MentionKind.ORIGINAL


def _parent_author(row: FileRow, kind: MentionKind, told: str, text: str) -> str:
    for name in row.names("parent_author"):
        raw = row.text(name)
        if raw and not _WITHHELD.match(raw):
            return row.handle(name)[1]
    if told:
        return canonical_handle(told)
    return canonical_handle(addressed(text)) if kind in (MentionKind.REPLY, MentionKind.COMMENT) else ""


def _count(row: FileRow, name: str) -> int | None:
    return next((count for one in row.names(name) if (count := row.count(one)) is not None), None)


def _metrics(row: FileRow) -> MetricsDraft:
    found = {name: _count(row, name) for name in _METRICS if name in row.layout.positions}
    return MetricsDraft(**found) if any(value is not None for value in found.values()) else _NO_FIGURES


def part_clashes(
    drafts: Sequence[MentionDraft], layout: Layout, file: str
) -> tuple[list[MentionDraft], list[RejectedRow]]:
    """Take out posts under an id that the file gives to another author before: one of the two ids is wrong.

    Where the id looks like one that a spreadsheet rounded, no post under it has the right one.
    """
    first: dict[tuple[str, str], MentionDraft] = {}
    clashing: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        known = first.setdefault((draft.platform, draft.post_id), draft)
        if known.author != draft.author and not (draft.author_id and known.author_id == draft.author_id):
            clashing[number] = known.line
    if not clashing:
        return list(drafts), []
    rounded = {drafts[number].post_id for number in clashing if _ROUNDED.match(drafts[number].post_id)}
    kept, refused = [], []
    place = layout.positions.get("post_id")
    column = "" if place is None else layout.headers[place]
    for number, draft in enumerate(drafts):
        if number in clashing or draft.post_id in rounded:
            message = mark(
                "{value} is the id of posts of different authors: export the file again with ids as text"
            )
            refused.append(
                RejectedRow(draft.line, column, draft.post_id, message, {"value": draft.post_id}, file)
            )
        else:
            kept.append(draft)
    return kept, refused
