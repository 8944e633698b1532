"""Words for kinds, labels and verdicts, and the reason a mention belongs, as sentences."""

from collections.abc import Mapping
from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.text import t
from ambassador.ui.kit.words import word
from ambassador.values.mentions.mentions import CampaignMatch, Doubt, MatchEvidence, MentionRow, Reason
from ambassador.values.status import Label, Verdict

_EVIDENCE: Final[Mapping[MatchEvidence, str]] = {
    MatchEvidence.HASHTAG: mark("hashtag {found}"),
    MatchEvidence.KEYWORD: mark("says “{found}”"),
    MatchEvidence.AUTHOR: mark("written by {found}"),
    MatchEvidence.ANSWER: mark("answers or shares a post that belongs"),
    MatchEvidence.BY_HAND: mark("put in by hand"),
    MatchEvidence.KEPT: mark("as it stood before somebody was erased"),
}
_DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.WEAK_KEYWORD: mark("one ordinary word only"),
    Doubt.EXCLUDE_WORD: mark("also says “{about}”"),
    Doubt.OUTSIDE_DATES: mark("outside the campaign's dates"),
    Doubt.DOUBTFUL_PARENT: mark("answers a doubtful post"),
}


def label_word(label: Label) -> str:
    """Say a label."""
    return word(label)


def reason_words(reason: Reason) -> str:
    """Say why a mention belongs, and what makes it doubtful."""
    sure = t(_EVIDENCE[reason.evidence], found=reason.found)
    if reason.doubt is None:
        return sure
    return f"{sure}, {t(_DOUBTS[reason.doubt], about=reason.doubt_about)}"


def match_words(match: CampaignMatch) -> str:
    """Say in which campaign a mention is, and why."""
    if match.by_hand and match.verdict is Verdict.REJECTED:
        return t("{campaign}: put out by {actor}", campaign=match.campaign, actor=match.actor)
    if match.by_hand:
        return t("{campaign}: put in by {actor}", campaign=match.campaign, actor=match.actor)
    return f"{match.campaign}: {reason_words(match.reason)}"


def parent_words(row: MentionRow) -> str:
    """Say whom a post answers, or that the platform hides it."""
    if row.parent_is_inferred:
        return t("started by @{handle}; the platform hides whom it answers", handle=row.parent_handle)
    if row.parent_handle and row.parent_id is None:
        return t("@{handle}, whose post is not here", handle=row.parent_handle)
    return f"@{row.parent_handle}" if row.parent_handle else ""
