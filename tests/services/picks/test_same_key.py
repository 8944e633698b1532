"""A pick or forecast asked again with the same random key, as after a crash, is the one on record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.imports.import_files import ImportOptions
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.store.tables.network import NetworkSnapshot
from ambassador.store.tables.records import Forecast, Pick
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.picks.picks import Objective, PickRequest
from ambassador.values.status import ImportKind
from tests.conftest import NOW
from tests.people_samples import made
from tests.services.brought import bring, rows

TIES = "source,target,platform\n" + "".join(
    f"{name},{name}{number},x\n" for name in ("anna", "bea", "cleo") for number in range(4)
)

AS_LISTED = ImportOptions(answers={"direction": "as-listed"})


def later(work):
    return work.at(NOW + timedelta(minutes=3))


def test_a_pick_of_the_same_key_is_recorded_once_and_of_another_key_again(work):
    bring(work, ImportKind.TIES, TIES, AS_LISTED)
    asked = PickRequest(2, key=7, runs=200)
    first = pick_ambassadors(work, asked)
    again = pick_ambassadors(later(work), asked)
    assert again.pick_id == first.pick_id
    assert again == first
    assert pick_ambassadors(work, PickRequest(1, key=7, runs=200)).pick_id != first.pick_id
    assert pick_ambassadors(work, PickRequest(2, key=8, runs=200)).pick_id != first.pick_id
    pick_ambassadors(work, PickRequest(2, runs=200))
    pick_ambassadors(work, PickRequest(2, runs=200))  # nobody said that these are the same
    assert (len(rows(work, Pick)), len(rows(work, NetworkSnapshot))) == (5, 1)


def test_a_pick_by_figures_of_the_same_key_is_recorded_once(work):
    for name, likes in {"anna": 5.0, "bea": 9.0}.items():
        made(work, name, figures={"followers": 100, "average_likes": likes, "average_comments": 1.0})
    asked = PickRequest(1, key=7, objective=Objective.INTERACTIONS)
    first = pick_ambassadors(work, asked)
    assert pick_ambassadors(later(work), asked).pick_id == first.pick_id
    made(work, "cleo", figures={"followers": 100, "average_likes": 50.0, "average_comments": 1.0})
    assert pick_ambassadors(work, asked).pick_id != first.pick_id  # the same key, other people to choose from


def test_a_forecast_of_the_same_key_is_recorded_once(work):
    bring(work, ImportKind.TIES, TIES, AS_LISTED)
    asked = ForecastRequest(handles=("anna", "bea"), key=7, runs=100)
    first = forecast(work, asked)
    assert forecast(later(work), asked) == first
    assert (
        forecast(work, ForecastRequest(handles=("anna",), key=7, runs=100)).forecast_id != first.forecast_id
    )
    assert len(rows(work, Forecast)) == 2


def test_several_who_ask_the_same_at_once_share_one_record(work):
    bring(work, ImportKind.TIES, TIES, AS_LISTED)
    asked = PickRequest(2, key=7, runs=200)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: pick_ambassadors(work, asked).pick_id, range(4)))
    assert (len(set(found)), len(rows(work, Pick))) == (1, 1)
