"""Whom a post's own words name as their source."""

from ambassador.intake.words import addressed
from ambassador.values.mentions.text_chain import chain_of
from ambassador.values.status import MentionKind

ANSWERS = frozenset({MentionKind.REPLY, MentionKind.COMMENT})


def source_named(text: str, kind: MentionKind) -> str:
    """Give the handle: the nearest of a chain, else whom an answer begins with; empty for nobody."""
    handles = chain_of(text).handles
    if handles:
        return handles[0]
    return addressed(text).lower() if kind in ANSWERS else ""
