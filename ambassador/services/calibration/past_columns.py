"""Past posts by column, a million at a time: what every evaluation is fed, from files and the database."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Self

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.values.calibration.past import PastPost


@dataclass(frozen=True, eq=False)
class PastColumns:
    """Posts by column; what they are called is a number, the same wherever platform and id are the same.

    Attributes
    ----------
    post, parent, root : int64 arrays, shape (posts,)
        Of its own id, and of the ids it names as the post it answers or shares and as the start; -1 for none.
    at : float64 array, shape (posts,)
        Seconds since 1970.
    author : sequence of posts' authors
    names : mapping of a post's place to the author its own text names as its source
    followers : float64 array, shape (posts,)
        Of the author, as far as the post says; NaN where it does not.
    is_answer : bool array, shape (posts,)
    platform : sequence of posts' platforms
    apart : bool
        Whether authors of the same name on two platforms are two.
    """

    post: Int64Array
    parent: Int64Array
    root: Int64Array
    at: FloatArray
    author: Sequence[Hashable]
    names: Mapping[int, Hashable]
    followers: FloatArray
    is_answer: BoolArray
    platform: Sequence[str]
    apart: bool = False

    def __len__(self) -> int:
        return self.post.size

    @classmethod
    def named(
        cls,
        ids: tuple[Sequence[str], Sequence[str], Sequence[str]],
        *,
        at: FloatArray,
        author: Sequence[Hashable],
        names: Mapping[int, Hashable],
        followers: FloatArray,
        is_answer: BoolArray,
        platform: Sequence[str],
        apart: bool = False,
    ) -> Self:
        """Number ids: those of posts, of what they answer or share, and of the start, blank where unknown."""
        post, parent, root = numbers_of_ids(platform, *ids)
        return cls(post, parent, root, at, author, names, followers, is_answer, platform, apart)

    @classmethod
    def of(cls, posts: Sequence[PastPost]) -> Self:
        """Lay posts out by column.

        Examples
        --------
        >>> pair = [PastPost("x", "1", "nina", 0.0), PastPost("x", "2", "ugo", 9.0, parent_id="1")]
        >>> found = PastColumns.of(pair)
        >>> found.post.tolist(), found.parent.tolist(), found.author_of(1)
        ([0, 1], [-1, 0], 'ugo')
        """
        return cls.named(
            (
                [one.post_id for one in posts],
                [one.parent_id for one in posts],
                [one.root_id for one in posts],
            ),
            at=np.array([post.at for post in posts], np.float64),
            author=[post.author for post in posts],
            names={place: post.names for place, post in enumerate(posts) if post.names is not None},
            followers=np.array([np.nan if one.followers is None else one.followers for one in posts]),
            is_answer=np.array([post.is_answer for post in posts], np.bool_),
            platform=[post.platform for post in posts],
        )

    @cached_property
    def here(self) -> BoolArray:
        """Whether a post is here, by the number of an id."""
        ids = max((int(one.max(initial=-1)) for one in (self.post, self.parent, self.root)), default=-1) + 1
        found = np.zeros(ids, np.bool_)
        found[self.post] = True
        return found

    @cached_property
    def parent_is_here(self) -> BoolArray:
        """Whether the parent that a post names is among the posts, shape (posts,)."""
        found = self.parent >= 0
        found[found] = self.here[self.parent[found]]
        return found

    def author_of(self, place: int) -> Hashable:
        """Return the author of one post as ties call them."""
        return (self.platform[place], self.author[place]) if self.apart else self.author[place]

    def authors(self, places: Sequence[int]) -> Iterator[Hashable]:
        """Return the authors of some posts as ties call them."""
        return map(self.author_of, places)

    def named_by(self, place: int) -> Hashable:
        """Return whom the text of a post names as its source; None for nobody."""
        name = self.names.get(place)
        return (self.platform[place], name) if self.apart and name is not None else name

    def newest(self, most: int) -> Self:
        """Keep the last of the posts, which must stand in the order of time."""
        first = max(0, len(self) - most)
        return replace(
            self,
            post=self.post[first:],
            parent=self.parent[first:],
            root=self.root[first:],
            at=self.at[first:],
            author=self.author[first:],
            names={place - first: name for place, name in self.names.items() if place >= first},
            followers=self.followers[first:],
            is_answer=self.is_answer[first:],
            platform=self.platform[first:],
        )


def numbers_of_ids(platform: Sequence[str], *ids: Sequence[str]) -> list[Int64Array]:
    """Number ids, the same on the same platform alike, in the order they first appear; -1 for a blank one.

    Examples
    --------
    >>> [found.tolist() for found in numbers_of_ids(["x", "y"], ["a", "a"], ["", "b"])]
    [[0, 1], [-1, 2]]
    """
    known: defaultdict[Hashable, int] = defaultdict(count().__next__)
    several = set(platform)
    keys: Iterator[Sequence[Hashable]] = iter(ids)
    if len(several) > 1:
        known.update(((one, ""), -1) for one in several)
        keys = (list(zip(platform, column, strict=True)) for column in ids)
    known[""] = -1
    return [np.fromiter(map(known.__getitem__, one), np.int64, len(one)) for one in keys]
