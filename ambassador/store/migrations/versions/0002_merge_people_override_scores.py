"""Let people be merged, and scores be overridden.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from ambassador.store.tables.base import UTCDateTime

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table('person_merge',
    sa.Column('id', key, nullable=False),
    sa.Column('kept_id', key, nullable=False),
    sa.Column('merged_id', key, nullable=False),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.Column('merged_at', UTCDateTime(), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reverted_at', UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_merge_kept_id_person')),
    sa.ForeignKeyConstraint(['merged_id'], ['person.id'], name=op.f('fk_person_merge_merged_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge'))
    )
    op.create_index('ix_person_merge_kept_id', 'person_merge', ['kept_id'])
    stands = sa.text('reverted_at IS NULL')
    op.create_index('uq_person_merge_open', 'person_merge', ['merged_id'], unique=True,
                    sqlite_where=stands, postgresql_where=stands)
    op.add_column('person', sa.Column('score_by_hand', sa.Float(), nullable=True))
    op.add_column('person', sa.Column('score_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column('person', 'score_reason')
    op.drop_column('person', 'score_by_hand')
    op.drop_table('person_merge')
