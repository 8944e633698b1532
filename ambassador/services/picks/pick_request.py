"""Requests for a pick that cannot be meant, refused by name before anything is read."""

from ambassador.errors import BadInputError
from ambassador.values.picks.picks import PickRequest


def refuse_unusable(request: PickRequest) -> None:
    """Raise BadInputError where a number of a request is none, negative or too large."""
    if not (request.count >= 1 and float(request.count).is_integer()):
        raise BadInputError("{count} people cannot be picked: ask for at least one", count=request.count)
    if not 0 <= request.certificate <= 1:
        raise BadInputError(
            "The certificate {wanted} does not lie between 0 and 1.", wanted=request.certificate
        )
    if not (request.reserve >= 0 and float(request.reserve).is_integer()):
        raise BadInputError(
            "A reserve of {reserve} people: write a whole number, 0 or more.", reserve=request.reserve
        )
    if request.budget is not None and request.budget.minor < 0:
        raise BadInputError("the budget {value!r} is no amount", value=str(request.budget.amount))
    _refuse_costs(request)
    if not request.runs >= 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=request.runs)
    for days in (request.days, request.hours_per_step):
        if days is not None and not days >= 1:
            raise BadInputError("{days} is no deadline: write days and hours from 1 on", days=days)


def _refuse_costs(request: PickRequest) -> None:
    currency = request.budget.currency if request.budget else request.costs.currency
    for amount in request.costs:
        if amount.minor < 0:
            raise BadInputError("a cost of {amount} for each person is no amount", amount=amount.amount)
        if amount.currency != currency:
            raise BadInputError(
                "costs in {currency} and {other} cannot be added up: write all in one currency",
                currency=currency,
                other=amount.currency,
            )
