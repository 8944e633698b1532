"""What the table of ambassadors turns cells into, and which places it calls open."""

from datetime import date

from ambassador.ui.campaigns.editor import edits_of
from ambassador.ui.campaigns.open_places import places_left
from ambassador.values.campaigns.ambassadors import AmbassadorEdit, AmbassadorRow
from ambassador.values.money import Money, money
from ambassador.values.status import AmbassadorStatus, Deal


def _row(number: int, status: AmbassadorStatus = AmbassadorStatus.ACCEPTED, **more: object) -> AmbassadorRow:
    known: dict[str, object] = {
        "campaign_id": 1, "person_id": number, "name": f"P{number}", "handle": "", "platform": "",
        "city": "", "followers": None, "status": status, "deal": Deal.GIFT,
    }  # fmt: skip
    return AmbassadorRow(id=number, **(known | more))


def test_cells_become_values_with_the_revision_that_was_seen() -> None:
    rows = [_row(1, revision=4), _row(2, fee=Money(100, "USD"), revision=7)]
    changed = {
        0: {"fee": 250.5, "deal": "loan", "post_by": "2026-05-20T00:00:00.000", "owner": None},
        1: {"fee": None, "agreement_signed_on": None},
    }
    assert edits_of(rows, changed, "EUR") == (
        AmbassadorEdit(
            1, 4, {"fee": money("250.5"), "deal": Deal.LOAN, "post_by": date(2026, 5, 20), "owner": ""}
        ),
        AmbassadorEdit(2, 7, {"fee": None, "agreement_signed_on": None}),
    )


def test_a_fee_keeps_the_currency_it_was_agreed_in() -> None:
    (edit,) = edits_of([_row(1, fee=Money(100, "USD"))], {0: {"fee": 20}}, "EUR")
    assert edit.changes["fee"] == money(20, "USD")


def test_a_place_is_open_until_somebody_who_stays_takes_it() -> None:
    left = _row(1, AmbassadorStatus.DECLINED)
    declined_too = _row(2, AmbassadorStatus.DECLINED, replaces_id=1)
    came = _row(3, AmbassadorStatus.INVITED, replaces_id=1)
    assert [row.id for row in places_left([left, declined_too])] == [1, 2]
    assert [row.id for row in places_left([left, declined_too, came])] == [2]
