"""Rows of an export of posts."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from ambassador.i18n import mark
from ambassador.intake.cells import CellError, LeftOutError, is_digits
from ambassador.intake.layout import FileRow, Layout, is_mangled, whole_number
from ambassador.intake.words import NO_POST, addressed, labels_in, mention_kind, retold
from ambassador.values.addresses import PostKey, post_of_address
from ambassador.values.drafts import NO_FIGURES, MentionDraft, MetricsDraft
from ambassador.values.identity import HOME_SERVER, address_in, canonical_handle, platform_of_host
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.status import MentionKind

METRICS = ("likes", "replies", "reposts", "quotes", "saves", "views", "reach")
_WITHHELD = re.compile(r"^(?:deleted|removed by author|viewer blocked by author|0)$", re.IGNORECASE)
_REDDIT = re.compile(r"^t[13]_([a-z0-9]{4,})$")
_POST_NUMBER = re.compile(r"^[1-9]\d{17,18}$")
_CODE_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ROUNDED = re.compile(r"^\d{13,}000$")
_HIDDEN = frozenset({"-1", "-1.0", "\u22121"})
_NO_OWN_WORDS = frozenset({MentionKind.ORIGINAL, MentionKind.STORY})


def read_mention(row: FileRow) -> MentionDraft:
    """Turn one row into a post with an author and an instant."""
    if row.raw("kind") == NO_POST:
        raise LeftOutError(mark("records that are no posts (likes, follows, profiles), left out: {count}"))
    address = _address(row)
    platform, author = _writer(row, address)
    created_at = row.instant("created_at")
    if created_at is None:
        raise row.missing("created_at", mark("the row does not say when the post was made"))
    text = row.first("text")
    told = retold(text)
    post_id = _post_id(row, address, author, created_at, text)
    parent, how = _parent(row, post_id)
    root = _other_post(row, "root_id", post_id)
    if address and _is_comment(row, address, post_id):
        parent = parent or address.answers or address.post_id
        root, how = root or address.under or address.post_id, how or MentionKind.COMMENT
    kind = _kind(row, told[0] if told else how, is_reaction=bool(parent or root), answers=bool(parent))
    server = _server(row, platform, author)
    return MentionDraft(
        line=row.line,
        platform=platform,
        post_id=post_id,
        author=_on_server(author, server),
        created_at=created_at,
        kind=kind,
        text=text,
        url=row.text("url"),
        author_id=row.spare_id("author_id"),
        author_name=row.text("author_name"),
        author_followers=row.count("author_followers"),
        parent_id=parent,
        root_id=root,
        parent_author=_on_server(_parent_author(row, kind, told[1] if told else "", text), server),
        topic=row.text("topic"),
        language=row.text("language"),
        labels=labels_in(labels) if (labels := row.text("labels")) else (),
        metrics=_metrics(row),
        read_at=row.instant("read_at"),
        aliases=other_names(address, platform, post_id, {parent, root}),
    )


def _writer(row: FileRow, address: PostKey | None) -> tuple[str, str]:
    """Read on which platform the post stands, and who wrote it."""
    platform, author = _author(row)
    if not author and address and address.handle and not row.layout.are_comments:
        author = address.handle
    if not author:
        platform, author = row.layout.platform, row.layout.author
    if not author:
        raise row.missing("author", mark("the row names no author"))
    own = row.own_platform()
    stated, seems = row.layout.stated_platform, address.platform if address else platform
    if stated and own and row.layout.names_programs:
        own, seems = "", own
    if own or not stated:
        if own and stated and own != stated:
            row.layout.kept[own] += 1
        return own or seems or platform, author
    if seems and seems != stated:
        row.layout.overruled[seems] += 1
    return stated, author


def _is_comment(row: FileRow, address: PostKey, post_id: str) -> bool:
    """Tell whether the address picks out a comment, or leads from a comment to the post above it."""
    if address.answers:
        return True
    return address.post_id != post_id and (
        row.layout.are_comments or mention_kind(row.text("kind") or "-") is MentionKind.COMMENT
    )


def _server(row: FileRow, platform: str, author: str) -> str:
    """Say on which server of Mastodon the row was written down: names on it stand without it."""
    if platform != "mastodon":
        return ""
    address = address_in(row.text("url"))
    if address and address.host != HOME_SERVER and not platform_of_host(address.host):
        return address.host
    return author.partition("@")[2]


def _on_server(name: str, server: str) -> str:
    return f"{name}@{server}" if name and server and "@" not in name else name


def other_names(
    address: PostKey | None, platform: str, post_id: str, others: Collection[str]
) -> tuple[str, ...]:
    """List the other ids of the same post: what its address calls it, its number as a short code."""
    found = [address.post_id] if address and address.platform == platform else []
    if platform == "instagram":
        number = post_id.partition("_")[0]
        found += [number, short_code(number)]
    elif platform == "bluesky" and post_id.startswith("at://"):
        found.append(post_id.rpartition("/")[2])
    return tuple(dict.fromkeys(one for one in found if one and one != post_id and one not in others))


def short_code(number: str) -> str:
    """Write the number of a post of Instagram as the short code of its address; "" for other numbers.

    >>> short_code("3700000000000000001"), short_code("17841400000000000")
    ('DNZCmWE8gAB', '')
    """
    if not _POST_NUMBER.match(number):
        return ""
    rest, code = int(number), ""
    while rest:
        rest, digit = divmod(rest, len(_CODE_DIGITS))
        code = _CODE_DIGITS[digit] + code
    return code


def unshared(drafts: Sequence[MentionDraft]) -> list[MentionDraft]:
    """Drop the aliases that several posts of a file have: an address under many ids is none of theirs."""
    owners: dict[tuple[str, str], set[str]] = {}
    for draft in drafts:
        for alias in draft.aliases:
            owners.setdefault((draft.platform, alias), set()).add(draft.post_id)
    if not owners:
        return list(drafts)
    return [
        replace(draft, aliases=kept)
        if (kept := tuple(one for one in draft.aliases if len(owners[draft.platform, one]) == 1))
        != draft.aliases
        else draft
        for draft in drafts
    ]


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
    return next(filter(None, parents), ""), None


def _address(row: FileRow) -> PostKey | None:
    for name in ("url", "post_id"):
        cell = row.cell(name)
        if is_digits(cell) or (cell is None and name not in row.layout.values):
            continue
        text = row.text(name)
        if "/" in text and not text.startswith("at://"):
            found = post_of_address(text)
            if found:
                return found
    return None


def _post_id(row: FileRow, address: PostKey | None, author: str, created_at: datetime, text: str) -> str:
    """Take the id as given, else from the address (spreadsheets round ids), else make one from the row."""
    cell = row.cell("post_id")
    if is_digits(cell):
        return cell
    if row.text("post_id") and not is_mangled(cell) and not row.text("post_id").startswith("http"):
        return _bare(row.identifier("post_id"))
    if address:
        return address.post_id
    if is_mangled(cell):
        return row.identifier("post_id")  # refuses, naming the column
    given = row.text("url") or row.text("post_id")
    said = f"{author}\n{created_at.isoformat()}\n{text}"
    return given or "row-" + hashlib.sha256(said.encode()).hexdigest()[:20]


def _other_post(row: FileRow, name: str, own_id: str) -> str:
    cell = row.cell(name)
    if is_digits(cell) and cell != "0":
        return "" if cell == own_id else cell
    text = row.spare_id(name) if cell else ""  # a rounded id costs the parent, not the post
    if not text or _WITHHELD.match(text):
        return ""
    address = post_of_address(text) if text.startswith("http") else None
    other = address.post_id if address else _bare(text)
    return "" if other == own_id else other


def _bare(post_id: str) -> str:
    """Take off what Reddit writes before an id: ``t3_1abc`` is the post 1abc."""
    found = _REDDIT.match(post_id)
    return found[1] if found else post_id


def _kind(row: FileRow, told: MentionKind | None, *, is_reaction: bool, answers: bool) -> MentionKind:
    text = row.text("kind")
    named = mention_kind(text) if text else None
    if named is MentionKind.ORIGINAL and answers and not told:
        return MentionKind.REPLY  # "tweet" and "post" say the form; the post it answers says the kind
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
    """Read a figure; -1 is what platforms and those who collect from them write for one that is hidden."""
    for one in row.names(name):
        count = None if row.raw(one) in _HIDDEN else row.count(one)
        if count is not None:
            return count
    return None


def _metrics(row: FileRow) -> MetricsDraft:
    columns, cells = row.layout.once("figures", lambda: _figures_told(row.layout)), row.cells
    found: dict[str, int | None] = {}
    for name, place in columns:
        count = whole_number(cells[place]) if place < len(cells) else None
        found[name] = _count(row, name) if count is None else count
    return MetricsDraft(**found) if any(value is not None for value in found.values()) else NO_FIGURES


def _figures_told(layout: Layout) -> list[tuple[str, int]]:
    return [(name, layout.positions[name]) for name in METRICS if name in layout.positions]


def _are_different(drafts: Sequence[MentionDraft]) -> bool:
    """Tell whether each post has an id of its own; a number for each takes a tenth of what the ids would."""
    numbers = (hash((draft.platform, draft.post_id)) for draft in drafts)
    return np.unique(np.fromiter(numbers, np.int64, len(drafts))).size == len(drafts)


def part_clashes(
    drafts: Sequence[MentionDraft], layout: Layout, file: str
) -> tuple[list[MentionDraft], list[RejectedRow]]:
    """Take out posts under an id that the file gives to another author before: one of the two ids is wrong.

    Where the id looks like one that a spreadsheet rounded, no post under it has the right one.
    """
    if _are_different(drafts):
        return list(drafts), []
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
                RejectedRow(
                    draft.line,
                    column,
                    draft.post_id,
                    message,
                    {"value": draft.post_id},
                    file,
                    place=draft.place,
                )
            )
        else:
            kept.append(draft)
    return kept, refused
