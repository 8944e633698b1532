"""Names people are entered, asked or voted under, and posts they wrote."""

from sqlmodel import Session

from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.store.activations.ballots import known_platforms
from ambassador.store.activations.people import accounts_of
from ambassador.store.people.suppression import suppressed
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.identity import parse_account

LONGEST_NAME = 200
"""Characters of a name: a longer text is something else."""


def account_named(session: Session, text: str) -> tuple[str, str, int | None]:
    """Return platform, canonical name and account of whoever a text names; nobody who was erased.

    Examples
    --------
    >>> account_named(session, "x:nobody.here")
    ('x', 'nobody.here', None)
    """
    if len(text) > LONGEST_NAME:
        raise BadInputError(mark("{value} is too long for a name"), value=text[:40])
    platform, handle = parse_account(text)
    gone = suppressed(session)
    places = (platform,) if platform else known_platforms(session)
    if handle and any(gone.holds(place, handle) for place in places):
        raise BadInputError(mark("somebody who was erased is not taken in again"))
    voter = (platform or "", handle)
    return *voter, accounts_of(session, {voter}).get(voter) if handle else None


def post_of(session: Session, mention_id: int) -> tuple[Mention, Account]:
    """Read a post that people are to see, with its author; one that is gone is refused.

    Examples
    --------
    >>> post_of(session, 99_999)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no mention number 99999
    """
    post = session.get(Mention, mention_id)
    author = session.get(Account, post.account_id) if post else None
    if post is None or author is None:
        raise NotFoundError("There is no mention number {number}", number=mention_id)
    if post.erased_at or post.deleted_at:
        message = mark("mention {number} was taken down or erased: it cannot be shown any more")
        raise BadInputError(message, number=mention_id)
    return post, author
