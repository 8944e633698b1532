"""A small launch told through the services: people, phones, a campaign, ambassadors."""

from datetime import date

from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.devices.devices import add_device
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.store.tables.records import Pick
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.devices import is_imei
from ambassador.values.drafts import DealDraft, DeviceDraft
from ambassador.values.money import money

STARTS, ENDS = date(2026, 5, 1), date(2026, 5, 24)


def imei(number: int) -> str:
    """Give a valid IMEI."""
    first = f"3520990{number:07d}"
    return next(first + last for last in "0123456789" if is_imei(first + last))


def add_people(work: UnitOfWork, *names: str, followers: int | None = 1000) -> list[int]:
    """Add people with one account each; gives their numbers."""
    with work.writing() as session:
        people = [Person(name=name, city="Bari", created_at=work.now()) for name in names]
        session.add_all(people)
        session.flush()
        for person in people:
            handle = (person.name or "").lower().replace(" ", ".")
            account = Account(platform="instagram", handle=handle, person_id=person.id, created_at=work.now())
            session.add(account)
            session.flush()
            session.add(Snapshot(account_id=account.id or 0, read_at=work.now(), followers=followers))
        return [person.id or 0 for person in people]


def add_accounts(work: UnitOfWork, *handles: str) -> list[int]:
    """Add accounts without a person; gives their numbers."""
    with work.writing() as session:
        accounts = [Account(platform="x", handle=handle, created_at=work.now()) for handle in handles]
        session.add_all(accounts)
        session.flush()
        return [account.id or 0 for account in accounts]


def add_phones(work: UnitOfWork, count: int, *, first: int = 1) -> list[int]:
    """Add phones with a serial, two IMEIs and a cost of 400 euro; gives their numbers."""
    drafts = (
        DeviceDraft(
            line=0,
            model="Q1",
            serial=f"BZ{number:04d}",
            imei1=imei(2 * number),
            imei2=imei(2 * number + 1),
            cost=money(400),
        )
        for number in range(first, first + count)
    )
    return [add_device(work, draft) for draft in drafts]


def add_launch(work: UnitOfWork, name: str = "Q1 Launch") -> int:
    """Add a draft campaign for the Q1 with a budget of 5,000 euro."""
    draft = CampaignDraft(name=name, product="Q1", starts_on=STARTS, ends_on=ENDS, budget=money(5000))
    return create_campaign(work, draft)


def invite(work: UnitOfWork, campaign_id: int, *names: str, deal: DealDraft | None = None) -> list[int]:
    """Invite new people of these names; gives the ambassadors."""
    return list(invite_people(work, campaign_id, add_people(work, *names), deal))


def add_pick(
    work: UnitOfWork,
    campaign_id: int | None,
    picks: list[dict[str, object]],
    reserve: list[dict[str, object]],
) -> int:
    """Record a pick as the word-of-mouth part does."""
    with work.writing() as session:
        pick = Pick(
            campaign_id=campaign_id,
            rung=3,
            random_key="1",
            code_version="0",
            actor="tester",
            created_at=work.now(),
            result={"picks": picks, "reserve": reserve},
        )
        session.add(pick)
        session.flush()
        return pick.id or 0
