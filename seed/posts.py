"""Turn who prompted whom into dated posts, and posts into the weekly export a marketer would hold."""

import csv
import io
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from seed.cast import PLATFORM, TrendSetter
from seed.words import Words

_MEDIAN_DELAY_HOURS = 13.0
_DELAY_SPREAD = 0.85
_QUIET_UNTIL, _QUIET_FROM = 7, 24
_ANSWERS_OUT_OF_TEN = 5
_SHARES_OUT_OF_TEN = 3

COLUMNS = (
    "platform", "post_id", "url", "author_handle", "author_name", "author_followers", "created_at", "kind",
    "parent_id", "root_id", "text", "likes", "replies", "reposts", "views", "label",
)  # fmt: skip


@dataclass(frozen=True)
class Post:
    """One post as the export lists it; ``branch`` is the ambassador it goes back to."""

    platform: str
    post_id: str
    author: str
    created_at: datetime
    kind: str
    text: str
    parent_id: str = ""
    root_id: str = ""
    branch: str = ""
    author_name: str = ""
    author_followers: int | None = None
    likes: int | None = None
    replies: int | None = None
    reposts: int | None = None
    views: int | None = None
    labels: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Prompted:
    """One person who talked because of another; ``prompted_by`` is empty for an ambassador."""

    handle: str
    prompted_by: str
    branch: str


class Newsroom:
    """Write the posts of one campaign, numbered and dated, from a key."""

    def __init__(self, name: str, key: int, words: Words, people: Mapping[str, TrendSetter]) -> None:
        self._name = name
        self._dice = random.Random(key)
        self._words = words
        self._people = people
        self._count = 0

    def tell(self, talk: Iterable[Prompted], first_posts: Mapping[str, datetime]) -> list[Post]:
        """Write a post for everybody who talked, parents first."""
        by_author: dict[str, Post] = {}
        for talker in talk:
            if talker.prompted_by:
                post = self._prompted(talker, by_author[talker.prompted_by])
            else:
                post = self.opening(talker.handle, first_posts[talker.handle])
            by_author[talker.handle] = post
        return list(by_author.values())

    def opening(self, handle: str, moment: datetime, text: str = "") -> Post:
        """Write an ambassador's first post, with the disclosure in it."""
        person = self._people[handle]
        return Post(
            platform=PLATFORM,
            post_id=self._number(),
            author=handle,
            author_name=person.name,
            author_followers=person.followers,
            created_at=moment,
            kind="original",
            text=text or self._words.first(person.language),
            branch=handle,
            likes=person.average_likes,
            views=person.average_views,
        )

    def answer(self, parent: Post, author: str, text: str, moment: datetime, *labels: str) -> Post:
        """Write a reply to a post."""
        return Post(
            platform=parent.platform,
            post_id=self._number(),
            author=author,
            created_at=moment,
            kind="reply",
            text=text,
            parent_id=parent.post_id,
            root_id=parent.root_id or parent.post_id,
            branch=parent.branch,
            likes=self._dice.randint(0, 12),
            labels=labels,
        )

    def stray(self, author: str, moment: datetime) -> Post:
        """Write the post of somebody nobody here prompted."""
        return Post(
            platform=self._dice.choice(("instagram", "x", "tiktok")),
            post_id=self._number(),
            author=author,
            created_at=moment,
            kind="original",
            text=self._words.outside(),
            likes=self._dice.randint(0, 25),
            views=self._dice.randint(40, 900),
        )

    def _prompted(self, talker: Prompted, parent: Post) -> Post:
        person = self._people.get(talker.handle)
        language = person.language if person else "it"
        kind = self._kind()
        text = self._text(kind, language, parent.author)
        return Post(
            platform=parent.platform,
            post_id=self._number(),
            author=talker.handle,
            author_name=person.name if person else "",
            author_followers=person.followers if person else self._dice.randint(60, 900),
            created_at=self._later(parent.created_at),
            kind=kind,
            text=text,
            parent_id=parent.post_id,
            root_id=parent.root_id or parent.post_id,
            branch=talker.branch,
            likes=self._dice.randint(0, 40),
            views=self._dice.randint(50, 600) if kind != "reply" else None,
        )

    def _text(self, kind: str, language: str, name: str) -> str:
        if kind == "repost":
            return ""
        return self._words.answer(language, name) if kind == "reply" else self._words.quote(language, name)

    def _kind(self) -> str:
        throw = self._dice.randrange(10)
        if throw < _ANSWERS_OUT_OF_TEN:
            return "reply"
        return "quote" if throw < _ANSWERS_OUT_OF_TEN + _SHARES_OUT_OF_TEN else "repost"

    def _later(self, moment: datetime) -> datetime:
        hours = min(self._dice.lognormvariate(0, _DELAY_SPREAD) * _MEDIAN_DELAY_HOURS, 90)
        later = moment + timedelta(hours=hours)
        if later.hour < _QUIET_UNTIL:
            later += timedelta(hours=_QUIET_UNTIL - later.hour, minutes=self._dice.randrange(90))
        return later

    def _number(self) -> str:
        self._count += 1
        return f"{self._name}-{self._count:05d}"


def counted(posts: Iterable[Post]) -> list[Post]:
    """Fill in how many replies and shares each post got, from the posts themselves."""
    listed = list(posts)
    replies: dict[str, int] = {}
    shares: dict[str, int] = {}
    for post in listed:
        tally = replies if post.kind == "reply" else shares
        tally[post.parent_id] = tally.get(post.parent_id, 0) + 1
    return [
        replace(post, replies=replies.get(post.post_id, 0), reposts=shares.get(post.post_id, 0))
        for post in listed
    ]


def export(posts: Iterable[Post], until: datetime, *, growth: float = 1.0) -> bytes:
    """Write the export of a day: posts so far, figures grown to what they were that day."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for post in sorted(counted(p for p in posts if p.created_at <= until), key=lambda p: p.created_at):
        writer.writerow(_line(post, growth))
    return out.getvalue().encode("utf-8-sig")


def _line(post: Post, growth: float) -> list[object]:
    grown = [None if figure is None else round(figure * growth) for figure in (post.likes, post.views)]
    return [
        post.platform, post.post_id, f"https://{post.platform}.example/{post.author}/{post.post_id}",
        post.author, post.author_name, post.author_followers,
        post.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), post.kind, post.parent_id,
        post.root_id, post.text, grown[0], post.replies, post.reposts, grown[1], ",".join(post.labels),
    ]  # fmt: skip
