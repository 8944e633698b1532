"""Index the words of posts: FTS5 on SQLite, a GIN index on PostgreSQL, both on the words made in Python.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from ambassador.values.mentions.search_words import indexed

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

_AT_ONCE = 5_000
_TEXT = sqlmodel.sql.sqltypes.AutoString
_STEMS = "array_to_tsvector(string_to_array(btrim(stems), ' '))"
# the words are made already: what stands between blanks is one of them
_FTS = """CREATE VIRTUAL TABLE mention_search USING fts5(
    stems, content='mention_words', content_rowid='id', detail=none, columnsize=0,
    tokenize="ascii tokenchars '#@_.-'"
)"""
_PUT = "INSERT INTO mention_search (rowid, stems) VALUES (new.id, new.stems);"
# FTS5 takes a row out by the words it was put in with (sqlite.org/fts5.html, "External Content Tables")
_TAKE = "INSERT INTO mention_search (mention_search, rowid, stems) VALUES ('delete', old.id, old.stems);"
_TRIGGERS = {'insert': _PUT, 'delete': _TAKE, 'update': f'{_TAKE} {_PUT}'}


def _key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    """Go forward."""
    op.create_table('mention_words',
    sa.Column('id', _key(), autoincrement=False, nullable=False),
    sa.Column('words', _TEXT(), nullable=False),
    sa.Column('stems', _TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['mention.id'], name=op.f('fk_mention_words_id_mention'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mention_words'))
    )
    _fill(op.get_bind())
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(_FTS)
        op.execute("INSERT INTO mention_search (mention_search) VALUES ('rebuild')")
        for what, then in _TRIGGERS.items():
            op.execute(f'CREATE TRIGGER mention_words_{what} AFTER {what.upper()} ON mention_words BEGIN {then} END')
    else:
        op.execute(f'CREATE INDEX mention_search ON mention_words USING gin (({_STEMS}))')


def _fill(connection: sa.Connection) -> None:
    """Make the words of every post that is here."""
    read = sa.text("SELECT id, text FROM mention WHERE id > :last AND text <> '' ORDER BY id LIMIT :most")
    put = sa.text("INSERT INTO mention_words (id, words, stems) VALUES (:id, :words, :stems)")
    last = 0
    while rows := connection.execute(read, {'last': last, 'most': _AT_ONCE}).all():
        made = ((key, indexed(said)) for key, said in rows)
        found = [{'id': key, 'words': one.words, 'stems': one.stems} for key, one in made if one.words]
        if found:
            connection.execute(put, found)
        last = rows[-1][0]


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE mention_search')
    op.drop_table('mention_words')
