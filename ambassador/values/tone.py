"""The tone of posts: what people say it is, the order of reading learned from that, and topics."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.mentions.mentions import MentionRow

LABELS_TO_CHECK: Final = 50
"""Labels before it is said what reading the first fifth finds, ..."""
OF_EACH_TO_CHECK: Final = 10
"""... among them so many negative and so many other ones."""
LABELS_FOR_CHANCE: Final = 200
"""Labels before a probability is shown (measured: below, it is off by more than it says), ..."""
RANDOM_FOR_CHANCE: Final = 50
"""... so many of them of posts drawn at random: the first of a list are not like the rest."""
NEGATIVE_FOR_CHANCE: Final = 5
"""... and so many of these negative: of fewer nobody can say how many there are among the rest."""
MOST_LEARNED: Final = 2_000
"""The labels given last that are learned from: beyond, little is gained, and each one costs."""
MOST_ORDERED: Final = 10_000
"""The newest posts that are put in order of reading."""
UNSURE: Final = (0.4, 0.6)
"""Between these probabilities a post is said to be one that cannot be told."""


class Tone(StrEnum):
    """What a post sounds like to a person."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    CANNOT_TELL = "cannot_tell"


class Drawn(StrEnum):
    """How a post came to be labelled."""

    CHOSEN = "chosen"
    """By a person, or because it came first in the order of reading."""
    RANDOM = "random"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class ToneSaid:
    """One thing somebody said of the tone of a post; None: that their label is taken off."""

    tone: Tone | None
    drawn: Drawn
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToneRow:
    """A post in the order of reading."""

    place: int
    """1: the likeliest complaint."""
    mention: MentionRow
    tone: Tone | None = None
    """What a person says, which wins."""
    by_care: bool = False
    """From a label or case of customer care, where these count."""
    chance: float | None = None
    """Of being negative; None until there are labels enough, and where a person has spoken."""

    @property
    def cannot_tell(self) -> bool:
        """Whether the machine does not know: the probability lies in the middle."""
        return self.chance is not None and UNSURE[0] <= self.chance <= UNSURE[1]


@dataclass(frozen=True, slots=True)
class ToneOrder:
    """The likeliest complaints first."""

    rows: tuple[ToneRow, ...]
    ordered: int
    """How many posts were put in order."""
    found: int
    """How many there are, counted up to ``MOST_COUNTED``; those beyond ``MOST_ORDERED`` are older."""
    labels: int
    """How many labels the order is learned from."""
    unlabelled: int = 0
    """Of those in order, how many have no label."""


@dataclass(frozen=True, slots=True)
class FoundShare:
    """The share of the negative posts among the fifth that is read first, with its 90% range."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ToneScores:
    """What one way of ordering reaches on the labels, each judged by what the others teach."""

    macro_f1: float
    found: float
    calibration_error: float | None = None
    """Mean distance of the probability from how often it was so; None before there is a probability."""


@dataclass(frozen=True, slots=True)
class ToneFigures:
    """How good the order is on the labels of this workspace."""

    negative: int
    neutral: int
    positive: int
    cannot_tell: int
    random: int
    """Of the labels that can be learned from, those of posts drawn at random."""
    by_care: int = 0
    """Of the labels, those that customer care gave."""
    care_counts: bool = False
    learned: int = 0
    """Labels the order is learned from: at most ``MOST_LEARNED``."""
    found: FoundShare | None = None
    """None: too few labels to say."""
    ours: ToneScores | None = None
    lexicon: ToneScores | None = None
    """By our list of words alone."""
    majority: ToneScores | None = None
    """By saying of every post what most labels say."""
    weighted: bool = False
    """Posts drawn at random stand for all those that nobody chose; False: the labels speak of themselves."""
    has_chance: bool = False
    random_negative: int = 0
    """Of the posts drawn at random, the negative ones."""

    @property
    def told(self) -> int:
        """Labels that say a tone."""
        return self.negative + self.neutral + self.positive

    @property
    def missing(self) -> int:
        """How many labels more there have to be at least before it is said what is found."""
        others = self.neutral + self.positive
        of_each = max(OF_EACH_TO_CHECK - self.negative, 0) + max(OF_EACH_TO_CHECK - others, 0)
        return max(LABELS_TO_CHECK - self.told, of_each)


@dataclass(frozen=True, slots=True)
class NextToLabel:
    """The post that is asked about."""

    row: ToneRow
    drawn: Drawn
    left: int
    """Posts without a label among those in order."""


@dataclass(frozen=True, slots=True)
class ToneDraft:
    """A row of a file of labels: a post by its number, by its platform and id there, or by its link."""

    tone: Tone
    mention_id: int | None = None
    platform: str = ""
    post_id: str = ""
    url: str = ""
    drawn: Drawn = Drawn.FILE


@dataclass(frozen=True, slots=True)
class ToneFile:
    """What a file of labels holds."""

    drafts: tuple[tuple[int, ToneDraft], ...]
    """Each with its line."""
    rejected: tuple[RejectedRow, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ToneReport:
    """What came of a file of labels."""

    labelled: int
    changed: int
    """Of those, posts that had another label: that stays in their history."""
    known: int
    """The same label was here already."""
    rejected: tuple[RejectedRow, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicRow:
    """What some posts speak of."""

    words: tuple[str, ...]
    """What tells them from the others, the most telling first."""
    posts: int
    typical: tuple[MentionRow, ...]


@dataclass(frozen=True, slots=True)
class TopicsView:
    """What was spoken of, the most first."""

    topics: tuple[TopicRow, ...]
    without: int
    """Posts that belong to none."""
    read: int
    """How many posts were read."""
    found: int
    """How many there are, counted up to ``MOST_COUNTED``."""
