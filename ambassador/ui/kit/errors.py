"""The one place where a screen catches what a person is meant to read."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from ambassador.config import settings
from ambassador.errors import (
    AllOrNothingError,
    AmbassadorError,
    BadInputError,
    CancelledError,
    ClusterError,
    ConfigurationError,
    ConflictError,
    DatabaseBusyError,
    FrozenRecordError,
    IllegalStatusChangeError,
    NotFoundError,
    PropagationError,
)
from ambassador.i18n import known_language, mark, sentence
from ambassador.ui.kit.markup import bold, paragraphs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import error_text, t

_log = logging.getLogger(__name__)
_NOTHING_KEPT = mark("Nothing was changed.")
_ADVICE: tuple[tuple[type[AmbassadorError], str], ...] = (
    (CancelledError, mark("Start it again whenever you like.")),
    (AllOrNothingError, mark("Mend the rows that are listed, or import the others without them.")),
    (BadInputError, mark("Change what was given and try again.")),
    (NotFoundError, mark("It may have been renamed or archived: choose another one.")),
    (DatabaseBusyError, mark("Wait a moment and try again.")),
    (ConflictError, mark("Reload the page to see what changed, then decide again.")),
    (IllegalStatusChangeError, mark("Reload the page: somebody may have changed it already.")),
    (FrozenRecordError, mark("Make a new one instead; both stay visible.")),
    (ClusterError, mark("Start the cluster, or take AMBASSADOR_SCHEDULER away, and try again.")),
    (PropagationError, mark("Loosen one of the demands and try again.")),
    (ConfigurationError, mark("Set it right and start the program again.")),
)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error a person can act on in words, and one nobody expected in a box of our own."""
    try:
        yield
    except AmbassadorError as error:
        show_error(error)
    except Exception as error:  # noqa: BLE001 - the last one before the reader
        _log.exception("a page met an error nobody expected")
        show_unexpected(error)


def refuse_bad_settings() -> None:
    """Say which setting cannot be used, in the browser's language: the chosen one is a setting too."""
    try:
        settings()
    except ConfigurationError as error:
        st.error(sentence(known_language(st.context.locale), error.message, **error.values))
        st.stop()


def show_error(error: AmbassadorError) -> None:
    """Say what happened, what was kept, and what to do."""
    st.error(
        paragraphs((bold(error_text(error)), f"{t(_NOTHING_KEPT)} {t(advice(error))}")),
        icon=":material/error:",
    )


def show_unexpected(error: BaseException) -> None:
    """Say that the program is at fault, and keep what an engineer needs at hand."""
    st.error(
        t("This failed for a reason the program did not expect. Nothing was changed; the log says more."),
        icon=":material/error:",
    )
    with st.expander(t("For whoever looks after the program"), icon=":material/build:"):
        st.code("".join(traceback.format_exception(error)), language=None, wrap_lines=True)


def advice(error: AmbassadorError) -> str:
    """The message id of what to do about an error."""
    return next((text for kind, text in _ADVICE if isinstance(error, kind)), mark("Try again."))
