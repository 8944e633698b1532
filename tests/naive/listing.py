"""What lists and pages read in a few grouped questions, counted row by row."""

from collections import defaultdict

from sqlmodel import Session, select

from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, Person
from ambassador.values.networks.node_key import NodeKey


def out_degrees(session: Session) -> dict[int, int]:
    """Count by person the accounts at first hand: not erased, not their own, each once."""
    accounts = {account.id: account for account in session.exec(select(Account))}
    heard: dict[int, set[int]] = defaultdict(set)
    for tie in session.exec(select(Tie)):
        person, target = accounts[tie.source_id].person_id, accounts[tie.target_id]
        if person is not None and target.erased_at is None and target.person_id != person:
            heard[person].add(tie.target_id)
    return {person: len(targets) for person, targets in heard.items()}


def count_mentions(session: Session) -> dict[int, int]:
    """Count by person the posts in use."""
    people = {account.id: account.person_id for account in session.exec(select(Account))}
    found: dict[int, int] = defaultdict(int)
    for post in session.exec(select(Mention)):
        person = people[post.account_id]
        if person is not None and post.archived_at is None and post.erased_at is None:
            found[person] += 1
    return dict(found)


def tie_ends(session: Session) -> list[tuple[int, int]]:
    """List between which nodes there are ties: of accounts neither erased nor of people who objected."""
    objected = {person.id for person in session.exec(select(Person)) if person.objected_at}
    keys = {
        account.id: NodeKey.of_account(account.id or 0, account.person_id)
        for account in session.exec(select(Account))
        if account.erased_at is None and account.person_id not in objected
    }
    ties = sorted(session.exec(select(Tie)), key=lambda tie: tie.id or 0)
    return [
        (keys[tie.source_id], keys[tie.target_id])
        for tie in ties
        if tie.source_id in keys and tie.target_id in keys
    ]


def tied_accounts(session: Session) -> int:
    """Count the accounts with a tie."""
    return len({end for tie in session.exec(select(Tie)) for end in (tie.source_id, tie.target_id)})


def posts_and_reactions(session: Session) -> tuple[int, int]:
    """Count the posts not archived, and those of them that name a parent or a start."""
    posts = [post for post in session.exec(select(Mention)) if post.archived_at is None]
    return len(posts), sum(bool(post.parent_post_id or post.root_post_id) for post in posts)
