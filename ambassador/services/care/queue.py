"""Cases as pages and the shell show them: the queue, and one opened with its history and its clocks."""

from ambassador.services.care.clocks import care_rules
from ambassador.services.care.moves import fields_of
from ambassador.services.care.timeline import timeline_of
from ambassador.services.work import UnitOfWork
from ambassador.store.care import cases as store
from ambassador.store.care.events import Happened, events_of, linked
from ambassador.store.care.rules import read_promises
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.mentions import Mention
from ambassador.values.care.cases import CaseCard, CaseEventRow, CaseFilter, CaseQueue, CaseView
from ambassador.values.care.states import STANDING, CaseEventKind

_SHOWN = 80
"""Characters of what the customer said first, where a case has no subject."""


def list_cases(work: UnitOfWork, wanted: CaseFilter | None = None) -> CaseQueue:
    """List cases as they are due: late ones at the head; those that are not solved where nothing is said.

    Examples
    --------
    >>> list_cases(work).total
    0
    """
    wanted = wanted or CaseFilter(statuses=tuple(sorted(STANDING)))
    now = work.now()
    with work.reading() as session:
        rows = store.queue(session, wanted, now)
        without = [row.id or 0 for row, _ in rows if not row.subject]
        texts = store.first_texts(session, without)
        total, late, unowned = store.count_queue(session, wanted, now)
        return CaseQueue(
            rows=tuple(_card(row, name or row.customer, texts.get(row.id or 0, "")) for row, name in rows),
            total=total,
            late=late,
            unowned=unowned,
            now=now,
            has_promises=bool(read_promises(session)),
        )


def open_case_view(work: UnitOfWork, case_id: int) -> CaseView:
    """Show one case with all that happened to it and what its clocks say.

    Examples
    --------
    >>> open_case_view(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no case number 7
    """
    now = work.now()
    with work.reading() as session:
        row = store.get_case(session, case_id)
        events = events_of(session, case_id)
        timeline = timeline_of(
            [Happened(event.happened_at, event.kind) for event, _ in events]
            or [Happened(row.opened_at, CaseEventKind.ASKED)]
        )
        name, handle = store.customer_name(session, row)
        first = next((_text(event, post) for event, post in events if _text(event, post)), "")
        is_merged = row.merged_into_id is not None
        return CaseView(
            card=_card(row, name, first),
            fields=fields_of(row),
            events=tuple(_event(event, post) for event, post in events),
            clocks=() if is_merged else care_rules(session).clocks(timeline, row.kind, row.priority, now),
            now=now,
            campaign_id=row.campaign_id,
            handle=handle,
            linked=linked(session, case_id),
            merged=store.merged_into(session, case_id),
            satisfaction_note=row.satisfaction_note,
        )


def _card(row: CareCase, name: str, text: str) -> CaseCard:
    said = " ".join(text.split())
    return CaseCard(
        id=row.id or 0,
        kind=row.kind,
        status=row.status,
        priority=row.priority,
        channel=row.channel,
        is_private=row.is_private,
        subject=row.subject or (said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"),
        customer=name,
        owner=row.owner,
        opened_at=row.opened_at,
        due_at=row.due_at,
        due_clock=row.due_clock,
        first_answer_at=row.first_answer_at,
        waiting_since=row.waiting_since,
        solved_at=row.solved_at,
        revision=row.revision,
        merged_into=row.merged_into_id,
        satisfaction=row.satisfaction,
    )


def _text(event: CareEvent, post: Mention | None) -> str:
    return event.text or (post.text if post is not None else "")


def _event(event: CareEvent, post: Mention | None) -> CaseEventRow:
    return CaseEventRow(
        id=event.id or 0,
        kind=event.kind,
        at=event.happened_at,
        actor=event.actor,
        text=_text(event, post),
        mention_id=event.mention_id,
        url=post.url if post is not None else "",
        other_id=event.other_case_id,
        from_case=event.from_case_id,
        is_gone=post is not None and (post.deleted_at is not None or post.erased_at is not None),
        minutes=event.minutes,
    )
