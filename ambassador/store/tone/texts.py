"""Texts of posts by others than us, as the reading of their tone and topics needs them."""

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.mentions.finding import find_newest
from ambassador.store.people.people import in_slices
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.mentions.mentions import MOST_COUNTED, MentionFilter


class NewestTexts(NamedTuple):
    """Posts of a filter, the newest first."""

    ids: list[int]
    texts: list[str]
    found: int
    """How many the filter finds in all, counted up to ``MOST_COUNTED``."""


def newest_texts(session: Session, wanted: MentionFilter, most: int) -> NewestTexts:
    """Read the texts of the newest posts that a filter finds; ours and erased ones are left out."""
    newest = find_newest(session, replace(wanted, limit=most, offset=0), MOST_COUNTED)
    texts = texts_of_posts(session, newest.ids, of_ours=False)
    ids = [key for key in newest.ids if key in texts]
    return NewestTexts(ids, [texts[key] for key in ids], newest.found)


def texts_of_posts(session: Session, mention_ids: Collection[int], *, of_ours: bool = True) -> dict[int, str]:
    """Mention -> its text; erased and archived ones are left out, our own where that is said."""
    found: dict[int, str] = {}
    for ids in in_slices(set(mention_ids)):
        rows = columns(col(Mention.id), col(Mention.text)).where(
            among(col(Mention.id), ids), col(Mention.erased_at).is_(None), col(Mention.archived_at).is_(None)
        )
        if not of_ours:
            rows = rows.join(Account, col(Account.id) == Mention.account_id)
            rows = rows.where(col(Account.is_brand).is_(False))
        found |= {key or 0: text for key, text in session.execute(rows)}
    return found
