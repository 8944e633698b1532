"""Keep moments on air, polls answered under posts, replies counted as votes, and labels of tone.

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

_TEXT = sqlmodel.sql.sqltypes.AutoString


def _key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def _state(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade() -> None:
    """Go forward."""
    _activations()
    _tone()


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


def downgrade() -> None:
    """Go back."""
    op.drop_table('tone_label')
    for name in ('reply_vote', 'poll_post', 'moment'):
        op.drop_table(name)
