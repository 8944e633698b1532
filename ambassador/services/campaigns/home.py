"""Whom to call today: running campaigns beside their forecast, and everything that waits."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.spikes import is_spike, usual_count
from ambassador.services.campaigns.chase import chase_list
from ambassador.services.care.due_words import due_words
from ambassador.services.care.queue import list_cases
from ambassador.services.cascades.growth import cascade_alarms
from ambassador.services.incidents import follow_now, list_incidents
from ambassador.services.mentions.care import care_figures
from ambassador.services.results.against_forecast import compare_today
from ambassador.services.results.figures import posts_of
from ambassador.services.results.results import forecast_by_day, forecast_led_by, observed_by_day
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import list_campaigns
from ambassador.store.care.events import noted_posts
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.mentions.mentions import MentionTime, count_to_review
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.campaigns.ambassadors import ChaseItem, ChaseReason
from ambassador.values.care.cases import CaseFilter
from ambassador.values.cascades.growth import CascadeAlarm
from ambassador.values.contacts import Contact
from ambassador.values.home import HomeView, LiveCampaign, Task, TaskKind
from ambassador.values.incidents import IncidentKind, IncidentStatus
from ambassador.values.mentions.mentions import OpenQuestion
from ambassador.values.status import CampaignStatus, Label

_DAY: Final = timedelta(days=1)
_DAYS_BEFORE: Final = 7
_ORDER: Final = tuple(TaskKind)
_TOGETHER: Final = 3
"""From so many on, unanswered complaints of a campaign are one line."""
_WAITING: Final = {
    (TaskKind.COMPLAINT, False): mark("@{name} complains and has waited {hours} h for an answer"),
    (TaskKind.COMPLAINT, True): mark("@{name} complains and has waited {days} days for an answer"),
    (TaskKind.QUESTION, False): mark("@{name} asks and has waited {hours} h for an answer"),
    (TaskKind.QUESTION, True): mark("@{name} asks and has waited {days} days for an answer"),
}
_MANY: Final = {
    (TaskKind.COMPLAINT, False): mark("{count} complaints wait for an answer, the oldest for {hours} h"),
    (TaskKind.COMPLAINT, True): mark("{count} complaints wait for an answer, the oldest for {days} days"),
    (TaskKind.QUESTION, False): mark("{count} questions wait for an answer, the oldest for {hours} h"),
    (TaskKind.QUESTION, True): mark("{count} questions wait for an answer, the oldest for {days} days"),
}
_FELL_SILENT: Final = mark(
    "What @{name} started fell silent: {count} posts in a day, {low} to {high} expected"
)
_TOOK_OFF: Final = mark("What @{name} started takes off: {count} posts in a day, {low} to {high} expected")
_INCIDENTS: Final = {
    IncidentKind.SPIKE: mark(
        "{perimeter}: {posts} posts on what @{name} began, where {usual} in all are usual"
    ),
    IncidentKind.COMPLAINTS: mark("{perimeter}: {posts} complaints, where {usual} are usual"),
    IncidentKind.SILENCE: mark("{perimeter}: silence, where {usual} posts are usual"),
}
_MANY_POSTS: Final = mark("{perimeter}: {posts} posts, where {usual} are usual")
_ASKED: Final = {TaskKind.COMPLAINT: Label.COMPLAINT, TaskKind.QUESTION: Label.QUESTION}
_KINDS: Final = {reason: TaskKind(reason.value) for reason in ChaseReason}


def home(work: UnitOfWork) -> HomeView:
    """Return the running campaigns and today's list, what is late first.

    Examples
    --------
    >>> found = home(work)
    >>> [(one.name, one.day, one.talkers.observed) for one in found.campaigns]
    [('Q1 Launch', 12, 5)]
    >>> [task.kind.value for task in found.tasks]
    ['on_the_way', 'unsigned', 'unsigned', 'unsigned']
    """
    with work.reading() as session:
        campaigns = [_brief(one) for one in list_campaigns(session)]
        empty = not campaigns and _holds_nothing(session)
    late_cases = (*_late_cases(work), *_incidents(work))
    live = [one for one in campaigns if one.status is CampaignStatus.LIVE]
    tasks = sorted((*late_cases, *_tasks(work, live)), key=lambda task: (_ORDER.index(task.kind), -task.days))
    late: Counter[int] = Counter()
    for task in tasks:
        late[task.campaign_id] += task.count if task.is_late else 0
    states = Counter(one.status for one in campaigns)
    return HomeView(
        is_empty=empty and not late_cases,
        campaigns=tuple(_live(work, one, late[one.number]) for one in live),
        tasks=tuple(tasks),
        drafts=states[CampaignStatus.DRAFT],
        closed=states[CampaignStatus.CLOSED],
    )


@dataclass(frozen=True, slots=True)
class _Brief:
    """What the list needs to know of a campaign once it is read."""

    number: int
    name: str
    status: CampaignStatus
    days: int


def _brief(row: Campaign) -> _Brief:
    return _Brief(row.id or 0, row.name, row.status, (row.ends_on - row.starts_on).days + 1)


def _holds_nothing(session: Session) -> bool:
    held = count_evidence(session)
    return not (held.people or held.mentions or held.file_ties)


def _live(work: UnitOfWork, campaign: _Brief, late: int) -> LiveCampaign:
    observed, forecast = observed_by_day(work, campaign.number), forecast_by_day(work, campaign.number)
    return LiveCampaign(
        campaign_id=campaign.number,
        name=campaign.name,
        day=observed[-1].day if observed else 0,
        days=campaign.days,
        talkers=compare_today(observed, forecast),
        observed=observed,
        forecast=forecast,
        late=late,
        led_by=forecast_led_by(work, campaign.number),
    )


def _tasks(work: UnitOfWork, live: Sequence[_Brief]) -> Iterator[Task]:
    for item in chase_list(work):
        yield _chase_task(item)
    for campaign in live:
        waiting = care_figures(work, campaign.number).open_questions
        with work.reading() as session:
            held = {post for _, post in noted_posts(session, [one.mention_id for one in waiting])}
            yield from _care_tasks([one for one in waiting if one.mention_id not in held], campaign)
            yield from _review_task(session, campaign)
            yield from _spike_task(posts_of(session, campaign.number), campaign, work.now())
        yield from _alarm_tasks(cascade_alarms(work, campaign.number), campaign)


def _late_cases(work: UnitOfWork) -> Iterator[Task]:
    """Tell of the cases whose promise is broken: one by one, or together where there are several."""
    queue = list_cases(work, CaseFilter(late=True, limit=_TOGETHER))
    if not queue.total:
        return
    shown = queue.rows if queue.total < _TOGETHER else queue.rows[:1]
    text = (
        mark("Case {number} of {name} is {late}")
        if queue.total < _TOGETHER
        else mark("{count} cases are late; case {number} of {name} is {late}")
    )
    for card in shown:
        by = card.late_by(queue.now) or timedelta()
        yield Task(
            kind=TaskKind.LATE_CASE,
            text=text,
            values={
                "number": card.id,
                "name": card.customer or "…",
                "late": due_words(-by),
                "count": queue.total,
            },
            campaign_id=0,
            campaign="",
            page="care",
            query={"case": card.id},
            days=by // _DAY,
            count=queue.total if queue.total >= _TOGETHER else 1,
        )


def _incidents(work: UnitOfWork) -> Iterator[Task]:
    """Tell of the incidents that are open, one by one."""
    follow_now(work)
    for card in list_incidents(work, (IncidentStatus.OPEN,)).incidents:
        text = _INCIDENTS[card.kind] if card.handle or card.kind is not IncidentKind.SPIKE else _MANY_POSTS
        yield Task(
            kind=TaskKind.INCIDENT,
            text=text,
            values={
                "perimeter": card.perimeter,
                "posts": card.posts,
                "usual": round(card.expected),
                "name": card.handle,
            },
            campaign_id=card.ref.number if card.ref.is_campaign else 0,
            campaign="",
            page="mentions",
            query={"incident": card.id},
        )


def _chase_task(item: ChaseItem) -> Task:
    query: dict[str, str | int] = {"campaign": item.campaign_id}
    if item.page == "devices":
        query["device"] = item.device
    elif item.ambassador_id is not None:
        query["ambassador"] = item.ambassador_id
    return Task(
        kind=_KINDS[item.reason],
        text=item.text,
        values=item.values,
        campaign_id=item.campaign_id,
        campaign=item.campaign,
        page=item.page,
        query=query,
        days=item.days,
        contact=item.contact,
    )


def _care_tasks(waiting: Sequence[OpenQuestion], campaign: _Brief) -> Iterator[Task]:
    """Name who waits for an answer; where many do, count them in one line."""
    for kind, label in _ASKED.items():
        asked = [question for question in waiting if question.label is label]
        if len(asked) >= _TOGETHER:
            yield _care_task(kind, asked, campaign, {"show": label.value})
        else:
            for one in asked:
                yield _care_task(kind, [one], campaign, {"mention": one.mention_id})


def _care_task(
    kind: TaskKind, asked: Sequence[OpenQuestion], campaign: _Brief, where: dict[str, str | int]
) -> Task:
    oldest = max(asked, key=lambda question: question.waiting_hours)
    days, hours = int(oldest.waiting_hours // 24), round(oldest.waiting_hours)
    texts = _WAITING if len(asked) == 1 else _MANY
    return Task(
        kind=kind,
        text=texts[kind, days > 1],
        values={"name": oldest.handle, "count": len(asked), "hours": hours, "days": days},
        campaign_id=campaign.number,
        campaign=campaign.name,
        page="mentions",
        query={"campaign": campaign.number, **where},
        days=days,
        count=len(asked),
        contact=Contact(handle=oldest.handle, profile=oldest.url) if len(asked) == 1 else None,
    )


def _review_task(session: Session, campaign: _Brief) -> Iterator[Task]:
    waiting = count_to_review(session, campaign.number)
    if waiting:
        yield Task(
            kind=TaskKind.REVIEW,
            text=mark("Mentions to review: {count}. Do they belong to the campaign?"),
            values={"count": waiting},
            campaign_id=campaign.number,
            campaign=campaign.name,
            page="mentions",
            query={"campaign": campaign.number, "show": "review"},
        )


def _alarm_tasks(alarms: Sequence[CascadeAlarm], campaign: _Brief) -> Iterator[Task]:
    for alarm in alarms:
        is_silent = alarm.posts < alarm.low
        yield Task(
            kind=TaskKind.SILENCE if is_silent else TaskKind.SPIKE,
            text=_FELL_SILENT if is_silent else _TOOK_OFF,
            values={"name": alarm.handle, "count": alarm.posts, "low": alarm.low, "high": alarm.high},
            campaign_id=campaign.number,
            campaign=campaign.name,
            page="cascades",
            query={"campaign": campaign.number},
        )


def _spike_task(posts: Sequence[MentionTime], campaign: _Brief, now: datetime) -> Iterator[Task]:
    ages = Counter((now - post.posted_at) // _DAY for post in posts)
    begun = max((now - posts[0].posted_at) // _DAY, 0) if posts else 0
    before = [ages[day] for day in range(1, min(begun, _DAYS_BEFORE) + 1)]
    if is_spike(ages[0], before):
        yield Task(
            kind=TaskKind.SPIKE,
            text=mark("{count} mentions in the last 24 hours, against {usual} a day before"),
            values={"count": ages[0], "usual": round(usual_count(before) or 0)},
            campaign_id=campaign.number,
            campaign=campaign.name,
            page="cascades",
            query={"campaign": campaign.number},
        )
