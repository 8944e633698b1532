"""Match mentions to campaigns by their rules; a person's verdict wins, running it twice changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from ambassador.services.mentions.match_rules import Judgement, Rule, RulePost, day_begins, fold, make_rule
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign, list_campaigns, newest_rule
from ambassador.store.mentions import matching
from ambassador.store.mentions.matching import MatchInput, StoredMatch
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.identity import parse_account
from ambassador.values.mentions.mentions import CampaignMatchCount, MatchEvidence, MatchReport, Reason
from ambassador.values.status import Verdict

_ANSWERS = Judgement(Verdict.MATCHED, Reason(MatchEvidence.ANSWER))


def match_in(session: Session, work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    """Match inside a transaction that is already open.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     report = match_in(writing, work, campaign)
    >>> [(one.campaign, one.matched, one.changed) for one in report.campaigns]
    [('Q1 Launch', 5, 0)]
    """
    campaigns = _campaigns(session, campaign_id)
    lines = matching.read_lines(session) if campaigns else []
    folded = {line.id: fold(line.text) for line in lines}
    return MatchReport(tuple(_match_one(session, work, one, lines, folded) for one in campaigns))


def _campaigns(session: Session, campaign_id: int | None) -> list[Campaign]:
    """Take the campaigns one after the other, so that two who match at once wait for each other."""
    wanted = [campaign_id] if campaign_id is not None else [row.id or 0 for row in list_campaigns(session)]
    return [get_campaign(session, key, lock=True) for key in sorted(wanted)]


def _match_one(
    session: Session,
    work: UnitOfWork,
    campaign: Campaign,
    lines: Sequence[MatchInput],
    folded: Mapping[int, str],
) -> CampaignMatchCount:
    key = campaign.id or 0
    rule = _rule_of(session, campaign)
    speakers = matching.ambassadors_by_person(session, key)
    own = _by_own_words(rule, lines, folded, speakers)
    known = matching.known_matches(session, key)
    decided = {row.mention_id: row.verdict for row in known.values() if row.by_hand}
    found = _with_answers(lines, own, decided)
    changed = _write(session, work, key, rule.version, found, known)
    matching.renumber(session, key, rule.version)
    return _count(campaign, rule.version, found, decided, changed)


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


def _write(
    session: Session,
    work: UnitOfWork,
    campaign_id: int,
    version: int,
    found: Mapping[int, Judgement],
    known: Mapping[int, StoredMatch],
) -> int:
    shared = {"campaign_id": campaign_id, "rule_version": version, "actor": "", "decided_at": work.now()}
    added = [
        {"mention_id": key, "by_hand": False, **_columns(judgement), **shared}
        for key, judgement in found.items()
        if key not in known
    ]
    changed = list(_changes(found, known, shared))
    gone = [row.id for key, row in known.items() if not row.by_hand and key not in found]
    matching.write_matches(session, added, changed, gone)
    return len(added) + len(changed) + len(gone)


def _changes(
    found: Mapping[int, Judgement], known: Mapping[int, StoredMatch], shared: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    for key, judgement in found.items():
        row = known.get(key)
        if row is None or row.by_hand:
            continue
        wanted = _columns(judgement)
        if (row.verdict, row.rule) != (wanted["verdict"], wanted["rule"]):
            yield {"id": row.id, **wanted, **shared}


def _columns(judgement: Judgement) -> dict[str, Any]:
    return {"verdict": judgement.verdict, "rule": str(judgement.reason)}


def _count(
    campaign: Campaign,
    version: int,
    found: Mapping[int, Judgement],
    decided: Mapping[int, Verdict],
    changed: int,
) -> CampaignMatchCount:
    verdicts = [judgement.verdict for judgement in found.values()] + list(decided.values())
    return CampaignMatchCount(
        campaign_id=campaign.id or 0,
        campaign=campaign.name,
        rule_version=version,
        matched=verdicts.count(Verdict.MATCHED),
        review=verdicts.count(Verdict.REVIEW),
        by_hand=len(decided),
        changed=changed,
    )
