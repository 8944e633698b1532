import logging

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.ui.kit import errors

KEPT = errors.show_unexpected


def a_page_at_fault() -> None:
    import streamlit as st

    from ambassador.ui.kit.errors import errors_shown

    with errors_shown():
        st.title("People")
        {}["nobody thought of this"]


def a_page_refusing() -> None:
    from ambassador.errors import NotFoundError
    from ambassador.ui.kit.errors import errors_shown

    with errors_shown():
        raise NotFoundError("there is no campaign {name} here", name="Q1")


def test_an_error_nobody_expected_gets_one_box_and_its_details_stay_at_hand(
    workspace: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(errors, "show_unexpected", KEPT)
    with caplog.at_level(logging.ERROR):
        app = AppTest.from_function(a_page_at_fault, default_timeout=120).run()
    assert not app.exception
    assert ["did not expect" in box.value for box in app.error] == [True]
    assert "KeyError: 'nobody thought of this'" in app.expander[0].code[0].value
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [KeyError]


def test_an_error_a_person_can_mend_says_what_to_do_and_shows_no_details(workspace: str) -> None:
    app = AppTest.from_function(a_page_refusing, default_timeout=120).run()
    assert "There is no campaign Q1 here" in app.error[0].value
    assert "Nothing was changed" in app.error[0].value
    assert not app.expander
