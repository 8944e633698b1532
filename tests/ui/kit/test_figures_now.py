"""Every page opens, whatever became of what it counts, and says so where its figures may be out of date."""

import pytest

from ambassador.errors import ConflictError, DatabaseBusyError
from ambassador.services.mentions.refresh import is_stale
from ambassador.store.stale import mark_stale
from ambassador.ui.kit import figures_now
from ambassador.ui.kit.workspace import current_work
from tests.ui.conftest import OpenApp


def mark_it() -> None:
    with current_work().writing() as session:
        mark_stale(session)


def said(app) -> str:
    return "\n".join(box.value for box in app.warning)


def test_whoever_opens_a_page_finishes_what_was_left_undone(open_app: OpenApp) -> None:
    mark_it()
    assert "out of date" not in said(open_app("outcomes"))
    assert not is_stale(current_work())


@pytest.mark.parametrize(
    ("error", "because"),
    [
        (DatabaseBusyError("busy"), "Somebody is writing"),
        (ConflictError("full"), "could not be worked out"),
        (ValueError("a row nobody expected"), "could not be worked out"),
    ],
)
def test_a_page_opens_with_stale_figures_and_says_so(open_app: OpenApp, monkeypatch, error, because) -> None:
    def fails(*_: object, **__: object) -> bool:
        raise error

    monkeypatch.setattr(figures_now, "bring_up_to_date", fails)
    app = open_app("outcomes")
    assert not app.exception
    assert "may be out of date" in said(app) and because in said(app)
    assert app.title or app.header or app.markdown  # the page itself is there


def test_after_a_failure_it_is_not_tried_at_every_click(open_app: OpenApp, monkeypatch) -> None:
    tries = []

    def fails(*_: object, **__: object) -> bool:
        tries.append(1)
        raise ConflictError("full")

    monkeypatch.setattr(figures_now, "bring_up_to_date", fails)
    app = open_app("outcomes")
    assert "out of date" in said(app.run())
    assert len(tries) == 1
