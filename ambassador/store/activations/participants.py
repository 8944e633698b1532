"""Who took part in an activation: who voted, entered something, asked or discussed."""

from sqlmodel import Session

from ambassador.store.activations.ballots import read_ballots
from ambassador.store.activations.discussions import who_discussed
from ambassador.store.activations.entries import list_entries, sources_of
from ambassador.store.activations.people import people_behind
from ambassador.store.activations.questions import read_questions
from ambassador.store.tables.activations import Activation
from ambassador.values.activations.states import ActivationKind
from ambassador.values.identity import parse_account


def participants(session: Session, row: Activation) -> set[str]:
    """Name everybody who took part, each once; equal texts are one person in all activations."""
    number = row.id or 0
    people = {ballot.person for ballot in read_ballots(session, number)}
    if row.kind is ActivationKind.CONTEST:
        people |= _entrants(session, number)
    if row.kind is ActivationKind.QUESTIONS:
        people |= {one.person for one in read_questions(session, number) if one.person}
    if row.kind is ActivationKind.DISCUSSION:
        people |= who_discussed(session, row)
    return people


def _entrants(session: Session, number: int) -> set[str]:
    sources = sources_of(session, number)
    named: list[tuple[int | None, str, str]] = []
    for entry in list_entries(session, number):
        source = sources[entry.id or 0][0] if entry.id in sources else None
        account_id = source.account_id if source else None
        platform, name = parse_account(entry.proposed_by)
        if account_id or name:
            named.append((account_id, platform or "", name))
    return {person for person, _ in people_behind(session, named)}
