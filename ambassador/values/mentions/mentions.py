"""Mentions as the pages and the shell see them: why each belongs, what it says, who answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ambassador.values.drafts import MetricsDraft
from ambassador.values.imports.imports import Note
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.status import Label, MentionKind, Verdict

SUPPLIED_BY_AMBASSADOR = "ambassador"
"""Figures typed from what an ambassador told us, not read from the platform."""
BY_HAND = "by hand"
"""Source of a typed figure, and the name of a match a person made."""


class MatchEvidence(StrEnum):
    """What ties a mention to a campaign."""

    HASHTAG = "hashtag"
    KEYWORD = "keyword"
    AUTHOR = "author"
    ANSWER = "answer"
    """A reply, quote, repost or comment of a post that belongs."""
    BY_HAND = "by hand"
    KEPT = "kept"
    """It stood when the words it rested on were erased."""


class Doubt(StrEnum):
    """Why a person should look before it counts."""

    WEAK_KEYWORD = "one ordinary word"
    EXCLUDE_WORD = "exclude-word"
    OUTSIDE_DATES = "outside the dates"
    DOUBTFUL_PARENT = "answers a doubtful post"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a mention belongs, and why that may be wrong; kept as one readable line.

    >>> str(Reason(MatchEvidence.KEYWORD, "q1", Doubt.EXCLUDE_WORD, "results"))
    'keyword q1 | exclude-word: results'
    >>> Reason.parse("hashtag #q1brezza")
    Reason(evidence=<MatchEvidence.HASHTAG: 'hashtag'>, found='#q1brezza', doubt=None, doubt_about='')
    """

    evidence: MatchEvidence
    found: str = ""
    doubt: Doubt | None = None
    doubt_about: str = ""

    def __str__(self) -> str:
        sure = f"{self.evidence.value} {self.found}".rstrip()
        if self.doubt is None:
            return sure
        return f"{sure} | {self.doubt.value}" + (f": {self.doubt_about}" if self.doubt_about else "")

    @classmethod
    def parse(cls, line: str) -> "Reason":
        """Read back what ``str`` wrote; a line written otherwise counts as made by hand."""
        sure, _, doubtful = line.partition(" | ")
        evidence = next(
            (known for known in MatchEvidence if sure.startswith(known.value)), MatchEvidence.BY_HAND
        )
        doubt = next((known for known in Doubt if doubtful.startswith(known.value)), None)
        about = doubtful[len(doubt.value) :].removeprefix(": ") if doubt else ""
        return cls(evidence, sure.removeprefix(evidence.value).strip(), doubt, about)


@dataclass(frozen=True, slots=True)
class CampaignMatch:
    """One mention in one campaign: the verdict and the reason for it."""

    campaign_id: int
    campaign: str
    verdict: Verdict
    reason: Reason
    by_hand: bool = False
    actor: str = ""


@dataclass(frozen=True, slots=True)
class PossibleParent:
    """One post a mention may have been taken from; nobody known where ``mention_id`` is None."""

    mention_id: int | None
    handle: str
    probability: float
    method: str
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One post with its author, its parent, its campaigns, its labels and its latest figures."""

    id: int
    platform: str
    post_id: str
    url: str
    kind: MentionKind
    posted_at: datetime
    handle: str
    text: str
    account_id: int
    person_id: int | None = None
    is_brand: bool = False
    topic: str = ""
    parent_id: int | None = None
    parent_handle: str = ""
    parent_is_inferred: bool = False
    """The source names only the start of the cascade: the true parent is not known."""
    possible_parents: tuple[PossibleParent, ...] = ()
    """The likeliest first; they sum to 1. Empty where the parent was seen, or nothing is known."""
    campaigns: tuple[CampaignMatch, ...] = ()
    labels: tuple[Label, ...] = ()
    figures: MetricsDraft = field(default_factory=MetricsDraft)
    figures_read_at: datetime | None = None
    figures_supplied_by: str = ""
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MentionFilter:
    """Which mentions are wanted; without a campaign, all of them."""

    campaign_id: int | None = None
    verdict: Verdict | None = None
    """Within the campaign, or in any; None with a campaign means those that belong (matched)."""
    ambassador_id: int | None = None
    """Credited to them, wholly or in part."""
    mention_id: int | None = None
    """Exactly this one."""
    kinds: tuple[MentionKind, ...] = ()
    labels: tuple[Label, ...] = ()
    platform: str = ""
    search: str = ""
    """Words, "phrases", #tags, @accounts and minus-words: ``values.mentions.search`` reads them."""
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 200
    offset: int = 0
    perimeter: PerimeterRule | None = None
    """Only what this rule holds; a campaign's perimeter is asked for by ``campaign_id``."""


