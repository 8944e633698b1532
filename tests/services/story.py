"""A small campaign written straight into the tables, with figures a reader can check by hand.

``nina`` posted n1; ``ugo`` answered it and ``eva`` shared it. ``leo`` posted l1, which nobody answered.
``zoe`` got a phone and said nothing. ``pia`` posted p1 on her own, because of nobody.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from ambassador.services.stored_json import to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.mentions import Credit, Mention, MentionCampaign, MentionMetrics
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.store.tables.records import Forecast
from ambassador.values.forecasts.standing import TIES_WON
from ambassador.values.imports.imports import Note
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.status import (
    AmbassadorStatus,
    CampaignStatus,
    CustodyEnd,
    Deal,
    DeviceStatus,
    MentionKind,
    Verdict,
)

START = date(2026, 5, 1)
FIRST_DAY = datetime(2026, 5, 1, 10, tzinfo=UTC)


@dataclass
class Story:
    """The numbers of what was written."""

    campaign: int = 0
    ambassadors: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)


def add_campaign(
    session: Session, name: str = "Q1 Launch", status: CampaignStatus = CampaignStatus.LIVE
) -> int:
    campaign = Campaign(
        name=name,
        product="Q1",
        status=status,
        starts_on=START,
        ends_on=START + timedelta(days=23),
        created_at=FIRST_DAY,
        budget_minor=1_000_000,
    )
    session.add(campaign)
    session.flush()
    assert campaign.id
    return campaign.id


def add_account(
    session: Session, handle: str, followers: int | None = None, *, person: bool = False
) -> Account:
    owner = Person(name=handle.title(), created_at=FIRST_DAY) if person else None
    if owner:
        session.add(owner)
        session.flush()
    account = Account(
        platform="instagram", handle=handle, created_at=FIRST_DAY, person_id=owner.id if owner else None
    )
    session.add(account)
    session.flush()
    if followers is not None:
        session.add(Snapshot(account_id=account.id or 0, read_at=FIRST_DAY, followers=followers))
    return account


def add_ambassador(session: Session, story: Story, handle: str, followers: int, **deal: object) -> int:
    account = add_account(session, handle, followers, person=True)
    ambassador = Ambassador(
        campaign_id=story.campaign,
        person_id=account.person_id,
        **{"status": AmbassadorStatus.ACCEPTED, "created_at": FIRST_DAY, **deal},
    )
    session.add(ambassador)
    session.flush()
    assert ambassador.id and account.id
    story.ambassadors[handle], story.accounts[handle] = ambassador.id, account.id
    return ambassador.id


def give_device(session: Session, ambassador_id: int, **custody: object) -> None:
    device = Device(model="Q1", cost_minor=30_000, status=DeviceStatus.DELIVERED, created_at=FIRST_DAY)
    session.add(device)
    session.flush()
    session.add(
        Custody(
            **{
                "reference": f"R{device.id}",
                "device_id": device.id,
                "ambassador_id": ambassador_id,
                "reserved_at": FIRST_DAY,
                "shipped_at": FIRST_DAY - timedelta(days=2),
                "delivered_at": FIRST_DAY,
                **custody,
            }
        )
    )
    session.flush()


def add_mention(  # noqa: PLR0913 - a post has as many sides
    session: Session,
    story: Story,
    name: str,
    author: str,
    *,
    hours: float = 0,
    parent: str = "",
    kind: MentionKind = MentionKind.ORIGINAL,
    credit: str | None = None,
    verdict: Verdict = Verdict.MATCHED,
    **metrics: int,
) -> int:
    mention = Mention(
        platform="instagram",
        post_id=name,
        account_id=story.accounts[author],
        kind=kind,
        posted_at=FIRST_DAY + timedelta(hours=hours),
        parent_post_id=parent,
        parent_observed_id=story.mentions.get(parent),
        recorded_at=FIRST_DAY,
    )
    session.add(mention)
    session.flush()
    assert mention.id
    story.mentions[name] = mention.id
    session.add(
        MentionCampaign(
            mention_id=mention.id, campaign_id=story.campaign, verdict=verdict, decided_at=FIRST_DAY
        )
    )
    if verdict is Verdict.MATCHED:
        owner = story.ambassadors[credit] if credit else None
        session.add(
            Credit(
                mention_id=mention.id,
                campaign_id=story.campaign,
                ambassador_id=owner,
                share=1.0,
                method=_method(author, credit),
            )
        )
    if metrics:
        session.add(MentionMetrics(mention_id=mention.id, read_at=FIRST_DAY, **metrics))
    session.flush()
    return mention.id


def _method(author: str, credit: str | None) -> str:
    if credit is None:
        return CreditMethod.NOBODY
    return CreditMethod.OWN_POST if author == credit else CreditMethod.UPSTREAM


def tell(work: UnitOfWork) -> Story:
    """Write the whole story."""
    story = Story()
    with work.writing() as session:
        story.campaign = add_campaign(session)
        _hand_out(session, story)
        for handle, followers in (("ugo", 50), ("eva", None), ("pia", 400)):
            story.accounts[handle] = add_account(session, handle, followers).id or 0
        _talk(session, story)
    return story


def _hand_out(session: Session, story: Story) -> None:
    nina = add_ambassador(session, story, "nina", 2_140, deal=Deal.PAID, fee_minor=20_000, code="NINA10")
    leo = add_ambassador(session, story, "leo", 412_000, deal=Deal.GIFT)
    zoe = add_ambassador(session, story, "zoe", 900, deal=Deal.LOAN)
    declined = AmbassadorStatus.DECLINED
    add_ambassador(session, story, "ada", 70, status=declined, deal=Deal.PAID, fee_minor=50_000)
    for one in (nina, leo, zoe):
        give_device(session, one)
    give_device(session, zoe, ended_at=FIRST_DAY, ended_as=CustodyEnd.RETURNED)


def _talk(session: Session, story: Story) -> None:
    add_mention(session, story, "n1", "nina", credit="nina", views=1_000, likes=90, replies=10)
    reply, repost = MentionKind.REPLY, MentionKind.REPOST
    add_mention(session, story, "u1", "ugo", hours=2, parent="n1", kind=reply, credit="nina", likes=3)
    add_mention(session, story, "e1", "eva", hours=30, parent="n1", kind=repost, credit="nina")
    add_mention(session, story, "u2", "ugo", hours=31, parent="n1", kind=reply, credit="nina")
    add_mention(session, story, "l1", "leo", hours=4, credit="leo", views=90_000, likes=2_000)
    add_mention(session, story, "p1", "pia", hours=50)
    add_mention(session, story, "x1", "pia", hours=51, verdict=Verdict.REVIEW)


def freeze_forecast(work: UnitOfWork, story: Story, **people: list[float]) -> None:
    """Freeze a forecast at launch: 2 to 9 people by the end, and a 90% interval for each ambassador named."""
    with work.writing() as session:
        forecast = Forecast(
            campaign_id=story.campaign,
            rung=3,
            random_key="7",
            code_version="0",
            actor="t",
            created_at=FIRST_DAY,
            arguments={"notes": [to_json(Note("Views are known.")), to_json(Note(TIES_WON))]},
            result=_result(story, session, people),
        )
        session.add(forecast)
        session.flush()
        campaign = session.get(Campaign, story.campaign)
        assert campaign
        campaign.launch_forecast_id = forecast.id


def _result(story: Story, session: Session, people: dict[str, list[float]]) -> dict[str, object]:
    owners = {name: session.get(Account, story.accounts[name]) for name in people}
    return {
        "horizon_days": 24,
        "talkers": _range(2, 9),
        "audience": None,
        "views": _range(50_000, 80_000),
        "by_day": [{"day": day, **_range(1, 2 + day / 3)} for day in range(1, 25)],
        "by_person": [
            {"person_id": owner.person_id, "account_id": owner.id, "talkers": _range(*people[name])}
            for name, owner in owners.items()
            if owner
        ],
    }


def _range(low: float, high: float) -> dict[str, object]:
    mean = (low + high) / 2
    return {"mean": mean, "low": mean, "high": mean, "50": [low, high], "80": [low, high], "90": [low, high]}
