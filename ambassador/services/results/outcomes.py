"""Log what came of a campaign: orders by code, visits, press, lessons."""

from collections.abc import Iterable

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.metrics.tally import add_known
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.results import outcomes as store
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.records import Outcome
from ambassador.values.days import day_in
from ambassador.values.money import Money
from ambassador.values.results.outcomes import OutcomeForm, OutcomesView, OutcomeView
from ambassador.values.status import OutcomeKind

_IN_WORDS = (OutcomeKind.PRESS, OutcomeKind.LESSON)
_COUNTED = (OutcomeKind.ORDERS, OutcomeKind.VISITS)


def log_outcome(work: UnitOfWork, form: OutcomeForm, token: str = "") -> int:
    """Write one outcome down and give its number; the same token again changes nothing.

    Examples
    --------
    >>> form = OutcomeForm(campaign, OutcomeKind.VISITS, quantity=130)
    >>> log_outcome(work, form, "form-1") == log_outcome(work, form, "form-1")
    True
    """
    try:
        with work.writing() as session:
            _check(work, session, form)
            return store.add_outcome(session, _row(work, session, form, token))
    except IntegrityError:  # the same form, sent twice at the same moment
        with work.reading() as session:
            first = store.find_by_token(session, token)
        if first is None:
            raise
        return first


def list_outcomes(work: UnitOfWork, campaign_id: int, *, archived: bool = False) -> OutcomesView:
    """Show a campaign's log with its sums, or what was archived.

    Examples
    --------
    >>> log = list_outcomes(work, campaign)
    >>> log.orders, log.order_value, log.rows[0].name
    (4, Money(minor=9600, currency='EUR'), 'Nina Rossi')
    """
    with work.reading() as session:
        campaign = get_campaign(session, campaign_id)
        return outcomes_of(session, campaign, archived=archived)


def archive_outcome(work: UnitOfWork, outcome_id: int) -> None:
    """Take an outcome out of the log; it can be restored.

    Examples
    --------
    >>> archive_outcome(work, 1)
    >>> list_outcomes(work, campaign).rows
    ()
    """
    with work.writing() as session:
        store.set_archived(session, outcome_id, work.now())


def restore_outcome(work: UnitOfWork, outcome_id: int) -> None:
    """Bring an archived outcome back.

    Examples
    --------
    >>> archive_outcome(work, 1)
    >>> restore_outcome(work, 1)
    >>> len(list_outcomes(work, campaign).rows)
    1
    """
    with work.writing() as session:
        store.set_archived(session, outcome_id, None)


def outcomes_of(session: Session, campaign: Campaign, *, archived: bool = False) -> OutcomesView:
    """Read a campaign's log within somebody else's transaction.

    Examples
    --------
    >>> outcomes_of(session, get_campaign(session, campaign)).orders
    4
    """
    number = campaign.id or 0
    rows = store.list_outcomes(session, number, archived=archived)
    names = store.names_of(session, number)
    carried = store.codes_of(session, number)
    orders = [row for row in rows if row.kind is OutcomeKind.ORDERS]
    strange = {row.code for row in orders if row.code and row.code.lower() not in carried}
    return OutcomesView(
        rows=tuple(_view(row, names) for row in rows),
        orders=add_known(row.quantity for row in orders),
        order_value=value_of(orders, campaign.currency),
        visits=add_known(row.quantity for row in rows if row.kind is OutcomeKind.VISITS),
        press=sum(row.kind is OutcomeKind.PRESS for row in rows),
        lessons=tuple(row.note for row in rows if row.kind is OutcomeKind.LESSON),
        unknown_codes=tuple(sorted(strange)),
        other_currency=sum(_is_foreign(row, campaign.currency) for row in orders),
    )


def value_of(orders: Iterable[Outcome], currency: str) -> Money | None:
    """Add up what orders were worth in one currency; None where none says.

    Examples
    --------
    >>> value_of([], "EUR") is None
    True
    """
    worth = add_known(row.value_minor for row in orders if row.currency == currency)
    return None if worth is None else Money(worth, currency)


def _is_foreign(row: Outcome, currency: str) -> bool:
    return row.value_minor is not None and row.currency != currency


def _view(row: Outcome, names: dict[int, str]) -> OutcomeView:
    return OutcomeView(
        id=row.id or 0,
        kind=row.kind,
        happened_on=row.happened_on,
        ambassador_id=row.ambassador_id,
        name=names.get(row.ambassador_id or 0, ""),
        code=row.code,
        quantity=row.quantity,
        value=None if row.value_minor is None else Money(row.value_minor, row.currency),
        note=row.note,
        actor=row.actor,
        from_file=row.batch_id is not None,
    )


def _check(work: UnitOfWork, session: Session, form: OutcomeForm) -> None:
    campaign = get_campaign(session, form.campaign_id)
    if form.kind in _IN_WORDS and not form.note.strip():
        raise BadInputError(mark("write what it was: a lesson or a press piece without words says nothing"))
    if form.kind in _COUNTED and form.quantity is None:
        raise BadInputError(mark("say how many"))
    _refuse_negative(form)
    today = day_in(campaign.time_zone, work.now())
    if form.happened_on and form.happened_on > today:
        message = mark("{day} has not come yet: an outcome is something that happened")
        raise BadInputError(message, day=form.happened_on.isoformat())
    if form.ambassador_id is not None:
        _check_ambassador(session, form.ambassador_id, form.campaign_id)


def _refuse_negative(form: OutcomeForm) -> None:
    for given in (form.quantity, form.value.minor if form.value else None):
        if given is not None and given < 0:
            raise BadInputError(mark("{number} is below zero: log what came, not what went"), number=given)


def _check_ambassador(session: Session, ambassador_id: int, campaign_id: int) -> None:
    ambassador = session.get(Ambassador, ambassador_id)
    if ambassador is None or ambassador.campaign_id != campaign_id:
        message = mark("ambassador {number} is not in campaign {campaign}")
        raise NotFoundError(message, number=ambassador_id, campaign=campaign_id)


def _row(work: UnitOfWork, session: Session, form: OutcomeForm, token: str) -> Outcome:
    campaign = get_campaign(session, form.campaign_id)
    code = form.code.strip()
    owner = form.ambassador_id
    if owner is None and code:
        owner = store.find_by_code(session, form.campaign_id, code)
    return Outcome(
        campaign_id=form.campaign_id,
        ambassador_id=owner,
        kind=form.kind,
        code=code,
        quantity=form.quantity,
        value_minor=form.value.minor if form.value else None,
        currency=form.value.currency if form.value else campaign.currency,
        happened_on=form.happened_on,
        note=form.note.strip(),
        token=token,
        actor=work.actor,
        created_at=work.now(),
    )
