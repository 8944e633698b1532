"""What came of a post that was put to discussion."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Contribution:
    """One post beneath the one that was put to discussion."""

    mention_id: int
    text: str
    by: str
    """The account, such as instagram:nina; empty for an erased one."""
    posted_at: datetime
    drew: int
    """Posts beneath it."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class DiscussionView:
    """A post put to discussion and the talk beneath it, our own posts and its author's left out."""

    mention_id: int
    text: str
    by: str
    url: str
    posted_at: datetime
    is_gone: bool
    """Whether the post was taken down or erased."""
    posts: int
    people: int
    """Who took part, accounts of one person together."""
    new: int
    """Of them those whose first post here is in this talk."""
    ours: int
    """Our own posts in it, and those of the author of the post."""
    longest: int
    """Steps from the post to the answer furthest from it."""
    negative: int
    neutral: int
    positive: int
    cannot_tell: int
    """Posts of each tone, as people labelled them; a label wins over customer care's."""
    complaints: int
    """Known as such: labelled, or in a case of customer care."""
    by_day: tuple[tuple[date, int], ...]
    """Posts by day of the activation's time zone, days without any between them too."""
    leading: tuple[Contribution, ...]
    """Those beneath which most was said, at most five."""

    @property
    def unlabelled(self) -> int:
        """Posts of whose tone nobody has said anything."""
        return self.posts - self.negative - self.neutral - self.positive - self.cannot_tell
