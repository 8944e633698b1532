"""Send phones off: the agreement is looked at, and the words that go with them are recorded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.devices.notices import BRAND, list_notices, notice_for
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassadors import get_ambassador, note_event
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.people.people import get_person
from ambassador.store.settings import get_setting, put_setting
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody
from ambassador.values.devices import AgreementRule, SendingRules

UNSIGNED: Final = "unsigned_agreement"
"""Workspace setting: what happens when a phone is to leave before the agreement is signed."""


def dispatch(session: Session, ambassador_id: int, *, at: datetime, actor: str, channel: str) -> None:
    """Check the agreement, and record the words that go with a phone: text, language, day, channel."""
    ambassador = get_ambassador(session, ambassador_id, lock=True)
    if ambassador.agreement_signed_on is None and agreement_rule(session) is AgreementRule.REFUSE:
        _refuse(session, [ambassador])
    campaign = get_campaign(session, ambassador.campaign_id)
    language = get_person(session, ambassador.person_id).language
    words = notice_for(session, ambassador.deal, language, campaign.product or campaign.name)
    ambassador.notice_sent_on = at.astimezone(ZoneInfo(campaign.time_zone)).date()
    ambassador.notice_channel = channel
    ambassador.revision += 1
    note_event(session, ambassador, ambassador.status, at=at, actor=actor, note=f"{channel}: {words}")


def check_agreements(session: Session, custodies: Sequence[Custody]) -> tuple[str, ...]:
    """Name those whose agreement is not signed, or stop the phones if that is the rule."""
    ambassadors = [get_ambassador(session, one.ambassador_id, lock=True) for one in custodies]
    unsigned = [one for one in ambassadors if one.agreement_signed_on is None]
    if unsigned and agreement_rule(session) is AgreementRule.REFUSE:
        _refuse(session, unsigned)
    return _names(session, unsigned)


def agreement_rule(session: Session) -> AgreementRule:
    """Say whether an unsigned agreement stops a phone, or only warns."""
    return AgreementRule(get_setting(session, UNSIGNED, AgreementRule.WARN.value))


def set_agreement_rule(work: UnitOfWork, rule: AgreementRule) -> None:
    """Decide whether an unsigned agreement stops a phone, or only warns."""
    with work.writing() as session:
        put_setting(session, UNSIGNED, rule.value)


def sending_rules(work: UnitOfWork) -> SendingRules:
    """Tell the rules phones are sent by: whose name, unsigned agreements, the words that go with them."""
    with work.reading() as session:
        brand = str(get_setting(session, BRAND, ""))
        return SendingRules(brand, agreement_rule(session), list_notices(session))


def set_brand(work: UnitOfWork, brand: str) -> None:
    """Say whose name stands in the words that go with a phone."""
    with work.writing() as session:
        put_setting(session, BRAND, brand.strip())


def _refuse(session: Session, unsigned: Sequence[Ambassador]) -> None:
    message = mark("Nothing was sent: these people have not signed their agreement: {names}")
    raise BadInputError(message, names=", ".join(_names(session, unsigned)))


def _names(session: Session, ambassadors: Sequence[Ambassador]) -> tuple[str, ...]:
    people = [get_person(session, one.person_id) for one in ambassadors]
    return tuple(person.name or f"#{person.id}" for person in people)
