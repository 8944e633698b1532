"""Keep when a campaign was launched and closed.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op
from ambassador.store.tables.base import UTCDateTime

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column('campaign', sa.Column('launched_at', UTCDateTime(), nullable=True))
    op.add_column('campaign', sa.Column('closed_at', UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column('campaign', 'closed_at')
    op.drop_column('campaign', 'launched_at')
