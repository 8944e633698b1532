"""Let a campaign say what each of its people costs beside the fee.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_COLUMNS = (
    ('device_costing', sa.String(length=32)),
    ('device_cost_minor', sa.BigInteger()),
    ('resale_minor', sa.BigInteger()),
    ('use_months', sa.Integer()),
    ('loan_days', sa.Integer()),
    ('shipping_minor', sa.BigInteger()),
    ('shipping_by_country', sa.JSON()),
    ('other_cost_minor', sa.BigInteger()),
)


def upgrade() -> None:
    """Go forward."""
    for name, kind in _COLUMNS:
        op.add_column('campaign', sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Go back."""
    for name, _ in reversed(_COLUMNS):
        op.drop_column('campaign', name)
