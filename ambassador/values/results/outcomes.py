"""Orders, visits, press and lessons that came of a campaign."""

from dataclasses import dataclass
from datetime import date

from ambassador.values.money import Money
from ambassador.values.status import OutcomeKind


@dataclass(frozen=True, slots=True)
class OutcomeForm:
    """One outcome as typed into a form; the token makes a double click one row."""

    campaign_id: int
    kind: OutcomeKind
    code: str = ""
    ambassador_id: int | None = None
    quantity: int | None = None
    value: Money | None = None
    happened_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """One line of the outcome log."""

    id: int
    kind: OutcomeKind
    happened_on: date | None
    ambassador_id: int | None
    name: str
    """The ambassador's, empty where the outcome is nobody's in particular."""
    code: str
    quantity: int | None
    value: Money | None
    note: str
    actor: str
    from_file: bool


@dataclass(frozen=True, slots=True)
class OutcomesView:
    """The log of one campaign, newest first, with its sums."""

    rows: tuple[OutcomeView, ...]
    orders: int | None
    """None: no orders were logged yet."""
    order_value: Money | None
    visits: int | None
    press: int
    lessons: tuple[str, ...]
    unknown_codes: tuple[str, ...] = ()
    """Codes with orders that no ambassador of the campaign carries."""
    other_currency: int = 0
    """Amounts in another currency than the campaign's, which are left out of the value."""
