"""Every sentence with parts and a whole, evaluated on a workspace: the parts make the whole."""

import re
from math import isclose

from ambassador.services.devices.stock import stock
from ambassador.services.mentions.care import care_figures
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.results.results import observe_results, observed_by_day
from ambassador.services.work import UnitOfWork
from ambassador.ui.devices.views import stock_takeaway
from ambassador.values.mentions.mentions import MentionFilter


def check_sums(work: UnitOfWork, campaign: int) -> None:
    """Check what is said of phones, posts, credit, answers, money and people of a campaign."""
    _check_phones(work)
    _check_people_and_money(work, campaign)
    _check_posts(work, campaign)


def _check_phones(work: UnitOfWork) -> None:
    now = stock(work)
    assert sum(now.by_status.values()) == now.total == len(now.devices)
    of_devices = [one.status for one in now.devices]
    assert all(of_devices.count(status) == count for status, count in now.by_status.items())
    if now.total:
        total, *states = _numbers(stock_takeaway(now))
        assert total == sum(states) == now.total


def _check_people_and_money(work: UnitOfWork, campaign: int) -> None:
    results = observe_results(work, campaign)
    funnel, cost = results.funnel, results.cost
    assert funnel.posted + funnel.silent == funnel.delivered  # "60% posted, 2 are silent"
    assert funnel.delivered <= funnel.shipped
    assert funnel.accepted <= funnel.planned
    assert cost.fees.minor + cost.goods.minor + cost.beside.minor == cost.total.minor
    assert cost.shipping.minor + cost.other.minor == cost.beside.minor
    figures = [row.figures for row in results.rows] + [results.unattributed]
    assert isclose(sum(one.mentions for one in figures), results.total.mentions, abs_tol=1e-9)
    assert sum(one.orders or 0 for one in figures) == (results.total.orders or 0)
    views = results.total.views
    assert views.stated <= views.of
    last = observed_by_day(work, campaign)[-1:]
    assert all(day.talkers == results.total.talkers for day in last)


def _check_posts(work: UnitOfWork, campaign: int) -> None:
    credit, care = credit_table(work, campaign), care_figures(work, campaign)
    for cut in (credit.by_ambassador, credit.by_device):
        assert isclose(sum(row.mentions for row in cut), credit.total, abs_tol=1e-9)
        assert not cut or not credit.total or isclose(sum(row.share for row in cut), 1)
    assert care.answered + len(care.open_questions) == care.asked
    every = list_mentions(work, MentionFilter(limit=500)).figures
    own = list_mentions(work, MentionFilter(campaign_id=campaign, limit=500)).figures
    assert own.mentions == credit.total
    for figures in (every, own):
        assert figures.complaints <= figures.labelled <= figures.mentions
        assert figures.people <= figures.mentions


def _numbers(text: str) -> list[int]:
    return [int(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?=\s)", text + " ")]
