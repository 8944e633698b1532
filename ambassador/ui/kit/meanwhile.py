"""Forms that two people may have open at once.

Fields begin with what was first seen and keep what was typed. What somebody else has saved meanwhile is told
when saving; saving once more puts one's own in its place.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from ambassador.errors import EditedMeanwhileError
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.markup import bullets, paragraphs
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day, moment, number, t
from ambassador.ui.kit.text import money as written
from ambassador.values.money import Money

T = TypeVar("T")


class OpenForm:
    """One form of one reader, by its name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def seen(self, now: T, fields: Mapping[str, object]) -> T:
        """What the form began with; on its first drawing that is what is stored now.

        ``fields`` are the values its fields begin with. They are set by key alone, so that drawing the form
        again with newer values never throws away what is typed in it.
        """
        if self.key(next(iter(fields))) not in st.session_state:
            st.session_state[self._seen] = st.session_state[self._first] = now
            for field, value in fields.items():
                st.session_state[self.key(field)] = value
        kept: T = st.session_state[self._seen]
        return kept

    def first(self, now: T) -> T:
        """What was stored when the form was first drawn, whatever was told since: fields begin there."""
        kept: T = st.session_state.get(self._first, now)
        return kept

    def key(self, field: str) -> str:
        """The key of one field."""
        return f"{self._name}:{st.session_state.get(self._round, 0)}:{field}"

    def begin_again(self) -> None:
        """Begin with what is stored, now that this was saved."""
        st.session_state[self._round] = st.session_state.get(self._round, 0) + 1

    @contextmanager
    def saving(self, labels: Mapping[str, str] | None = None) -> Iterator[None]:
        """Show what goes wrong; what somebody else saved is told, and the next save begins there."""
        with errors_shown():
            try:
                yield
            except EditedMeanwhileError as error:
                st.session_state[self._seen] = error.seen
                tell_theirs(error, labels or {})

    @property
    def _seen(self) -> str:
        return f"seen:{self._name}"

    @property
    def _first(self) -> str:
        return f"first:{self._name}"

    @property
    def _round(self) -> str:
        return f"round:{self._name}"


def tell_theirs(error: EditedMeanwhileError, labels: Mapping[str, str]) -> None:
    """Say what somebody else has saved, field by field."""
    lines = [f"{labels.get(field, field)}: {_cell(value)}" for field, value in error.theirs.items()]
    head = t("Not saved: somebody else has saved this in the meantime. It says now:")
    last = t("What you typed is still here. Save once more to put it in place of theirs.")
    st.warning(paragraphs((head, bullets(lines), last)), icon=":material/group:")


def _cell(value: Any) -> str:  # noqa: ANN401 - any value of a form
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(_cell, value)) or "–"  # noqa: RUF001 - a dash for empty
    if isinstance(value, Money):
        return written(value)
    if isinstance(value, datetime):
        return moment(value) if value.tzinfo else moment(value.replace(tzinfo=UTC), "UTC")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float):
        return number(value, 0 if value == int(value) else 1)
    return str(value or "–")  # noqa: RUF001 - a dash for empty
