"""``ambassador pick``."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from babel.numbers import is_currency

from ambassador.cli.picks.answer import answer_json, answer_text
from ambassador.cli.picks.kept import compute_again
from ambassador.cli.picks.options import (
    HANDLES,
    CampaignOption,
    Days,
    DiffusionOption,
    KeyOption,
    Probabilities,
    handles_of,
)
from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.countries import shipping_of
from ambassador.services.picks.page_state import CampaignMoney, campaign_money, pick_page_state
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.values.money import Money, money
from ambassador.values.networks.network import Diffusion, ProbabilityRule
from ambassador.values.picks.audience import TargetAudience
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import (
    Candidates,
    Objective,
    PickRequest,
)
from ambassador.values.picks.quotas import least_of, most_of

_BUDGET = mark(
    "Most that fees, phones, shipping and other costs may sum to; else what the campaign has left. "
    "none: no limit."
)
_ASSUME = mark("What to count where a fee is not known; else such people are left out within a budget.")
_SHIPPING_TO = mark("What shipping to one country costs, such as IT=9; may be repeated.")
_CURRENCY = mark("Currency of the amounts; else the campaign's, or EUR.")
_SHOW = mark("Number of a kept pick: shows it.")
_AGAIN = mark("Number of a kept pick: computes it again, and says whether the same comes out.")
_MIND = mark(
    "How many people who talk a complainer counts against, 0 to 10. 0: complaints do not matter; "
    "1: who complains counts nothing."
)
_NO_LIMIT = "none"

HoursPerStep = Annotated[
    int, typer.Option("--hours-per-step", min=1, help=mark("How long one step of word of mouth takes."))
]


def register(app: typer.Typer) -> None:
    """Add ``pick``."""
    app.command("pick", help=mark("Choose whom to give a phone to."))(pick)


def pick(
    context: typer.Context,
    *,
    count: Annotated[int | None, typer.Option("--count", help=mark("How many people."))] = None,
    again: Annotated[int | None, typer.Option("--again", help=_AGAIN)] = None,
    show: Annotated[int | None, typer.Option("--show", help=_SHOW)] = None,
    budget: Annotated[str | None, typer.Option("--budget", help=_BUDGET)] = None,
    device_cost: Annotated[
        str | None, typer.Option("--device-cost", help=mark("What the phone costs for each person."))
    ] = None,
    shipping: Annotated[
        str | None, typer.Option("--shipping", help=mark("What shipping costs for each person."))
    ] = None,
    shipping_to: Annotated[list[str] | None, typer.Option("--shipping-to", help=_SHIPPING_TO)] = None,
    other_cost: Annotated[
        str | None, typer.Option("--other-cost", help=mark("What else each person costs."))
    ] = None,
    assume_fee: Annotated[str | None, typer.Option("--assume-fee", help=_ASSUME)] = None,
    currency: Annotated[str | None, typer.Option("--currency", help=_CURRENCY)] = None,
    without_fee: Annotated[
        bool, typer.Option("--without-fee", help=mark("The deal has no fee: unknown fees leave nobody out."))
    ] = False,
    campaign: CampaignOption = None,
    probabilities: Probabilities = "auto",
    diffusion: DiffusionOption = Diffusion.INDEPENDENT_CASCADE,
    certificate: Annotated[
        float, typer.Option("--certificate", min=0, max=1, help=mark("Wanted guarantee, from 0 to 1."))
    ] = 0.9,
    must: Annotated[str, typer.Option("--must", help=HANDLES)] = "",
    exclude: Annotated[str, typer.Option("--exclude", help=HANDLES)] = "",
    already: Annotated[str, typer.Option("--already", help=HANDLES)] = "",
    objective: Annotated[
        Objective | None, typer.Option("--objective", help=mark("What to make as large as possible."))
    ] = None,
    at_most: Annotated[
        list[str] | None,
        typer.Option("--at-most", help=mark("city=2, tier:macro=1 or topic:phones=3; may be repeated.")),
    ] = None,
    at_least: Annotated[
        list[str] | None,
        typer.Option("--at-least", help=mark("city:Bari=2, language:it=5 or tier:nano=3; may be repeated.")),
    ] = None,
    not_both: Annotated[
        list[str] | None,
        typer.Option("--not-both", help=mark("Two handles, one comma between; may be repeated.")),
    ] = None,
    audience: Annotated[
        list[str] | None,
        typer.Option(
            "--audience", help=mark("Count only people of city:Bari, language:it ...; may be repeated.")
        ),
    ] = None,
    candidates: Annotated[
        Candidates | None, typer.Option("--candidates", help=mark("Your people, or everyone known."))
    ] = None,
    days: Days = None,
    mind_complaints: Annotated[float, typer.Option("--mind-complaints", help=_MIND)] = 0.0,
    hours_per_step: HoursPerStep = 24,
    runs: Annotated[int, typer.Option("--runs", min=1, help=mark("Simulated launches."))] = 10_000,
    key: KeyOption = None,
    as_json: JsonFlag = False,
) -> None:
    """Choose people, record the choice, print it; or compute a recorded one again."""
    shell = shell_of(context)
    work = shell.work()
    if again is not None:
        compute_again(shell, work, again, count, as_json=as_json)
        return
    if show is not None:
        known = pick_page_state(work, pick_id=show).answer
        if known is None:
            raise NotFoundError("There is no pick number {number}", number=show)
        shell.answer(answer_json(shell, known), as_json=as_json, text=answer_text(shell, known))
        return
    if count is None:
        raise BadInputError("how many people? Write --count 5, or --again 3 to compute pick 3 again")
    campaign_id = find_campaign(work, campaign) if campaign else None
    limit, costs = _money_asked(
        work,
        campaign_id,
        currency,
        _Typed(budget, device_cost, shipping, other_cost, assume_fee, shipping_to),
    )
    request = PickRequest(
        count=count,
        budget=limit,
        costs=costs,
        campaign_id=campaign_id,
        probabilities=ProbabilityRule.parse(probabilities),
        diffusion=diffusion,
        certificate=certificate,
        must=handles_of(must),
        never=handles_of(exclude),
        already=handles_of(already),
        key=key,
        candidates=candidates,
        objective=objective,
        quotas=(*map(most_of, at_most or ()), *map(least_of, at_least or ())),
        apart=tuple(map(_pair, not_both or ())),
        audience=TargetAudience.of(audience or ()),
        days=days,
        hours_per_step=hours_per_step,
        without_fee=without_fee,
        runs=runs,
        mind_complaints=mind_complaints,
    )
    with told(shell) as progress:
        answer = pick_ambassadors(work, request, progress=progress)
    shell.answer(answer_json(shell, answer), as_json=as_json, text=answer_text(shell, answer))


@dataclass(frozen=True, slots=True)
class _Typed:
    """Amounts as they are typed."""

    budget: str | None
    device: str | None
    shipping: str | None
    other: str | None
    fee: str | None
    shipping_to: list[str] | None = None


def _money_asked(
    work: UnitOfWork, campaign_id: int | None, currency: str | None, typed: _Typed
) -> tuple[Money | None, CostsPerPerson]:
    """Read the amounts; what is not typed comes from the campaign, if one is chosen."""
    known = campaign_money(work, campaign_id, CostsPerPerson()) if campaign_id else CampaignMoney()
    unit = (currency or known.currency).upper()
    if not is_currency(unit):
        raise BadInputError("{currency} is no currency: write three letters such as EUR", currency=currency)
    costs = CostsPerPerson(
        _cost(typed.device, unit), _cost(typed.shipping, unit), _cost(typed.other, unit),
        _cost(typed.fee, unit), shipping_of(typed.shipping_to or (), unit),
    )  # fmt: skip
    if campaign_id and unit == known.currency:
        known = campaign_money(work, campaign_id, costs)
        costs = known.costs
    if typed.budget is None:
        return known.left if unit == known.currency else None, costs
    if typed.budget.strip().casefold() == _NO_LIMIT:
        return None, costs
    amount = _decimal(typed.budget)
    if amount is None:
        raise BadInputError("the budget {value!r} is no amount", value=typed.budget)
    return money(amount, unit), costs


def _cost(text: str | None, currency: str) -> Money | None:
    if text is None:
        return None
    amount = _decimal(text)
    if amount is None:
        raise BadInputError("the cost {value!r} is no amount", value=text)
    return money(amount, currency)


def _decimal(text: str) -> Decimal | None:
    """Read an amount of 0 or more; None where it is none."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


def _pair(text: str) -> tuple[str, str]:
    handles = handles_of(text)
    if len(handles) != 2:  # noqa: PLR2004 - a pair
        raise BadInputError("{value!r} is no pair: write two handles with a comma between", value=text)
    return handles[0], handles[1]
