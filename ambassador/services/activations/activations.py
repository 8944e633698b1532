"""Activations: made, edited, opened, closed, announced, put away."""

from dataclasses import fields, replace
from typing import Any

from babel.numbers import is_currency
from sqlmodel import Session

from ambassador.errors import BadInputError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.metrics.contest import WHOLE
from ambassador.services.activations.checklist import refuse_open_points
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.ballots import has_ballots
from ambassador.store.activations.discussions import discussed_post
from ambassador.store.activations.entries import list_entries
from ambassador.store.activations.jury import list_marks
from ambassador.store.activations.moments import find_moment
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.tables.activations import Activation
from ambassador.values.activations.activations import ActivationDraft
from ambassador.values.activations.states import ACTIVATION_CHANGES, ActivationKind, ActivationStatus
from ambassador.values.days import zone_of
from ambassador.values.status import check_change

_LEAST_ENTRIES = {ActivationKind.IDEAS: 1, ActivationKind.POLL: 2}
"""Contests and questions fill once they are open."""


def create_activation(work: UnitOfWork, draft: ActivationDraft) -> int:
    """Make an activation as a draft, and give its number.

    Examples
    --------
    >>> from datetime import date
    >>> create_activation(work, ActivationDraft("Ideas for Bari", date(2026, 5, 1), date(2026, 5, 31)))
    1
    """
    draft = checked_draft(draft)
    with work.writing() as session:
        if draft.campaign_id is not None:
            get_campaign(session, draft.campaign_id)
        return store.add_activation(session, draft, at=work.now(), actor=work.actor).id or 0


def edit_activation(
    work: UnitOfWork, activation_id: int, draft: ActivationDraft, was: ActivationDraft | None = None
) -> None:
    """Change what, when, for how much and by which rules; with ``was`` only what the form changed.

    Examples
    --------
    >>> from datetime import date
    >>> draft = ActivationDraft("Ideas for Bari", date(2026, 5, 1), date(2026, 5, 31))
    >>> edit_activation(work, create_activation(work, draft), replace(draft, title="Ideas for Lecce"))
    """
    draft = checked_draft(draft)
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        now = store.draft_of(row)
        if was is not None:
            draft = checked_draft(_laid_over(now, draft, checked_draft(was)))
        _refuse_late_changes(session, row, now, draft)
        store.refuse_taken_title(session, draft.title, activation_id)
        if draft.campaign_id is not None:
            get_campaign(session, draft.campaign_id)
        store.write_draft(row, draft)


def move_activation(work: UnitOfWork, activation_id: int, wanted: ActivationStatus) -> None:
    """Open it, close it, open it again, announce its result, or take the announcement back.

    Examples
    --------
    >>> from datetime import date
    >>> number = create_activation(work, ActivationDraft("Ideas", date(2026, 5, 1), date(2026, 5, 31)))
    >>> move_activation(work, number, ActivationStatus.OPEN)
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: Ideas cannot open yet: enter 1 idea or more first
    """
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        check_change(ACTIVATION_CHANGES, row.title, row.status, wanted)
        if wanted is ActivationStatus.OPEN:
            _refuse_unready(session, row)
            row.opened_at, row.closed_at = row.opened_at or work.now(), None
        elif wanted is ActivationStatus.CLOSED:
            row.closed_at, row.announced_at = row.closed_at or work.now(), None
        else:
            _refuse_unmarked(session, row)
            row.announced_at = work.now()
        row.status = wanted


def archive_activation(work: UnitOfWork, activation_id: int, *, archived: bool = True) -> None:
    """Hide an activation that is not open, or show it again; nothing of it is lost.

    Examples
    --------
    >>> from datetime import date
    >>> number = create_activation(work, ActivationDraft("Ideas", date(2026, 5, 1), date(2026, 5, 31)))
    >>> archive_activation(work, number)
    >>> store.list_activations(session)
    []
    """
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        if archived and row.status is ActivationStatus.OPEN:
            message = mark("{name} is open: close it before you archive it")
            raise IllegalStatusChangeError(message, name=row.title)
        row.archived_at = work.now() if archived else None


def checked_draft(draft: ActivationDraft) -> ActivationDraft:
    """Return the draft tidied up, or say what cannot be used in it.

    Examples
    --------
    >>> from datetime import date
    >>> checked_draft(ActivationDraft("  Ideas  for Bari", date(2026, 5, 1), date(2026, 5, 31))).title
    'Ideas for Bari'
    """
    title = " ".join(draft.title.split())
    if not title:
        raise BadInputError("An activation needs a title")
    if draft.ends_on < draft.starts_on:
        message = mark("It would end on {ends_on}, before it starts on {starts_on}")
        raise BadInputError(message, ends_on=draft.ends_on, starts_on=draft.starts_on)
    zone_of(draft.time_zone)
    currency = draft.currency.upper()
    if not is_currency(currency):
        raise BadInputError(
            mark("{currency} is no currency: write three letters such as EUR"), currency=draft.currency
        )
    for amount in (draft.budget, draft.cost):
        if amount is not None and amount.currency != currency:
            message = mark("{amount} {unit} is not in the currency of the activation, {currency}")
            raise BadInputError(message, amount=amount.amount, unit=amount.currency, currency=currency)
        if amount is not None and amount.minor < 0:
            raise BadInputError(mark("{amount} is below zero"), amount=amount.amount)
    if draft.most_choices is not None and draft.most_choices < 1:
        raise BadInputError(
            mark("A ballot with {count} choices says nothing: allow at least 1"), count=draft.most_choices
        )
    weight = _checked_weight(draft)
    return replace(draft, title=title, currency=currency, rules=draft.rules.strip(), jury_weight=weight)


