"""Who fell outside the range forecast for them, and what the pick knew."""

from ambassador.services.results.page_state import find_surprises, surprises_of
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.records import Pick
from tests.services.story import FIRST_DAY, Story, freeze_forecast, tell


def came_by_a_pick(work: UnitOfWork, story: Story, handle: str, overlap: float) -> None:
    with work.writing() as session:
        ambassador = session.get(Ambassador, story.ambassadors[handle])
        assert ambassador
        found = {"person_id": ambassador.person_id, "account_id": story.accounts[handle], "overlap": overlap}
        pick = Pick(
            campaign_id=story.campaign,
            rung=3,
            random_key="1",
            code_version="0",
            actor="t",
            created_at=FIRST_DAY,
            arguments={},
            result={"picks": [found], "reserve": []},
        )
        session.add(pick)
        session.flush()
        ambassador.pick_id = pick.id


def test_whoever_is_above_the_range_is_named_with_size_and_what_the_pick_knew(work: UnitOfWork) -> None:
    story = tell(work)
    came_by_a_pick(work, story, "nina", 0.02)
    freeze_forecast(work, story, nina=[0, 1], leo=[0, 5])
    (one,) = surprises_of(work, story.campaign)
    results = observe_results(work, story.campaign)
    (nina,) = [row for row in results.rows if row.handle == "nina"]
    assert (one.handle, one.is_above, one.talkers) == ("nina", True, nina.figures.talkers)
    assert (one.low, one.high, one.was_picked, one.overlap) == (0, 1, True, 0.02)
    assert one.size_rank is not None and one.followers is not None
    assert find_surprises(work, results) == (one,)


def test_without_a_forecast_nobody_is_a_surprise(work: UnitOfWork) -> None:
    assert surprises_of(work, tell(work).campaign) == ()
    assert surprises_of(work, None) == ()
