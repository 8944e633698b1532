"""Activations as pages show them: cards with what each cost for those who took part, and one opened."""

from collections.abc import Sequence

from sqlmodel import Session

from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.ballots import list_files
from ambassador.store.activations.entries import list_entries, sources_of
from ambassador.store.activations.participants import participants
from ambassador.store.tables.activations import Activation, ActivationEntry, BallotFile, EntrySource
from ambassador.values.activations.activations import (
    ActivationCard,
    ActivationDraft,
    ActivationView,
    BallotFileView,
    EntryRow,
)
from ambassador.values.money import Money


def list_activations(work: UnitOfWork, *, archived: bool = False) -> tuple[ActivationCard, ...]:
    """List the activations, the one that starts last first, each with what it cost for those who took part.

    Examples
    --------
    >>> list_activations(work)
    ()
    """
    with work.reading() as session:
        return _cards(session, store.list_activations(session, archived=archived))


def find_activation(work: UnitOfWork, name: str) -> int:
    """Return the number of the activation that has this title or number.

    Examples
    --------
    >>> find_activation(work, "no such")
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation called no such
    """
    with work.reading() as session:
        return store.find_activation(session, name).id or 0


def activation_draft(work: UnitOfWork, activation_id: int) -> ActivationDraft:
    """Read an activation as a form holds it.

    Examples
    --------
    >>> activation_draft(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        return store.draft_of(store.get_activation(session, activation_id))


def open_activation(work: UnitOfWork, activation_id: int) -> ActivationView:
    """Show one activation with its ideas or options and the files of votes that came in.

    Examples
    --------
    >>> open_activation(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        all_of_them = store.list_activations(session, archived=True)
        (card,) = (one for one in _cards(session, all_of_them) if one.id == activation_id)
        sources = sources_of(session, activation_id)
        return ActivationView(
            card=card,
            draft=store.draft_of(row),
            entries=tuple(
                entry_row(entry, row.currency, sources.get(entry.id or 0))
                for entry in list_entries(session, activation_id)
            ),
            files=tuple(_file(one) for one in list_files(session, activation_id)),
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            announced_at=row.announced_at,
        )


def entry_row(
    entry: ActivationEntry, currency: str, source: tuple[EntrySource, bool] | None = None
) -> EntryRow:
    """Return an idea, an option or an entry of a contest as it stands, with where it comes from.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 5, 1, tzinfo=UTC)
    >>> entry_row(ActivationEntry(id=1, activation_id=1, key="B", title="", created_at=at), "EUR").label
    'B'
    """
    return EntryRow(
        id=entry.id or 0,
        key=entry.key,
        title=entry.title,
        about=entry.about,
        cost=None if entry.cost_minor is None else Money(entry.cost_minor, currency),
        proposed_by=entry.proposed_by,
        status=entry.status,
        withdrawn=entry.withdrawn_at is not None,
        url=source[0].url if source else "",
        mention_id=source[0].mention_id if source else None,
        post_gone=source is not None and source[1],
    )


def _cards(session: Session, rows: Sequence[Activation]) -> tuple[ActivationCard, ...]:
    """Make the cards; who is new is told by going through them from the one that began first."""
    known: set[str] = set()
    cards: dict[int, ActivationCard] = {}
    for row in sorted(rows, key=lambda one: (one.starts_on, one.id or 0)):
        number = row.id or 0
        people = participants(session, row)
        there = [entry for entry in list_entries(session, number) if entry.withdrawn_at is None]
        draft = store.draft_of(row)
        cards[number] = ActivationCard(
            id=number,
            title=row.title,
            kind=row.kind,
            status=row.status,
            campaign_id=row.campaign_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            time_zone=row.time_zone,
            currency=row.currency,
            budget=draft.budget,
            cost=draft.cost,
            entries=len(there),
            took_part=len(people),
            new=len(people - known),
        )
        known |= people
    return tuple(cards[row.id or 0] for row in rows)


def _file(row: BallotFile) -> BallotFileView:
    return BallotFileView(row.id or 0, row.file_name, row.ballots, row.actor, row.added_at, row.taken_out_at)
