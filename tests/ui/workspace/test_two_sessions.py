"""Two browsers with the same form open: the second is told what changed, and keeps what was typed."""

from datetime import date

from streamlit.testing.v1 import AppTest

from ambassador.services.campaigns.brand_accounts import list_brand_accounts, set_brand_accounts
from ambassador.services.campaigns.campaign_view import open_campaign
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.devices.dispatch import sending_rules
from ambassador.services.workspace import score_settings
from ambassador.ui.kit.workspace import current_work
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.devices import AgreementRule
from tests.ui.conftest import OpenApp

DRAFT = CampaignDraft("Launch", date(2026, 5, 1), date(2026, 5, 24))


def press(app: AppTest, label: str) -> AppTest:
    found = next(button for button in app.button if button.label == label)
    return found.click().run()


def field(app: AppTest, kind: str, label: str):
    return next(one for one in getattr(app, kind) if one.label.startswith(label))


def told(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(box.value for box in app.warning if "Not saved" in box.value)


def test_our_accounts_in_two_browsers(open_app: OpenApp) -> None:
    set_brand_accounts(current_work(), ["x:brezza"])
    hers, his = open_app("workspace"), open_app("workspace")
    hers.text_area[0].set_value("x:brezza\nx:hers")
    assert not told(press(hers, "Save our accounts"))
    his.text_area[0].set_value("x:brezza\nx:his")
    press(his, "Save our accounts")
    assert "x:hers" in told(his).replace("\\", "")
    assert his.text_area[0].value == "x:brezza\nx:his"
    assert list_brand_accounts(current_work()) == ("x:brezza", "x:hers")
    assert not told(press(his, "Save our accounts"))
    assert list_brand_accounts(current_work()) == ("x:brezza", "x:his")
    assert hers.run().text_area[0].value == "x:brezza\nx:hers"  # nothing moves under her hands


def test_score_weights_in_two_browsers(open_app: OpenApp) -> None:
    hers, his = open_app("workspace"), open_app("workspace")
    field(hers, "number_input", "Reach").set_value(3.0)
    assert not told(press(hers, "Save"))
    field(his, "number_input", "Reach").set_value(4.0)
    field(his, "number_input", "Accounts nearest").set_value(9)
    press(his, "Save")
    assert "Reach: 3" in told(his)
    assert (field(his, "number_input", "Reach").value, score_settings(current_work()).nearest) == (4.0, 50)
    assert not told(press(his, "Save"))
    now = score_settings(current_work())
    assert (now.weights["reach"], now.nearest) == (4.0, 9)


def _sending() -> None:
    from ambassador.ui.devices.sending import sending_rules_dialog

    sending_rules_dialog()


def test_sending_rules_in_two_browsers(workspace: str) -> None:
    hers, his = (AppTest.from_function(_sending, default_timeout=120).run() for _ in range(2))
    field(hers, "text_input", "Sender").set_value("Hers").run()
    hers.radio[0].set_value(AgreementRule.REFUSE).run()
    assert not told(press(hers, "Save the rule and the name"))
    field(his, "text_input", "Sender").set_value("His").run()
    press(his, "Save the rule and the name")
    assert "Hers" in told(his)
    assert field(his, "text_input", "Sender").value == "His"
    assert not told(press(his, "Save the rule and the name"))
    rules = sending_rules(current_work())
    assert (rules.brand, rules.unsigned) == ("His", AgreementRule.REFUSE)


def test_words_that_go_with_a_phone_in_two_browsers(workspace: str) -> None:
    hers, his = (AppTest.from_function(_sending, default_timeout=120).run() for _ in range(2))
    field(hers, "text_area", "Words").set_value("hers {brand}").run()
    assert not told(press(hers, "Use these words"))
    field(his, "text_area", "Words").set_value("his {brand}").run()
    press(his, "Use these words")
    assert "hers {brand}" in told(his).replace("\\", "")
    assert field(his, "text_area", "Words").value == "his {brand}"
    assert not told(press(his, "Use these words"))
    assert "his {brand}" in {one.text for one in sending_rules(current_work()).notices}


def _editing() -> None:
    from ambassador.services.campaigns.campaign_view import open_campaign
    from ambassador.ui.campaigns.actions import edit_campaign_dialog
    from ambassador.ui.kit.workspace import current_work

    edit_campaign_dialog(open_campaign(current_work(), 1))


def test_editing_a_campaign_in_two_browsers(workspace: str) -> None:
    number = create_campaign(current_work(), DRAFT)
    hers, his = (AppTest.from_function(_editing, default_timeout=120).run() for _ in range(2))
    field(hers, "text_area", "Notes").set_value("hers").run()
    field(hers, "text_input", "Product").set_value("Phone").run()
    field(hers, "text_input", "Hashtags").set_value("#hers").run()
    assert not told(press(hers, "Save"))
    field(his, "text_area", "Notes").set_value("his").run()
    field(his, "text_input", "Keywords").set_value("his").run()
    press(his, "Save")
    assert "Notes: hers" in told(his)
    assert field(his, "text_area", "Notes").value == "his"
    assert not told(press(his, "Save"))
    view = open_campaign(current_work(), number)
    assert (view.notes, view.card.product) == ("his", "Phone")
    assert (view.rule.rule.hashtags, view.rule.rule.keywords) == (("#hers",), ("his",))
