"""The words of posts, kept beside their texts by whatever writes these; the databases index them."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import delete
from sqlalchemy import select as columns
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.bulk import chunks, insert_rows, table_of
from ambassador.store.tables.mentions import SEARCH_INDEX, Mention, MentionWords
from ambassador.values.mentions.search_words import indexed

_TELL_INDEX: Final = f"INSERT INTO {SEARCH_INDEX} ({SEARCH_INDEX}"


def put_words(session: Session, texts: Mapping[int, str]) -> None:
    """Write the words of new posts: number of the post -> its text."""
    made = ((number, indexed(text)) for number, text in texts.items() if text)
    rows = [{"id": number, "words": one.words, "stems": one.stems} for number, one in made if one.words]
    insert_rows(session, MentionWords, rows)


def write_words(session: Session, mention_ids: Collection[int]) -> None:
    """Write the words of posts anew, whose texts were changed."""
    session.flush()
    connection, table = session.connection(), table_of(MentionWords)
    for ids in chunks(sorted(mention_ids)):
        connection.execute(delete(table).where(among(table.c.id, ids)))
        texts = columns(col(Mention.id), col(Mention.text)).where(among(col(Mention.id), ids))
        put_words(session, {number or 0: text for number, text in connection.execute(texts)})


def wipe_index(session: Session) -> None:
    """Write SQLite's index anew, after an erasure: what is taken out of it stays in its pages until then."""
    if _is_sqlite(session):
        session.connection().exec_driver_sql(f"{_TELL_INDEX}) VALUES ('optimize')")


def wrong_words(session: Session) -> list[int]:
    """Find the posts whose words are not what their texts give."""
    asked = columns(col(Mention.id), col(Mention.text), col(MentionWords.words), col(MentionWords.stems))
    asked = asked.outerjoin(MentionWords, col(MentionWords.id) == Mention.id)
    rows = session.execute(asked.order_by(col(Mention.id)), execution_options={"yield_per": 5_000})
    wrong = []
    for key, text, words, stems in rows:
        made = indexed(text)
        if (made.words, made.stems) != (words or "", stems or ""):
            wrong.append(key)
    return wrong


def index_is_sound(session: Session) -> bool:
    """Check whether SQLite's index holds just the words beside it; PostgreSQL answers for its own."""
    if not _is_sqlite(session):
        return True
    try:
        session.connection().exec_driver_sql(f"{_TELL_INDEX}, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def make_words_again(session: Session) -> None:
    """Put right the words of every post, and the index from them."""
    if _is_sqlite(session):
        session.connection().exec_driver_sql(f"{_TELL_INDEX}) VALUES ('rebuild')")
    write_words(session, wrong_words(session))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
