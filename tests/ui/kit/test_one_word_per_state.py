"""A state has one word on all pages, in either language: never the program's own name of it."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.i18n import STATES, translate
from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.campaigns import launch_campaign
from ambassador.services.devices.devices import (
    deliver_device,
    keep_device,
    lose_device,
    move_device,
    reserve_device,
    return_device,
    ship_devices,
)
from ambassador.ui.kit.navigation import PAGES
from ambassador.ui.kit.workspace import current_work
from ambassador.values.status import AmbassadorStatus, CustodyEnd, DeviceStatus
from tests.services.launch import add_launch, add_phones, invite
from tests.ui.conftest import OpenApp

OWN_NAMES = {"in_stock", "on_the_way", "with_ambassadors"} | {name for name in STATES if "_" in name}
CLEAR = {"on the way", "with ambassadors", "in stock", "in reserve", "kept for good"}
"""English words of states that stand in no Italian sentence by chance."""
SHOWING = {"home", "campaigns", "devices", "people", "outcomes"}
"""Pages opened in English too; in Italian, where a wrong word is seen at once, all are."""


@pytest.fixture
def campaign(workspace: str) -> int:
    """Give a live campaign with somebody in each state, and a phone in each."""
    work = current_work()
    phones = add_phones(work, 9)
    number = add_launch(work)
    people = invite(work, number, "Ann", "Bea", "Cleo", "Dora", "Edda", "Fay", "Gus")
    for person in people[:6]:
        answer(work, person, AmbassadorStatus.ACCEPTED)
    sent, there, kept, lost, back, waiting = (reserve_device(work, one).id for one in people[:6])
    ship_devices(work, [sent, there, kept, lost, back])
    for one in (there, kept, lost, back):
        deliver_device(work, one)
    keep_device(work, kept)
    lose_device(work, lost)
    return_device(work, back)
    answer(work, people[1], AmbassadorStatus.SILENT)
    answer(work, people[2], AmbassadorStatus.DONE)
    answer(work, people[6], AmbassadorStatus.DECLINED)
    move_device(work, phones[8], DeviceStatus.RETIRED)
    launch_campaign(work, number)
    assert waiting
    return number


def _cells(app: AppTest) -> Iterator[str]:
    for table in (*app.dataframe, *app.table):
        yield from (str(cell) for cell in table.value.to_numpy().ravel() if isinstance(cell, str))
    for kind in ("radio", "selectbox", "segmented_control", "multiselect"):
        yield from (str(option) for one in getattr(app, kind) for option in one.options)


def _sentences(app: AppTest) -> Iterator[str]:
    for kind in ("markdown", "caption", "info", "warning", "metric", "button", "subheader"):
        for one in getattr(app, kind):
            yield f"{getattr(one, 'label', '')} {getattr(one, 'value', '')}"


def _opened(open_app: OpenApp, language: str, campaign: int) -> Iterator[tuple[str, AppTest]]:
    for entry in PAGES:
        if language != "en" or entry.name in SHOWING:
            yield entry.name, open_app(entry.name, language, campaign=str(campaign))
    for printed in ("BZ0001", "BZ0002", "BZ0003", "BZ0005", "BZ0009"):
        yield f"phone {printed}", open_app("devices", language, campaign=str(campaign), device=printed)
    for person in ("1", "2", "4", "7"):
        yield f"person {person}", open_app("people", language, campaign=str(campaign), person=person)
        yield (
            f"ambassador {person}",
            open_app("campaigns", language, campaign=str(campaign), ambassador=person),
        )


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_state_has_one_word_on_all_pages(open_app: OpenApp, campaign: int, language: str) -> None:
    words = {state: translate(language, said) for state, said in STATES.items()}
    others = {name for name in (*STATES, *STATES.values()) if name not in words.values()}
    seen: set[str] = set()
    for where, app in _opened(open_app, language, campaign):
        assert not app.exception, where
        cells, sentences = list(_cells(app)), list(_sentences(app))
        assert not [cell for cell in cells if cell.casefold() in others - {"done"}], where
        wrong = OWN_NAMES | (CLEAR & others)
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(wrong))) + r")\b", re.IGNORECASE)
        assert not [text for text in (*cells, *sentences) if pattern.search(text)], where
        seen |= {one for one in words.values() if any(one in text for text in (*cells, *sentences))}
    there = {state.value for kind in (AmbassadorStatus, DeviceStatus, CustodyEnd) for state in kind}
    assert seen >= {words[state] for state in there - {"replaced", "released", "reserve"}}
