"""Send phones off: the agreement is looked at, and the dated words that go with them are recorded."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import known_language, mark
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.stored_json import from_json, to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassadors import get_ambassador, note_event
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.people.people import get_person
from ambassador.store.settings import get_setting, put_setting
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody
from ambassador.values.days import day_in
from ambassador.values.devices import AgreementRule, NoticeText, SendingRules
from ambassador.values.status import Deal

BRAND: Final = "brand"
"""Workspace setting: the name that sends the phones."""
_OWN_WORDS: Final = "notices"
_SHIPPED: Final = Path(__file__).with_name("notices.toml")
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
    ambassador.notice_sent_on = day_in(campaign.time_zone, at)
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
    """Check whether an unsigned agreement stops a phone, or only warns.

    Examples
    --------
    >>> agreement_rule(session)
    <AgreementRule.WARN: 'warn'>
    """
    return AgreementRule(get_setting(session, UNSIGNED, AgreementRule.WARN.value))


def set_agreement_rule(work: UnitOfWork, rule: AgreementRule) -> None:
    """Decide whether an unsigned agreement stops a phone, or only warns.

    Examples
    --------
    >>> set_agreement_rule(work, AgreementRule.REFUSE)
    >>> agreement_rule(session)
    <AgreementRule.REFUSE: 'refuse'>
    """
    with work.writing() as session:
        put_setting(session, UNSIGNED, rule.value)


def sending_rules(work: UnitOfWork) -> SendingRules:
    """Tell the rules phones are sent by: whose name, unsigned agreements, the words that go with them.

    Examples
    --------
    >>> sending_rules(work).unsigned
    <AgreementRule.WARN: 'warn'>
    """
    with work.reading() as session:
        return _rules(session)


def set_brand(work: UnitOfWork, brand: str) -> None:
    """Say whose name stands in the words that go with a phone.

    Examples
    --------
    >>> set_brand(work, "Brezza")
    >>> sending_rules(work).brand
    'Brezza'
    """
    with work.writing() as session:
        put_setting(session, BRAND, brand.strip())


def change_sending_rule(
    work: UnitOfWork, unsigned: AgreementRule, brand: str, was: SendingRules | None = None
) -> None:
    """Change what an unsigned agreement does and whose name is used, in one go.

    With what the form began with (``was``), what somebody else has changed since is told.
    """
    typed = {"unsigned": unsigned, "brand": brand.strip()}
    with work.writing() as session:
        stands = _rules(session)
        if was is not None:
            first, now = ({name: getattr(one, name) for name in typed} for one in (was, stands))
            refuse_overwriting("Rules for sending", first, now, typed, partial(_told, was))
            typed = {name: value for name, value in typed.items() if value != first[name]}
        if "unsigned" in typed:
            put_setting(session, UNSIGNED, typed["unsigned"])
        if "brand" in typed:
            put_setting(session, BRAND, typed["brand"])


def _told(was: SendingRules, values: dict[str, Any]) -> SendingRules:
    return replace(was, **values)


def _rules(session: Session) -> SendingRules:
    return SendingRules(str(get_setting(session, BRAND, "")), agreement_rule(session), list_notices(session))


def _refuse(session: Session, unsigned: Sequence[Ambassador]) -> None:
    message = mark("Nothing was sent: these people have not signed their agreement: {names}")
    raise BadInputError(message, names=", ".join(_names(session, unsigned)))


def _names(session: Session, ambassadors: Sequence[Ambassador]) -> tuple[str, ...]:
    people = [get_person(session, one.person_id) for one in ambassadors]
    return tuple(person.name or f"#{person.id}" for person in people)


def notice_for(session: Session, deal: Deal, language: str | None, product: str) -> str:
    """Tell what goes with a phone: the organisation's own words, else the ones that come with the product.

    Examples
    --------
    >>> set_brand(work, "Brezza")
    >>> "Brezza" in notice_for(session, Deal.GIFT, "it", "Q1")
    True
    """
    wanted = known_language(language)
    found = _texts(session).get((deal, wanted)) or _texts(session)[deal, "en"]
    brand = str(get_setting(session, BRAND, "") or product)
    return found.text.format(brand=brand, product=product)


def list_notices(session: Session) -> tuple[NoticeText, ...]:
    """List the words in force, by deal and language.

    Examples
    --------
    >>> sorted({notice.language for notice in list_notices(session)})
    ['en', 'it']
    """
    return tuple(_texts(session).values())


def put_notice(work: UnitOfWork, notice: NoticeText, was: NoticeText | None = None) -> None:
    """Put the organisation's own words in place of those that come with the product.

    With what the form began with (``was``), words somebody else has put there since are told.

    Examples
    --------
    >>> from datetime import date
    >>> words = NoticeText(Deal.LOAN, "en", "{brand} lends you this.", "Legal", date(2026, 4, 1))
    >>> put_notice(work, words)
    >>> notice_for(session, Deal.LOAN, "en", "Q1")
    'Q1 lends you this.'
    """
    _check_places(notice.text)
    with work.writing() as session:
        stands = _texts(session).get((notice.deal, notice.language))
        if was is not None and stands is not None:
            first, now, typed = ({"text": one.text, "source": one.source} for one in (was, stands, notice))
            refuse_overwriting("Words", first, now, typed, partial(_told_words, was))
        kept: list[dict[str, str]] = [
            one for one in get_setting(session, _OWN_WORDS, [])
            if (one["deal"], one["language"]) != (notice.deal.value, notice.language)
        ]  # fmt: skip
        put_setting(session, _OWN_WORDS, [*kept, to_json(notice)])


def _told_words(was: NoticeText, values: dict[str, Any]) -> NoticeText:
    return replace(was, **values)


def _texts(session: Session) -> dict[tuple[Deal, str], NoticeText]:
    own = [from_json(NoticeText, one) for one in get_setting(session, _OWN_WORDS, [])]
    return {(one.deal, one.language): one for one in (*_texts_shipped(), *own)}


@lru_cache
def _texts_shipped() -> tuple[NoticeText, ...]:
    with _SHIPPED.open("rb") as lines:
        return tuple(from_json(NoticeText, one) for one in tomllib.load(lines)["notice"])


def _check_places(text: str) -> None:
    try:
        text.format(brand="", product="")
    except (KeyError, IndexError, ValueError) as error:
        message = mark("Only {brand} and {product} can stand in braces: {text}")
        raise BadInputError(message, brand="{brand}", product="{product}", text=text) from error
