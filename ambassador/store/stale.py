"""Marks that matches, credit, parents and derived ties rest on rows that have changed since.

A mark is a row of its own, written in the transaction of the change: whoever recomputes reads the marks first
and takes away those alone, so that one written meanwhile stays. It computes on a snapshot and writes piece by
piece; the turn counts those pieces, so that of two who recompute at once the later writes nothing older.

A mark says how far the change reaches: everything, one campaign, or some posts and what hangs from them.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from ambassador.store.tables.imports import WorkspaceSetting

_PREFIX = "stale:"
_TURN = "turn:derived"
_TURN_LOCK = 7_304_118_224  # any fixed number
_MARKED = "marked"


class Touched(NamedTuple):
    """Posts from which something follows that has not been worked out yet."""

    new: tuple[int, ...] = ()
    """They have come, and no derived tie counts them."""
    changed: tuple[int, ...] = ()
    """Derived ties may count them as they were before."""
    counted: tuple[int, ...] = ()
    """Derived ties are right; matches and credit are due."""
    accounts: tuple[int, ...] = ()
    """Accounts that have come: posts may have named them before they did."""

    @property
    def posts(self) -> frozenset[int]:
        """All of the posts."""
        return frozenset((*self.new, *self.changed, *self.counted))

    @property
    def is_counted(self) -> bool:
        """Whether derived ties are right."""
        return not (self.new or self.changed or self.accounts)

    @property
    def is_pointed(self) -> bool:
        """Whether every post hangs, or may hang, from the right ones; a mark of ties names none."""
        return self.is_counted and bool(self.counted)


Mark = int | Touched | None
"""What is to be worked out: of a campaign, of some posts, or (None) all."""


def mark_stale(session: Session, campaign_id: int | None = None) -> None:
    """Write down that a campaign's figures, or everybody's, have to be worked out anew."""
    _put(session, campaign_id)


def mark_touched(session: Session, touched: Touched) -> str:
    """Write down that what follows from some posts has to be worked out; give the mark."""
    return _put(session, touched)


def _put(session: Session, what: Mark) -> str:
    key = _PREFIX + secrets.token_hex(8)
    session.add(WorkspaceSetting(key=key, value=_written(what)))
    session.flush()
    session.info.setdefault(_MARKED, set()).add(what)
    return key


def _written(what: Mark) -> Any:  # noqa: ANN401 - a JSON value
    if not isinstance(what, Touched):
        return what
    return {name: list(ids) for name, ids in what._asdict().items() if ids}


def _read(value: Any) -> Mark:  # noqa: ANN401 - a JSON value
    if isinstance(value, dict):
        return Touched(**{name: tuple(ids) for name, ids in value.items()})
    return None if value is None else int(value)


def marked_in(session: Session) -> frozenset[Mark]:
    """Tell what this transaction marked."""
    return frozenset(session.info.get(_MARKED, ()))


def has_marks(session: Session) -> bool:
    """Check whether any mark stands."""
    marks = select(WorkspaceSetting.key).where(_is_mark())
    return session.exec(marks.limit(1)).first() is not None


def stale_marks(session: Session) -> dict[str, Mark]:
    """Read the marks that stand, each with what it says."""
    rows = session.exec(select(WorkspaceSetting.key, WorkspaceSetting.value).where(_is_mark()))
    return {key: _read(value) for key, value in rows}


def touched_marks(session: Session) -> dict[str, Touched]:
    """Read the marks of single posts that stand."""
    return {key: what for key, what in stale_marks(session).items() if isinstance(what, Touched)}


def joined(marks: Iterable[Mark]) -> Touched:
    """Join what marks say of single posts."""
    touched = [one for one in marks if isinstance(one, Touched)]
    columns = zip(*touched, strict=True)
    return Touched(*(tuple(dict.fromkeys(chain.from_iterable(some))) for some in columns))


def _is_mark() -> Any:  # noqa: ANN401 - a condition on a column
    return col(WorkspaceSetting.key).startswith(_PREFIX, autoescape=True)


def change_marks(session: Session, marks: Mapping[str, Touched]) -> None:
    """Let marks say something else than they did."""
    for key, what in marks.items():
        row = session.get(WorkspaceSetting, key, populate_existing=True)
        if row is not None:
            row.value = _written(what)
    session.flush()


def take_marks(session: Session, keys: Collection[str]) -> None:
    """Take away the marks whose figures are right again."""
    if keys:
        session.execute(delete(WorkspaceSetting).where(col(WorkspaceSetting.key).in_(list(keys))))


def turn(session: Session) -> int:
    """Count how often anything that is computed was written so far."""
    row = session.get(WorkspaceSetting, _TURN, populate_existing=True)
    return int(row.value) if row is not None else 0


def next_turn(session: Session) -> int:
    """Count one writing more, others waiting until this transaction ends; give the count before it."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _TURN_LOCK})
    before = turn(session)
    session.merge(WorkspaceSetting(key=_TURN, value=before + 1))
    session.flush()
    return before
