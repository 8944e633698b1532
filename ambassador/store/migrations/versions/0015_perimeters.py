"""Keep perimeters: what is watched among all mentions, and views of the list that somebody kept.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from ambassador.store.tables.base import UTCDateTime

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def _key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def _state(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade() -> None:
    """Go forward."""
    op.create_table('perimeter',
    sa.Column('id', _key(), nullable=False),
    sa.Column('name', _TEXT(), nullable=False),
    sa.Column('kind', _state('brand', 'product', 'competitor', 'campaign', name='perimeterkind'), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('archived_at', UTCDateTime(), nullable=True),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_perimeter')),
    sa.UniqueConstraint('name', name=op.f('uq_perimeter_name'))
    )
    op.create_table('perimeter_rule',
    sa.Column('id', _key(), nullable=False),
    sa.Column('perimeter_id', _key(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('keywords', sa.JSON(), nullable=False),
    sa.Column('hashtags', sa.JSON(), nullable=False),
    sa.Column('authors', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('exclude_words', sa.JSON(), nullable=False),
    sa.Column('everything', sa.Boolean(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['perimeter_id'], ['perimeter.id'], name=op.f('fk_perimeter_rule_perimeter_id_perimeter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_perimeter_rule')),
    sa.UniqueConstraint('perimeter_id', 'version', name=op.f('uq_perimeter_rule_perimeter_id_version'))
    )
    op.create_table('saved_view',
    sa.Column('id', _key(), nullable=False),
    sa.Column('name', _TEXT(), nullable=False),
    sa.Column('perimeter_id', _key(), nullable=True),
    sa.Column('campaign_id', _key(), nullable=True),
    sa.Column('label', _state('complaint', 'question', 'praise', name='label'), nullable=True),
    sa.Column('search', _TEXT(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['perimeter_id'], ['perimeter.id'], name=op.f('fk_saved_view_perimeter_id_perimeter')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_saved_view_campaign_id_campaign')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('name', name=op.f('uq_saved_view_name'))
    )
    op.create_index('ix_saved_view_perimeter_id', 'saved_view', ['perimeter_id'])
    op.create_index('ix_saved_view_campaign_id', 'saved_view', ['campaign_id'])


def downgrade() -> None:
    """Go back."""
    for name in ('saved_view', 'perimeter_rule', 'perimeter'):
        op.drop_table(name)
