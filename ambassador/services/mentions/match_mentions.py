"""Match mentions to campaigns by their rules; a person's verdict wins, running it twice changes nothing.

Judging reads and writes nothing (``judge_mentions``); what differs is written afterwards, all at once
(``match_in``) or piece by piece (``write_judged``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from ambassador.services.mentions.match_rules import Judgement, Rule, RulePost, make_rule
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import campaign_ids, get_campaign, newest_rule
from ambassador.store.mentions import matching
from ambassador.store.mentions.matching import MatchInput, StoredMatch
from ambassador.store.stale import next_turn
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.days import day_begins
from ambassador.values.identity import parse_account
from ambassador.values.mentions.mentions import CampaignMatchCount, MatchEvidence, MatchReport, Reason
from ambassador.values.mentions.search_words import fold
from ambassador.values.status import Verdict

KEPT = str(Reason(MatchEvidence.KEPT))
"""The reason of a verdict that stands as it was when the words it rested on were erased."""
_ANSWERS = Judgement(Verdict.MATCHED, Reason(MatchEvidence.ANSWER))


@dataclass(frozen=True, slots=True)
class JudgedCampaign:
    """What the rules of one campaign say of all mentions, and where the rows say otherwise."""

    found: Mapping[int, Judgement]
    differs: Sequence[int]
    """Mentions whose row has to change."""
    is_numbered: bool
    """Every row names the version of the rules that found it."""
    count: CampaignMatchCount


def match_in(session: Session, work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Match inside a transaction that is already open.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     report = match_in(writing, work, campaign)
    >>> [(one.campaign, one.matched, one.changed) for one in report.campaigns]
    [('Q1 Launch', 5, 0)]
    """
    wanted = [campaign_id] if campaign_id is not None else campaign_ids(session)
    for key in wanted:  # one after the other, so that two who match at once wait for each other
        get_campaign(session, key, lock=True)
    next_turn(session)
    judged = judge_mentions(session, wanted)
    for one in judged:
        write_judged(session, work, one, one.differs)
        number_judged(session, one)
    return MatchReport(tuple(one.count for one in judged))


def judge_mentions(
    session: Session, wanted: Collection[int], among: Collection[int] | None = None
) -> list[JudgedCampaign]:
    """Judge all mentions by the rules of some campaigns; nothing is written.

    ``among``: only these, which hold with each post all that it hangs from.

    Examples
    --------
    >>> [len(one.differs) for one in judge_mentions(session, [campaign])]
    [0]
    """
    lines = matching.read_lines(session, among) if wanted else []
    folded = {line.id: fold(line.text) for line in lines}
    return [_judge_one(session, get_campaign(session, key), lines, folded, among) for key in sorted(wanted)]


def _judge_one(
    session: Session,
    campaign: Campaign,
    lines: Sequence[MatchInput],
    folded: Mapping[int, str],
    among: Collection[int] | None,
) -> JudgedCampaign:
    key = campaign.id or 0
    rule = _rule_of(session, campaign)
    speakers = matching.ambassadors_by_person(session, key)
    own = _by_own_words(rule, lines, folded, speakers)
    known = matching.known_matches(session, key, among)
    decided = {row.mention_id: row.verdict for row in known.values() if row.by_hand}
    kept = _kept(session, own, known)
    found = _with_answers(lines, own, {**decided, **kept})
    known = {mention: row for mention, row in known.items() if mention not in kept}
    differs = sorted(_differs(found, known))
    numbered = all(row.by_hand or row.rule_version == rule.version for row in known.values())
    return JudgedCampaign(
        found, differs, numbered, _count(campaign, rule.version, found, decided, kept, len(differs))
    )


def _differs(found: Mapping[int, Judgement], known: Mapping[int, StoredMatch]) -> Iterator[int]:
    for key in found.keys() | known.keys():
        row, judgement = known.get(key), found.get(key)
        if row is None or (
            not row.by_hand and (judgement is None or (row.verdict, row.rule) != _told(judgement))
        ):
            yield key


def _told(judgement: Judgement) -> tuple[Verdict, str]:
    return judgement.verdict, str(judgement.reason)


def _kept(
    session: Session, own: Mapping[int, Judgement], known: Mapping[int, StoredMatch]
) -> dict[int, Verdict]:
    """Find the verdicts whose words were erased since; only what a rule finds anew takes their place."""
    found = {
        mention: row.verdict
        for mention, row in known.items()
        if row.rule == KEPT and not row.by_hand and not _is_found_anew(row.verdict, own.get(mention))
    }
    archived = matching.archived_ids(session, list(found))
    return {mention: verdict for mention, verdict in found.items() if mention not in archived}


def _is_found_anew(stands: Verdict, judgement: Judgement | None) -> bool:
    """Check whether a post belongs by what is left of its words, as it did before."""
    return stands is Verdict.MATCHED and judgement is not None and judgement.verdict is Verdict.MATCHED


def keep_in(session: Session, work: UnitOfWork, own: Collection[int], naming: Collection[int]) -> None:
    """Keep the verdicts of posts that an erasure took words from, where what is left would give another.

    ``own`` are the posts of the person erased, ``naming`` those of others. Counts stay as they were.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     keep_in(writing, work, own=[2], naming=[])
    >>> [str(row.rule) for row in matching.known_matches(session, campaign, [2]).values()]
    ['kept']
    """
    lines = matching.read_lines(session, naming)
    folded = {line.id: fold(line.text) for line in lines}
    for key in campaign_ids(session):
        campaign = get_campaign(session, key, lock=True)
        rule, speakers = _rule_of(session, campaign), matching.ambassadors_by_person(session, key)
        left = _by_own_words(rule, lines, folded, speakers)
        known = matching.known_matches(session, key, {*own, *naming})
        shared = {"rule": KEPT, "actor": "", "decided_at": work.now()}
        kept = [
            {"id": row.id, **shared}
            for mention, row in known.items()
            if not row.by_hand and _rests_on_words(row, left.get(mention), is_own=mention in own)
        ]
        out = {
            "campaign_id": key,
            "verdict": Verdict.REJECTED,
            "by_hand": False,
            "rule_version": rule.version,
        }
        added = [{"mention_id": mention, **out, **shared} for mention in left if mention not in known]
        matching.write_matches(session, added, kept)


