"""A post put to discussion: what was said beneath it, by whom, in which tone, and who came in new."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.discussions import (
    TalkPost,
    discussed_post,
    first_posts,
    people_of,
    talk_beneath,
)
from ambassador.store.incidents.posts import complaining_posts
from ambassador.store.kept import kept_for
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.store.tone.labels import labels_by_care, standing_labels
from ambassador.values.activations.discussions import Contribution, DiscussionView
from ambassador.values.activations.states import ActivationKind
from ambassador.values.tone import Tone

_LEADING: Final = 5


def read_discussion(work: UnitOfWork, activation_id: int) -> DiscussionView | None:
    """Show what a post that was put to discussion drew; None where no post is said.

    Examples
    --------
    >>> read_discussion(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        if row.kind is not ActivationKind.DISCUSSION:
            raise BadInputError(mark("{name} is no post put to discussion"), name=row.title)
        return kept_for(session, "discussion", activation_id, lambda: _read(session, activation_id))


def _read(session: Session, activation_id: int) -> DiscussionView | None:
    row, number = store.get_activation(session, activation_id), discussed_post(session, activation_id)
    post = session.get(Mention, number) if number else None
    author = session.get(Account, post.account_id) if post else None
    if post is None or author is None or number is None:
        return None
    talk = talk_beneath(session, number)
    theirs = [one for one in talk if not one.is_ours]
    people = people_of(session, talk)
    tones = _tones(session, theirs)
    complaining = set(complaining_posts(session).tolist())
    return DiscussionView(
        mention_id=number,
        text=post.text,
        by="" if author.erased_at else f"{author.platform}:{author.handle}",
        url=post.url,
        posted_at=post.posted_at,
        is_gone=post.erased_at is not None or post.deleted_at is not None,
        posts=len(theirs),
        people=len(set(people.values())),
        new=_new(session, theirs, people),
        ours=len(talk) - len(theirs),
        longest=max((one.step for one in talk), default=0),
        negative=tones[Tone.NEGATIVE],
        neutral=tones[Tone.NEUTRAL],
        positive=tones[Tone.POSITIVE],
        cannot_tell=tones[Tone.CANNOT_TELL],
        complaints=sum(one.mention_id in complaining for one in theirs),
        by_day=_by_day(theirs, ZoneInfo(row.time_zone)),
        leading=_leading(session, talk),
    )


def _tones(session: Session, theirs: Sequence[TalkPost]) -> Counter[Tone]:
    """Count tones: what a person said of the tone itself wins over what customer care made of a post."""
    said = standing_labels(session, [one.mention_id for one in theirs])
    by_care = labels_by_care(session)
    tones = ((said[one].tone if one in said else by_care.get(one)) for one in (t.mention_id for t in theirs))
    return Counter(tone for tone in tones if tone is not None)


def _new(session: Session, theirs: Sequence[TalkPost], people: Mapping[int, str]) -> int:
    """Count the people whose first post of all that are here is in this talk."""
    here: dict[str, list[TalkPost]] = {}
    for one in theirs:
        here.setdefault(people[one.account_id], []).append(one)
    first = first_posts(session, people)
    return sum(min(one.posted_at for one in posts) <= first[who] for who, posts in here.items())


def _by_day(theirs: Sequence[TalkPost], zone: ZoneInfo) -> tuple[tuple[date, int], ...]:
    counts = Counter(one.posted_at.astimezone(zone).date() for one in theirs)
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return tuple((day, counts[day]) for day in days)


def _leading(session: Session, talk: Sequence[TalkPost]) -> tuple[Contribution, ...]:
    """Give the posts beneath which most was said."""
    drew: Counter[int] = Counter()
    for one in reversed(talk):
        drew[one.parent_id] += 1 + drew[one.mention_id]
    theirs = (one for one in talk if not one.is_ours and drew[one.mention_id])
    chosen = sorted(theirs, key=lambda one: (-drew[one.mention_id], one.mention_id))[:_LEADING]
    found = []
    for one in chosen:
        post, account = session.get_one(Mention, one.mention_id), session.get_one(Account, one.account_id)
        by = "" if account.erased_at else f"{account.platform}:{account.handle}"
        found.append(
            Contribution(one.mention_id, post.text, by, post.posted_at, drew[one.mention_id], post.url)
        )
    return tuple(found)
