"""Have possible parents, matches and credit worked out once more.

Databases that came from before 0003 had no possible parents until their next import. The mark is what an import
leaves that was cut off: the next page or command answers it.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_SETTINGS = sa.table('workspace_setting', sa.column('key', sa.String()), sa.column('value', sa.JSON()))
_MARK = 'stale:0005'


def upgrade() -> None:
    """Go forward."""
    connection = op.get_bind()
    if connection.execute(sa.text('SELECT 1 FROM mention LIMIT 1')).first() is not None:
        connection.execute(_SETTINGS.insert().values(key=_MARK, value=None))


def downgrade() -> None:
    """Go back."""
    op.get_bind().execute(_SETTINGS.delete().where(_SETTINGS.c.key == _MARK))
