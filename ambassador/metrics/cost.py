"""What each post, view, talker or order cost, and whether it paid.

Amounts are minor units (cents) of one currency. A figure without anything to divide by is None, never 0.
"""

from decimal import ROUND_HALF_UP, Decimal

_THOUSAND = 1000
_DAYS_A_MONTH = Decimal("30.4375")  # 365.25 / 12


def cost_per(cost: int, count: float | None, *, unit: int = 1) -> int | None:
    """
    Divide a cost by what it bought.

    Parameters
    ----------
    cost : int
        Minor units.
    count : float or None
        Posts, engagements, people or orders; None where unknown.
    unit : int
        Per how many: 1000 gives the cost per thousand.

    Returns
    -------
    int or None
        Minor units, rounded half up; None where the count is unknown or nothing.

    Examples
    --------
    >>> cost_per(10_000, 8), cost_per(10_000, 0), cost_per(10_000, None)
    (1250, None, None)
    """
    if not count or count < 0:
        return None
    exact = Decimal(cost) * unit / Decimal(repr(float(count)))
    return int(exact.to_integral_value(ROUND_HALF_UP))


def cost_per_thousand_impressions(cost: int, impressions: float | None) -> int | None:
    """
    Compute CPM = 1000 cost / impressions.

    Examples
    --------
    >>> cost_per_thousand_impressions(50_000, 200_000)
    250
    """
    return cost_per(cost, impressions, unit=_THOUSAND)


def cost_per_engagement(cost: int, engagements: float | None) -> int | None:
    """
    Compute CPE = cost / engagements.

    Examples
    --------
    >>> cost_per_engagement(50_000, 2_000)
    25
    """
    return cost_per(cost, engagements)


def cost_per_post(goods: int, shipping: int, fees: int, posts: float | None) -> int | None:
    """
    Compute cost per post = (goods + shipping + fees) / posts.

    Examples
    --------
    >>> cost_per_post(30_000, 1_000, 9_000, 8)
    5000
    """
    return cost_per(goods + shipping + fees, posts)


def resale_loss(price: int, resale: int) -> int:
    """
    Compute what a device loses until it is sold again = price - resale value, at least nothing.

    Examples
    --------
    >>> resale_loss(60_000, 42_000), resale_loss(60_000, 70_000)
    (18000, 0)
    """
    return max(0, price - resale)


def straight_line_loss(price: int, days: float, months: float) -> int:
    """
    Compute what a device loses over a loan = price x days / days of its useful life, at most its price.

    Parameters
    ----------
    price : int
        Minor units.
    days : float
        Days of the loan.
    months : float
        Months the device is used for, of 30.4375 days each.

    Returns
    -------
    int
        Minor units, rounded half up (straight-line depreciation, IAS 16.62).

    Examples
    --------
    >>> straight_line_loss(73_050, 30, 24), straight_line_loss(100, 400, 12)
    (3000, 100)
    """
    share = min(Decimal(1), Decimal(repr(float(days))) / (Decimal(repr(float(months))) * _DAYS_A_MONTH))
    return int((Decimal(price) * share).to_integral_value(ROUND_HALF_UP))


def post_rate(posted: int, given: int) -> float | None:
    """
    Compute people who posted / devices given; None where none was given.

    Examples
    --------
    >>> post_rate(24, 27), post_rate(0, 0)
    (0.888..., None)
    """
    return posted / given if given else None


def return_on_investment(margin: int, cost: int) -> float | None:
    """
    Compute ROI = (margin - cost) / cost; None where nothing was spent.

    Examples
    --------
    >>> return_on_investment(15_000, 10_000), return_on_investment(15_000, 0)
    (0.5, None)
    """
    return (margin - cost) / cost if cost > 0 else None
