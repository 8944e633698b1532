"""Open one person: accounts over time, what their posts did, who is around them, deals, devices, history."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.engagement import (
    engagement_rate_by_impressions,
    engagement_rate_by_reach,
    engagements_of,
)
from ambassador.metrics.tally import add_known
from ambassador.services.people.directory import read_directory
from ambassador.services.results.costs_of_person import costs_of_person
from ambassador.services.work import UnitOfWork
from ambassador.store.networks.tie_views import TieLine, ties_around
from ambassador.store.people import participation
from ambassador.store.people import people as store
from ambassador.store.people.past_results import (
    PostFigures,
    count_answers,
    credited_shares,
    newest_post_figures,
    own_posts,
)
from ambassador.store.people.readings import list_readings, newest_figures
from ambassador.store.tables.people import Account, Person
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.people.people import PersonRow, Reading
from ambassador.values.people.person_card import (
    AccountView,
    DeviceHeld,
    HistoryLine,
    Neighbour,
    Participation,
    PastResults,
    PersonCard,
    Rates,
)

MOST_NEIGHBOURS = 25


def open_person(work: UnitOfWork, person_id: int, wanted_topics: Sequence[str] = ()) -> PersonCard:
    """Read everything about one person; their score compares with everybody.

    Examples
    --------
    >>> card = open_person(work, 1)
    >>> card.row.name, card.past.mentions, len(card.devices)
    ('Nina Rossi', 1, 1)
    """
    with work.reading() as session:
        person = store.get_person(session, person_id)
        row = _row(session, person, frozenset(topic.casefold() for topic in wanted_topics))
        accounts = _accounts(session, person)
        hearing, heard = neighbours_of(session, [account.id for account in accounts])
        return PersonCard(
            row=row,
            notes=person.notes or "",
            posting_probability=person.posting_probability,
            source=person.source,
            lawful_basis=person.lawful_basis,
            noticed_on=person.noticed_on,
            objected_at=person.objected_at,
            created_at=person.created_at,
            erased_at=person.erased_at,
            accounts=accounts,
            rates=rates_of(session, row, [account.id for account in accounts]),
            past=past_results(session, person_id, [account.id for account in accounts]),
            neighbours=closest(hearing, heard, MOST_NEIGHBOURS),
            hearing=len(hearing),
            heard=len(heard),
            campaigns=_campaigns(session, person_id, work.now()),
            devices=_devices(session, person_id),
            history=history_of(session, person),
            merges=tuple(merge.id or 0 for merge in participation.list_merges(session, person_id)),
        )


def _row(session: Session, person: Person, wanted: frozenset[str]) -> PersonRow:
    """Find the person among everybody; an erased one stands in no list."""
    if person.erased_at is not None:
        return PersonRow(id=person.id or 0, name="", handles=(), archived=True, is_candidate=False)
    rows = read_directory(session, wanted, archived=person.archived_at is not None)
    return next(row for row in rows if row.id == person.id)


def _accounts(session: Session, person: Person) -> tuple[AccountView, ...]:
    owned = store.list_accounts(session, [person.id or 0]).get(person.id or 0, [])
    readings = list_readings(session, [account.id or 0 for account in owned])
    views = [_account(account, readings) for account in owned]
    return tuple(sorted(views, key=lambda view: -(view.figures.followers or 0)))


def _account(account: Account, readings: Mapping[int, Sequence[Reading]]) -> AccountView:
    own = tuple(readings.get(account.id or 0, ()))
    return AccountView(
        id=account.id or 0,
        platform=account.platform,
        handle=account.handle,
        display_handle=account.display_handle,
        url=account.url,
        figures=newest_figures(own),
        readings=own,
    )


def _campaigns(session: Session, person_id: int, now: datetime) -> tuple[Participation, ...]:
    credited = credited_shares(session, person_id)
    deals = participation.list_participation(session, person_id)
    spent = costs_of_person(session, [(deal.id or 0, campaign.id or 0) for deal, campaign in deals], now)
    return tuple(
        Participation(
            campaign_id=campaign.id or 0,
            campaign=campaign.name,
            campaign_status=campaign.status,
            ambassador_id=deal.id or 0,
            status=deal.status,
            deal=deal.deal,
            fee=None if deal.fee_minor is None else Money(deal.fee_minor, deal.currency),
            credited=credited.get(deal.id or 0),
            spent=spent.get(deal.id or 0),
        )
        for deal, campaign in deals
    )


def _devices(session: Session, person_id: int) -> tuple[DeviceHeld, ...]:
    return tuple(
        DeviceHeld(
            device_id=device.id or 0,
            model=device.model,
            serial=device.serial or device.imei1,
            status=device.status,
            since=custody.delivered_at or custody.shipped_at or custody.reserved_at,
            until=custody.ended_at,
            ended_as=custody.ended_as,
            due_back=custody.due_back,
        )
        for custody, device in participation.list_custodies(session, person_id)
    )


def past_results(session: Session, person_id: int, account_ids: Collection[int]) -> PastResults:
    """Sum up what a person's posts did, over everything that is here.

    Examples
    --------
    >>> past_results(session, 1, [1]).views
    1800
    """
    posts = own_posts(session, account_ids)
    views = [post.views for post in newest_post_figures(session, account_ids)]
    credited = credited_shares(session, person_id)
    return PastResults(
        mentions=posts.mentions,
        first_at=posts.first_at,
        last_at=posts.last_at,
        originals=posts.originals,
        answers=count_answers(session, account_ids),
        credited=sum(credited.values()) if credited else None,
        views=add_known(views),
        views_posts=len(views) - views.count(None),
    )


def rates_of(session: Session, row: PersonRow, account_ids: Collection[int]) -> Rates:
    """Return the three rates: one from the page's averages, two from the posts that state reach or views."""
    posts = newest_post_figures(session, account_ids)
    by_reach, reach_posts = _rate(posts, lambda post: post.reach, engagement_rate_by_reach)
    by_views, views_posts = _rate(posts, lambda post: post.views, engagement_rate_by_impressions)
    return Rates(
        by_followers=row.rate_by_followers,
        by_reach=by_reach,
        by_reach_posts=reach_posts,
        by_impressions=by_views,
        by_impressions_posts=views_posts,
        counted=row.counted,
        stated=row.figures.engagement_rate,
    )


