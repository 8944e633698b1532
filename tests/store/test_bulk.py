"""Many rows at once: what is put in bulk comes back as it was given, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, select

from ambassador.errors import BadInputError
from ambassador.services.work import UnitOfWork, is_about_other_rows
from ambassador.store.bulk import insert_rows, table_of, update_rows
from ambassador.store.database import refuse_unstorable, refuse_unstorable_column
from ambassador.store.tables.network import ParameterSet, Tie
from ambassador.store.tables.people import Account, Person
from tests.conftest import NOW

STORABLE = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)))
ODD = [
    "",
    "\\",
    "\\N",
    "\\.",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "\\t",
    "null",
    "é😀\u202e",
    '{"a": 1}',
    "%s :x",
    "x" * 70_000,
]
LATER = NOW + timedelta(microseconds=1)


def _put(work: UnitOfWork, people: list[dict[str, object]]) -> list[Person]:
    with work.writing() as session:
        for old in session.exec(select(Person)):
            session.delete(old)
        insert_rows(session, Person, people)
    with work.reading() as session:
        stored = list(session.exec(select(Person).order_by(col(Person.id))))
        session.expunge_all()
    return stored


def _person(text: str | None, **more: object) -> dict[str, object]:
    return {"name": text, "notes": text, "topics": [text], "created_at": NOW} | more


def test_odd_texts_come_back_as_they_were(work: UnitOfWork) -> None:
    stored = _put(work, [_person(text) for text in [*ODD, None]])
    assert [(one.name, one.notes, one.topics) for one in stored] == [
        (one, one, [one]) for one in [*ODD, None]
    ]
    assert {(one.source, one.is_candidate) for one in stored} == {("", True)}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STORABLE, min_size=1, max_size=30))
def test_any_text_comes_back_as_it_was(work: UnitOfWork, texts: list[str]) -> None:
    assert [one.notes for one in _put(work, [_person(text) for text in texts])] == texts


def test_every_kind_of_value_comes_back(work: UnitOfWork) -> None:
    kinds = [
        _person(
            "a",
            fee_minor=-(2**62),
            posting_probability=0.1 + 0.2,
            is_candidate=False,
            noticed_on=date(1970, 1, 2),
            archived_at=LATER,
        ),
        _person(
            "b",
            fee_minor=None,
            posting_probability=1e-300,
            is_candidate=True,
            noticed_on=None,
            archived_at=None,
        ),
    ]
    first, second = _put(work, kinds)
    assert (first.fee_minor, first.posting_probability, first.is_candidate) == (-(2**62), 0.1 + 0.2, False)
    assert (first.noticed_on, first.archived_at) == (date(1970, 1, 2), LATER)
    assert (second.fee_minor, second.posting_probability, second.is_candidate) == (None, 1e-300, True)
    assert (second.noticed_on, second.archived_at) == (None, None)


def test_bytes_come_back(work: UnitOfWork) -> None:
    arrays = bytes(range(256)) * 40
    with work.writing() as session:
        insert_rows(
            session,
            ParameterSet,
            [{"kind": "k", "algorithm": "a", "version": "1", "arrays": arrays, "created_at": NOW}],
        )
    with work.reading() as session:
        assert session.exec(select(ParameterSet.arrays)).one() == arrays


def test_a_row_that_is_there_and_a_pointer_to_nothing_are_told_apart_from_faults(work: UnitOfWork) -> None:
    rows = [{"platform": "x", "handle": handle, "created_at": NOW} for handle in ("a", "b", "a")]
    with pytest.raises(IntegrityError) as there, work.writing() as session:
        insert_rows(session, Account, rows)
    assert is_about_other_rows(there.value)
    tie = {"source_id": 77, "target_id": 78, "platform": "x"}
    with pytest.raises(Exception, match=r"(?i)foreign key") as nothing, work.writing() as session:
        insert_rows(session, Tie, [tie])
    assert is_about_other_rows(nothing.value)  # type: ignore[arg-type]
    with work.reading() as session:
        assert not session.exec(select(Account)).all()


def _change(work: UnitOfWork, changes: dict[int, dict[str, object]]) -> list[Person]:
    with work.writing() as session:
        names = sorted(next(iter(changes.values())))
        rows = [{"id": key, **change} for key, change in changes.items()]
        update_rows(session, table_of(Person), ("id",), names, rows)
    with work.reading() as session:
        stored = list(session.exec(select(Person).order_by(col(Person.id))))
        session.expunge_all()
    return stored


def test_odd_values_are_changed_to_what_was_given(work: UnitOfWork) -> None:
    people = [one.id for one in _put(work, [_person("before") for _ in range(len(ODD) + 1)])]
    texts = dict(zip(people, [*ODD, None], strict=True))
    stored = _change(
        work,
        {
            key or 0: {
                "notes": text,
                "topics": [text, 'a"b'],
                "archived_at": LATER if text else None,
                "noticed_on": date(2026, 2, 28) if text else None,
                "is_candidate": not text,
                "posting_probability": 0.1 + 0.2 if text else None,
            }
            for key, text in texts.items()
            if key != people[0]
        },
    )
    assert stored[0].notes == "before"
    for one in stored[1:]:
        text = texts[one.id]
        assert (one.name, one.notes, one.topics, one.is_candidate) == (
            "before",
            text,
            [text, 'a"b'],
            not text,
        )
        assert one.archived_at == (LATER if text else None)
        assert one.noticed_on == (date(2026, 2, 28) if text else None)
        assert one.posting_probability == (0.1 + 0.2 if text else None)


def test_bytes_are_changed_to_what_was_given(work: UnitOfWork) -> None:
    with work.writing() as session:
        insert_rows(
            session, ParameterSet, [{"kind": "k", "algorithm": "a", "version": "1", "created_at": NOW}]
        )
        number = session.exec(select(ParameterSet.id)).one()
        update_rows(
            session,
            table_of(ParameterSet),
            ("id", "kind"),
            ("arrays", "metrics"),
            [{"id": number, "kind": "k", "arrays": bytes(range(256)), "metrics": {"a": None}}],
        )
        assert session.exec(select(ParameterSet.arrays)).one() == bytes(range(256))
        assert session.exec(select(ParameterSet.metrics)).one() == {"a": None}


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_text_too_long_for_its_column_is_not_cut(work: UnitOfWork) -> None:
    (one,) = _put(work, [_person("a")])
    with pytest.raises(DBAPIError), work.writing() as session:
        update_rows(
            session, table_of(Person), ("id",), ("fee_currency",), [{"id": one.id, "fee_currency": "EURO"}]
        )


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d"])
def test_what_no_database_holds_is_refused(work: UnitOfWork, text: str) -> None:
    with pytest.raises(BadInputError, match="holds a character that is none"), work.writing() as session:
        insert_rows(session, Person, [{"name": text, "created_at": NOW}])
    (one,) = _put(work, [_person("a")])
    with pytest.raises(BadInputError, match="holds a character that is none"), work.writing() as session:
        update_rows(session, table_of(Person), ("id",), ("notes",), [{"id": one.id, "notes": text}])


@settings(max_examples=200)
@given(st.lists(st.one_of(st.none(), st.integers(), st.text(st.characters(), max_size=3)), max_size=6))
def test_a_column_is_refused_just_where_one_of_its_texts_is(values: list[str | int | None]) -> None:
    def refused(look: Callable[[list[str | int | None]], None]) -> str:
        try:
            look(values)
        except BadInputError as error:
            return str(error)
        return ""

    assert refused(refuse_unstorable_column) == refused(refuse_unstorable)
    texts = [one for one in values if isinstance(one, str)]
    assert bool(refused(refuse_unstorable_column)) == any(
        "\0" in one or any("\ud800" <= letter <= "\udfff" for letter in one) for one in texts
    )


def test_rows_of_a_transaction_taken_back_are_gone(work: UnitOfWork) -> None:
    with pytest.raises(RuntimeError), work.writing() as session:
        insert_rows(session, Person, [_person(str(number)) for number in range(4_001)])
        assert len(session.exec(select(Person.id)).all()) == 4_001
        raise RuntimeError
    with work.reading() as session:
        assert not session.exec(select(Person.id)).all()
