"""A launch with a post every day at noon, and an evening on television on one of them."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from ambassador.services.activations.activations import create_activation, move_activation
from ambassador.services.activations.moments import set_moment
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.mentions import Credit, Mention, MentionCampaign
from ambassador.values.activations.activations import ActivationDraft
from ambassador.values.activations.moments import MomentDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus, MomentMedium
from ambassador.values.status import AmbassadorStatus, Verdict
from tests.conftest import NOW
from tests.people_samples import add, person_with_account


def clock(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Give what the clocks show, as a form gives it."""
    return datetime(2026, month, day, hour, minute)  # noqa: DTZ001 - no zone of its own


EVENING = clock(5, 5, 21)
"""By the clocks of Rome: 19 o'clock UTC."""
AFTER_ALL = NOW + timedelta(days=40)


def launch(session: Session) -> tuple[int, int, int]:
    """Make a campaign through May with one ambassador; give it, the ambassador, and a stranger's account."""
    person, _ = person_with_account(session, "nina")
    _, stranger = person_with_account(session, "ugo")
    campaign = Campaign(name="Spring", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31), created_at=NOW)
    add(session, campaign)
    nina = Ambassador(
        campaign_id=campaign.id, person_id=person, status=AmbassadorStatus.ACCEPTED, created_at=NOW
    )
    add(session, nina)
    return campaign.id or 0, nina.id or 0, stranger


def post(session: Session, campaign: int, account: int, at: datetime, **more: object) -> int:
    """Make a post of the campaign that is credited to nobody, or to an ambassador."""
    ambassador = more.pop("ambassador", None)
    name = f"{at.isoformat()}-{len(more)}-{more.pop('place', 0)}-{ambassador}"
    row = Mention(platform="x", post_id=name, account_id=account, posted_at=at, recorded_at=NOW, **more)
    add(session, row)
    key = row.id or 0
    credit = Credit(mention_id=key, campaign_id=campaign, share=1.0, method="no ambassador upstream")
    if ambassador:
        credit.ambassador_id, credit.method = int(str(ambassador)), "own post"
    add(
        session,
        MentionCampaign(mention_id=key, campaign_id=campaign, verdict=Verdict.MATCHED, decided_at=NOW),
        credit,
    )
    return key


def talked(session: Session, campaign: int, account: int, usual: int = 2, more: int = 10) -> None:
    """Let so many posts come by themselves every evening of four weeks, and more on the fifth of May."""
    for day in range(28):
        at = datetime(2026, 5, 1, 19, 30, tzinfo=UTC) + timedelta(days=day)
        count = usual + (more if at.day == EVENING.day else 0)
        for place in range(count):
            post(session, campaign, account, at + timedelta(minutes=place), place=place)


def evening(
    work: UnitOfWork,
    campaign: int | None,
    title: str = "An evening",
    begins: datetime = EVENING,
    *,
    settled: bool = True,
    **more: object,
) -> int:
    """Make a moment on television, settled unless it is to stay a draft."""
    draft = ActivationDraft(title, begins.date(), begins.date(), ActivationKind.MOMENT, campaign_id=campaign)
    number = create_activation(work, draft)
    known: dict[str, object] = {"audience": 100_000, "minutes": 60, **more}
    set_moment(work, number, MomentDraft(MomentMedium.TELEVISION, begins, **known))  # type: ignore[arg-type]
    if settled:
        move_activation(work, number, ActivationStatus.OPEN)
    return number
