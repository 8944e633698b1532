"""What ballots say: who took part, what is built by which rule, how sure that is."""

from dataclasses import dataclass

from ambassador.values.activations.states import BudgetRule
from ambassador.values.money import Money


@dataclass(frozen=True, slots=True)
class Turnout:
    """Whose ballots count, and which are worth a look; none is taken away for being flagged."""

    voters: int
    """People, each once: accounts that were merged into one person are one."""
    replaced: int
    """Ballots in whose place a later one of the same person stands."""
    empty: int
    """Voters who named nothing but entries that were withdrawn."""
    flagged: int
    """Voters with a flag of any kind."""
    in_bursts: int
    """Voters whose vote came within ten minutes with unusually many others for the same entry."""
    new_accounts: int
    """Voters whose account was less than a week old."""
    in_rings: int = 0
    """Voters who gave the same ballot within ten minutes as others, beyond chance."""
    timed: int = 0
    """Voters of whom it is known when they voted: only among them bursts and rings are seen."""


@dataclass(frozen=True, slots=True)
class TiedEntries:
    """Two entries between which the votes do not decide: the one listed first stands, the other does not."""

    stands: int
    falls: int


@dataclass(frozen=True, slots=True)
class SafetyMargin:
    """By how much the least safe part of a result holds: it is gone once so many votes for it fall."""

    entry_id: int
    votes: int


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule builds."""

    rule: BudgetRule
    built: tuple[int, ...]
    """Numbers of entries, in the order they were decided."""
    spent: Money
    unrepresented: int
    """Voters none of whose ideas is built."""
    tied: tuple[TiedEntries, ...] = ()
    margin: SafetyMargin | None = None
    """None where nothing is built, or where it would take too long to find."""
    without_flagged: tuple[int, ...] = ()
    """What would be built without the flagged voters."""
    by_completion: tuple[int, ...] = ()
    """Of equal shares: what the rest of the budget paid for by votes."""
    raised: int = 0
    """Of equal shares: how often the shares were raised."""

    @property
    def holds_without_flagged(self) -> bool:
        """Whether the same is built without the flagged voters."""
        return set(self.built) == set(self.without_flagged)


@dataclass(frozen=True, slots=True)
class IdeaResult:
    """One idea with its votes, and which rules build it."""

    entry_id: int
    key: str
    title: str
    cost: Money
    votes: int
    flagged: int
    """Of the votes, those of flagged voters."""
    built_by: tuple[BudgetRule, ...]

    @property
    def label(self) -> str:
        """How it is called."""
        return self.title or self.key


@dataclass(frozen=True, slots=True)
class IdeasResult:
    """What a round of ideas comes to, by three rules side by side."""

    participation: Turnout
    budget: Money
    ideas: tuple[IdeaResult, ...]
    """Those that can be built, most votes first."""
    rules: tuple[RuleResult, ...]
    without_cost: tuple[str, ...] = ()
    """Ideas nobody said the cost of: no rule can build them."""

    def of(self, rule: BudgetRule) -> RuleResult:
        """The result of one rule."""
        return next(one for one in self.rules if one.rule is rule)


@dataclass(frozen=True, slots=True)
class OptionResult:
    """One option with its votes and its share of the voters."""

    entry_id: int
    key: str
    title: str
    votes: int
    flagged: int
    share: float | None
    """Of those who voted; None where nobody did."""
    low: float | None = None
    high: float | None = None
    """Where the share lies in 95 of 100 such polls, had the voters been drawn by lot."""

    @property
    def label(self) -> str:
        """How it is called."""
        return self.title or self.key


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a poll comes to, the option with the most votes first."""

    participation: Turnout
    options: tuple[OptionResult, ...]
    tied_first: bool = False
    """Whether several options have the most votes: nothing is decided then."""
    margin: int | None = None
    """How many votes of the first have to fall until it is first no more; None where there is no first."""
    first_without_flagged: tuple[int, ...] = ()
    """The first, or those that share the place, without the flagged voters."""
