"""Votes of a poll counted from the replies to its post; what is not clear is left to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.activations.activations import refuse_announced
from ambassador.services.activations.ballots import window_of
from ambassador.services.activations.naming import post_of
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.entries import entries_by_name, list_entries
from ambassador.store.activations.replies import (
    choices_of,
    find_poll_post,
    put_reply_vote,
    remove_reply_vote,
    replies_to,
    reply_votes,
)
from ambassador.store.tables.activations import Activation, ActivationEntry, PollPost, ReplyVote
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.activations.reply_votes import (
    LONGEST,
    RepliesReport,
    RepliesView,
    ReplyRow,
    ReplyState,
    named_options,
    says_no,
)
from ambassador.values.activations.states import ActivationKind, ActivationStatus
from ambassador.values.imports.imports import Note

NONE: Final = mark("names no option clearly")
SEVERAL: Final = mark("names several options")
NEGATED: Final = mark("turns something down")
LONG: Final = mark("is too long to be read as a vote")
TAKEN_DOWN: Final = mark("was taken down by its author")
ERASED: Final = mark("was erased")
OWN: Final = mark("is by whoever asked")
UNTIMELY: Final = mark("came outside the days of the poll")


@dataclass(frozen=True)
class _Reading:
    """What a poll may be answered with, and what was made of its replies so far."""

    row: Activation
    post: PollPost
    asked: tuple[Mention, Account]
    entries: Sequence[ActivationEntry]
    replies: Sequence[tuple[Mention, Account]]
    votes: Mapping[int, ReplyVote]
    chosen: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, session: Session, row: Activation) -> "_Reading | None":
        """Read everything about the replies of a poll; None where no post is said."""
        number = row.id or 0
        post = find_poll_post(session, number)
        asked = session.get(Mention, post.mention_id) if post else None
        author = session.get(Account, asked.account_id) if asked else None
        if post is None or asked is None or author is None:
            return None
        return cls(
            row,
            post,
            (asked, author),
            list_entries(session, number),
            replies_to(session, post.mention_id),
            reply_votes(session, number),
            choices_of(session, number),
        )

    def rows(self) -> tuple[ReplyRow, ...]:
        """Say what becomes of each reply; those for a person to decide come first."""
        rows = [self._row(post, account) for post, account in self.replies]
        first = (ReplyState.TO_DECIDE, ReplyState.TO_COUNT)
        return tuple(sorted(rows, key=lambda one: first.index(one.state) if one.state in first else 9))

    def _row(self, post: Mention, account: Account) -> ReplyRow:
        vote = self.votes.get(post.id or 0)
        state, named, why = self._read(post, account)
        if vote is not None and (vote.by_hand or self._stays(post)):
            state, why = (ReplyState.COUNTED if vote.ballot_id else ReplyState.NO_VOTE), None
            named = self._keys(self.chosen.get(vote.ballot_id or 0, ()))
        elif (
            vote is not None
            and state is ReplyState.TO_COUNT
            and named == self._keys(self.chosen.get(vote.ballot_id or 0, ()))
        ):
            state = ReplyState.COUNTED
        return ReplyRow(
            mention_id=post.id or 0,
            text=post.text,
            by="" if account.erased_at else f"{account.platform}:{account.handle}",
            posted_at=post.posted_at,
            state=state,
            keys=named,
            by_hand=vote is not None and vote.by_hand,
            why=None if why is None else Note(why),
            url=post.url,
        )

    def _read(self, post: Mention, account: Account) -> tuple[ReplyState, tuple[str, ...], str | None]:
        """Tell what the words of a reply make of it, whatever was decided."""
        begins, ends = window_of(self.row)
        if account.id == self.asked[1].id:
            return ReplyState.OUTSIDE, (), OWN
        if not begins <= post.posted_at < ends:
            return ReplyState.OUTSIDE, (), UNTIMELY
        if post.erased_at is not None:
            return ReplyState.OUTSIDE, (), ERASED
        if len(post.text) > LONGEST:
            return ReplyState.TO_DECIDE, (), LONG
        options = {one.key: one.title for one in self.entries}
        named = named_options(post.text, options)
        if post.deleted_at is not None:
            return ReplyState.TO_DECIDE, named, TAKEN_DOWN
        if len(named) == 1 and not says_no(post.text, options):
            return ReplyState.TO_COUNT, named, None
        return ReplyState.TO_DECIDE, named, NONE if not named else SEVERAL if len(named) > 1 else NEGATED

    def _stays(self, post: Mention) -> bool:
        """Whether a vote that is in stays in, as its words are gone."""
        return post.erased_at is not None or post.deleted_at is not None

    def _keys(self, entries: Sequence[int]) -> tuple[str, ...]:
        keys = {one.id: one.key for one in self.entries}
        return tuple(keys[one] for one in entries if one in keys)


def read_replies(work: UnitOfWork, activation_id: int) -> RepliesView | None:
    """Show the post of a poll with its replies; None where no post is said.

    Examples
    --------
    >>> read_replies(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        found = _Reading.of(session, _poll(session, activation_id))
        if found is None:
            return None
        post, author = found.asked
        return RepliesView(
            mention_id=post.id or 0,
            text=post.text,
            by="" if author.erased_at else f"{author.platform}:{author.handle}",
            url=post.url,
            is_gone=post.erased_at is not None or post.deleted_at is not None,
            replies=found.rows(),
        )


def set_poll_post(work: UnitOfWork, activation_id: int, mention_id: int | None) -> None:
    """Say which post a poll is answered under, or is discussed; none takes it off, with votes of its replies.

    Examples
    --------
    >>> set_poll_post(work, 7, 1)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.writing() as session:
        row = _asks_by_post(session, activation_id)
        refuse_announced(row)
        known = find_poll_post(session, activation_id)
        if known is not None and known.mention_id == mention_id:
            return
        votes = reply_votes(session, activation_id)
        if mention_id is not None and known is not None and votes:
            message = mark(
                "Replies to another post are votes of {name} already: take that post off first, and its "
                "votes with it"
            )
            raise ConflictError(message, name=row.title)
        if mention_id is not None:
            post_of(session, mention_id)
        for vote in votes.values():
            remove_reply_vote(session, vote)
        if known is not None:
            session.delete(known)
            session.flush()
        if mention_id is not None:
            session.add(
                PollPost(
                    activation_id=activation_id,
                    mention_id=mention_id,
                    actor=work.actor,
                    noted_at=work.now(),
                )
            )


def count_replies(work: UnitOfWork, activation_id: int) -> RepliesReport:
    """Take every reply that clearly names one option as a vote; counted again nothing comes twice.

    Examples
    --------
    >>> count_replies(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.writing() as session:
        row = _poll(session, activation_id, lock=True)
        found = _open_reading(session, row)
        by_key = {one.key: one.id or 0 for one in found.entries}
        people = {post.id: (post, account) for post, account in found.replies}
        added = changed = removed = 0
        for one in found.rows():
            vote = found.votes.get(one.mention_id)
            if one.state is ReplyState.TO_COUNT:
                put_reply_vote(
                    session,
                    activation_id,
                    people[one.mention_id],
                    [by_key[key] for key in one.keys],
                    by_hand=False,
                    at=work.now(),
                    actor=work.actor,
                )
                added, changed = added + (vote is None), changed + (vote is not None)
            elif vote is not None and one.state in {ReplyState.TO_DECIDE, ReplyState.OUTSIDE}:
                remove_reply_vote(session, vote)
                removed += 1
        return RepliesReport(
            added, changed, removed, sum(one.state is ReplyState.TO_DECIDE for one in found.rows())
        )


def decide_reply(work: UnitOfWork, activation_id: int, mention_id: int, keys: Sequence[str] | None) -> None:
    """Take a reply as a vote for these options, without any as no vote; None lets its words decide again.

    Examples
    --------
    >>> decide_reply(work, 7, 1, ["B"])
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.writing() as session:
        row = _poll(session, activation_id, lock=True)
        found = _open_reading(session, row)
        reply = next((one for one in found.replies if one[0].id == mention_id), None)
        if reply is None:
            message = mark("Mention {number} is no reply to the post of {name}")
            raise NotFoundError(message, number=mention_id, name=row.title)
        vote = found.votes.get(mention_id)
        if keys is None:
            if vote is not None:
                remove_reply_vote(session, vote)
            return
        if keys and reply[0].erased_at is not None:
            raise BadInputError(mark("somebody who was erased is not taken in again"))
        entries = _entries(found, keys)
        put_reply_vote(session, activation_id, reply, entries, by_hand=True, at=work.now(), actor=work.actor)


def _entries(found: _Reading, keys: Sequence[str]) -> list[int]:
    names = entries_by_name(found.entries)
    entries = []
    for key in keys:
        entry = names.get(key.casefold())
        if entry is None:
            raise BadInputError(mark("{value} is no idea or option here"), value=key)
        entries.append(entry.id or 0)
    entries = list(dict.fromkeys(entries))
    most = found.row.most_choices
    if most is not None and len(entries) > most:
        message = mark("the ballot names {count} entries; at most {most} are allowed")
        raise BadInputError(message, count=len(entries), most=most)
    return entries


def _open_reading(session: Session, row: Activation) -> _Reading:
    refuse_announced(row)
    if row.status is ActivationStatus.DRAFT:
        message = mark("{name} is {status}: votes come in once it is open")
        raise IllegalStatusChangeError(message, name=row.title, status=row.status.value)
    found = _Reading.of(session, row)
    if found is None:
        raise BadInputError(mark("Say first under which post {name} is answered"), name=row.title)
    return found


def _poll(session: Session, activation_id: int, *, lock: bool = False) -> Activation:
    row = store.get_activation(session, activation_id, lock=lock)
    if row.kind is not ActivationKind.POLL:
        raise BadInputError(mark("{name} is no poll"), name=row.title)
    return row


def _asks_by_post(session: Session, activation_id: int) -> Activation:
    row = store.get_activation(session, activation_id, lock=True)
    if row.kind not in {ActivationKind.POLL, ActivationKind.DISCUSSION}:
        raise BadInputError(mark("{name} is no poll, nor a post put to discussion"), name=row.title)
    return row
