"""Devices beside the forecast of whoever holds them."""

from ambassador.services.flag_devices import flag_devices
from ambassador.services.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.values.results import Standing
from tests.services.story import freeze_forecast, tell


def test_silent_devices_and_those_outside_the_range_come_first(work: UnitOfWork) -> None:
    story = tell(work)
    freeze_forecast(work, story, nina=[0, 1], leo=[0, 5])
    results = observe_results(work, story.campaign)
    found = flag_devices(work, results)
    assert len(found) == 4
    assert [one.name for one in found if one.is_flagged] == ["Nina", "Zoe"]
    by_name = {one.name: one for one in found}
    assert by_name["Nina"].talkers.standing is Standing.ABOVE
    assert (by_name["Leo"].talkers.standing, by_name["Leo"].is_silent) == (Standing.INSIDE, False)


def test_of_two_devices_the_last_one_carries_the_silence(work: UnitOfWork) -> None:
    story = tell(work)
    results = observe_results(work, story.campaign)
    zoe = [one for one in flag_devices(work, results) if one.name == "Zoe"]
    assert sorted(one.is_silent for one in zoe) == [False, True]
    assert {one.days for one in zoe} <= {0, 10}
