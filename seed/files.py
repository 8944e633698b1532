"""The files the demo's marketer holds: the list of people, the ties, the stock, the orders by code."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from seed.cast import PLATFORM, Cast, TrendSetter
from seed.phones import COST_EURO, Phone
from seed.world import DemoTie

MODEL = "Brezza Q1"
_PEOPLE = (
    "Name", "Instagram", "Instagram followers", "Instagram following", "Instagram posts",
    "Instagram average likes", "Instagram average comments", "Instagram average views", "TikTok",
    "TikTok followers", "City", "Language", "Topics", "Fee", "E-mail", "Read on",
)  # fmt: skip


def people_file(cast: Cast, read_on: date, *, growth: float = 1.0) -> bytes:
    """Write the list of trend-setters as read on a day."""
    return _csv(_PEOPLE, [_person_row(person, read_on, growth) for person in cast.trend_setters])


def _person_row(person: TrendSetter, read_on: date, growth: float) -> list[object]:
    def grown(count: int | None) -> int | None:
        return None if count is None else round(count * growth)

    return [
        person.name, f"@{person.handle}", grown(person.followers), person.following, person.posts,
        grown(person.average_likes), grown(person.average_comments), grown(person.average_views),
        "" if person.tiktok_followers is None else f"@{person.handle}", grown(person.tiktok_followers),
        person.city, person.language, ", ".join(person.topics), _euro(person.fee_euro), person.email,
        read_on.isoformat(),
    ]  # fmt: skip


def ties_file(ties: Iterable[DemoTie]) -> bytes:
    """Write who was heard by whom, and how often they reacted."""
    rows = [[tie.source, tie.target, PLATFORM, "reaction", tie.interactions] for tie in ties]
    return _csv(("source", "target", "platform", "kind", "interactions"), rows)


def stock_file(phones: Iterable[Phone]) -> bytes:
    """Write the warehouse's list of phones."""
    rows = [
        [MODEL, phone.serial, phone.imei1, phone.imei2, phone.colour, _euro(COST_EURO)] for phone in phones
    ]
    return _csv(("model", "serial", "imei 1", "imei 2", "colour", "cost"), rows)


def orders_file(orders: Iterable[tuple[str, int, int, date]]) -> bytes:
    """Write the shop's export: code, orders, their value in euro, day."""
    rows = [["orders", code, count, _euro(value), day.isoformat()] for code, count, value, day in orders]
    return _csv(("kind", "code", "orders", "value", "date"), rows)


def _euro(amount: int | None) -> str:
    return "" if amount is None else f"{amount} €"


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
