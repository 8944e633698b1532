"""The workspace's own posts and ties as the records that files are read into."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ambassador.services.mentions.named_source import ANSWERS, source_named
from ambassador.store.cascades.cascades import newest_post
from ambassador.store.learning.learning import PastRow, most_followers, read_listed_ties, read_past_posts
from ambassador.values.calibration.past import PastPost, PastTie
from ambassador.values.networks.node_key import NodeKey


@dataclass(frozen=True, slots=True)
class PastRecords:
    """Everything the workspace holds that an evaluation may look at."""

    posts: tuple[PastPost, ...]
    ties: tuple[PastTie, ...]
    reach: float
    """The moment the data reach to, in seconds since 1970."""


def read_past_records(session: Session, now: datetime) -> PastRecords:
    """Read posts and the ties of files; authors are named by person where the person is known."""
    rows, newest = read_past_posts(session), newest_post(session)
    followers = most_followers(session)
    authors = {(row.platform, row.handle): NodeKey.of_account(row.account_id, row.person_id) for row in rows}
    return PastRecords(
        tuple(_post(row, authors, followers) for row in rows),
        tuple(
            PastTie(
                NodeKey.of_account(tie.source_id, tie.source_person),
                NodeKey.of_account(tie.target_id, tie.target_person),
                tie.probability,
            )
            for tie in read_listed_ties(session)
        ),
        min(now, newest or now).timestamp(),
    )


def _post(row: PastRow, authors: dict[tuple[str, str], int], followers: dict[int, int]) -> PastPost:
    author = NodeKey.of_account(row.account_id, row.person_id)
    return PastPost(
        platform=row.platform,
        post_id=row.post_id,
        author=author,
        at=row.posted_at.timestamp(),
        parent_id=row.parent_id,
        root_id=row.root_id,
        names=authors.get((row.platform, source_named(row.text, row.kind))),
        followers=followers.get(author),
        is_answer=row.kind in ANSWERS,
    )
