"""Listing people: who fits, how they stand among their peers, what is not known."""

from datetime import timedelta

import pytest

from ambassador.services.people.people import list_people
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.people import Account
from ambassador.values.money import Money, money
from ambassador.values.people.people import FlagKind, Part, PeopleFilter
from tests.conftest import NOW
from tests.people_samples import add_post, add_reading, add_tie, made, person_with_account


def _names(work: UnitOfWork, **wanted: object) -> list[str]:
    return [row.name for row in list_people(work, PeopleFilter(**wanted)).rows]  # type: ignore[arg-type]


def test_an_empty_database_lists_nobody_and_computes_nothing(work: UnitOfWork) -> None:
    view = list_people(work)
    assert (view.rows, view.everybody, view.candidates, view.network_measure) == ((), 0, 0, "")


def test_real_candidates_are_counted_and_an_unknown_fee_is_not_zero(work: UnitOfWork) -> None:
    made(work, "anna", city="Bari", fee_minor=40_000, fee_currency="EUR")
    made(work, "bea", city="Bari", fee_minor=60_000, fee_currency="EUR")
    made(work, "carla", city="Bari")
    made(work, "dora", city="Bari", fee_minor=10_000, fee_currency="USD")
    made(work, "elsa", city="Bari", fee_minor=10_000, fee_currency="EUR", objected_at=NOW)
    made(work, "fia", city="Roma", fee_minor=10_000, fee_currency="EUR")
    view = list_people(work, PeopleFilter(cities=("Bari",), fee_up_to=money(500)))
    assert [row.name for row in view.rows] == ["Anna", "Elsa"]
    assert view.candidates == 1
    assert view.without_fee == 1
    assert view.everybody == 6


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"search": "@anna"}, ["Anna"]),
        ({"search": "bari food"}, ["Bea"]),
        ({"cities": ("Roma",)}, ["Anna"]),
        ({"topics": ("food",)}, ["Bea"]),
        ({"platforms": ("x",)}, ["Bea"]),
        ({"followers_from": 500}, ["Anna"]),
        ({"followers_to": 500}, ["Bea"]),
        ({"candidates_only": True}, ["Anna", "Carla"]),
        ({"read_since": NOW - timedelta(days=10)}, ["Anna", "Bea"]),
        ({"fee_up_to": Money(100)}, []),
    ],
)
def test_each_filter_lets_only_those_through_who_are_known_to_fit(
    sqlite_work: UnitOfWork, wanted: dict[str, object], names: list[str]
) -> None:
    made(sqlite_work, "anna", city="Roma", figures={"followers": 900})
    made(
        sqlite_work,
        "bea",
        city="Bari",
        topics=["food"],
        platform="x",
        figures={"followers": 90},
        is_candidate=False,
    )
    made(sqlite_work, "carla")
    assert _names(sqlite_work, **wanted) == names


def test_the_account_with_most_followers_is_shown_and_the_sum_never(work: UnitOfWork) -> None:
    with work.writing() as session:
        person, _ = person_with_account(session, "anna", figures={"followers": 100})
        _, second = person_with_account(session, "anna2", platform="x", figures={"followers": 700})
        account = session.get(Account, second)
        assert account
        account.person_id = person
    row = list_people(work).rows[0]
    assert row.figures.followers == 700
    assert row.handles == ("x:anna2", "instagram:anna")


def test_a_figure_missing_from_the_newest_reading_keeps_its_older_value(work: UnitOfWork) -> None:
    with work.writing() as session:
        _, account = person_with_account(session, "anna")
        add_reading(session, account, NOW - timedelta(days=9), followers=800, average_likes=40.0)
        add_reading(session, account, NOW - timedelta(days=2), followers=1_000)
    row = list_people(work).rows[0]
    assert (row.figures.followers, row.figures.average_likes) == (1_000, 40.0)
    assert row.figures.read_at == NOW - timedelta(days=2)
    assert (row.rate_by_followers, row.counted) == (0.04, ("likes",))