def _checked_weight(draft: ActivationDraft) -> int | None:
    weight = draft.jury_weight or None
    if weight is not None and not 0 < weight <= WHOLE:
        message = mark("{weight} is no weight: give the jury from 0 to 100 percent of the points")
        raise BadInputError(message, weight=weight)
    if weight and draft.kind is not ActivationKind.CONTEST:
        raise BadInputError(mark("A jury ranks contests only: leave its weight out"))
    return weight


def refuse_announced(row: Activation) -> None:
    """Refuse to change what an announced result rests on.

    Examples
    --------
    >>> refuse_announced(Activation(title="Ideas", status=ActivationStatus.OPEN))
    """
    if row.status is ActivationStatus.ANNOUNCED:
        message = mark("{name} is {status}: take the announcement back before you change it")
        raise IllegalStatusChangeError(message, name=row.title, status=row.status.value)


def _refuse_unready(session: Session, row: Activation) -> None:
    """Refuse to open what nobody could vote on, or what no money could pay for."""
    if row.kind is ActivationKind.CONTEST:
        refuse_open_points(session, row)
    if row.kind is ActivationKind.MOMENT and find_moment(session, row.id or 0) is None:
        raise BadInputError(mark("{name} is not settled yet: say first when it is"), name=row.title)
    if row.kind is ActivationKind.DISCUSSION and discussed_post(session, row.id or 0) is None:
        raise BadInputError(mark("{name} cannot open yet: say first which post is discussed"), name=row.title)
    there = [entry for entry in list_entries(session, row.id or 0) if entry.withdrawn_at is None]
    least = _LEAST_ENTRIES.get(row.kind, 0)
    if len(there) < least:
        text = (
            mark("{name} cannot open yet: enter {count} idea or more first")
            if row.kind is ActivationKind.IDEAS
            else mark("{name} cannot open yet: enter {count} options or more first")
        )
        raise BadInputError(text, name=row.title, count=least)
    if row.kind is ActivationKind.IDEAS and not row.budget_minor:
        message = mark(
            "{name} cannot open yet: say first how much may be spent; with nothing nothing is built"
        )
        raise BadInputError(message, name=row.title)


def _refuse_unmarked(session: Session, row: Activation) -> None:
    """Refuse to announce a contest of which the jury, which has a say, has left entries without any mark."""
    if row.kind is not ActivationKind.CONTEST or not row.jury_weight:
        return
    marked = {one.entry_id for one in list_marks(session, row.id or 0)}
    there = [entry for entry in list_entries(session, row.id or 0) if entry.withdrawn_at is None]
    left = sum(entry.id not in marked for entry in there)
    if left:
        message = mark(
            "{name} cannot be announced yet: {count} entries have no mark of the jury; mark or withdraw them"
        )
        raise BadInputError(message, name=row.title, count=left)


def _refuse_late_changes(
    session: Session, row: Activation, now: ActivationDraft, draft: ActivationDraft
) -> None:
    """Refuse to change the rules of what people voted on already, or of what was announced."""
    if draft.kind is not now.kind:
        raise BadInputError(mark("What {name} asks people cannot be changed: make another"), name=row.title)
    if draft != now:
        refuse_announced(row)
    if draft.currency != now.currency and has_ballots(session, row.id or 0):
        message = mark("People have voted on {name} already: its currency stays {currency}")
        raise BadInputError(message, name=row.title, currency=now.currency)
    if draft.jury_weight != now.jury_weight and has_ballots(session, row.id or 0):
        message = mark("People have voted on {name} already: the weight of the jury stays {weight}%")
        raise BadInputError(message, name=row.title, weight=now.jury_weight or 0)


def _laid_over(now: ActivationDraft, draft: ActivationDraft, was: ActivationDraft) -> ActivationDraft:
    """Change of what is stored only what was changed in the form."""
    stored, typed, first = (_fields(one) for one in (now, draft, was))
    refuse_overwriting(now.title, first, stored, typed, lambda values: ActivationDraft(**values))
    return ActivationDraft(
        **{name: value if value != first[name] else stored[name] for name, value in typed.items()}
    )


def _fields(draft: ActivationDraft) -> dict[str, Any]:
    return {one.name: getattr(draft, one.name) for one in fields(draft)}
