"""Keep moments on air, votes counted from replies, labels of tone, and incidents of perimeters.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from ambassador.store.tables.base import UTCDateTime

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

_ONE_OWNER = '(perimeter_id IS NULL) <> (campaign_id IS NULL)'
_TEXT = sqlmodel.sql.sqltypes.AutoString


def _key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def _state(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade() -> None:
    """Go forward."""
    _activations()
    _tone()
    _incidents()


def _activations() -> None:
    """Make the tables of moments and of votes counted from replies."""
    op.create_table('moment',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('account_id', _key(), nullable=True),
    sa.Column('medium', _state('television', 'radio', 'blog', 'shop', name='momentmedium'), nullable=False),
    sa.Column('place', _TEXT(), nullable=False),
    sa.Column('begins_at', UTCDateTime(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('audience', sa.BigInteger(), nullable=True),
    sa.Column('expected', sa.BigInteger(), nullable=True),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('noted_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_moment_activation_id_activation')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_moment_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moment')),
    sa.UniqueConstraint('activation_id', name=op.f('uq_moment_activation_id'))
    )
    op.create_index('ix_moment_account_id', 'moment', ['account_id'])
    op.create_table('poll_post',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('mention_id', _key(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('noted_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_poll_post_activation_id_activation')),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_poll_post_mention_id_mention')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poll_post')),
    sa.UniqueConstraint('activation_id', name=op.f('uq_poll_post_activation_id'))
    )
    op.create_index('ix_poll_post_mention_id', 'poll_post', ['mention_id'])
    op.create_table('reply_vote',
    sa.Column('id', _key(), nullable=False),
    sa.Column('activation_id', _key(), nullable=False),
    sa.Column('mention_id', _key(), nullable=False),
    sa.Column('ballot_id', _key(), nullable=True),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('decided_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activation_id'], ['activation.id'], name=op.f('fk_reply_vote_activation_id_activation')),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_reply_vote_mention_id_mention')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_reply_vote_ballot_id_ballot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_vote')),
    sa.UniqueConstraint('activation_id', 'mention_id', name=op.f('uq_reply_vote_activation_id_mention_id'))
    )
    op.create_index('ix_reply_vote_mention_id', 'reply_vote', ['mention_id'])
    op.create_index('ix_reply_vote_ballot_id', 'reply_vote', ['ballot_id'])


def _tone() -> None:
    """Make the table of what people say of the tone of posts."""
    op.create_table('tone_label',
    sa.Column('id', _key(), nullable=False),
    sa.Column('mention_id', _key(), nullable=False),
    sa.Column('tone', _state('negative', 'neutral', 'positive', 'cannot_tell', name='tone'), nullable=True),
    sa.Column('drawn', _state('chosen', 'random', 'file', name='drawn'), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('labelled_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_tone_label_mention_id_mention')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tone_label'))
    )
    op.create_index('ix_tone_label_mention_id', 'tone_label', ['mention_id'])


def _incidents() -> None:
    """Make the tables of what departs from the past of a perimeter."""
    op.create_table('incident_watch',
    sa.Column('id', _key(), nullable=False),
    sa.Column('perimeter_id', _key(), nullable=True),
    sa.Column('campaign_id', _key(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kinds', sa.JSON(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint(_ONE_OWNER, name=op.f('ck_incident_watch_one_owner')),
    sa.ForeignKeyConstraint(['perimeter_id'], ['perimeter.id'], name=op.f('fk_incident_watch_perimeter_id_perimeter')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_incident_watch_campaign_id_campaign')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_watch')),
    sa.UniqueConstraint('perimeter_id', 'version', name=op.f('uq_incident_watch_perimeter_id_version')),
    sa.UniqueConstraint('campaign_id', 'version', name=op.f('uq_incident_watch_campaign_id_version'))
    )
    op.create_table('incident',
    sa.Column('id', _key(), nullable=False),
    sa.Column('perimeter_id', _key(), nullable=True),
    sa.Column('campaign_id', _key(), nullable=True),
    sa.Column('kind', _state('spike', 'complaints', 'silence', name='incidentkind'), nullable=False),
    sa.Column('status', _state('open', 'closed', 'dismissed', name='incidentstatus'), nullable=False),
    sa.Column('root_id', _key(), nullable=True),
    sa.Column('started_at', UTCDateTime(), nullable=False),
    sa.Column('noticed_at', UTCDateTime(), nullable=False),
    sa.Column('last_at', UTCDateTime(), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.Column('usual', sa.Float(), nullable=False),
    sa.Column('stands', sa.Boolean(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('reason', _TEXT(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.CheckConstraint(_ONE_OWNER, name=op.f('ck_incident_one_owner')),
    sa.ForeignKeyConstraint(['perimeter_id'], ['perimeter.id'], name=op.f('fk_incident_perimeter_id_perimeter')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_incident_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['root_id'], ['mention.id'], name=op.f('fk_incident_root_id_mention'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    for column in ('perimeter_id', 'campaign_id', 'root_id', 'last_at'):
        op.create_index(f'ix_incident_{column}', 'incident', [column])
    op.create_table('incident_event',
    sa.Column('id', _key(), nullable=False),
    sa.Column('incident_id', _key(), nullable=False),
    sa.Column('kind', _state('opened', 'joined', 'calm', 'again', 'fell_away', 'closed', 'dismissed', 'reopened', name='incidenteventkind'), nullable=False),
    sa.Column('happened_at', UTCDateTime(), nullable=False),
    sa.Column('text', _TEXT(), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=True),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_event_incident_id_incident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_event'))
    )
    op.create_index('ix_incident_event_incident_id', 'incident_event', ['incident_id'])


def downgrade() -> None:
    """Go back."""
    for name in ('incident_event', 'incident', 'incident_watch'):
        op.drop_table(name)
    op.drop_table('tone_label')
    for name in ('reply_vote', 'poll_post', 'moment'):
        op.drop_table(name)
