"""Keep the cases of customers, what happened to them, when somebody is there, and what is promised.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from ambassador.store.tables.base import UTCDateTime

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_KINDS = ('complaint', 'question', 'praise', 'crisis')
_PRIORITIES = ('high', 'normal', 'low')


def _key() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def _state(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def upgrade() -> None:
    """Go forward."""
    op.create_table('care_case',
    sa.Column('id', _key(), nullable=False),
    sa.Column('kind', _state(*_KINDS, name='casekind'), nullable=False),
    sa.Column('status', _state('new', 'open', 'waiting', 'solved', 'reopened', name='casestatus'), nullable=False),
    sa.Column('priority', _state(*_PRIORITIES, name='casepriority'), nullable=False),
    sa.Column('channel', _state('post', 'message', 'call', 'email', name='casechannel'), nullable=False),
    sa.Column('is_private', sa.Boolean(), nullable=False),
    sa.Column('subject', _TEXT(), nullable=False),
    sa.Column('customer', _TEXT(), nullable=False),
    sa.Column('contact', _TEXT(), nullable=False),
    sa.Column('account_id', _key(), nullable=True),
    sa.Column('campaign_id', _key(), nullable=True),
    sa.Column('owner', _TEXT(), nullable=False),
    sa.Column('opened_at', UTCDateTime(), nullable=False),
    sa.Column('first_answer_at', UTCDateTime(), nullable=True),
    sa.Column('waiting_since', UTCDateTime(), nullable=True),
    sa.Column('solved_at', UTCDateTime(), nullable=True),
    sa.Column('due_at', UTCDateTime(), nullable=True),
    sa.Column('due_clock', _state('first', 'next', 'solution', name='promiseclock'), nullable=True),
    sa.Column('merged_into_id', _key(), nullable=True),
    sa.Column('satisfaction', sa.Integer(), nullable=True),
    sa.Column('satisfaction_note', _TEXT(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_care_case_account_id_account')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_care_case_campaign_id_campaign')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['care_case.id'], name=op.f('fk_care_case_merged_into_id_care_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_case'))
    )
    op.create_index('ix_care_case_status_due', 'care_case', ['status', 'due_at'])
    op.create_index('ix_care_case_account_id', 'care_case', ['account_id'])
    op.create_index('ix_care_case_campaign_id', 'care_case', ['campaign_id'])
    op.create_index('ix_care_case_merged_into_id', 'care_case', ['merged_into_id'])
    op.create_index('ix_care_case_opened_at', 'care_case', ['opened_at'])
    op.create_table('care_event',
    sa.Column('id', _key(), nullable=False),
    sa.Column('case_id', _key(), nullable=False),
    sa.Column('kind', _state('asked', 'answered', 'waited', 'resumed', 'solved', 'reopened', 'note', 'merged',
                             'split', 'linked', name='caseeventkind'), nullable=False),
    sa.Column('happened_at', UTCDateTime(), nullable=False),
    sa.Column('text', _TEXT(), nullable=False),
    sa.Column('mention_id', _key(), nullable=True),
    sa.Column('other_case_id', _key(), nullable=True),
    sa.Column('from_case_id', _key(), nullable=True),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['care_case.id'], name=op.f('fk_care_event_case_id_care_case')),
    sa.ForeignKeyConstraint(['mention_id'], ['mention.id'], name=op.f('fk_care_event_mention_id_mention')),
    sa.ForeignKeyConstraint(['other_case_id'], ['care_case.id'], name=op.f('fk_care_event_other_case_id_care_case')),
    sa.ForeignKeyConstraint(['from_case_id'], ['care_case.id'], name=op.f('fk_care_event_from_case_id_care_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_event')),
    sa.UniqueConstraint('case_id', 'mention_id', name=op.f('uq_care_event_case_id_mention_id'))
    )
    op.create_index('ix_care_event_case_happened', 'care_event', ['case_id', 'happened_at'])
    op.create_index('ix_care_event_mention_id', 'care_event', ['mention_id'])
    op.create_index('ix_care_event_other_case_id', 'care_event', ['other_case_id'])
    op.create_table('care_link',
    sa.Column('id', _key(), nullable=False),
    sa.Column('case_id', _key(), nullable=False),
    sa.Column('other_case_id', _key(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['care_case.id'], name=op.f('fk_care_link_case_id_care_case')),
    sa.ForeignKeyConstraint(['other_case_id'], ['care_case.id'], name=op.f('fk_care_link_other_case_id_care_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_link')),
    sa.UniqueConstraint('case_id', 'other_case_id', name=op.f('uq_care_link_case_id_other_case_id'))
    )
    op.create_index('ix_care_link_other_case_id', 'care_link', ['other_case_id'])
    op.create_table('opening_period',
    sa.Column('id', _key(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('opens_minute', sa.Integer(), nullable=False),
    sa.Column('closes_minute', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_period')),
    sa.UniqueConstraint('weekday', 'opens_minute', name=op.f('uq_opening_period_weekday_opens_minute'))
    )
    op.create_table('closed_day',
    sa.Column('id', _key(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', _TEXT(), nullable=False),
    sa.Column('country', _TEXT(length=2), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closed_day')),
    sa.UniqueConstraint('day', 'country', name=op.f('uq_closed_day_day_country'))
    )
    op.create_table('care_promise',
    sa.Column('id', _key(), nullable=False),
    sa.Column('kind', _state(*_KINDS, name='casekind'), nullable=True),
    sa.Column('priority', _state(*_PRIORITIES, name='casepriority'), nullable=True),
    sa.Column('first_minutes', sa.Integer(), nullable=True),
    sa.Column('next_minutes', sa.Integer(), nullable=True),
    sa.Column('solution_minutes', sa.Integer(), nullable=True),
    sa.Column('in_opening_hours', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_promise'))
    )
    op.create_table('canned_answer',
    sa.Column('id', _key(), nullable=False),
    sa.Column('title', _TEXT(), nullable=False),
    sa.Column('language', _TEXT(), nullable=False),
    sa.Column('text', _TEXT(), nullable=False),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_canned_answer')),
    sa.UniqueConstraint('title', 'language', name=op.f('uq_canned_answer_title_language'))
    )


def downgrade() -> None:
    """Go back."""
    for name in ('canned_answer', 'care_promise', 'closed_day', 'opening_period', 'care_link', 'care_event',
                 'care_case'):
        op.drop_table(name)
