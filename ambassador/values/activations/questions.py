"""Questions people ask in a session, as forms and files hand them over and as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from ambassador.values.activations.states import QuestionStatus


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """One question as it came."""

    text: str
    asker: str = ""
    """Handle or name; empty where nobody knows who asked."""
    platform: str = ""
    asked_at: datetime | None = None
    mention_id: int | None = None
    """The post it was asked in; text, name and moment are taken from it where they are not said."""
    line: int = 0
    """Of a file."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as it stands."""

    id: int
    text: str
    asker: str
    url: str
    mention_id: int | None
    asked_at: datetime | None
    status: QuestionStatus
    reason: str
    merged_into_id: int | None
    askers: int
    """People who asked it, with those whose question was merged into it."""
    answer: str
    answered_by: str
    answered_at: datetime | None
    like_id: int | None = None
    """An earlier question in nearly the same words."""

    @property
    def is_answered(self) -> bool:
        """Whether somebody answered it."""
        return self.answered_at is not None


@dataclass(frozen=True, slots=True)
class QuestionTopic:
    """Questions that ask for an answer and speak of one thing."""

    words: tuple[str, ...]
    questions: tuple[int, ...]
    """Their numbers, in the order they came in."""
    answered: int
    typical: str
    """The question nearest to what they have in common."""


@dataclass(frozen=True, slots=True)
class QuestionsResult:
    """What a session of questions comes to."""

    questions: tuple[QuestionRow, ...]
    """In the order they came in, merged and refused ones too."""
    people: int
    """Who asked, each once."""
    topics: tuple[QuestionTopic, ...] = ()
    """What those that ask for an answer speak of, the most first; questions of no topic are in none."""

    @property
    def standing(self) -> tuple[QuestionRow, ...]:
        """Those that ask for an answer: neither turned down nor merged into another."""
        return tuple(
            one
            for one in self.questions
            if one.status is not QuestionStatus.REFUSED and one.merged_into_id is None
        )

    @property
    def answered(self) -> int:
        """Questions that were answered."""
        return sum(one.is_answered for one in self.standing)

    @property
    def share_answered(self) -> float | None:
        """Of those that ask for an answer; None where none does."""
        return self.answered / len(self.standing) if self.standing else None

    @property
    def waiting(self) -> int:
        """Questions nobody has looked at."""
        return sum(one.status is QuestionStatus.WAITING for one in self.standing)

    @property
    def refused(self) -> int:
        """Questions that were turned down."""
        return sum(one.status is QuestionStatus.REFUSED for one in self.questions)

    @property
    def merged(self) -> int:
        """Questions that stand in another."""
        return sum(one.merged_into_id is not None for one in self.questions)
