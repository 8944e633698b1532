"""A campaign with people talking about it, written straight into the tables."""

from datetime import UTC, date, datetime, timedelta

from ambassador.services.campaigns.campaigns import create_campaign, edit_campaign
from ambassador.services.mentions.credit_mentions import credit_in
from ambassador.services.mentions.match_mentions import match_in
from ambassador.services.work import UnitOfWork
from ambassador.store.cascades.parents import resolve_parents
from ambassador.store.post_words import put_words
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.store.tables.people import Account, Person
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.mentions.mentions import MatchReport
from ambassador.values.status import AmbassadorStatus, CustodyEnd, DeviceStatus, MentionKind

START = date(2026, 5, 1)
T0 = datetime(2026, 5, 3, 10, tzinfo=UTC)
RULE = MatchRuleDraft(hashtags=("q1brezza",), keywords=("Q1", "Brezza mobile"), exclude_words=("quarter",))


def hours(count: float) -> datetime:
    return T0 + timedelta(hours=count)


def match_mentions(work: UnitOfWork, campaign_id: int | None = None) -> MatchReport:
    with work.writing() as session:
        resolve_parents(session)
        return match_in(session, work, campaign_id)


def credit_mentions(work: UnitOfWork, campaign_id: int) -> None:
    with work.writing() as session:
        credit_in(session, campaign_id)


class Talk:
    """Writes accounts, posts, ambassadors and devices, and remembers their ids by name."""

    def __init__(self, work: UnitOfWork, rule: MatchRuleDraft | None = RULE) -> None:
        self.work = work
        self.accounts: dict[str, int] = {}
        self.people: dict[str, int] = {}
        self.posts: dict[str, int] = {}
        self.ambassadors: dict[str, int] = {}
        self.devices: dict[str, int] = {}
        self.campaign = self.add_campaign("Q1 Launch", rule)

    def add_campaign(self, name: str, rule: MatchRuleDraft | None) -> int:
        draft = CampaignDraft(name=name, starts_on=START, ends_on=date(2026, 5, 24), rule=rule)
        return create_campaign(self.work, draft)

    def change_rule(self, rule: MatchRuleDraft) -> None:
        draft = CampaignDraft(name="Q1 Launch", starts_on=START, ends_on=date(2026, 5, 24), rule=rule)
        edit_campaign(self.work, self.campaign, draft)

    def account(self, handle: str, *, brand: bool = False) -> int:
        if handle not in self.accounts:
            with self.work.writing() as session:
                row = Account(platform="x", handle=handle, created_at=T0, is_brand=brand)
                session.add(row)
                session.flush()
                self.accounts[handle] = row.id
        return self.accounts[handle]

    def post(self, name: str, author: str, text: str = "", *, parent="", root="", at=0.0, **more) -> int:
        """Write a post; ``parent`` and ``root`` name other posts, whether or not they are here yet."""
        kind = MentionKind.REPLY if parent else MentionKind.REPOST if root else MentionKind.ORIGINAL
        row = Mention(
            platform="x",
            post_id=name,
            account_id=self.account(author),
            **{"kind": kind, **more},
            posted_at=hours(at),
            text=text,
            parent_post_id=parent,
            root_post_id=root,
            recorded_at=T0,
        )
        with self.work.writing() as session:
            session.add(row)
            session.flush()
            put_words(session, {row.id: text})
            self.posts[name] = row.id
        return self.posts[name]

    def figures(self, name: str, *, at=0.0, **figures: int) -> None:
        with self.work.writing() as session:
            session.add(MentionMetrics(mention_id=self.posts[name], read_at=hours(at), **figures))

    def ambassador(self, handle: str, campaign: int | None = None, status=AmbassadorStatus.ACCEPTED) -> int:
        account = self.account(handle)
        with self.work.writing() as session:
            row = session.get(Account, account)
            if row.person_id is None:
                person = Person(name=handle.title(), created_at=T0)
                session.add(person)
                session.flush()
                row.person_id = person.id
            self.people[handle] = row.person_id
            ambassador = Ambassador(
                campaign_id=campaign or self.campaign,
                person_id=row.person_id,
                status=status,
                created_at=T0,
            )
            session.add(ambassador)
            session.flush()
            self.ambassadors[handle] = ambassador.id
        return self.ambassadors[handle]

    def phone(self, serial: str, handle: str, *, since: float, until: float | None = None, end=None) -> int:
        """Put a phone into an ambassador's hands from one hour to another."""
        with self.work.writing() as session:
            device = Device(model="Q1", serial=serial, created_at=T0, status=DeviceStatus.DELIVERED)
            session.add(device)
            session.flush()
            session.add(
                Custody(
                    reference=serial,
                    device_id=device.id,
                    ambassador_id=self.ambassadors[handle],
                    reserved_at=hours(since),
                    delivered_at=hours(since),
                    ended_at=None if until is None else hours(until),
                    ended_as=None if until is None else end or CustodyEnd.RETURNED,
                )
            )
            self.devices[serial] = device.id
        return self.devices[serial]
