"""Posts that came in go to the cases they belong to: our replies answer, the customer's next ones ask."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session

from ambassador.services.care.clocks import bring_forward
from ambassador.services.work import UnitOfWork
from ambassador.store.care.cases import get_case
from ambassador.store.care.events import CasePost, Stamp, add_event, has_posts, noted_posts, posts_of_cases
from ambassador.store.mentions.care import PostBelow, posts_below, same_people
from ambassador.values.care.states import CaseEventKind

_Found = tuple[int, PostBelow, CaseEventKind]
"""A case, a post it does not hold yet, and what that post is to it."""


def follow_posts(session: Session, work: UnitOfWork, case_ids: Collection[int] | None = None) -> int:
    """Put the posts that hang from those of a case into it; say into how many cases any went.

    A reply of ours anywhere further down answers; what the same person says further down asks again.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     follow_posts(writing, work)
    0
    """
    found = posts_to_follow(session, case_ids)
    now = work.now()
    for case_id, post, kind in found:
        at = min(post.posted_at, now)
        add_event(session, case_id, kind, Stamp(at, "", now), mention_id=post.id)
    changed = sorted({case_id for case_id, _, _ in found})
    rows = [get_case(session, number) for number in changed]
    for row in rows:
        row.revision += 1
    if rows:
        bring_forward(session, rows)
    return len(rows)


def posts_to_follow(session: Session, case_ids: Collection[int] | None = None) -> list[_Found]:
    """Find the posts that belong to cases and are not in them yet.

    Examples
    --------
    >>> posts_to_follow(session)
    []
    """
    if not has_posts(session):
        return []
    held = posts_of_cases(session, case_ids)
    by_post: dict[int, list[CasePost]] = defaultdict(list)
    for one in held:
        by_post[one.mention_id].append(one)
    below = posts_below(session, by_post)
    noted = noted_posts(session, {post.id for post in below})
    people = same_people(session, {one.account_id for one in held} | {post.account_id for post in below})
    asked = {post for _, post in noted}
    found: dict[tuple[int, int], _Found] = {}
    for post in below:
        for one in by_post[post.asked]:
            if (one.case_id, post.id) in noted:
                continue
            if post.is_brand:
                found.setdefault((one.case_id, post.id), (one.case_id, post, CaseEventKind.ANSWERED))
            elif people[post.account_id] == people[one.account_id] and post.id not in asked:
                asked.add(post.id)
                found[one.case_id, post.id] = one.case_id, post, CaseEventKind.ASKED
    return list(found.values())
