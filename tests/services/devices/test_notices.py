"""The words that go with a phone, and the rules phones are sent by."""

from datetime import date

import pytest

from ambassador.errors import BadInputError
from ambassador.services.campaigns.ambassadors import ambassador_history
from ambassador.services.devices.devices import reserve_device, ship_devices
from ambassador.services.devices.dispatch import put_notice, sending_rules, set_agreement_rule, set_brand
from ambassador.services.devices.packing import packing_list
from ambassador.services.work import UnitOfWork
from ambassador.values.devices import AgreementRule, NoticeText
from ambassador.values.status import Deal
from tests.services.launch import add_launch, add_phones, invite

OWN = NoticeText(Deal.GIFT, "en", "A {product} from {brand}: say so.", "our lawyer", date(2026, 5, 1))


def test_every_deal_has_words_in_every_language_with_source_and_day(sqlite_work: UnitOfWork) -> None:
    notices = sending_rules(sqlite_work).notices
    assert {(one.deal, one.language) for one in notices} == {
        (deal, code) for deal in Deal for code in ("en", "it")
    }
    assert all(one.source and one.dated and "{brand}" in one.text for one in notices)


def test_the_organisations_own_words_take_the_place_of_ours_once(sqlite_work: UnitOfWork) -> None:
    put_notice(sqlite_work, OWN)
    put_notice(sqlite_work, OWN)
    assert [
        one for one in sending_rules(sqlite_work).notices if one.deal is Deal.GIFT and one.language == "en"
    ] == [OWN]


def test_words_with_an_unknown_place_are_refused(sqlite_work: UnitOfWork) -> None:
    with pytest.raises(BadInputError, match="sender"):
        put_notice(sqlite_work, NoticeText(Deal.GIFT, "en", "from {sender}", "us", date(2026, 5, 1)))
    with pytest.raises(BadInputError):
        put_notice(sqlite_work, NoticeText(Deal.GIFT, "en", "from {", "us", date(2026, 5, 1)))


def test_what_was_said_at_dispatch_is_kept_whatever_the_words_become(work: UnitOfWork) -> None:
    add_phones(work, 1)
    campaign = add_launch(work)
    (nina,) = invite(work, campaign, "Nina")
    set_brand(work, "Brezza Mobile")
    custody = reserve_device(work, nina)
    (line,) = packing_list(work, campaign)
    ship_devices(work, [custody.id])
    put_notice(work, OWN)
    assert "Brezza Mobile" in line.notice
    assert ambassador_history(work, nina)[-1].note == f"parcel: {line.notice}"


def test_the_rule_for_unsigned_agreements_is_a_warning_until_somebody_decides(
    sqlite_work: UnitOfWork,
) -> None:
    assert sending_rules(sqlite_work).unsigned is AgreementRule.WARN
    set_agreement_rule(sqlite_work, AgreementRule.REFUSE)
    assert sending_rules(sqlite_work).unsigned is AgreementRule.REFUSE
