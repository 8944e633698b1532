"""Rows of a file about one post made one, and what they say differently."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter

from ambassador.i18n import mark
from ambassador.store.people.import_figures import FIGURE_WORDS
from ambassador.values.drafts import MentionDraft, MetricsDraft
from ambassador.values.imports.arrivals import Fates
from ambassador.values.imports.imports import Note
from ambassador.values.mentions.edits import differ, is_edit
from ambassador.values.status import MentionKind

_Key = tuple[str, str]
FIGURES = tuple(one.name for one in fields(MetricsDraft))
_values_of = attrgetter(*FIGURES)
_GIVEN = (
    "url",
    "author_id",
    "author_followers",
    "parent_id",
    "root_id",
    "parent_author",
    "topic",
    "language",
)
"""What a later row about a post fills where the first one leaves it open."""


def merged_posts(drafts: Sequence[MentionDraft], told: Fates) -> dict[_Key, MentionDraft]:
    """Make one of the rows about the same post: a later figure replaces an earlier one."""
    merged: dict[_Key, MentionDraft] = {}
    for draft in drafts:
        key = (draft.platform, draft.post_id)
        first = merged.get(key)
        if first is None:
            merged[key] = draft
            continue
        told.note_further(draft.row)
        figures = known_figures(first.metrics) | known_figures(draft.metrics)
        is_edited = tell_other_text(draft, first.text, told)
        _tell_merged(first, draft, told)
        labels = tuple(dict.fromkeys((*first.labels, *draft.labels)))
        blank = {name: getattr(draft, name) for name in _GIVEN if not getattr(first, name)}
        if first.kind is MentionKind.ORIGINAL and draft.kind is not MentionKind.STORY:
            blank["kind"] = draft.kind
        merged[key] = replace(
            first,
            **blank,
            text=draft.text if is_edited else first.text or draft.text,
            metrics=MetricsDraft(**figures),
            labels=labels,
            read_at=draft.read_at or first.read_at,
            aliases=tuple(dict.fromkeys((*first.aliases, *draft.aliases))),
        )
    return merged


def _tell_merged(first: MentionDraft, draft: MentionDraft, told: Fates) -> None:
    """Tell what two rows about one post say differently; the later one has the word."""
    if first.author != draft.author:
        told.changed(draft.line, draft.post_id, mark("Author"), draft.author, first.author)
    if first.created_at != draft.created_at:
        tell_other_time(draft, first.created_at, told)
    if first.parent_id and draft.parent_id and first.parent_id != draft.parent_id:
        tell_other_parent(draft, first.parent_id, told)
    before = known_figures(first.metrics)
    for name, value in known_figures(draft.metrics).items():
        if before.get(name, value) != value:
            told.changed(draft.line, draft.post_id, FIGURE_WORDS[name], before[name], value)


def tell_other_text(draft: MentionDraft, known: str, told: Fates) -> bool:
    """Tell that a row has other words for a post, and say whether they are an edit, which is taken."""
    if not differ(known, draft.text):
        return False
    is_taken = is_edit(known, draft.text)
    told.changed(draft.line, draft.post_id, mark("Text"), known, draft.text, is_taken=is_taken)
    return is_taken


def tell_other_parent(draft: MentionDraft, known: str, told: Fates) -> None:
    """Tell that a row has a post answer another one than it is known to answer."""
    told.changed(draft.line, draft.post_id, mark("What it answers"), known, draft.parent_id, is_taken=False)


def tell_other_time(draft: MentionDraft, known: datetime, told: Fates) -> None:
    """Tell that a row gives a post another time."""
    text = mark(
        "line {line}: the post {post} is of {known} here and of {moment} in the file; the first stands"
    )
    values = {
        "line": draft.line,
        "post": draft.post_id,
        "known": known.isoformat(" ", "minutes"),
        "moment": draft.created_at.isoformat(" ", "minutes"),
    }
    told.warn(Note(text, values))


def known_figures(metrics: MetricsDraft) -> dict[str, int]:
    """Give the figures that are said."""
    return {
        name: value for name, value in zip(FIGURES, _values_of(metrics), strict=True) if value is not None
    }
