"""Records of Bluesky as drafts: they name people by their DIDs, which are looked up."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ambassador.i18n import mark
from ambassador.intake.live.bluesky_talk import Profile, Record, Talk, did_in
from ambassador.intake.live.records import batch_of, ties_of
from ambassador.intake.live.source import Batch
from ambassador.values.drafts import MentionDraft
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.live import Cursor

_SOMEBODY: Final = "somebody"
_NAMELESS: Final = mark("the account has no name any more")


def subject_of(record: Record) -> str:
    """Give the address of the post that a record shares or likes; "" where there is none."""
    value = record.get("value")
    subject = value.get("subject") if isinstance(value, dict) else None
    address = subject.get("uri") if isinstance(subject, dict) else None
    return address if isinstance(address, str) and did_in(address) else ""


def heard_in(record: Record) -> str:
    """Give the DID of whom a record follows, or whose post it likes."""
    value = record.get("value")
    subject = value.get("subject") if isinstance(value, dict) else None
    return subject if isinstance(subject, str) else did_in(subject_of(record))


def named_batch(talk: Talk, records: Sequence[Record], cursor: Cursor) -> Batch:
    """Read records as posts, each by its owner's name; whoever has none any more is called by the DID."""
    batch = batch_of("bluesky-records", records, cursor, author=_SOMEBODY)
    names = talk.profiles([one.author_id for one in batch.rows])
    return replace(batch, rows=[_named(one, names) for one in batch.rows])


def _named(draft: MentionDraft, names: Mapping[str, Profile]) -> MentionDraft:
    owner = names.get(draft.author_id)
    if owner is None:
        return replace(draft, author=draft.author_id)
    return replace(draft, author=owner.handle, author_followers=owner.followers)


def tie_batch(talk: Talk, pairs: Sequence[tuple[str, str]], kind: str, cursor: Cursor) -> Batch:
    """Make ties of pairs of DIDs (who is heard, who hears); whoever has no name any more is refused."""
    names = talk.profiles([did for pair in pairs for did in pair if did])
    named: list[tuple[str, str]] = []
    rejected: list[RejectedRow] = []
    for line, (one, other) in enumerate(pairs, start=1):
        if one in names and other in names:
            named.append((names[one].handle, names[other].handle))
        else:
            rejected.append(RejectedRow(line, "", other if one in names else one, _NAMELESS))
    return replace(ties_of(named, "bluesky", kind, cursor), rejected=tuple(rejected))
