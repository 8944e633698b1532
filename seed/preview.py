"""Act one, closed: the "Q1 Preview", twelve phones two months ago, and how its forecast fared."""

from datetime import datetime

from ambassador.services.campaigns.ambassadors import edit_ambassadors, list_ambassadors
from ambassador.services.campaigns.campaigns import close_campaign, create_campaign, launch_campaign
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.devices.devices import lose_device, return_device
from ambassador.services.forecasts import forecast
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.results import log_outcome
from ambassador.values.campaigns.ambassadors import AmbassadorEdit
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.drafts import DealDraft
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastView
from ambassador.values.money import money
from ambassador.values.networks.rehearsals import Rehearsal
from ambassador.values.picks.picks import PickRequest
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import Deal, OutcomeKind
from seed.exports import import_posts
from seed.handover import accept, hand_over
from seed.posts import Newsroom
from seed.runs import find_launch, prompted
from seed.stage import Stage
from seed.words import PREVIEW_HASHTAG, Words

NAME = "Q1 Preview"
PHONES = 12
INSIDE = 10
STARTS, ENDS = -62, -39
_LOANS = 5
_RETURNED = 3
_KEY = 1101
ALIKE = 0.0
"""The team takes all launches to be alike; the second one teaches them otherwise."""


def play_preview(stage: Stage) -> int:
    """Play the act and give the campaign's number."""
    campaign_id = _prepare(stage)
    handles = _invite(stage, campaign_id)
    foreseen = _forecast_and_launch(stage, campaign_id)
    _talk(stage, handles, foreseen)
    _end(stage, campaign_id, handles)
    return campaign_id


def _prepare(stage: Stage) -> int:
    draft = CampaignDraft(
        name=NAME,
        product="Brezza Q1",
        starts_on=stage.day(STARTS),
        ends_on=stage.day(ENDS),
        budget=money(5_000),
        rule=MatchRuleDraft(hashtags=(PREVIEW_HASHTAG,)),
    )
    return create_campaign(stage.on(-76), draft)


def _invite(stage: Stage, campaign_id: int) -> list[str]:
    """Pick twelve who work for the phone alone, and hand the phones out."""
    request = PickRequest(
        PHONES,
        budget=money(5_000),
        campaign_id=campaign_id,
        key=_KEY,
        never=(stage.cast.star, stage.cast.rider),
    )
    picked = pick_ambassadors(stage.on(-75), request)
    confirm_pick(stage.on(-74), picked.pick_id, DealDraft(deal=Deal.GIFT, code="ANTEPRIMA"), reserve=5)
    rows = stage.ambassadors(campaign_id)
    handles = [person.handle for person in picked.picks]
    accept(stage, [rows[handle].id for handle in handles], -70)
    _agree(stage, campaign_id, handles)
    for handle in handles:
        hand_over(stage, rows[handle].id, -66, -64)
    return handles


def _agree(stage: Stage, campaign_id: int, handles: list[str]) -> None:
    """Sign, and lend rather than give to the last five."""
    edits = []
    for row in list_ambassadors(stage.work, campaign_id):
        if row.handle in handles:
            changes: dict[str, object] = {"agreement_signed_on": stage.day(-68), "owner": "chiara"}
            if row.handle in handles[-_LOANS:]:
                changes |= {"deal": Deal.LOAN, "due_back": stage.day(-30)}
            edits.append(AmbassadorEdit(row.id, row.revision, changes))
    edit_ambassadors(stage.on(-68), edits)


def _forecast_and_launch(stage: Stage, campaign_id: int) -> ForecastView:
    seen = forecast(stage.on(-63), ForecastRequest(campaign_id=campaign_id, key=_KEY, heat=ALIKE))
    launch_campaign(stage.on(-63, 18), campaign_id, seen.forecast_id)
    return seen


def _talk(stage: Stage, handles: list[str], foreseen: ForecastView) -> None:
    """Let them talk as in the first simulated launch in which ten of twelve come as foreseen."""
    silent = handles[-2]
    expected = {person.handle: person.talkers for person in foreseen.people}

    def ten_of_twelve(rehearsal: Rehearsal) -> bool:
        sizes = rehearsal.branch_sizes()
        inside = [expected[handle].holds(sizes.get(handle, 0)) for handle in handles]
        return sum(inside) == INSIDE and foreseen.result.talkers.holds(len(rehearsal.talkers))

    launch = find_launch(stage.work, [h for h in handles if h != silent], _KEY, ten_of_twelve)
    room = Newsroom("preview", _KEY, Words(_KEY, PREVIEW_HASHTAG), stage.people)
    posts = room.tell(prompted(launch), _first_posts(stage, handles))
    last = stage.moment(ENDS, 22)
    for offset, growth in ((-55, 0.5), (-47, 0.8), (-38, 1.0)):
        import_posts(stage, [post for post in posts if post.created_at <= last], offset, growth, "preview")


def _first_posts(stage: Stage, handles: list[str]) -> dict[str, datetime]:
    return {
        handle: stage.moment(STARTS + place % 3, 9 + place % 11, 7 * place % 60)
        for place, handle in enumerate(handles)
    }


def _end(stage: Stage, campaign_id: int, handles: list[str]) -> None:
    """Close; three of the five lent phones come back, one is lost, one is overdue to this day."""
    rows = stage.ambassadors(campaign_id)
    lent = [rows[handle] for handle in handles[-_LOANS:]]
    for row in lent[:_RETURNED]:
        return_device(stage.on(-31, 17), row.custody_id or 0)
    lose_device(stage.on(-33, 9), lent[_RETURNED].custody_id or 0, "Left on a train to Lecce; reported.")
    close_campaign(stage.on(-36), campaign_id)
    lesson = (
        "Twelve phones, no paid post: people with a crowd of their own brought more talk than the larger "
        "accounts that share one audience. Next time spread over cities first."
    )
    form = OutcomeForm(campaign_id, OutcomeKind.LESSON, happened_on=stage.day(-36), note=lesson)
    log_outcome(stage.on(-36, 18), form, token="demo-preview-lesson")  # noqa: S106 - a form's token
