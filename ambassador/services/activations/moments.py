"""Moments on air or in a shop: said when and where, and read with what they brought."""

from dataclasses import fields
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.activations.activations import refuse_announced
from ambassador.services.activations.moment_lift import MomentBoard, Window
from ambassador.services.activations.naming import LONGEST_NAME, account_named
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.moments import find_moment, name_of
from ambassador.store.tables.activations import Activation, Moment
from ambassador.values.activations.moments import MomentAhead, MomentDraft, MomentView
from ambassador.values.activations.states import ActivationKind

LONGEST = 24 * 60
"""Minutes: what lasts longer is no moment, and leaves no other day to hold it against."""


def set_moment(
    work: UnitOfWork,
    activation_id: int,
    draft: MomentDraft,
    was: MomentDraft | None = None,
    *,
    first: bool = False,
) -> None:
    """Say when, where and by whom; with ``was`` only what the form changed, ``first`` where it began empty.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.services.activations.activations import create_activation
    >>> from ambassador.values.activations.activations import ActivationDraft
    >>> from ambassador.values.activations.states import MomentMedium
    >>> day = date(2026, 5, 12)
    >>> evening = create_activation(work, ActivationDraft("An evening", day, day, ActivationKind.MOMENT))
    >>> draft = MomentDraft(MomentMedium.TELEVISION, datetime(2026, 5, 12, 21, 30), audience=800_000)
    >>> set_moment(work, evening, draft)
    >>> read_moment(work, evening).begins_at.hour
    19
    """
    with work.writing() as session:
        row = _moment_row(session, activation_id, lock=True)
        refuse_announced(row)
        moment = find_moment(session, activation_id)
        if first and moment is not None:
            message = mark("Somebody else has said meanwhile when {name} is: open the form again")
            raise ConflictError(message, name=row.title)
        if was is not None and moment is not None:
            draft = _laid_over(row.title, draft_of(session, row, moment), draft, was)
        begins, account_id = _checked(session, row, draft)
        moment = moment or Moment(
            activation_id=activation_id,
            medium=draft.medium,
            begins_at=begins,
            minutes=draft.minutes,
            noted_at=work.now(),
        )
        moment.medium, moment.begins_at, moment.minutes = draft.medium, begins, draft.minutes
        moment.place, moment.audience = " ".join(draft.place.split()), draft.audience
        moment.expected, moment.account_id = draft.expected, account_id
        moment.actor, moment.noted_at = work.actor, work.now()
        session.add(moment)


def moment_draft(work: UnitOfWork, activation_id: int) -> MomentDraft | None:
    """Read a moment as its form holds it; None before it was said when it is.

    Examples
    --------
    >>> moment_draft(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        row = _moment_row(session, activation_id)
        moment = find_moment(session, activation_id)
        return None if moment is None else draft_of(session, row, moment)


def read_moment(work: UnitOfWork, activation_id: int) -> MomentView | None:
    """Show what is expected of a moment and what it brought; None before it was said when it is.

    Examples
    --------
    >>> read_moment(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        row = _moment_row(session, activation_id)
        moment = find_moment(session, activation_id)
        if moment is None:
            return None
        board = MomentBoard.read(session, (row, moment))
        found = board.law(row, moment, work.now())
        ahead = None
        if found is not None:
            law, learned = found
            ahead = MomentAhead(law.mean, *law.ends(), learned)
        return MomentView(
            draft=draft_of(session, row, moment),
            begins_at=moment.begins_at,
            ends_at=Window.of(moment).ends,
            by_name=name_of(session, moment.account_id),
            lift=board.lift(row, moment, work.now()),
            ahead=ahead,
        )


def draft_of(session: Session, row: Activation, moment: Moment) -> MomentDraft:
    """Give a moment as its form holds it, by the clocks of its time zone."""
    return MomentDraft(
        medium=moment.medium,
        begins=moment.begins_at.astimezone(ZoneInfo(row.time_zone)).replace(tzinfo=None),
        minutes=moment.minutes,
        place=moment.place,
        audience=moment.audience,
        by=name_of(session, moment.account_id),
        expected=moment.expected,
    )


def _moment_row(session: Session, activation_id: int, *, lock: bool = False) -> Activation:
    row = store.get_activation(session, activation_id, lock=lock)
    if row.kind is not ActivationKind.MOMENT:
        raise BadInputError(mark("{name} is no moment on air or in a shop"), name=row.title)
    return row


def _checked(session: Session, row: Activation, draft: MomentDraft) -> tuple[datetime, int | None]:
    """Return when it begins and whose account speaks, or say what cannot be used."""
    if not 1 <= draft.minutes <= LONGEST:
        message = mark("{count} minutes are no length of a moment: from 1 to {most} are")
        raise BadInputError(message, count=draft.minutes, most=LONGEST)
    for count, message in (
        (draft.audience, mark("An audience of {count} hears nothing: say how many, or leave it empty")),
        (draft.expected, mark("{count} people are nothing to expect: say how many, or leave it empty")),
    ):
        if count is not None and count < 1:
            raise BadInputError(message, count=count)
    if len(draft.place) > LONGEST_NAME:
        raise BadInputError(mark("{value} is too long for a name"), value=draft.place[:40])
    if not row.starts_on <= draft.begins.date() <= row.ends_on:
        message = mark(
            "{day} is outside the days of {name}, {starts_on} to {ends_on}: change one or the other"
        )
        raise BadInputError(
            message, day=draft.begins.date(), name=row.title, starts_on=row.starts_on, ends_on=row.ends_on
        )
    account_id = None
    if draft.by.strip():
        *_, account_id = account_named(session, draft.by)
        if account_id is None:
            raise NotFoundError(
                "There is nobody called {name} here: write platform and name, such as instagram:nina",
                name=draft.by,
            )
    return instant_of(draft.begins, row.time_zone), account_id


def instant_of(local: datetime, zone: str) -> datetime:
    """Return the instant that the clocks of a zone show; an hour they leave out is refused.

    Of an hour they show twice, in autumn, it is the first.

    Examples
    --------
    >>> str(instant_of(datetime(2026, 5, 12, 21, 30), "Europe/Rome"))
    '2026-05-12 19:30:00+00:00'
    >>> instant_of(datetime(2026, 3, 29, 2, 30), "Europe/Rome")
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: 2026-03-29 02:30 does not exist in Europe/Rome: the clocks go forward ...
    """
    instant = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        message = mark(
            "{moment} does not exist in {zone}: the clocks go forward over that hour; say another one"
        )
        raise BadInputError(message, moment=f"{local:%Y-%m-%d %H:%M}", zone=zone)
    return instant


def _laid_over(name: str, now: MomentDraft, draft: MomentDraft, was: MomentDraft) -> MomentDraft:
    """Change of what is stored only what was changed in the form."""
    stored, typed, first = (
        {one.name: getattr(form, one.name) for one in fields(form)} for form in (now, draft, was)
    )
    refuse_overwriting(name, first, stored, typed, lambda values: MomentDraft(**values))
    return MomentDraft(**{key: value if value != first[key] else stored[key] for key, value in typed.items()})
