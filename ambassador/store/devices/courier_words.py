"""What couriers' words mean, as somebody here has explained them: one setting a word."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from sqlmodel import Session, col, select

from ambassador.store.settings import put_setting
from ambassador.store.tables.imports import WorkspaceSetting

_PREFIX: Final = "courier_word:"


def courier_words(session: Session) -> dict[str, str]:
    """Return every explained word with its state, in the order of the alphabet."""
    wanted = (
        select(WorkspaceSetting.key, WorkspaceSetting.value)
        .where(col(WorkspaceSetting.key).startswith(_PREFIX, autoescape=True))
        .order_by(col(WorkspaceSetting.key))
    )
    return {key.removeprefix(_PREFIX): str(value) for key, value in session.exec(wanted)}


def keep_courier_words(session: Session, words: Mapping[str, str]) -> None:
    """Remember what words mean; what was said of them before gives way."""
    for word, state in words.items():
        put_setting(session, _PREFIX + word, state)


def drop_courier_word(session: Session, word: str) -> bool:
    """Forget a word; say whether it was there."""
    row = session.get(WorkspaceSetting, _PREFIX + word)
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def drop_courier_words_naming(session: Session, names: Iterable[str]) -> None:
    """Forget the words in which somebody is named: couriers write who has signed."""
    folded = [f" {_folded(name)} " for name in names if _folded(name)]
    for word in courier_words(session):
        if any(name in f" {word} " for name in folded):
            drop_courier_word(session, word)


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).casefold()
    letters = (c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join("".join(letters).split())
