"""Whatever column a refusal can name has a word, the one the pages use, in every language."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, create_engine

from ambassador.errors import ConflictError
from ambassador.i18n import languages, remark, sentence, translate
from ambassador.store.changes import NOT_COMPARED, RowChange, restore_rows
from ambassador.store.column_words import COLUMNS, word_of
from ambassador.store.schema import metadata
from ambassador.values.money import Money

NEVER_NOTED = {
    "audience", "credit", "forecast", "import_batch", "import_change", "network_snapshot", "parameter_set",
    "parent_candidate", "pick", "saved_mapping", "suppression", "tie",
}  # fmt: skip
"""What no change that can be taken back writes (``test_take_back`` looks): computed, frozen or imported."""
NAMED = sorted(
    {
        column.name
        for table in metadata.sorted_tables
        if table.name not in NEVER_NOTED
        for column in table.columns
        if not column.primary_key and column.name not in NOT_COMPARED
    }
)


def test_the_words_are_those_of_the_columns_that_can_be_named() -> None:
    assert sorted(COLUMNS) == NAMED


@pytest.mark.parametrize("language", languages())
def test_no_column_is_named_as_the_database_calls_it(language: str) -> None:
    for column in NAMED:
        said = translate(language, word_of(column))
        assert said[0].isupper()
        assert "_" not in said
        assert language == "en" or said != word_of(column) or said in THE_SAME_IN_ITALIAN, column


THE_SAME_IN_ITALIAN = {"Account", "File", "Ambassador", "Budget", "E-mail", "IMEI", "Link"}


def _refusal(before: dict[str, object], after: dict[str, object], now: dict[str, object]) -> ConflictError:
    """Refuse to take a change of an ambassador back that somebody wrote over."""
    engine = create_engine("sqlite://")
    table = metadata.tables["ambassador"]
    row = {
        "id": 1, "campaign_id": 1, "person_id": 1, "status": "invited", "deal": "gift", "fee_minor": None,
        "currency": "EUR", "code": "", "notice_channel": "", "next_action": "", "owner": "", "notes": "",
        "revision": 1, "created_at": datetime(2026, 5, 1, tzinfo=UTC),
    }  # fmt: skip
    metadata.create_all(engine)
    with Session(engine) as session:
        session.connection().exec_driver_sql("PRAGMA foreign_keys=OFF")
        session.connection().execute(table.insert().values({**row, **now}))
        with pytest.raises(ConflictError) as told:
            restore_rows(session, [RowChange("ambassador", (1,), {**row, **before}, {**row, **after})])
    engine.dispose()
    return told.value


@pytest.mark.parametrize(
    ("column", "before", "after", "now", "english", "italian"),
    [
        ("fee_minor", 100, 900_50, 850_00, "Fee: 900.50 EUR became 850.00 EUR", "Compenso: "),
        ("deal", "gift", "loan", "paid", "Deal: loan became paid", "prima prestito, ora a pagamento"),
        ("status", "invited", "accepted", "declined", "State: accepted became declined", "Stato: "),
        ("owner", "", "ines", "leo", "Owner: ines became leo", "prima ines, ora leo"),
        ("post_by", None, "2026-05-09", date(2026, 5, 8), "Post by: 2026-05-09 became 2026-05-08", "05-09"),
    ],
)  # fmt: skip
def test_what_was_changed_since_is_said_as_the_pages_say_it(
    column: str, before: object, after: object, now: object, english: str, italian: str
) -> None:
    told = _refusal({column: before}, {column: after}, {column: now})
    assert english in sentence("en", told.message, **told.values)
    assert italian in sentence("it", told.message, **told.values)


def test_an_amount_and_a_day_reach_the_page_as_such_so_that_it_writes_them_in_the_readers_form() -> None:
    fee = _refusal({"fee_minor": 1}, {"fee_minor": 900_50}, {"fee_minor": 850_00}).values
    assert (fee["then"], fee["became"]) == (Money(900_50), Money(850_00))
    day = _refusal({"post_by": None}, {"post_by": "2026-05-09"}, {"post_by": date(2026, 5, 8)}).values
    assert day["then"] == date(2026, 5, 9)
    assert remark("en", day["field"].text) == "Post by"


def test_a_row_saved_since_in_another_field_is_restored_and_counts_on() -> None:
    engine = create_engine("sqlite://")
    table = metadata.tables["ambassador"]
    row = {
        "id": 1, "campaign_id": 1, "person_id": 1, "status": "invited", "deal": "gift", "currency": "EUR",
        "code": "", "notice_channel": "", "next_action": "", "owner": "", "notes": "", "revision": 1,
        "created_at": datetime(2026, 5, 1, tzinfo=UTC),
    }  # fmt: skip
    metadata.create_all(engine)
    with Session(engine) as session:
        now = {**row, "owner": "ines", "notes": "theirs", "revision": 3}
        session.connection().execute(table.insert().values(now))
        restore_rows(session, [RowChange("ambassador", (1,), row, {**row, "owner": "ines", "revision": 2})])
        found = session.connection().execute(table.select()).mappings().one()
        assert (found["owner"], found["notes"], found["revision"]) == ("", "theirs", 4)
    engine.dispose()
