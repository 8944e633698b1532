"""Keep what is followed live: how far it was read, and what the last run brought.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from ambassador.store.tables.base import UTCDateTime

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    """Go forward."""
    op.create_table('watch',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source', _TEXT(), nullable=False),
    sa.Column('what', _TEXT(), nullable=False),
    sa.Column('target', _TEXT(), nullable=False),
    sa.Column('server', _TEXT(), nullable=False),
    sa.Column('every_minutes', sa.Integer(), nullable=False),
    sa.Column('cursor', sa.JSON(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.Column('runs', sa.Integer(), nullable=False),
    sa.Column('began_at', UTCDateTime(), nullable=True),
    sa.Column('ended_at', UTCDateTime(), nullable=True),
    sa.Column('next_at', UTCDateTime(), nullable=True),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('updated', sa.Integer(), nullable=False),
    sa.Column('known', sa.Integer(), nullable=False),
    sa.Column('merged', sa.Integer(), nullable=False),
    sa.Column('left_out', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('refusals', sa.JSON(), nullable=False),
    sa.Column('failure', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch')),
    sa.UniqueConstraint('source', 'what', 'target', 'server', name=op.f('uq_watch_source_what_target_server'))
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table('watch')
