"""Let people enter contests that a jury marks, and ask questions that somebody answers in public.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from ambassador.store.tables.base import UTCDateTime

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def _key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def _state(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade() -> None:
    """Go forward."""
    op.add_column('activation', sa.Column('jury_weight', sa.Integer(), nullable=True))
    op.create_table('entry_source',
    sa.Column('id', _key(), nullable=False),
    sa.Column('entry_id', _key(), nullable=False),
    sa.Column('account_id', _key(), nullable=True),
    sa.Column('mention_id', _key(), nullable=True),
    sa.Column('url', _TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['activation_entry.id'], name=op.f('fk_entry_source_entry_id_activation_entry')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_entry_source_account_id_account')),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_entry_source_mention_id_mention')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_source')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_entry_source_entry_id'))
    )
    op.create_index('ix_entry_source_account_id', 'entry_source', ['account_id'])
    op.create_index('ix_entry_source_mention_id', 'entry_source', ['mention_id'])
    op.create_table('jury_mark',
    sa.Column('id', _key(), nullable=False),
    sa.Column('entry_id', _key(), nullable=False),
    sa.Column('juror', _TEXT(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('marked_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['activation_entry.id'], name=op.f('fk_jury_mark_entry_id_activation_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jury_mark')),
    sa.UniqueConstraint('entry_id', 'juror', name=op.f('uq_jury_mark_entry_id_juror'))
    )
    op.create_table('law_note',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('key', _TEXT(), nullable=False),
    sa.Column('text', _TEXT(), nullable=False),
    sa.Column('state', _state('to_do', 'seen_to', 'passed_over', name='pointstate'), nullable=False),
    sa.Column('reason', _TEXT(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('noted_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_law_note_activation_id_activation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_law_note')),
    sa.UniqueConstraint('activation_id', 'key', name=op.f('uq_law_note_activation_id_key'))
    )
    op.create_table('live_question',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('text', _TEXT(), nullable=False),
    sa.Column('platform', _TEXT(), nullable=False),
    sa.Column('asker', _TEXT(), nullable=False),
    sa.Column('account_id', _key(), nullable=True),
    sa.Column('mention_id', _key(), nullable=True),
    sa.Column('asked_at', UTCDateTime(), nullable=True),
    sa.Column('status', _state('to_moderate', 'taken_in', 'turned_down', name='questionstatus'), nullable=False),
    sa.Column('reason', _TEXT(), nullable=False),
    sa.Column('merged_into_id', _key(), nullable=True),
    sa.Column('answer', _TEXT(), nullable=False),
    sa.Column('answered_by', _TEXT(), nullable=False),
    sa.Column('answered_at', UTCDateTime(), nullable=True),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_live_question_activation_id_activation')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_live_question_account_id_account')),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_live_question_mention_id_mention')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['live_question.id'], name=op.f('fk_live_question_merged_into_id_live_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_live_question'))
    )
    op.create_index('ix_live_question_activation_status', 'live_question', ['activation_id', 'status'])
    op.create_index('ix_live_question_account_id', 'live_question', ['account_id'])
    op.create_index('ix_live_question_mention_id', 'live_question', ['mention_id'])
    op.create_index('ix_live_question_merged_into_id', 'live_question', ['merged_into_id'])


def downgrade() -> None:
    """Go back."""
    for name in ('live_question', 'law_note', 'jury_mark', 'entry_source'):
        op.drop_table(name)
    op.drop_column('activation', 'jury_weight')
