"""What is entered in a contest: a photo or story by its link, or a post of the workspace."""

from dataclasses import replace

from sqlmodel import Session

from ambassador.errors import BadInputError, ConflictError
from ambassador.i18n import mark
from ambassador.services.activations.naming import account_named, post_of
from ambassador.store.activations.entries import entered_post, list_entries, sources_of
from ambassador.store.tables.activations import Activation
from ambassador.values.activations.activations import EntryDraft

_LONGEST_ADDRESS = 2_000
_TITLE = 80
"""Characters of a post that stand for its title."""


def entered(session: Session, row: Activation, draft: EntryDraft) -> tuple[EntryDraft, int | None]:
    """Fill an entry from the post it is, and find who entered it.

    Where no key is said, it is the entry that has the same link, else a new one with the next number.

    Examples
    --------
    >>> entered(session, Activation(id=7, title="Photos"), EntryDraft("", "The sea"))[0].key
    '1'
    """
    known = {entry.key.casefold(): entry for entry in list_entries(session, row.id or 0)}
    is_new = draft.key.casefold() not in known
    if not draft.key:
        there = {source.url: source.entry_id for source, _ in sources_of(session, row.id or 0).values()}
        same = [one.key for one in known.values() if draft.url and one.id == there.get(draft.url)]
        free = (str(n) for n in range(1, len(known) + 2) if str(n) not in known)
        draft = replace(draft, key=same[0] if same else next(free))
        is_new = not same
    if draft.mention_id is not None:
        return _from_post(session, row, draft)
    if is_new and not (draft.title or draft.url):
        raise BadInputError(mark("An entry needs a title, a link or the number of a mention"))
    if draft.url:
        _refuse_address(draft.url)
    return draft, account_named(session, draft.proposed_by)[2]


def _from_post(session: Session, row: Activation, draft: EntryDraft) -> tuple[EntryDraft, int | None]:
    number = draft.mention_id or 0
    post, author = post_of(session, number)
    there = entered_post(session, row.id or 0, number)
    if there is not None and there.key.casefold() != draft.key.casefold():
        raise ConflictError(
            mark("Mention {number} is entered already as {key}"), number=number, key=there.key
        )
    words = " ".join(post.text.split())
    title = words if len(words) <= _TITLE else f"{words[:_TITLE].rstrip()}…"
    filled = replace(
        draft,
        title=draft.title or title,
        url=draft.url or post.url,
        proposed_by=draft.proposed_by or f"{author.platform}:{author.handle}",
    )
    return filled, author.id


def _refuse_address(url: str) -> None:
    if not url.lower().startswith(("https://", "http://")) or len(url) > _LONGEST_ADDRESS:
        message = mark("{value} is no address of the web: write it from https:// on")
        raise BadInputError(message, value=url[:80])
