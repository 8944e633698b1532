"""Open one person: accounts over time, what their posts did, who is around them, deals, devices, history."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from ambassador.services.people.directory import read_directory
from ambassador.services.people.person_history import history_of
from ambassador.services.people.person_neighbours import closest, neighbours_of
from ambassador.services.people.person_results import past_results, rates_of
from ambassador.services.results.costs_of_person import costs_of_person
from ambassador.services.work import UnitOfWork
from ambassador.store.people import participation
from ambassador.store.people import people as store
from ambassador.store.people.past_results import credited_shares
from ambassador.store.people.readings import list_readings, newest_figures
from ambassador.store.tables.people import Account, Person
from ambassador.values.money import Money
from ambassador.values.people.people import PersonRow, Reading
from ambassador.values.people.person_card import AccountView, DeviceHeld, Participation, PersonCard

MOST_NEIGHBOURS = 25


def open_person(work: UnitOfWork, person_id: int, wanted_topics: Sequence[str] = ()) -> PersonCard:
    """Read everything about one person; their score compares with everybody."""
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
            campaigns=_campaigns(session, person_id),
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


def _campaigns(session: Session, person_id: int) -> tuple[Participation, ...]:
    credited = credited_shares(session, person_id)
    deals = participation.list_participation(session, person_id)
    spent = costs_of_person(session, [(deal.id or 0, campaign.id or 0) for deal, campaign in deals])
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
