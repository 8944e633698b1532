"""Which ballots count: one vote a person, the latest; and which voters are worth a look."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from ambassador.metrics.arrays import FloatArray
from ambassador.metrics.budgeting import burst_votes, ring_votes
from ambassador.store.activations.ballots import CountedBallot
from ambassador.values.activations.results import Turnout

NEW_ACCOUNT: Final = timedelta(days=7)
"""An account younger than this when it voted is flagged."""


@dataclass(frozen=True, slots=True)
class CountedVoter:
    """One person's vote."""

    person: str
    entries: tuple[int, ...]
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The votes that count, one a person, in the order the people first came."""

    voters: tuple[CountedVoter, ...]
    participation: Turnout

    def votes(self, entry_id: int, *, flagged_only: bool = False) -> int:
        """Count the votes for one entry."""
        return sum(entry_id in one.entries and (one.is_flagged or not flagged_only) for one in self.voters)

    def unflagged(self) -> tuple[CountedVoter, ...]:
        """The voters without a flag."""
        return tuple(one for one in self.voters if not one.is_flagged)


def count_ballots(ballots: Sequence[CountedBallot], entries: Collection[int]) -> Count:
    """Take of each person the latest ballot, and of each ballot the entries that are still there.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 5, 1, tzinfo=UTC)
    >>> first = CountedBallot(1, "nina", True, at, at, None, (1,))
    >>> later = CountedBallot(2, "nina", True, at + timedelta(hours=1), None, None, (2,))
    >>> count = count_ballots([later, first], {1, 2})
    >>> [one.entries for one in count.voters], count.participation.replaced
    ([(2,)], 1)
    """
    latest: dict[str, CountedBallot] = {}
    for ballot in ballots:
        known = latest.setdefault(ballot.person, ballot)
        if (ballot.moment, ballot.id) > (known.moment, known.id):
            latest[ballot.person] = ballot
    there = frozenset(entries)
    counted = list(latest.values())
    bursts, rings = _in_bursts(counted), _in_rings(counted)
    young = {one.person for one in counted if _is_new(one)}
    flagged = bursts | rings | young
    voters = tuple(
        CountedVoter(
            one.person,
            tuple(entry for entry in one.entries if entry in there),
            is_flagged=one.person in flagged,
        )
        for one in counted
    )
    return Count(
        voters,
        Turnout(
            voters=len(voters),
            replaced=len(ballots) - len(voters),
            empty=sum(not one.entries for one in voters),
            flagged=sum(one.is_flagged for one in voters),
            in_bursts=len(bursts),
            new_accounts=len(young),
            in_rings=len(rings),
            timed=sum(one.voted_at is not None for one in counted),
        ),
    )


def supporters_of(voters: Sequence[CountedVoter], entries: Iterable[int]) -> list[np.ndarray]:
    """Number of each entry those who voted for it, by their place among the voters.

    Examples
    --------
    >>> [one.tolist() for one in supporters_of([CountedVoter("a", (7,)), CountedVoter("b", (7, 8))], (7, 8))]
    [[0, 1], [1]]
    """
    found: dict[int, list[int]] = defaultdict(list)
    for place, voter in enumerate(voters):
        for entry in voter.entries:
            found[entry].append(place)
    return [np.array(found[entry], np.int64) for entry in entries]


def _is_new(ballot: CountedBallot) -> bool:
    since = ballot.account_since
    return since is not None and ballot.moment - since < NEW_ACCOUNT


def _in_bursts(ballots: Sequence[CountedBallot]) -> set[str]:
    """Name those whose vote came in a burst of votes for the same entry."""
    for_entry: dict[int, list[CountedBallot]] = defaultdict(list)
    for ballot in ballots:
        for entry in ballot.entries:
            for_entry[entry].append(ballot)
    given = [one.voted_at.timestamp() for one in ballots if one.voted_at]
    lasted = max(given) - min(given) if given else 0.0
    found: set[str] = set()
    for several in for_entry.values():
        marked = burst_votes(_moments(several), lasted)
        found |= {one.person for one, is_in in zip(several, marked.tolist(), strict=True) if is_in}
    return found


def _in_rings(ballots: Sequence[CountedBallot]) -> set[str]:
    """Name those who gave the same whole ballot at once as others, beyond chance."""
    kinds: dict[frozenset[int], int] = {}
    given = [kinds.setdefault(frozenset(one.entries), len(kinds)) for one in ballots]
    marked = ring_votes(np.array(given, np.int64), _moments(ballots))
    return {one.person for one, is_in in zip(ballots, marked.tolist(), strict=True) if is_in}


def _moments(ballots: Sequence[CountedBallot]) -> FloatArray:
    return np.array([one.voted_at.timestamp() if one.voted_at else np.nan for one in ballots], float)
