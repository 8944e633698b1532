"""What a poll comes to: shares with their range, the first place and how safe it is."""

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.metrics.intervals import share_interval
from ambassador.services.activations.counting import Count, CountedVoter, count_ballots
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.ballots import read_ballots
from ambassador.store.activations.entries import list_entries
from ambassador.store.tables.activations import ActivationEntry
from ambassador.values.activations.results import OptionResult, PollResult
from ambassador.values.activations.states import ActivationKind

_LEVEL = 0.95


def count_poll(work: UnitOfWork, activation_id: int) -> PollResult:
    """Count the votes of a poll.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.services.activations.activations import create_activation
    >>> from ambassador.values.activations.activations import ActivationDraft
    >>> poll = ActivationDraft("Which colour?", date(2026, 5, 1), date(2026, 5, 31), ActivationKind.POLL)
    >>> count_poll(work, create_activation(work, poll)).options
    ()
    """
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        if row.kind is not ActivationKind.POLL:
            raise BadInputError(mark("{name} is no poll"), name=row.title)
        there = [entry for entry in list_entries(session, activation_id) if entry.withdrawn_at is None]
        count = count_ballots(read_ballots(session, activation_id), {entry.id or 0 for entry in there})
        options = [_option(entry, count) for entry in there]
    options.sort(key=lambda one: -one.votes)
    first = options[0].votes if options else 0
    second = options[1].votes if len(options) > 1 else 0
    tied = first > 0 and first == second
    return PollResult(
        participation=count.participation,
        options=tuple(options),
        tied_first=tied,
        margin=None if tied or not first else first - second,
        first_without_flagged=_first(count.unflagged(), [one.entry_id for one in options]),
    )


def _option(entry: ActivationEntry, count: Count) -> OptionResult:
    number = entry.id or 0
    total = len(count.voters) - count.participation.empty
    votes = count.votes(number)
    low, high = share_interval(votes, total, _LEVEL) if total else (None, None)
    return OptionResult(
        entry_id=number,
        key=entry.key,
        title=entry.title,
        votes=votes,
        flagged=count.votes(number, flagged_only=True),
        share=votes / total if total else None,
        low=low,
        high=high,
    )


def _first(voters: tuple[CountedVoter, ...], entries: list[int]) -> tuple[int, ...]:
    votes = {entry: sum(entry in one.entries for one in voters) for entry in entries}
    most = max(votes.values(), default=0)
    return tuple(entry for entry in entries if most and votes[entry] == most)
