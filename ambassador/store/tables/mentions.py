"""What was said, its dated figures, which campaign it belongs to, and who is credited."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint, text
from sqlmodel import Field

from ambassador.store.tables.base import Key, Row, count_field, instant, key_field, points_at, state
from ambassador.values.status import Label, MentionKind, Verdict

SEARCH_INDEX = "mention_search"
"""Of words: a virtual table of SQLite with tables of its own, an index of PostgreSQL."""
_HAS_TOKEN = text("token <> ''")


class Mention(Row, table=True):
    """One post. The parent the source names and the one we infer are kept apart."""

    __table_args__ = (
        UniqueConstraint("platform", "post_id"),
        Index("uq_mention_token", "token", unique=True, sqlite_where=_HAS_TOKEN, postgresql_where=_HAS_TOKEN),
        Index("ix_mention_parent_post", "platform", "parent_post_id"),
        Index("ix_mention_root_post", "platform", "root_post_id"),
    )

    id: int | None = key_field()
    platform: str
    post_id: str
    token: str = ""
    """From the form it was typed in: a double click makes one row."""
    url: str = ""
    account_id: int = points_at("account.id")
    kind: MentionKind = state(MentionKind, MentionKind.ORIGINAL)
    posted_at: datetime = instant(index=True)
    text: str = ""
    topic: str = ""
    language: str = ""
    parent_post_id: str = ""
    """As the source names it, whether or not that post is here."""
    root_post_id: str = ""
    parent_author: str = ""
    parent_observed_id: int | None = points_at("mention.id", optional=True)
    parent_inferred_id: int | None = points_at("mention.id", optional=True)
    inferred_by: str = ""
    """How the inferred parent was found, e.g. ``platform hides it``."""
    supplied_by: str = ""
    """``ambassador`` where the figures were typed from what they told us."""
    deleted_at: datetime | None = instant(optional=True)
    """When the author took the post down, if we know."""
    archived_at: datetime | None = instant(optional=True)
    erased_at: datetime | None = instant(optional=True)
    batch_id: int | None = points_at("import_batch.id", optional=True)
    recorded_at: datetime = instant()


class MentionWords(Row, table=True):
    """The words of a post as a search finds them (``values.mentions.search_words``); made anew at any time.

    The index beside it (FTS5 of SQLite, GIN of PostgreSQL) follows every write to this table by itself, and
    a row goes with its post.
    """

    __tablename__ = "mention_words"

    id: int = Field(
        sa_column=Column(
            Key, ForeignKey("mention.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
    """That of the post."""
    words: str
    stems: str


class PostAlias(Row, table=True):
    """Another id of a post on its platform: its short code, its number, what its address calls it."""

    __tablename__ = "post_alias"
    __table_args__ = (UniqueConstraint("platform", "alias"),)

    id: int | None = key_field()
    mention_id: int = points_at("mention.id")
    platform: str
    alias: str
    batch_id: int | None = points_at("import_batch.id", optional=True)


class ParentCandidate(Row, table=True):
    """A possible parent of a post whose parent the source hides; without one, nobody known.

    The probabilities of a post sum to 1. Made anew from the posts and ties at any time.
    """

    __tablename__ = "parent_candidate"
    __table_args__ = (UniqueConstraint("mention_id", "candidate_id"),)

    id: int | None = key_field()
    mention_id: int = points_at("mention.id", index=False)
    candidate_id: int | None = points_at("mention.id", optional=True)
    probability: float
    method: str = ""
    version: int = 1


class MentionMetrics(Row, table=True):
    """A post's figures at one moment; next week's export adds a row."""

    __tablename__ = "mention_metrics"
    __table_args__ = (UniqueConstraint("mention_id", "read_at", "source"),)

    id: int | None = key_field()
    mention_id: int = points_at("mention.id", index=False)
    read_at: datetime = instant()
    source: str = ""
    likes: int | None = count_field()
    replies: int | None = count_field()
    reposts: int | None = count_field()
    quotes: int | None = count_field()
    saves: int | None = count_field()
    views: int | None = count_field()
    reach: int | None = count_field()
    batch_id: int | None = points_at("import_batch.id", optional=True)


class MentionLabel(Row, table=True):
    """A label by hand or from the file."""

    __tablename__ = "mention_label"
    __table_args__ = (UniqueConstraint("mention_id", "label"),)

    id: int | None = key_field()
    mention_id: int = points_at("mention.id", index=False)
    label: Label = state(Label)
    actor: str = ""
    labelled_at: datetime = instant()
    batch_id: int | None = points_at("import_batch.id", optional=True)


class MentionCampaign(Row, table=True):
    """Whether a mention belongs to a campaign, by which rule; a person's verdict wins."""

    __tablename__ = "mention_campaign"
    __table_args__ = (UniqueConstraint("mention_id", "campaign_id"),)

    id: int | None = key_field()
    mention_id: int = points_at("mention.id", index=False)
    campaign_id: int = points_at("campaign.id")
    verdict: Verdict = state(Verdict)
    rule: str = ""
    """Why: ``hashtag #q1brezza``, ``keyword q1``, ``author nina``, ``reply to a matched post``."""
    rule_version: int = 0
    by_hand: bool = False
    actor: str = ""
    decided_at: datetime = instant()


class Credit(Row, table=True):
    """A share of one mention in one campaign; the shares of a mention sum to 1.

    Without an ambassador the row is "unattributed".
    """

    __table_args__ = (Index("ix_credit_campaign_mention", "campaign_id", "mention_id"),)

    id: int | None = key_field()
    mention_id: int = points_at("mention.id")
    campaign_id: int = points_at("campaign.id", index=False)
    ambassador_id: int | None = points_at("ambassador.id", optional=True)
    device_id: int | None = points_at("device.id", optional=True)
    share: float
    method: str
    version: int = 1