@dataclass(frozen=True, slots=True)
class MentionFigures:
    """The first row of the page: totals over everything the filter finds, not only the page shown."""

    mentions: int
    people: int
    complaints: int
    labelled: int
    """With any label; 0 means that nobody has looked yet, so a share of complaints is not known."""
    to_review: int
    views: int | None = None
    engagements: int | None = None

    @property
    def complaint_share(self) -> float | None:
        """Complaints among mentions, or None while no mention carries a label."""
        return self.complaints / self.mentions if self.mentions and self.labelled else None


@dataclass(frozen=True, slots=True)
class TimeCount:
    """How many mentions of one kind in one hour or day; ``at`` is its beginning, in the campaign's zone."""

    at: datetime
    kind: MentionKind
    count: int


@dataclass(frozen=True, slots=True)
class MentionsView:
    """What the Mentions page draws."""

    figures: MentionFigures
    rows: tuple[MentionRow, ...]
    found: int
    """How many the filter finds; ``rows`` holds at most ``filter.limit`` of them."""
    timeline: tuple[TimeCount, ...] = ()
    by_hour: bool = False
    zone: str = "UTC"


MOST_COUNTED = 10_000
"""How far the answer to a search counts."""


@dataclass(frozen=True, slots=True)
class FoundMentions:
    """What a list shows: the newest posts that a filter finds."""

    rows: tuple[MentionRow, ...]
    found: int
    """How many there are; counted up to ``MOST_COUNTED``."""
    has_more: bool = False
    """There are more than were counted."""
    hint: Note | None = None
    """What would find more: that a word typed is the handle of an account, say."""


@dataclass(frozen=True, slots=True)
class PastedMention:
    """A mention typed by hand: a link, or a story without one."""

    link: str = ""
    platform: str = ""
    handle: str = ""
    posted_at: datetime | None = None
    """None: now."""
    kind: MentionKind | None = None
    """None: a story without a link, an original post with one."""
    text: str = ""
    parent_link: str = ""
    campaign_id: int | None = None
    figures: MetricsDraft = field(default_factory=MetricsDraft)
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignMatchCount:
    """What one run of one campaign's rules found."""

    campaign_id: int
    campaign: str
    rule_version: int
    matched: int
    review: int
    by_hand: int
    """Verdicts of people, left as they are."""
    changed: int
    """Rows this run added, altered or took away; 0 when run twice."""


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What matching did, campaign by campaign."""

    campaigns: tuple[CampaignMatchCount, ...] = ()

    @property
    def changed(self) -> int:
        """Rows altered in all."""
        return sum(campaign.changed for campaign in self.campaigns)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A complaint or a question nobody of ours has answered yet."""

    mention_id: int
    handle: str
    label: Label
    posted_at: datetime
    text: str
    waiting_hours: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class CareFigures:
    """How fast we answer; None where too few are answered to know."""

    asked: int
    answered: int
    median_hours: float | None
    """By Kaplan-Meier: those still waiting count as "longer than so far"."""
    ninetieth_hours: float | None
    slowest_hours: float | None = None
    """The longest wait among those answered."""
    open_questions: tuple[OpenQuestion, ...] = ()
    brand_accounts: int = 0
    """0: no account is marked as ours, so no answer can be recognised."""
    by_label: Mapping[str, int] = field(default_factory=dict)
