"""Keep the possible parents of posts whose parent the source hides.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table('parent_candidate',
    sa.Column('id', key, nullable=False),
    sa.Column('mention_id', key, nullable=False),
    sa.Column('candidate_id', key, nullable=True),
    sa.Column('probability', sa.Float(), nullable=False),
    sa.Column('method', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_parent_candidate_mention_id_mention')),
    sa.ForeignKeyConstraint(['candidate_id'], ['mention.id'], name=op.f('fk_parent_candidate_candidate_id_mention')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parent_candidate')),
    sa.UniqueConstraint('mention_id', 'candidate_id', name=op.f('uq_parent_candidate_mention_id_candidate_id'))
    )
    op.create_index('ix_parent_candidate_candidate_id', 'parent_candidate', ['candidate_id'])


def downgrade() -> None:
    """Go back."""
    op.drop_table('parent_candidate')
