"""Keep the minutes of work that answers to customers took.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column('care_event', sa.Column('minutes', sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go back."""
    op.drop_column('care_event', 'minutes')
