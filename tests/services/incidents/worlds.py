"""A quiet perimeter with a past of its own, written in bulk, and what can happen in it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np

from ambassador.services.perimeters import add_perimeter
from ambassador.services.work import UnitOfWork
from ambassador.store.post_words import put_words
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterDraft, PerimeterRef
from ambassador.values.status import MentionKind

BEGINS = datetime(2026, 2, 2, tzinfo=UTC)
"""A Monday."""
BURST = BEGINS + timedelta(days=50, hours=15)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


class World:
    """Writes posts of many people about a brand."""

    def __init__(self, work: UnitOfWork, *, perimeter: bool = True) -> None:
        self.work = work
        self.count = 0
        self.accounts: dict[str, int] = {}
        self.ref = PerimeterRef(0)
        if perimeter:
            rule = PerimeterRule(words=("brezza",))
            self.ref = add_perimeter(work, PerimeterDraft("Brand", rule=rule))

    def author(self, handle: str, *, brand: bool = False) -> int:
        if handle not in self.accounts:
            with self.work.writing() as session:
                row = Account(platform="x", handle=handle, created_at=BEGINS, is_brand=brand)
                session.add(row)
                session.flush()
                self.accounts[handle] = row.id or 0
        return self.accounts[handle]

    def posts(
        self,
        moments: Iterable[datetime],
        text: str = "la brezza",
        *,
        authors: tuple[str, ...] = ("nina", "ugo", "leo", "ada"),
        parent: str = "",
    ) -> list[int]:
        """Write posts at these moments, by these authors in turn."""
        own = [self.author(handle) for handle in authors]
        rows = []
        for number, at in enumerate(moments):
            self.count += 1
            rows.append(
                Mention(
                    platform="x",
                    post_id=f"p{self.count}",
                    account_id=own[number % len(own)],
                    kind=MentionKind.REPLY if parent else MentionKind.ORIGINAL,
                    posted_at=at,
                    text=text,
                    parent_post_id=parent,
                    recorded_at=at,
                )
            )
        with self.work.writing() as session:
            session.add_all(rows)
            session.flush()
            ids = [row.id or 0 for row in rows]
            put_words(session, dict.fromkeys(ids, text))
        return ids

    def past(self, days: float, an_hour: float, text: str = "la brezza", *, key: int = 1) -> None:
        """Let people talk as usual: more by day than by night, by chance."""
        rng = np.random.default_rng(key)
        when = np.arange(int(days * 24))
        means = an_hour * (1 + 0.8 * np.sin((when % 24 - 9) / 24 * 2 * np.pi))
        moments = [
            BEGINS + hours(float(hour + share))
            for hour, count in zip(when.tolist(), rng.poisson(means).tolist(), strict=True)
            for share in np.sort(rng.random(count)).tolist()
        ]
        self.posts(moments, text)

    def burst(self, count: int, *, at: datetime = BURST, within: float = 1.0, **more) -> list[int]:
        """Let so many posts come within so many hours."""
        return self.posts([at + hours(within * step / count) for step in range(count)], **more)
