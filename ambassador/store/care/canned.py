"""Answers kept ready, by title and language."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from ambassador.errors import NotFoundError
from ambassador.store.tables.care import CannedAnswer
from ambassador.values.care.cases import ReadyAnswer


def list_canned(session: Session) -> Sequence[CannedAnswer]:
    """List the answers kept ready, by title, then language."""
    return session.exec(
        select(CannedAnswer).order_by(col(CannedAnswer.title), col(CannedAnswer.language))
    ).all()


def put_canned(session: Session, wanted: ReadyAnswer, *, at: datetime, actor: str) -> bool:
    """Write an answer in the place of the one of this title and language; say whether it is new."""
    row = _find(session, wanted.title, wanted.language)
    if row is not None:
        row.title, row.text = wanted.title, wanted.text
    else:
        session.add(
            CannedAnswer(
                title=wanted.title, language=wanted.language, text=wanted.text, actor=actor, created_at=at
            )
        )
    session.flush()
    return row is None


def get_canned(session: Session, title: str, language: str) -> CannedAnswer:
    """Find an answer by its title and language; without that language, in another."""
    row = _find(session, title, language)
    if row is None:
        same = select(CannedAnswer).where(func.lower(col(CannedAnswer.title)) == title.lower())
        row = session.exec(same.order_by(col(CannedAnswer.language))).first()
    if row is None:
        raise NotFoundError("There is no answer called {name} ready", name=title)
    return row


def remove_canned(session: Session, title: str, language: str) -> None:
    """Take an answer away."""
    row = _find(session, title, language)
    if row is None:
        raise NotFoundError("There is no answer called {name} ready", name=title)
    session.delete(row)
    session.flush()


def _find(session: Session, title: str, language: str) -> CannedAnswer | None:
    same = select(CannedAnswer).where(
        func.lower(col(CannedAnswer.title)) == title.lower(), CannedAnswer.language == language
    )
    return session.exec(same).first()
