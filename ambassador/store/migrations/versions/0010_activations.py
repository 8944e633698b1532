"""Keep what is started together with people: activations, their ideas or options, and ballots.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from ambassador.store.tables.base import UTCDateTime

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def _key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def _state(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade() -> None:
    """Go forward."""
    op.create_table('activation',
    sa.Column('id', _key(), nullable=False),
    sa.Column('campaign_id', _key(), nullable=True),
    sa.Column('kind', _state('ideas', 'poll', name='activationkind'), nullable=False),
    sa.Column('title', _TEXT(), nullable=False),
    sa.Column('status', _state('draft', 'open', 'closed', 'announced', name='activationstatus'), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('time_zone', _TEXT(), nullable=False),
    sa.Column('currency', _TEXT(length=3), nullable=False),
    sa.Column('budget_minor', sa.BigInteger(), nullable=True),
    sa.Column('cost_minor', sa.BigInteger(), nullable=True),
    sa.Column('most_choices', sa.Integer(), nullable=True),
    sa.Column('rules', _TEXT(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('opened_at', UTCDateTime(), nullable=True),
    sa.Column('closed_at', UTCDateTime(), nullable=True),
    sa.Column('announced_at', UTCDateTime(), nullable=True),
    sa.Column('archived_at', UTCDateTime(), nullable=True),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_activation_campaign_id_campaign')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activation')),
    sa.UniqueConstraint('title', name=op.f('uq_activation_title'))
    )
    op.create_index('ix_activation_campaign_id', 'activation', ['campaign_id'])
    op.create_table('activation_entry',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('key', _TEXT(), nullable=False),
    sa.Column('title', _TEXT(), nullable=False),
    sa.Column('about', _TEXT(), nullable=False),
    sa.Column('cost_minor', sa.BigInteger(), nullable=True),
    sa.Column('proposed_by', _TEXT(), nullable=False),
    sa.Column('status', _state('proposed', 'in_work', 'built', 'not_built', name='entrystatus'), nullable=False),
    sa.Column('withdrawn_at', UTCDateTime(), nullable=True),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_activation_entry_activation_id_activation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activation_entry')),
    sa.UniqueConstraint('activation_id', 'key', name=op.f('uq_activation_entry_activation_id_key'))
    )
    op.create_table('ballot_file',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('file_name', _TEXT(), nullable=False),
    sa.Column('sha256', _TEXT(), nullable=False),
    sa.Column('ballots', sa.Integer(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('added_at', UTCDateTime(), nullable=False),
    sa.Column('taken_out_at', UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_ballot_file_activation_id_activation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot_file'))
    )
    op.create_index('ix_ballot_file_activation_id', 'ballot_file', ['activation_id'])
    op.create_table('ballot',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('file_id', _key(), nullable=True),
    sa.Column('account_id', _key(), nullable=True),
    sa.Column('platform', _TEXT(), nullable=False),
    sa.Column('voter', _TEXT(), nullable=False),
    sa.Column('voted_at', UTCDateTime(), nullable=True),
    sa.Column('account_since', UTCDateTime(), nullable=True),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_ballot_activation_id_activation')),
    sa.ForeignKeyConstraint(['file_id'], ['ballot_file.id'], name=op.f('fk_ballot_file_id_ballot_file')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ballot_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot'))
    )
    op.create_index('ix_ballot_activation_voter', 'ballot', ['activation_id', 'voter'])
    op.create_index('ix_ballot_file_id', 'ballot', ['file_id'])
    op.create_index('ix_ballot_account_id', 'ballot', ['account_id'])
    op.create_table('ballot_choice',
    sa.Column('id', _key(), nullable=False),
    sa.Column('ballot_id', _key(), nullable=False),
    sa.Column('entry_id', _key(), nullable=False),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_ballot_choice_ballot_id_ballot')),
    sa.ForeignKeyConstraint(['entry_id'], ['activation_entry.id'], name=op.f('fk_ballot_choice_entry_id_activation_entry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot_choice')),
    sa.UniqueConstraint('ballot_id', 'entry_id', name=op.f('uq_ballot_choice_ballot_id_entry_id'))
    )
    op.create_index('ix_ballot_choice_entry_id', 'ballot_choice', ['entry_id'])


def downgrade() -> None:
    """Go back."""
    for name in ('ballot_choice', 'ballot', 'ballot_file', 'activation_entry', 'activation'):
        op.drop_table(name)
