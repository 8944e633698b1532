"""Rules of a campaign read against texts: hashtags, keywords with exclude-words, authors, dates.

Case and accents make no difference; whole words only, in scripts that put blanks between words; a neighbour
from a script without blanks (Chinese, Japanese, Korean, Thai) ends a word too. A mention is *doubtful* when
its evidence could mean something else: a person decides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ambassador.values.mentions.mentions import Doubt, MatchEvidence, Reason
from ambassador.values.mentions.search_words import MARKS, fold
from ambassador.values.status import Verdict

NEARBY = timedelta(days=7)
"""A hashtag this close outside the dates waits for a person; farther away it is another story."""
_LONG_WORD = 8
_MIXED_WORD = 4

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_BEFORE = rf"(?<![^\W{_UNSPACED}])"
_AFTER = rf"(?![^\W{_UNSPACED}]|[{MARKS}])"
_NEEDS_EDGE = re.compile(rf"[^\W{_UNSPACED}]|[{MARKS}]")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_TAG = re.compile(rf"(?<![&/])#((?:\w|[{MARKS}\u200c\u200d])+)")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Belongs, or a person should look; and why."""

    verdict: Verdict
    reason: Reason


@dataclass(frozen=True, slots=True)
class RulePost:
    """What a rule looks at: the folded text, who wrote it, when."""

    folded: str
    author: str
    """``platform:handle``."""
    posted_at: datetime
    by_ambassador: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A campaign's rule made ready to be read against many posts."""

    version: int
    from_at: datetime
    until_at: datetime
    hashtags: frozenset[str]
    keywords: re.Pattern[str] | None
    exclude_words: re.Pattern[str] | None
    authors: frozenset[str]

    def judge(self, post: RulePost) -> Judgement | None:
        """Check whether a post belongs by its own words and author; None: nothing points here."""
        reason = self._evidence(post)
        if reason is None or not self.from_at - NEARBY <= post.posted_at < self.until_at + NEARBY:
            return None
        if not self.from_at <= post.posted_at < self.until_at:
            if reason.evidence is not MatchEvidence.HASHTAG:
                return None
            reason = Reason(reason.evidence, reason.found, Doubt.OUTSIDE_DATES)
        return Judgement(Verdict.REVIEW if reason.doubt else Verdict.MATCHED, reason)

    def _evidence(self, post: RulePost) -> Reason | None:
        if self.authors & {post.author, post.author.partition(":")[2]}:
            return Reason(MatchEvidence.AUTHOR, post.author)
        text = _ADDRESS.sub(" ", post.folded)
        tags = self.hashtags & set(_TAG.findall(text)) if self.hashtags else None
        if tags:
            return self._doubted(Reason(MatchEvidence.HASHTAG, f"#{min(tags)}"), text)
        if self.keywords is None:
            return None
        words = {" ".join(word.split()) for word in self.keywords.findall(text)}
        return self._by_keyword(words, text, post) if words else None

    def _doubted(self, reason: Reason, text: str) -> Reason:
        excluded = self.exclude_words.search(text) if self.exclude_words else None
        if excluded is None:
            return reason
        return Reason(reason.evidence, reason.found, Doubt.EXCLUDE_WORD, " ".join(excluded[0].split()))

    def _by_keyword(self, words: set[str], text: str, post: RulePost) -> Reason | None:
        if self.exclude_words and self.exclude_words.search(text):
            return None
        found = max(words, key=lambda word: (_is_telling(word), len(word), word))
        sure = len(words) > 1 or _is_telling(found) or post.by_ambassador
        return Reason(MatchEvidence.KEYWORD, found, None if sure else Doubt.WEAK_KEYWORD)


def words_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Make the pattern that finds whole words and phrases, the longest first; None without any.

    >>> pattern = words_pattern(["Q1", "Brezza Q1"])
    >>> pattern.findall(fold("BREZZA  q1! aq12 il Q1"))
    ['brezza  q1', 'q1']
    """
    folded = sorted({fold(word).strip() for word in words} - {""}, key=lambda word: (-len(word), word))
    return re.compile("|".join(_whole(word) for word in folded)) if folded else None


def make_rule(
    *,
    version: int,
    window: tuple[datetime, datetime],
    hashtags: Sequence[str] = (),
    keywords: Sequence[str] = (),
    exclude_words: Sequence[str] = (),
    authors: Iterable[str] = (),
) -> Rule:
    """Make a rule ready; ``window`` is its first instant and the first one after it.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.values.days import day_begins
    >>> window = day_begins(date(2026, 5, 1), "UTC"), day_begins(date(2026, 6, 1), "UTC")
    >>> rule = make_rule(version=1, window=window, hashtags=["#Q1Brezza"])
    >>> rule.judge(RulePost(fold("My #Q1BREZZA is here"), "x:nina", window[0])).verdict
    <Verdict.MATCHED: 'matched'>
    """
    tags = (fold(tag).strip().lstrip("#").strip() for tag in hashtags)
    return Rule(
        version=version,
        from_at=window[0],
        until_at=window[1],
        hashtags=frozenset(tag for tag in tags if tag),
        keywords=words_pattern(keywords),
        exclude_words=words_pattern(exclude_words),
        authors=frozenset(authors),
    )


def _whole(word: str) -> str:
    inside = r"\s+".join(re.escape(part) for part in word.split())
    before = _BEFORE if _NEEDS_EDGE.match(word[0]) else ""
    after = _AFTER if _NEEDS_EDGE.match(word[-1]) else ""
    return f"{before}{inside}{after}"


def _is_telling(word: str) -> bool:
    """Check whether a keyword alone is enough: a phrase, a long word, a product's letters with digits."""
    mixed = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    return " " in word or len(word) >= _LONG_WORD or (mixed and len(word) >= _MIXED_WORD)
