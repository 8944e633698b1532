"""Act two, live: the "Q1 Launch" on day 12 of 24, with everything that can happen to one."""

from dataclasses import dataclass
from datetime import datetime

from ambassador.services.campaigns.ambassadors import answer, edit_ambassadors, list_ambassadors
from ambassador.services.campaigns.campaigns import create_campaign, launch_campaign
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.devices.devices import lose_device, replace_device
from ambassador.services.forecasts import forecast
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.values.campaigns.ambassadors import AmbassadorEdit
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.drafts import DealDraft
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastView
from ambassador.values.money import money
from ambassador.values.picks.picks import PickRequest
from ambassador.values.status import AmbassadorStatus, Deal
from seed.handover import accept, deliver, hand_over, reserve, ship
from seed.preview import ALIKE
from seed.stage import Stage
from seed.words import HASHTAG

NAME = "Q1 Launch"
STARTS, ENDS = -11, 12
INVITED, DECLINED, UNANSWERED = 31, 5, 2
_ON_THE_WAY, _UNSIGNED = 3, 1
_BUDGET_EURO, _FEES_EURO = 20_000, 7_500
_KEY = 2203


@dataclass(frozen=True)
class Launched:
    """The campaign under way: who posts, who never did, who was too early, whose parcel was stolen."""

    campaign_id: int
    posting: tuple[str, ...]
    silent: str
    early: str
    robbed: str
    foreseen: ForecastView


def prepare_launch(stage: Stage, never: tuple[str, ...]) -> Launched:
    """Pick, invite, hand out and forecast, up to the evening before the first day."""
    campaign_id = _campaign(stage)
    invited = _pick(stage, campaign_id, never)
    accepted = _answers(stage, campaign_id, invited)
    _agreements(stage, campaign_id, accepted[:-_UNSIGNED])
    seen = forecast(stage.on(-16, 17), ForecastRequest(campaign_id=campaign_id, key=_KEY, heat=ALIKE))
    launched = _phones(stage, campaign_id, accepted, seen)
    launch_campaign(stage.on(STARTS - 1, 18), campaign_id, seen.forecast_id)
    return launched


def _campaign(stage: Stage) -> int:
    draft = CampaignDraft(
        name=NAME,
        product="Brezza Q1",
        starts_on=stage.day(STARTS),
        ends_on=stage.day(ENDS),
        budget=money(_BUDGET_EURO),
        embargo_until=stage.moment(STARTS, 0),
        rule=MatchRuleDraft(
            hashtags=(HASHTAG,),
            keywords=("Brezza Q1", "Q1"),
            exclude_words=("trimestre", "quarter", "ricavi", "risultati"),
        ),
    )
    return create_campaign(stage.on(-24), draft)


def _pick(stage: Stage, campaign_id: int, never: tuple[str, ...]) -> list[str]:
    """Take what the product picks, and the star the board insisted on."""
    request = PickRequest(
        INVITED,
        budget=money(_FEES_EURO),
        campaign_id=campaign_id,
        must=(stage.cast.star,),
        never=never,
        key=_KEY,
    )
    picked = pick_ambassadors(stage.on(-23), request)
    deal = DealDraft(deal=Deal.GIFT, code="BREZZA", post_by=stage.day(STARTS + 5), owner="chiara")
    confirm_pick(stage.on(-22), picked.pick_id, deal, reserve=10)
    return [person.handle for person in picked.picks]


def _answers(stage: Stage, campaign_id: int, invited: list[str]) -> list[str]:
    """Let 24 accept; the star and the rider do, the last seven asked do not."""
    rows = stage.ambassadors(campaign_id)
    heroes = (stage.cast.star, stage.cast.rider)
    others = [handle for handle in invited if handle not in heroes]
    leaving = others[-(DECLINED + UNANSWERED) :]
    accepted = [handle for handle in invited if handle not in leaving]
    accept(stage, [rows[handle].id for handle in accepted], -19)
    for handle in leaving[:DECLINED]:
        answer(stage.on(-18, 12), rows[handle].id, AmbassadorStatus.DECLINED, "No time this month.")
    return accepted


def _agreements(stage: Stage, campaign_id: int, signed: list[str]) -> None:
    """Sign; those who ask a fee are paid it besides."""
    edits = []
    for row in list_ambassadors(stage.work, campaign_id):
        if row.handle in signed:
            changes: dict[str, object] = {"agreement_signed_on": stage.day(-16)}
            fee = stage.people[row.handle].fee_euro
            if fee:
                changes |= {"deal": Deal.PAID, "fee": money(fee)}
            edits.append(AmbassadorEdit(row.id, row.revision, changes))
    edit_ambassadors(stage.on(-16), edits)


def _phones(stage: Stage, campaign_id: int, accepted: list[str], seen: ForecastView) -> Launched:
    """Hand out 20 (one twice: its parcel was stolen), send three late, keep one for who has not signed."""
    number = {handle: row.id for handle, row in stage.ambassadors(campaign_id).items()}
    unsigned = accepted[-1]
    late = accepted[-_UNSIGNED - _ON_THE_WAY : -_UNSIGNED]
    delivered = accepted[: -_UNSIGNED - _ON_THE_WAY]
    ordinary = [handle for handle in delivered if handle not in (stage.cast.star, stage.cast.rider)]
    early, robbed, silent = ordinary[2], ordinary[5], ordinary[-1]
    for handle in delivered:
        if handle != robbed:
            hand_over(stage, number[handle], -15, -14 + (handle == silent))
    _stolen(stage, number[robbed])
    for handle in late:
        ship(stage, reserve(stage, number[handle], -4), -3)
    reserve(stage, number[unsigned], -10)
    posting = tuple(handle for handle in delivered if handle != silent)
    return Launched(campaign_id, posting, silent, early, robbed, seen)


def _stolen(stage: Stage, ambassador_id: int) -> None:
    """Lose a parcel on the way and send another phone."""
    first = reserve(stage, ambassador_id, -15)
    ship(stage, first, -15)
    lose_device(stage.on(-13, 10), first.id, "Parcel stolen from the van in Caserta; police report filed.")
    second = replace_device(stage.on(-13, 11), first.id, note="Replaces the stolen parcel.")
    ship(stage, second, -13)
    deliver(stage, second, -12)


def first_posts(stage: Stage, launched: Launched) -> dict[str, datetime]:
    """Say when each first posts: most in the first two days, the star late on the second."""
    times = {
        handle: stage.moment(STARTS + place % 2, 9 + place % 12, 11 * place % 60)
        for place, handle in enumerate(launched.posting)
    }
    times[stage.cast.star] = stage.moment(STARTS + 1, 21)
    times[stage.cast.rider] = stage.moment(STARTS, 20, 40)
    return times
