"""Counts that stand together add up to the whole they are of."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.ui.campaigns.views import campaign_figures
from ambassador.ui.devices.views import stock_takeaway
from ambassador.values.campaigns.campaigns import CampaignCard, CampaignView, Spending
from ambassador.values.devices import StockView, Worth
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus, CampaignStatus, DeviceStatus

NOTHING = Money(0)
CARD = CampaignCard(
    id=1, name="Launch", product="Q1", status=CampaignStatus.LIVE, starts_on=date(2026, 5, 1),
    ends_on=date(2026, 5, 24), time_zone="UTC", currency="EUR", embargo_until=None,
    spending=Spending(NOTHING, NOTHING, NOTHING, None, NOTHING, NOTHING),
    by_status={}, agreements_signed=0, agreements_wanted=0,
)  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMBASSADOR_LANGUAGE", "en")


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d+", text)]


@given(st.dictionaries(st.sampled_from(list(AmbassadorStatus)), st.integers(0, 99)))
def test_who_accepted_and_where_the_others_stand_make_all_who_were_invited(
    counts: dict[AmbassadorStatus, int],
) -> None:
    view = CampaignView(replace(CARD, by_status=counts), "", 7, None, (), today=date(2026, 5, 12))
    figure = next(one for one in campaign_figures(view) if one.label == "Accepted")
    accepted, asked = numbers(figure.value)
    assert accepted + sum(numbers(figure.note)) == asked
    assert asked == sum(counts.values()) - counts.get(AmbassadorStatus.RESERVE, 0)


@given(st.fixed_dictionaries({status: st.integers(0, 99) for status in DeviceStatus}))
def test_the_states_of_phones_make_the_stock(counts: dict[DeviceStatus, int]) -> None:
    stock = StockView(sum(counts.values()), counts, (), Worth(0), 0, 0, 0)
    total, *states = numbers(stock_takeaway(stock))
    assert total == sum(states) == sum(counts.values())
