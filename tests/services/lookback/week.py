"""A campaign in its first week, made through the services, for looks back at it."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.campaigns import create_campaign, launch_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.devices.devices import add_device, deliver_device, reserve_device, ship_devices
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.results.outcomes import log_outcome
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.people import Person
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.drafts import DeviceDraft
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.money import money
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import AmbassadorStatus, ImportKind, OutcomeKind
from tests.services.brought import bring

DAY = date(2026, 5, 6)
THAT_DAY = datetime(2026, 5, 6, 9, tzinfo=UTC)
LATER = datetime(2026, 5, 9, 9, tzinfo=UTC)
_PEOPLE = "handle,platform,name,followers,city\n"
_POSTS = "post_id,platform,author,created_at,kind,parent_id,text,likes,views\n"
PEOPLE = _PEOPLE + "mara,x,Mara Blu,900,Bari\npino,x,Pino Re,400,Roma\nlia,x,Lia Oro,70,Bari\n"
WEEK_1 = _POSTS + (
    "a1,x,mara,2026-05-04T10:00:00Z,original,,look at it #aria,10,500\n"
    "a2,x,otto,2026-05-04T11:00:00Z,reply,a1,it never works,1,\n"
    "a3,x,rosa,2026-05-05T12:00:00Z,repost,a1,,,\n"
    "a4,x,pino,2026-05-05T09:00:00Z,original,,#aria is here,4,90\n"
    "a5,x,nero,2026-05-05T20:00:00Z,original,,what is aria,2,\n"
)
WEEK_2 = _POSTS + (
    "a1,x,mara,2026-05-04T10:00:00Z,original,,look at it #aria (edited),90,4000\n"
    "a2,x,otto,2026-05-04T11:00:00Z,reply,a1,it works by now,3,\n"
    "b1,x,lia,2026-05-05T08:00:00Z,original,,found late #aria,6,60\n"
    "b2,x,otto,2026-05-08T10:00:00Z,reply,a4,still broken,1,\n"
    "b3,x,nero,2026-05-08T11:00:00Z,reply,b2,mine too,,\n"
)


class Week:
    """A campaign in its first week: three people, one with a phone and one who waits for it, five posts."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self._hours = 0
        now = work.at(THAT_DAY)
        bring(now, ImportKind.PEOPLE, PEOPLE, name="people.csv")
        draft = CampaignDraft(
            "Aria", date(2026, 5, 1), date(2026, 5, 20), product="Q1", budget=money(5000),
            rule=MatchRuleDraft(hashtags=("aria",)),
        )  # fmt: skip
        self.campaign = create_campaign(now, draft)
        self.people = [number for number, _ in people_of(work)]
        self.ambassadors = invite_people(now, self.campaign, self.people[:2])
        for number in self.ambassadors:
            answer(now, number, AmbassadorStatus.ACCEPTED)
        for number in range(6):
            add_device(now, DeviceDraft(0, "Q1", serial=f"AR{number}", cost=money(300)))
        launch_campaign(now, self.campaign)
        self.stays = [
            reserve_device(now.at(THAT_DAY - timedelta(days=3)), one).id for one in self.ambassadors
        ]
        ship_devices(now.at(THAT_DAY - timedelta(days=3)), self.stays)
        deliver_device(now.at(THAT_DAY - timedelta(days=2)), self.stays[0])
        bring(now, ImportKind.MENTIONS, WEEK_1, name="week1.csv")
        log_outcome(
            now, OutcomeForm(self.campaign, OutcomeKind.ORDERS, quantity=3, happened_on=date(2026, 5, 5))
        )
        bring_up_to_date(now)

    def later(self) -> UnitOfWork:
        """The same workspace, each time an hour later in the second week."""
        self._hours += 1
        return self.work.at(LATER + timedelta(hours=self._hours))

    def post(self, post_id: str) -> int:
        rows = list_mentions(self.work, MentionFilter(limit=500)).rows
        return next(row.id for row in rows if row.post_id == post_id)


def people_of(work: UnitOfWork) -> list[tuple[int, str | None]]:
    with work.reading() as session:
        wanted = (
            select(Person.id, Person.name).where(col(Person.archived_at).is_(None)).order_by(col(Person.id))
        )
        return [(number or 0, name) for number, name in session.exec(wanted)]


def orders(campaign: int, quantity: int) -> OutcomeForm:
    return OutcomeForm(campaign, OutcomeKind.ORDERS, quantity=quantity, happened_on=date(2026, 5, 5))
