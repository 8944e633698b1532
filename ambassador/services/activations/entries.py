"""Ideas, options and entries of contests: entered, changed, withdrawn, and what became of them."""

from dataclasses import fields

from sqlmodel import Session

from ambassador.errors import BadInputError, IllegalStatusChangeError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.activations.activations import refuse_announced
from ambassador.services.activations.contest_entries import entered
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.entries import find_entry, get_entry, put_entry, sources_of
from ambassador.store.tables.activations import Activation, ActivationEntry
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus, EntryStatus
from ambassador.values.money import Money


def put_idea(work: UnitOfWork, activation_id: int, draft: EntryDraft, was: EntryDraft | None = None) -> str:
    """Enter an idea, option or entry, or change the one of that key: unsaid parts stay. Say what was done.

    With ``was`` only what the form changed is written, and what somebody else has changed since is told.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.services.activations.activations import create_activation
    >>> from ambassador.values.activations.activations import ActivationDraft
    >>> number = create_activation(work, ActivationDraft("Ideas", date(2026, 5, 1), date(2026, 5, 31)))
    >>> put_idea(work, number, EntryDraft("A", "A bench in the park"))
    'added'
    """
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        if was is not None:
            draft = _laid_over(session, row, draft, was)
        return enter(session, work, row, draft)


def _laid_over(session: Session, row: Activation, draft: EntryDraft, was: EntryDraft) -> EntryDraft:
    """Change of the idea that is stored only what was changed in the form."""
    entry = find_entry(session, row.id or 0, was.key)
    if entry is None:
        raise NotFoundError("There is no idea or option called {name}", name=was.key)
    now = _draft_of(session, entry, row.currency)
    stored, typed, first = (
        {one.name: getattr(form, one.name) for one in fields(form)} for form in (now, draft, was)
    )
    refuse_overwriting(entry.title or entry.key, first, stored, typed, lambda values: EntryDraft(**values))
    return EntryDraft(
        **{name: value if value != first[name] else stored[name] for name, value in typed.items()}
    )


def _draft_of(session: Session, entry: ActivationEntry, currency: str) -> EntryDraft:
    cost = None if entry.cost_minor is None else Money(entry.cost_minor, currency)
    source = sources_of(session, entry.activation_id).get(entry.id or 0)
    url, mention_id = (source[0].url, source[0].mention_id) if source else ("", None)
    return EntryDraft(entry.key, entry.title, cost, entry.about, entry.proposed_by, url, mention_id)


def _refuse_where_nothing_is_voted(row: Activation) -> None:
    if row.kind is ActivationKind.QUESTIONS:
        raise BadInputError(mark("{name} takes questions, nothing to vote on"), name=row.title)
    if row.kind is ActivationKind.MOMENT:
        raise BadInputError(mark("{name} is a moment, on which nothing is voted"), name=row.title)
    if row.kind is ActivationKind.DISCUSSION:
        raise BadInputError(mark("{name} is discussed, and nothing is voted on"), name=row.title)


def enter(session: Session, work: UnitOfWork, row: Activation, draft: EntryDraft) -> str:
    """Enter an idea within somebody else's transaction.

    Examples
    --------
    >>> from datetime import date
    >>> row = Activation(title="Ideas", kind=ActivationKind.IDEAS, starts_on=date.min, ends_on=date.max)
    >>> enter(session, work, row, EntryDraft(" "))
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: An idea or option needs a key, such as 1 or B
    """
    refuse_announced(row)
    _refuse_where_nothing_is_voted(row)
    tidy = EntryDraft(
        " ".join(draft.key.lstrip("#").split()),
        " ".join(draft.title.split()),
        draft.cost,
        draft.about.strip(),
        draft.proposed_by.strip(),
        draft.url.strip(),
        draft.mention_id,
    )
    if row.kind is ActivationKind.CONTEST:
        tidy, account_id = entered(session, row, tidy)
        return put_entry(session, row.id or 0, tidy, at=work.now(), account_id=account_id)
    if not tidy.key:
        raise BadInputError(mark("An idea or option needs a key, such as 1 or B"))
    if draft.url or draft.mention_id:
        raise BadInputError(
            mark("{name} is no contest: its entries have no link and no post"), name=row.title
        )
    if draft.cost is not None and draft.cost.currency != row.currency:
        message = mark("{amount} {unit} is not in the currency of the activation, {currency}")
        raise BadInputError(
            message, amount=draft.cost.amount, unit=draft.cost.currency, currency=row.currency
        )
    if draft.cost is not None and draft.cost.minor < 0:
        raise BadInputError(mark("{amount} is below zero"), amount=draft.cost.amount)
    return put_entry(session, row.id or 0, tidy, at=work.now())


def find_idea(work: UnitOfWork, activation_id: int, key: str) -> int:
    """Return the number of the idea or option with this key or title.

    Examples
    --------
    >>> find_idea(work, 1, "B")
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no idea or option called B
    """
    with work.reading() as session:
        found = find_entry(session, activation_id, key)
        if found is None:
            raise NotFoundError("There is no idea or option called {name}", name=key)
        return found.id or 0


def withdraw_idea(work: UnitOfWork, entry_id: int, *, withdrawn: bool = True) -> None:
    """Take an idea or option out of the vote, or back in; votes for it stay and count for nothing meanwhile.

    Examples
    --------
    >>> withdraw_idea(work, 5)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no idea or option number 5
    """
    with work.writing() as session:
        entry = _locked(session, entry_id)
        entry.withdrawn_at = work.now() if withdrawn else None


def note_progress(work: UnitOfWork, entry_id: int, status: EntryStatus) -> None:
    """Note what became of an idea after the announcement: in work, built, not built.

    Examples
    --------
    >>> note_progress(work, 5, EntryStatus.BUILT)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no idea or option number 5
    """
    with work.writing() as session:
        entry = get_entry(session, entry_id)
        row = store.get_activation(session, entry.activation_id, lock=True)
        if row.kind is not ActivationKind.IDEAS:
            raise BadInputError(mark("{name} is no round of ideas"), name=row.title)
        if row.status is not ActivationStatus.ANNOUNCED:
            message = mark("{name} is {status}: announce the result before you note what became of an idea")
            raise IllegalStatusChangeError(message, name=row.title, status=row.status.value)
        entry.status = status


def _locked(session: Session, entry_id: int) -> ActivationEntry:
    entry = get_entry(session, entry_id)
    refuse_announced(store.get_activation(session, entry.activation_id, lock=True))
    return entry
