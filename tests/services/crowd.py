"""People and ties as tests of picks write them into a database."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, select

from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.picks.picks import PickRequest
from ambassador.values.status import MentionKind
from tests.conftest import NOW

CERTAIN = ProbabilityRule.parse("constant:1")


def kept(session: Session, row: object) -> int:
    session.add(row)
    session.flush()
    return row.id or 0  # type: ignore[attr-defined, no-any-return]


def add_ties(work: UnitOfWork, ties: Sequence[tuple[str, str]], **more: object) -> None:
    """Write ties source -> target between accounts without a person."""
    with work.writing() as session:
        known = {account.handle: account.id or 0 for account in session.exec(select(Account))}
        for handle in sorted({end for tie in ties for end in tie} - set(known)):
            known[handle] = kept(session, Account(platform="x", handle=handle, created_at=NOW))
        session.add_all(
            Tie(source_id=known[source], target_id=known[target], platform="x", **more)
            for source, target in ties
        )


def add_person(
    work: UnitOfWork, handle: str, figures: Mapping[str, object] | None = None, **more: object
) -> int:
    """Write a person with one account, made new or taken over, and what was read about it."""
    with work.writing() as session:
        person_id = kept(session, Person(name=handle.title(), created_at=NOW, **more))
        account = session.exec(select(Account).where(Account.handle == handle)).first()
        if account is None:
            account = Account(platform="x", handle=handle, created_at=NOW)
        account.person_id = person_id
        account_id = kept(session, account)
        if figures:
            session.add(Snapshot(account_id=account_id, read_at=NOW, **figures))
        return person_id


def add_reply(work: UnitOfWork, handle: str, parent: str) -> None:
    """Write an answer that names the post it answers."""
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.handle == handle)).one()
        session.add(
            Mention(
                platform="x",
                post_id=f"answer-{handle}",
                account_id=account.id or 0,
                kind=MentionKind.REPLY,
                parent_post_id=parent,
                posted_at=NOW,
                recorded_at=NOW,
            )
        )


def follower_file() -> list[tuple[str, str]]:
    """l01..l10 follow a, l01..l09 follow b, m1..m4 follow c: influence runs to the followers."""
    listeners = [f"l{number:02d}" for number in range(1, 11)]
    ties = [("a", one) for one in listeners] + [("b", one) for one in listeners[:9]]
    return ties + [("c", f"m{number}") for number in range(1, 5)]


def shortlist(work: UnitOfWork) -> None:
    add_person(work, "small", {"followers": 900, "average_likes": 90.0, "average_comments": 10.0},
               fee_minor=50_00, fee_currency="EUR", city="Bari")  # fmt: skip
    add_person(work, "middle", {"followers": 2_000, "engagement_rate": 0.04}, fee_minor=50_00,
               fee_currency="EUR", city="Bari")  # fmt: skip
    add_person(work, "star", {"followers": 400_000, "average_likes": 120.0}, fee_minor=100_00,
               fee_currency="EUR", city="Rome")  # fmt: skip
    add_person(work, "blank", {"followers": 5_000}, fee_minor=10_00, fee_currency="EUR")


def three_cities(work: UnitOfWork) -> None:
    """a, b and c with the follower file's ties: a in Roma, b and c in Bari."""
    add_ties(work, follower_file())
    for handle, city, language in (("a", "Roma", "it"), ("b", "Bari", "it"), ("c", "Bari", "en")):
        add_person(work, handle, {"average_likes": 30.0}, city=city, language=language)


ASK = PickRequest(2, probabilities=CERTAIN, key=3, runs=50)
