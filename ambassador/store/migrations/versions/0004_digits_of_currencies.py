"""Keep amounts in the minor units CLDR gives each currency: their worth stays, their unit changes.

Until 0003 every currency but six had two digits. Where a currency has fewer now, its amounts are rounded
half up to what can be paid in it.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# Powers of ten between the old minor unit and the new one, as of CLDR 47; frozen here, whatever comes later.
_SHIFTS = {
    **dict.fromkeys(
        (
            "ADP AFN ALL BIF BYR DJF ESP GNF IQD IRR ITL KMF KPW LAK LBP LUF MGA MGF MMK MRO PYG RSD RWF"
            " SLL SOS STD SYP TMM TRL UGX UYI VUV XAF XOF XPF YER ZMK ZWD"
        ).split(),
        -2,
    ),
    **dict.fromkeys("BHD JOD KWD LYD OMR TND".split(), 1),
    **dict.fromkeys("CLF HUF UYW".split(), 2),
}
_COLUMNS = (
    ("campaign", "budget_minor", "currency"),
    ("ambassador", "fee_minor", "currency"),
    ("device", "cost_minor", "currency"),
    ("outcome", "value_minor", "currency"),
    ("person", "fee_minor", "fee_currency"),
)
_AT_ONCE = 200


def upgrade() -> None:
    """Go forward."""
    _rescale(_SHIFTS)


def downgrade() -> None:
    """Go back."""
    _rescale({currency: -shift for currency, shift in _SHIFTS.items()})


def _rescale(shifts: dict[str, int]) -> None:
    connection = op.get_bind()
    _change_undo(connection, shifts)  # first: it asks the rows for their currency, not for their amount
    for table, amount, currency in _COLUMNS:
        rows = sa.table(table, sa.column(amount, sa.BigInteger()), sa.column(currency, sa.String()))
        for shift in sorted(set(shifts.values())):
            codes = [code for code, one in shifts.items() if one == shift]
            connection.execute(
                rows.update()
                .where(rows.c[currency].in_(codes), rows.c[amount].is_not(None))
                .values({amount: _shifted_column(rows.c[amount], shift)})
            )
    for table in ("pick", "forecast"):
        _change_records(connection, table, shifts)


def _shifted_column(amount, shift):
    if shift >= 0:
        return amount * 10**shift
    unit = 10**-shift
    # As text, so that both databases divide whole numbers by whole numbers.
    return sa.text(f"({amount.name} + {unit // 2}) / {unit}")


def _shifted(amount, currency, shifts):
    shift = shifts.get(currency, 0)
    if amount is None or not shift:
        return amount
    return amount * 10**shift if shift > 0 else (amount + 10**-shift // 2) // 10**-shift


def _change_undo(connection, shifts):
    """Rescale what undoing an import would bring back; the latest change of a row comes first."""
    changes = sa.table(
        "import_change",
        sa.column("id", sa.BigInteger()),
        sa.column("table_name", sa.String()),
        sa.column("row_id", sa.BigInteger()),
        sa.column("before", sa.JSON()),
    )
    for table, amount, currency in _COLUMNS:
        wanted = sa.select(changes).where(changes.c.table_name == table).order_by(changes.c.id.desc())
        told = connection.execute(wanted).all()
        if not told:
            continue
        rows = sa.table(table, sa.column("id", sa.BigInteger()), sa.column(currency, sa.String()))
        now = dict(connection.execute(sa.select(rows.c.id, rows.c[currency])).all())
        for one in told:
            kept = {side: dict(values) for side, values in one.before.items()}
            if not kept:
                continue  # erased
            for side in ("to", "from"):
                now[one.row_id] = kept[side].get(currency, now.get(one.row_id))
                if amount in kept[side]:
                    kept[side][amount] = _shifted(kept[side][amount], now[one.row_id], shifts)
            if kept != one.before:
                connection.execute(changes.update().where(changes.c.id == one.id).values(before=kept))


def _change_records(connection, table, shifts):
    """Rescale the money inside records: frozen for the program, not for a change of unit."""
    records = sa.table(
        table, sa.column("id", sa.BigInteger()), sa.column("arguments", sa.JSON()), sa.column("result", sa.JSON())
    )
    ids = [number for (number,) in connection.execute(sa.select(records.c.id).order_by(records.c.id))]
    for first in range(0, len(ids), _AT_ONCE):
        wanted = sa.select(records).where(records.c.id.in_(ids[first : first + _AT_ONCE]))
        for row in connection.execute(wanted).all():
            new = {"arguments": _arguments(row.arguments, shifts), "result": _amounts_in(row.result, shifts)}
            if new != {"arguments": row.arguments, "result": row.result}:
                connection.execute(records.update().where(records.c.id == row.id).values(**new))


def _amounts_in(kept, shifts):
    """Rescale every ``*_minor`` that stands beside a ``currency``, however deep."""
    if isinstance(kept, list):
        return [_amounts_in(one, shifts) for one in kept]
    if not isinstance(kept, dict):
        return kept
    code = kept.get("currency")
    return {
        name: _shifted(value, code, shifts)
        if name.endswith("_minor") and isinstance(value, int)
        else _amounts_in(value, shifts)
        for name, value in kept.items()
    }


def _arguments(kept, shifts):
    """Rescale the budget and the fees of a problem, and the budget that was asked."""
    new = dict(kept or {})
    problem = new.get("problem")
    if problem and "currency" in problem:
        code = problem["currency"]
        new["problem"] = problem = dict(problem)
        if "budget" in problem:
            problem["budget"] = _shifted(problem["budget"], code, shifts)
        if "fees" in problem:
            problem["fees"] = [[key, _shifted(fee, code, shifts)] for key, fee in problem["fees"]]
    asked = new.get("asked")
    if asked and asked.get("budget"):
        amount, code = asked["budget"]
        new["asked"] = {**asked, "budget": [_shifted(amount, code, shifts), code]}
    return new
