"""Single launches, followed person by person."""

from sqlmodel import Session

from ambassador.services.networks.rehearse import rehearse_launches
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.networks.network import ProbabilityRule
from tests.conftest import NOW


def _account(session: Session, handle: str) -> int:
    account = Account(platform="instagram", handle=handle, created_at=NOW)
    session.add(account)
    session.flush()
    return account.id or 0


def _two_stars(work: UnitOfWork) -> None:
    with work.writing() as session:
        ids = {handle: _account(session, handle) for handle in ("a", "b", "a1", "a2", "b1")}
        for source, target in (("a", "a1"), ("a1", "a2"), ("b", "b1")):
            session.add(Tie(source_id=ids[source], target_id=ids[target], platform="instagram"))


def test_with_certainty_everybody_downstream_talks_and_says_who_prompted_them(
    sqlite_work: UnitOfWork,
) -> None:
    _two_stars(sqlite_work)
    (launch,) = rehearse_launches(
        sqlite_work, ["a", "b"], [0], key=7, rule=ProbabilityRule.parse("constant:1")
    )
    told = {talker.handle: (talker.prompted_by, talker.branch, talker.step) for talker in launch.talkers}
    assert told == {
        "a": ("", "a", 0),
        "b": ("", "b", 0),
        "a1": ("a", "a", 1),
        "b1": ("b", "b", 1),
        "a2": ("a1", "a", 2),
    }
    assert launch.branch_sizes() == {"a": 3, "b": 2}


def test_the_same_key_gives_the_same_launches(sqlite_work: UnitOfWork) -> None:
    _two_stars(sqlite_work)
    rule = ProbabilityRule.parse("constant:0.5")
    first = list(rehearse_launches(sqlite_work, ["a", "b"], range(20), key=7, rule=rule))
    again = list(rehearse_launches(sqlite_work, ["a", "b"], range(20), key=7, rule=rule))
    assert first == again
    assert len({len(launch.talkers) for launch in first}) > 1