def _rate(
    posts: Sequence[PostFigures],
    base: Callable[[PostFigures], int | None],
    divide: Callable[[float | None, float | None], float | None],
) -> tuple[float | None, int]:
    """Divide the engagements of all posts that state both by what they are measured on."""
    stated = [(engagements_of(post), base(post)) for post in posts]
    known = [(engagements, size) for engagements, size in stated if engagements is not None and size]
    if not known:
        return None, 0
    return divide(sum(one for one, _ in known), sum(size for _, size in known)), len(known)


def neighbours_of(session: Session, account_ids: Collection[int]) -> tuple[list[Neighbour], list[Neighbour]]:
    """Return who hears from them and whom they hear from, the closest first; their own accounts are neither.

    Examples
    --------
    >>> hearing, heard = neighbours_of(session, [1])
    >>> [one.label for one in hearing], heard
    (['eva', 'ugo'], [])
    """
    around: dict[tuple[bool, int], list[TieLine]] = defaultdict(list)
    for line in ties_around(session, account_ids):
        outwards = line.source_account_id in account_ids
        inwards = line.target_account_id in account_ids
        if outwards != inwards:
            other = line.target_account_id if outwards else line.source_account_id
            around[outwards, other].append(line)
    found = [_neighbour(lines, outwards=outwards) for (outwards, _), lines in around.items()]
    found.sort(key=lambda one: (-(one.interactions or 0), one.label))
    return [one for one in found if one.follows], [one for one in found if not one.follows]


def closest(hearing: list[Neighbour], heard: list[Neighbour], most: int) -> tuple[Neighbour, ...]:
    """Choose some of both, half each where there are enough.

    Examples
    --------
    >>> hearing, heard = neighbours_of(session, [1])
    >>> len(closest(hearing, heard, most=1))
    1
    """
    half = most // 2
    out = hearing[: max(half, most - len(heard))]
    return (*out, *heard[: most - len(out)])


def _neighbour(lines: list[TieLine], *, outwards: bool) -> Neighbour:
    line = lines[0]
    name, handle = (
        (line.target_name, line.target_handle) if outwards else (line.source_name, line.source_handle)
    )
    return Neighbour(
        account_id=line.target_account_id if outwards else line.source_account_id,
        person_id=line.target_person_id if outwards else line.source_person_id,
        label=name or f"@{handle}",
        follows=outwards,
        kinds=tuple(sorted({one.kind for one in lines if one.kind})),
        interactions=add_known(one.interactions for one in lines),
        origin=", ".join(sorted({one.origin for one in lines})),
    )


def history_of(session: Session, person: Person) -> tuple[HistoryLine, ...]:
    """Tell where a person came from, what was moved, and every change in their campaigns.

    Examples
    --------
    >>> str(history_of(session, store.get_person(session, 1))[-1].what)
    'imported from people.csv'
    """
    lines = [(line.at, 0, line) for line in (*_beginnings(session, person), *_moves(session, person))]
    last = person.created_at
    for number, line in enumerate(_events(session, person), start=1):
        last = max(last, line.at)  # in the order they were noted, even where the clock was set back
        lines.append((last, number, line))
    return tuple(line for _, _, line in sorted(lines, key=lambda one: one[:2], reverse=True))


def _beginnings(session: Session, person: Person) -> Iterator[HistoryLine]:
    file_name = participation.file_of_batch(session, person.batch_id)
    if file_name:
        yield HistoryLine(person.created_at, Note(mark("imported from {file}"), {"file": file_name}))
    else:
        yield HistoryLine(person.created_at, Note(mark("added ({source})"), {"source": person.source or "–"}))  # noqa: RUF001
    if person.archived_at:
        yield HistoryLine(person.archived_at, Note(mark("archived")))
    if person.objected_at:
        yield HistoryLine(person.objected_at, Note(mark("objected to being contacted")))
    if person.erased_at:
        yield HistoryLine(person.erased_at, Note(mark("erased at their wish")))


def _moves(session: Session, person: Person) -> Iterator[HistoryLine]:
    for move in participation.list_moves(session, person.id or 0):
        other = move.from_person_id if move.to_person_id == person.id else move.to_person_id
        came = move.to_person_id == person.id
        text = (
            mark("an account came over from person {number}")
            if came
            else mark("an account went to person {number}")
        )
        yield HistoryLine(move.moved_at, Note(text, {"number": other}), move.actor)
        if move.reverted_at:
            yield HistoryLine(
                move.reverted_at,
                Note(mark("the merge with person {number} was taken back"), {"number": other}),
            )


def _events(session: Session, person: Person) -> Iterator[HistoryLine]:
    for event, campaign in participation.list_events(session, person.id or 0):
        text = mark("{campaign}: {status} {note}")
        values = {"campaign": campaign, "status": event.to_status, "note": event.note}
        yield HistoryLine(event.happened_at, Note(text, values), event.actor)