def _rests_on_words(row: StoredMatch, left: Judgement | None, *, is_own: bool) -> bool:
    """Check whether the words that were erased decided; a doubt about words nobody can read is dropped."""
    if is_own:
        return row.verdict is Verdict.MATCHED
    if Reason.parse(row.rule).evidence is MatchEvidence.ANSWER:
        return False
    return left is None or left.verdict is not row.verdict


def _by_own_words(
    rule: Rule, lines: Sequence[MatchInput], folded: Mapping[int, str], speakers: Mapping[int, int]
) -> dict[int, Judgement]:
    """Judge every post but our own, which are not talk about us."""
    found = {}
    for line in lines:
        if line.is_brand:
            continue
        post = RulePost(folded[line.id], line.author, line.posted_at, line.person_id in speakers)
        if judgement := rule.judge(post):
            found[line.id] = judgement
    return found


def _rule_of(session: Session, campaign: Campaign) -> Rule:
    kept = newest_rule(session, campaign.id or 0)
    first, last = campaign.starts_on, campaign.ends_on + timedelta(days=1)
    window = (
        (kept and kept.from_at) or day_begins(first, campaign.time_zone),
        (kept and kept.until_at) or day_begins(last, campaign.time_zone),
    )
    if kept is None:
        return make_rule(version=0, window=window)
    return make_rule(
        version=kept.version,
        window=window,
        hashtags=kept.hashtags,
        keywords=kept.keywords,
        exclude_words=kept.exclude_words,
        authors=(_author(text) for text in kept.authors),
    )


def _author(text: str) -> str:
    platform, handle = parse_account(text)
    return f"{platform}:{handle}" if platform else handle


def _with_answers(
    lines: Sequence[MatchInput], own: Mapping[int, Judgement], decided: Mapping[int, Verdict]
) -> dict[int, Judgement]:
    """Add whatever hangs from a post that belongs; what a person put out passes nothing on."""
    found = {key: judgement for key, judgement in own.items() if key not in decided}
    children: dict[int, list[MatchInput]] = defaultdict(list)
    for line in lines:
        if line.parent_id is not None:
            children[line.parent_id].append(line)
    sure = [key for key, judgement in found.items() if judgement.verdict is Verdict.MATCHED]
    waiting = sure + [key for key, verdict in decided.items() if verdict is Verdict.MATCHED]
    seen = set(waiting)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child.id in seen or decided.get(child.id) is Verdict.REJECTED:
                continue
            seen.add(child.id)
            waiting.append(child.id)
            if not child.is_brand and child.id not in decided:
                found[child.id] = _ANSWERS
    return found


def write_judged(
    session: Session, work: UnitOfWork, judged: JudgedCampaign, mention_ids: Collection[int]
) -> None:
    """Make the rows of some mentions what was judged; what a person has decided by now stays.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     for one in judge_mentions(writing, [campaign]):
    ...         write_judged(writing, work, one, one.differs)
    """
    key, version = judged.count.campaign_id, judged.count.rule_version
    known = matching.known_matches(session, key, mention_ids)
    found = {mention: judged.found[mention] for mention in mention_ids if mention in judged.found}
    shared = {"campaign_id": key, "rule_version": version, "actor": "", "decided_at": work.now()}
    added = [
        {"mention_id": mention, "by_hand": False, **_columns(judgement), **shared}
        for mention, judgement in found.items()
        if mention not in known
    ]
    changed = list(_changes(found, known, shared))
    gone = [row.id for mention, row in known.items() if not row.by_hand and mention not in found]
    matching.write_matches(session, added, changed, gone)


def number_judged(session: Session, judged: JudgedCampaign) -> None:
    """Say which version of the rules found what stands.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     number_judged(writing, judge_mentions(writing, [campaign])[0])
    """
    if not judged.is_numbered:
        matching.renumber(session, judged.count.campaign_id, judged.count.rule_version)


def _changes(
    found: Mapping[int, Judgement], known: Mapping[int, StoredMatch], shared: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    for key, judgement in found.items():
        row = known.get(key)
        if row is None or row.by_hand:
            continue
        if (row.verdict, row.rule) != _told(judgement):
            yield {"id": row.id, **_columns(judgement), **shared}


def _columns(judgement: Judgement) -> dict[str, Any]:
    return dict(zip(("verdict", "rule"), _told(judgement), strict=True))


def _count(
    campaign: Campaign,
    version: int,
    found: Mapping[int, Judgement],
    decided: Mapping[int, Verdict],
    kept: Mapping[int, Verdict],
    changed: int,
) -> CampaignMatchCount:
    verdicts = [judgement.verdict for judgement in found.values()] + [*decided.values(), *kept.values()]
    return CampaignMatchCount(
        campaign_id=campaign.id or 0,
        campaign=campaign.name,
        rule_version=version,
        matched=verdicts.count(Verdict.MATCHED),
        review=verdicts.count(Verdict.REVIEW),
        by_hand=len(decided),
        changed=changed,
    )
