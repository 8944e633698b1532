"""Everything that can go wrong and be told to a person, as one tree.

::

    AmbassadorError
    ├── ConfigurationError          the settings cannot be used
    ├── BadInputError               what was given cannot be used as it is
    │   ├── UnreadableFileError     the file is not what its name promises
    │   ├── UnknownHandleError      nobody here has that handle
    │   ├── AmbiguousHandleError    several accounts have that handle: say which platform
    │   ├── AnswerNeededError       only a person can decide (direction, day or month first)
    │   └── AllOrNothingError       some rows are bad and the user wanted all or none
    ├── NotFoundError               no such campaign, device, pick
    ├── IllegalStatusChangeError    a device in stock cannot be returned
    ├── ConflictError               somebody else was faster, or the key is taken
    │   ├── EditedMeanwhileError    somebody else saved the same form since it was opened
    │   └── DatabaseBusyError       others have been writing for too long
    ├── FrozenRecordError           a forecast or a pick never changes
    ├── CancelledError              the user pressed stop
    ├── SourceError                 a live source cannot be read just now
    ├── ClusterError                the machines that share the work cannot be reached
    └── PropagationError            the word-of-mouth model refuses its input
        ├── UnknownNodeError        that person is not in the network
        ├── BadProbabilityError     outside [0, 1], or not a number
        └── InfeasibleError         the demands contradict each other

The first argument is the English text with ``{named}`` places and is the key of its translation;
the rest are the values. Caught once in ``ui`` and once in ``cli``.
"""

from collections.abc import Mapping
from typing import Any


class AmbassadorError(Exception):
    """Base of every error a person is meant to read."""

    def __init__(self, message: str, /, **values: Any) -> None:  # noqa: ANN401 - any value that can be shown
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class ConfigurationError(AmbassadorError):
    """The settings cannot be used."""


class BadInputError(AmbassadorError):
    """What was given cannot be used as it is."""


class UnreadableFileError(BadInputError):
    """The file is not what its name promises."""


class UnknownHandleError(BadInputError):
    """Nobody in this database has that handle."""


class AmbiguousHandleError(BadInputError):
    """Several accounts have that handle on different platforms."""


class AnswerNeededError(BadInputError):
    """Only a person can decide; ``questions`` says what and shows the row that is the evidence."""

    def __init__(self, message: str, /, *, questions: tuple[Any, ...] = (), **values: Any) -> None:  # noqa: ANN401
        super().__init__(message, **values)
        self.questions = questions


class AllOrNothingError(BadInputError):
    """Some rows are bad and all or none were wanted; ``report`` lists them."""

    def __init__(self, message: str, /, *, report: Any = None, **values: Any) -> None:  # noqa: ANN401
        super().__init__(message, **values)
        self.report = report


class NotFoundError(AmbassadorError):
    """No such thing in this database."""


class IllegalStatusChangeError(AmbassadorError):
    """The thing is not in a state from which this can be done."""


class ConflictError(AmbassadorError):
    """Somebody else was faster, or the key is taken."""


class EditedMeanwhileError(ConflictError):
    """Somebody else saved what a form shows since it was opened: nothing was saved over it.

    ``theirs`` says by field what stands there now, ``seen`` is what the next save may begin with.
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        theirs: Mapping[str, Any],
        seen: Any,  # noqa: ANN401 - whatever the form holds
        **values: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(message, **values)
        self.theirs = theirs
        self.seen = seen


class DatabaseBusyError(ConflictError):
    """Others have been writing for longer than a change waits; nothing of it is in."""


class FrozenRecordError(AmbassadorError):
    """Picks, forecasts and snapshots are never changed once written."""


class CancelledError(AmbassadorError):
    """The user pressed stop; nothing was kept."""


class SourceError(AmbassadorError):
    """A live source cannot be read just now; ``retry_after`` is how many seconds it asks to wait."""

    def __init__(self, message: str, /, *, retry_after: float = 0.0, **values: Any) -> None:  # noqa: ANN401
        super().__init__(message, **values)
        self.retry_after = retry_after


class ClusterError(AmbassadorError):
    """The machines that should share the work cannot be reached, or were lost."""


class PropagationError(AmbassadorError):
    """The word-of-mouth model refuses its input."""


class UnknownNodeError(PropagationError):
    """The person is not in the network."""


class BadProbabilityError(PropagationError):
    """A probability lies outside [0, 1] or is not a number."""


class InfeasibleError(PropagationError):
    """The demands cannot be met together."""
