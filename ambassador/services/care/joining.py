"""Two cases made one, one made two, and cases that only have to do with each other."""

from collections.abc import Collection

from ambassador.errors import BadInputError, ConflictError
from ambassador.i18n import mark
from ambassador.services.care.clocks import bring_forward
from ambassador.services.care.moves import case_to_change
from ambassador.services.work import UnitOfWork
from ambassador.store.care.events import Stamp, add_event, events_of, get_events, link, move_events
from ambassador.store.tables.care import CareCase
from ambassador.values.care.states import CaseEventKind

_SAID = frozenset({CaseEventKind.ASKED, CaseEventKind.ANSWERED, CaseEventKind.NOTE})
"""What can go to a case of its own."""


def merge_cases(work: UnitOfWork, kept_id: int, other_id: int, *, seen: int | None = None) -> None:
    """Make two cases one: all that was said in the other goes over, and the clocks of both are one.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> one, other = open_from_mentions(work, [4, 2])
    >>> merge_cases(work, one.id, other.id)
    >>> merge_cases(work, one.id, other.id)
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: Case 2 was merged into case 1: go on there
    """
    if kept_id == other_id:
        raise BadInputError(mark("Case {number} cannot be merged with itself"), number=kept_id)
    with work.writing() as session:
        kept, other = case_to_change(session, kept_id, seen), case_to_change(session, other_id, None)
        now = work.now()
        move_events(session, other_id, kept_id, [event for event, _ in events_of(session, other_id)])
        for case_id, with_id in ((kept_id, other_id), (other_id, kept_id)):
            add_event(
                session,
                case_id,
                CaseEventKind.MERGED,
                Stamp(now, work.actor, now),
                other_case_id=with_id,
            )
        other.merged_into_id = kept_id
        other.due_at = other.due_clock = None
        for name in ("subject", "customer", "contact", "owner"):
            setattr(kept, name, getattr(kept, name) or getattr(other, name))
        kept.account_id = kept.account_id or other.account_id
        kept.campaign_id = kept.campaign_id or other.campaign_id
        kept.revision += 1
        other.revision += 1
        bring_forward(session, [kept])


def split_case(work: UnitOfWork, case_id: int, entries: Collection[int], *, seen: int | None = None) -> int:
    """Let some of what was said become a case of its own, and give its number.

    Examples
    --------
    >>> from ambassador.services.care.moves import customer_said
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> customer_said(work, opened.id, "And another thing")
    >>> split_case(work, opened.id, [2])
    2
    """
    wanted = list(dict.fromkeys(entries))
    if not wanted:
        raise BadInputError(mark("Say which entries become a case of their own"))
    with work.writing() as session:
        row = case_to_change(session, case_id, seen)
        going = get_events(session, case_id, wanted)
        if any(event.kind not in _SAID for event in going):
            raise BadInputError(mark("Only what was said can become a case of its own, and notes"))
        asked = [event for event in going if event.kind is CaseEventKind.ASKED]
        stays = [
            event
            for event, _ in events_of(session, case_id)
            if event.kind is CaseEventKind.ASKED and event not in going
        ]
        if not asked or not stays:
            message = mark("Each of the two cases needs something the customer said: choose other entries")
            raise BadInputError(message)
        now = work.now()
        part = CareCase(
            kind=row.kind,
            priority=row.priority,
            channel=row.channel,
            is_private=row.is_private,
            customer=row.customer,
            contact=row.contact,
            account_id=row.account_id,
            campaign_id=row.campaign_id,
            owner=row.owner,
            opened_at=min(event.happened_at for event in asked),
            actor=work.actor,
            created_at=now,
        )
        session.add(part)
        session.flush()
        number = part.id or 0
        move_events(session, case_id, number, going)
        for one, other in ((case_id, number), (number, case_id)):
            add_event(session, one, CaseEventKind.SPLIT, Stamp(now, work.actor, now), other_case_id=other)
        row.revision += 1
        bring_forward(session, [row, part])
        return number


def link_cases(work: UnitOfWork, case_id: int, other_id: int) -> None:
    """Note that two cases have to do with each other; each stays what it is.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> one, other = open_from_mentions(work, [4, 2])
    >>> link_cases(work, one.id, other.id)
    """
    if case_id == other_id:
        raise BadInputError(mark("Case {number} cannot be linked to itself"), number=case_id)
    with work.writing() as session:
        rows = [case_to_change(session, number, None) for number in (case_id, other_id)]
        now = work.now()
        if not link(session, case_id, other_id, at=now, actor=work.actor):
            message = mark("Cases {one} and {other} are linked already")
            raise ConflictError(message, one=case_id, other=other_id)
        for one, other in ((case_id, other_id), (other_id, case_id)):
            add_event(session, one, CaseEventKind.LINKED, Stamp(now, work.actor, now), other_case_id=other)
        for row in rows:
            row.revision += 1
