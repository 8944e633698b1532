"""Our own accounts, said on the Workspace page."""

from ambassador.services.campaigns.brand_accounts import list_brand_accounts
from ambassador.ui.kit.workspace import current_work
from tests.ui.conftest import OpenApp


def test_our_accounts_are_saved_and_the_change_can_be_undone(open_app: OpenApp) -> None:
    app = open_app("workspace")
    app.text_area[0].set_value("instagram:brezza\n\nx:brezza_care")
    next(button for button in app.button if button.label == "Save our accounts").click().run()
    assert not app.exception
    assert list_brand_accounts(current_work()) == ("instagram:brezza", "x:brezza_care")
    app.button(key="_undo").click().run()
    assert list_brand_accounts(current_work()) == ()


def test_a_handle_without_its_platform_is_refused_with_the_reason(open_app: OpenApp) -> None:
    app = open_app("workspace")
    app.text_area[0].set_value("brezza")
    next(button for button in app.button if button.label == "Save our accounts").click().run()
    assert any("is not an account" in box.value for box in app.error)
    assert list_brand_accounts(current_work()) == ()
