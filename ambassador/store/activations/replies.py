"""The post of a poll, the replies to it, and which of them are in as votes."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from ambassador.store.tables.activations import Ballot, BallotChoice, PollPost, ReplyVote
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.status import MentionKind


def find_poll_post(session: Session, activation_id: int) -> PollPost | None:
    """Read which post a poll is answered under; None where none is said."""
    return session.exec(select(PollPost).where(PollPost.activation_id == activation_id)).first()


def replies_to(session: Session, mention_id: int) -> Sequence[tuple[Mention, Account]]:
    """List what answers a post itself, reposts left out, the first one first."""
    query = (
        select(Mention, Account)
        .join(Account, col(Account.id) == col(Mention.account_id))
        .where(
            Mention.parent_observed_id == mention_id,
            Mention.kind != MentionKind.REPOST,
            col(Mention.archived_at).is_(None),
        )
        .order_by(col(Mention.posted_at), col(Mention.id))
    )
    return session.exec(query).all()


def reply_votes(session: Session, activation_id: int) -> dict[int, ReplyVote]:
    """Read what was made of each reply so far, by its mention."""
    query = select(ReplyVote).where(ReplyVote.activation_id == activation_id)
    return {row.mention_id: row for row in session.exec(query)}


def choices_of(session: Session, activation_id: int) -> dict[int, tuple[int, ...]]:
    """Read the entries on each ballot that came of a reply, by ballot."""
    query = (
        select(BallotChoice.ballot_id, BallotChoice.entry_id)
        .join(ReplyVote, col(ReplyVote.ballot_id) == col(BallotChoice.ballot_id))
        .where(ReplyVote.activation_id == activation_id)
        .order_by(col(BallotChoice.id))
    )
    found: dict[int, tuple[int, ...]] = {}
    for ballot, entry in session.exec(query):
        found[ballot] = (*found.get(ballot, ()), entry)
    return found


def put_reply_vote(
    session: Session,
    activation_id: int,
    reply: tuple[Mention, Account],
    entries: Sequence[int],
    *,
    by_hand: bool,
    at: datetime,
    actor: str,
) -> None:
    """Take a reply as a vote for these entries, or, without any, as none; what it was before goes."""
    post, account = reply
    known = select(ReplyVote).where(ReplyVote.activation_id == activation_id, ReplyVote.mention_id == post.id)
    row = session.exec(known).first()
    if row is not None:
        remove_reply_vote(session, row)
    ballot = None
    if entries:
        ballot = Ballot(
            activation_id=activation_id,
            account_id=account.id,
            platform=account.platform,
            voter=account.handle,
            voted_at=post.posted_at,
            actor=actor,
            created_at=at,
        )
        session.add(ballot)
        session.flush()
        session.add_all([BallotChoice(ballot_id=ballot.id or 0, entry_id=entry) for entry in entries])
    session.add(
        ReplyVote(
            activation_id=activation_id,
            mention_id=post.id or 0,
            ballot_id=ballot.id if ballot else None,
            by_hand=by_hand,
            actor=actor,
            decided_at=at,
        )
    )
    session.flush()


def remove_reply_vote(session: Session, row: ReplyVote) -> None:
    """Take back what was made of a reply, its vote with it."""
    ballot = session.get(Ballot, row.ballot_id) if row.ballot_id else None
    session.delete(row)
    session.flush()
    if ballot is not None:
        for choice in session.exec(select(BallotChoice).where(BallotChoice.ballot_id == ballot.id)):
            session.delete(choice)
        session.flush()
        session.delete(ballot)
    session.flush()