def test_a_stated_rate_is_kept_apart_from_the_computed_one(work: UnitOfWork) -> None:
    made(work, "anna", figures={"followers": 1_000, "engagement_rate": 0.2})
    row = list_people(work).rows[0]
    assert row.rate_by_followers is None
    assert row.percentile is None
    assert row.figures.engagement_rate == 0.2


def test_percentiles_say_how_many_peers_they_compare_with(work: UnitOfWork) -> None:
    for size, handle in enumerate(("anna", "bea", "carla")):
        made(
            work, handle, figures={"followers": 1_000, "average_likes": 10.0 * size, "average_comments": 1.0}
        )
    view = list_people(work)
    assert [(row.percentile, row.peers) for row in view.rows] == [(0, 2), (50, 2), (100, 2)]
    assert view.nearest == 50


def test_a_score_says_what_it_rests_on_and_what_is_missing(work: UnitOfWork) -> None:
    with work.writing() as session:
        _, anna = person_with_account(
            session, "anna", topics=["Tech"], figures={"followers": 100, "average_likes": 9.0}
        )
        _, bea = person_with_account(session, "bea", figures={"followers": 900})
        add_tie(session, anna, bea)
    view = list_people(work, PeopleFilter(wanted_topics=("tech",)))
    first, second = view.rows
    assert first.score.missing == ()
    assert second.score.missing == (Part.RESONANCE, Part.RELEVANCE, Part.NETWORK)
    assert second.score.value is not None
    by_part = {part.part: part for part in second.score.parts}
    assert by_part[Part.REACH].percentile == 75
    assert by_part[Part.NETWORK].value == 50
    assert str(by_part[Part.REACH].input) == "900 followers"
    assert view.network_measure == "ties"
    assert first.score.read_at == NOW - timedelta(days=3)


def test_a_side_nobody_is_known_on_does_not_count(work: UnitOfWork) -> None:
    made(work, "anna", figures={"followers": 100})
    score = list_people(work).rows[0].score
    assert score.value == pytest.approx(50)
    assert {part.part for part in score.parts if part.weight > 0} == {Part.REACH}


def test_nothing_known_is_no_score_not_zero(work: UnitOfWork) -> None:
    made(work, "anna")
    assert list_people(work).rows[0].score.shown is None


def test_a_score_by_hand_stands_beside_the_computed_one(work: UnitOfWork) -> None:
    made(work, "anna", figures={"followers": 9}, score_by_hand=88.0, score_reason="met her")
    score = list_people(work).rows[0].score
    assert (score.shown, score.reason) == (88, "met her")
    assert score.value == pytest.approx(50)


def test_flags_come_with_their_evidence(work: UnitOfWork) -> None:
    with work.writing() as session:
        _, account = person_with_account(session, "anna")
        add_reading(session, account, NOW - timedelta(days=9), followers=1_000, following=4_000)
        add_reading(session, account, NOW - timedelta(days=6), followers=9_000)
    flags = list_people(work).rows[0].flags
    assert [flag.kind for flag in flags] == [FlagKind.FOLLOWS_MANY, FlagKind.SPIKE]
    assert str(flags[0].evidence) == "follows 4000 accounts (more than 1500)"
    assert "1000 to 9000" in str(flags[1].evidence)


def test_archived_people_are_listed_apart(work: UnitOfWork) -> None:
    made(work, "anna", archived_at=NOW)
    made(work, "bea")
    assert _names(work) == ["Bea"]
    assert _names(work, archived=True) == ["Anna"]
    assert list_people(work).archived == 1


def test_mentions_are_counted_per_person(work: UnitOfWork) -> None:
    with work.writing() as session:
        _, anna = person_with_account(session, "anna")
        person_with_account(session, "bea")
        add_post(session, anna, "1")
        add_post(session, anna, "2")
        add_post(session, anna, "3", archived_at=NOW)
    assert [row.mentions for row in list_people(work).rows] == [2, 0]
