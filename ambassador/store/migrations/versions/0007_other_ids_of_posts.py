"""Keep the other ids of a post: short code, number and address of one post are one mention.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    op.create_table('post_alias',
    sa.Column('id', key, nullable=False),
    sa.Column('mention_id', key, nullable=False),
    sa.Column('platform', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('alias', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('batch_id', key, nullable=True),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_post_alias_mention_id_mention')),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_post_alias_batch_id_import_batch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post_alias')),
    sa.UniqueConstraint('platform', 'alias', name=op.f('uq_post_alias_platform_alias'))
    )
    op.create_index('ix_post_alias_mention_id', 'post_alias', ['mention_id'])
    op.create_index('ix_post_alias_batch_id', 'post_alias', ['batch_id'])


def downgrade() -> None:
    """Go back."""
    op.drop_table('post_alias')
