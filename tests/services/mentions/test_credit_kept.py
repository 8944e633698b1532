"""Credit follows a phone or an answer at once, without anybody asking for it."""

from sqlmodel import select

from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.devices.devices import (
    deliver_device,
    replace_device,
    reserve_device,
    return_device,
    ship_devices,
)
from ambassador.services.imports.undo_import import undo_import
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.store.mentions.credit import read_shares
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.status import AmbassadorStatus, ImportKind
from tests.services.brought import bring
from tests.services.launch import ENDS, STARTS, add_phones
from tests.services.talk import T0, Talk, hours

POSTS = (
    "post_id,platform,author,created_at,text,parent_id\n"
    "p0,instagram,nina,2026-05-10T10:00:00Z,#q1brezza,\n"
    "p1,instagram,ugo,2026-05-11T10:00:00Z,bello,p0\n"
)


def credit_of(work, campaign):
    """Give the ambassador and the phone of every post, in the order of the posts."""
    with work.reading() as session:
        rows = sorted(read_shares(session, campaign), key=lambda row: row.mention_id)
        return [(row.ambassador_id, row.device_id) for row in rows]


def started(work):
    """Nina is invited and has posted; one phone is in stock."""
    rule = MatchRuleDraft(hashtags=("q1brezza",))
    campaign = create_campaign(work, CampaignDraft(name="Q1", starts_on=STARTS, ends_on=ENDS, rule=rule))
    bring(work, ImportKind.PEOPLE, "name,handle,platform\nNina,nina,instagram\n")
    add_phones(work, 2)
    report = bring(work, ImportKind.MENTIONS, POSTS)
    refresh_mentions(work)
    with work.reading() as session:
        person = session.exec(select(Account.person_id).where(Account.handle == "nina")).one()
    return campaign, invite_people(work, campaign, [person])[0], report


def test_an_accepted_invitation_credits_what_was_said_already(work):
    campaign, nina, _ = started(work)
    assert credit_of(work, campaign) == [(None, None)] * 2
    answer(work, nina, AmbassadorStatus.ACCEPTED)
    assert credit_of(work, campaign) == [(nina, None)] * 2


def test_a_delivery_noted_late_credits_the_phone_and_a_return_before_the_post_takes_it_back(work):
    campaign, nina, _ = started(work)
    answer(work, nina, AmbassadorStatus.ACCEPTED)
    parcel = reserve_device(work, nina)
    ship_devices(work, [parcel.id], at=hours(0))
    assert credit_of(work, campaign) == [(nina, None)] * 2
    deliver_device(work, parcel.id, at=hours(1))
    assert credit_of(work, campaign) == [(nina, parcel.device_id)] * 2
    return_device(work, parcel.id, at=hours(2))
    assert credit_of(work, campaign) == [(nina, None)] * 2


def test_a_phone_replaced_after_its_loss_is_not_credited_with_later_posts(work):
    campaign, nina, _ = started(work)
    answer(work, nina, AmbassadorStatus.ACCEPTED)
    parcel = reserve_device(work, nina)
    ship_devices(work, [parcel.id], at=hours(0))
    deliver_device(work, parcel.id, at=hours(1))
    replace_device(work, parcel.id, at=hours(2))
    assert credit_of(work, campaign) == [(nina, None)] * 2


def test_who_is_invited_and_holds_a_phone_speaks_for_us(work):
    campaign, nina, _ = started(work)
    parcel = reserve_device(work, nina)
    ship_devices(work, [parcel.id], at=hours(0))
    deliver_device(work, parcel.id, at=hours(1))
    assert credit_of(work, campaign) == [(nina, parcel.device_id)] * 2


def test_an_undone_import_of_posts_takes_their_credit_along(work):
    campaign, nina, report = started(work)
    answer(work, nina, AmbassadorStatus.ACCEPTED)
    later = bring(
        work,
        ImportKind.MENTIONS,
        "post_id,platform,author,created_at,text,parent_id\np2,instagram,eva,2026-05-12,#q1brezza,p1\n",
        name="later.csv",
    )
    refresh_mentions(work)
    assert credit_of(work, campaign) == [(nina, None)] * 3
    undo_import(work, report.batch_id)
    assert credit_of(work, campaign) == [(None, None)]
    undo_import(work, later.batch_id)
    assert credit_of(work, campaign) == []
    with work.reading() as session:
        assert session.exec(select(Mention)).all() == []


def test_nothing_is_locked_or_judged_while_somebody_posted_nothing(work):
    talk = Talk(work)
    silent = talk.ambassador("leo", status=AmbassadorStatus.INVITED)
    talk.post("n1", "nina", "#q1brezza")
    answer(work, silent, AmbassadorStatus.ACCEPTED, at=T0)
    assert credit_of(work, talk.campaign) == []
