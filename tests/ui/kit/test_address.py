"""Numbers in an address may be of any length; a page answers, and no database is asked for them."""

import pytest

from ambassador.ui.kit.address import LARGEST, number_in
from ambassador.ui.kit.navigation import PAGES
from tests.ui.conftest import OpenApp

TOO_LONG = "9" * 20


@pytest.mark.parametrize("text", [TOO_LONG, "9" * 5000, str(LARGEST + 1), "٩" * 40])
def test_what_is_too_long_is_the_largest(text: str) -> None:
    assert number_in(text) == LARGEST


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e9", "x", "²", " 1"])
def test_what_is_no_number_asks_for_nothing(text: str) -> None:
    assert number_in(text) is None


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_a_page_answers_an_address_with_numbers_nobody_has(open_app: OpenApp, page: str) -> None:
    names = ["campaign", "pick", "forecast", "person", "mention", "ambassador", "device", "job", "show"]
    app = open_app(page, **dict.fromkeys(names, TOO_LONG))
    for name in names:
        app.query_params[name] = TOO_LONG
    app.run()
    assert not app.exception
    assert app.title
