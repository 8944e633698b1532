"""What can be started together with people, and the states it and its ideas pass through."""

from collections.abc import Mapping
from enum import StrEnum


class ActivationKind(StrEnum):
    """What people are asked to do."""

    IDEAS = "ideas"
    """Vote ideas with a cost, of which a budget then pays some."""
    POLL = "poll"
    """Choose among options."""
    CONTEST = "contest"
    """Enter photos or stories, which people and a jury then rank."""
    QUESTIONS = "questions"
    """Ask questions, of which somebody answers some in public."""
    MOMENT = "moment"
    """Hear of us on air or in a shop, through an ambassador."""
    DISCUSSION = "discussion"
    """Talk about a post: news, or something asked."""


NO_VOTE = frozenset({ActivationKind.QUESTIONS, ActivationKind.MOMENT, ActivationKind.DISCUSSION})
"""Kinds in which nothing is voted on."""
TAKES_NOTHING = frozenset({ActivationKind.MOMENT, ActivationKind.DISCUSSION})
"""Kinds into which nobody brings anything: neither votes nor questions."""


class ActivationStatus(StrEnum):
    """Where an activation is in its life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    ANNOUNCED = "announced"


class EntryStatus(StrEnum):
    """What became of an idea once the result was announced."""

    PROPOSED = "proposed"
    IN_WORK = "in_work"
    BUILT = "built"
    NOT_BUILT = "not_built"


class PointState(StrEnum):
    """Whether a point of the law on prize contests was seen to."""

    OPEN = "to_do"
    DONE = "seen_to"
    PASSED = "passed_over"


class QuestionStatus(StrEnum):
    """Whether a question is taken in."""

    WAITING = "to_moderate"
    ACCEPTED = "taken_in"
    REFUSED = "turned_down"


class MomentMedium(StrEnum):
    """Where an ambassador speaks of us other than in a post."""

    TELEVISION = "television"
    RADIO = "radio"
    BLOG = "blog"
    SHOP = "shop"


class LiftBasis(StrEnum):
    """Which other hours those of a moment are held against."""

    WEEKS = "weeks"
    """The same hours of the same day of other weeks."""
    DAYS = "days"
    """The same hours of other days, where too few weeks are known."""


class BudgetRule(StrEnum):
    """How votes decide what the budget pays for."""

    VOTES = "votes"
    VOTES_PER_COST = "votes_per_cost"
    EQUAL_SHARES = "equal_shares"


_S = ActivationStatus

ACTIVATION_CHANGES: Mapping[ActivationStatus, frozenset[ActivationStatus]] = {
    _S.DRAFT: frozenset({_S.OPEN}),
    _S.OPEN: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset({_S.OPEN, _S.ANNOUNCED}),
    _S.ANNOUNCED: frozenset({_S.CLOSED}),
}
"""What was announced can be taken back to closed; a closed one may be opened again."""
