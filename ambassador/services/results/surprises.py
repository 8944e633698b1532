"""Say who fell outside the range forecast for them, and what was known when they were chosen."""

from collections.abc import Mapping

from sqlmodel import Session

from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.people.people import list_accounts
from ambassador.store.people.readings import list_readings, newest_figures
from ambassador.store.picks.picks import get_pick
from ambassador.values.results.results import AmbassadorResult, CampaignResults, IntervalPosition
from ambassador.values.results.surprises import Surprise


def surprises_of(work: UnitOfWork, campaign_id: int | None) -> tuple[Surprise, ...]:
    """Find the surprises of a campaign; none without one, or without a forecast frozen at its launch."""
    return () if campaign_id is None else find_surprises(work, observe_results(work, campaign_id))


def find_surprises(work: UnitOfWork, results: CampaignResults) -> tuple[Surprise, ...]:
    """List the ambassadors outside their 90% range, the one with most talk first."""
    missed = [
        row
        for row in results.rows
        if row.talkers.standing in {IntervalPosition.ABOVE, IntervalPosition.BELOW}
    ]
    if not missed:
        return ()
    with work.reading() as session:
        sizes = _sizes(session)
        chosen = _overlaps(session, results.campaign_id)
    missed.sort(key=lambda row: (-row.figures.talkers, row.name))
    return tuple(_surprise(row, sizes, chosen) for row in missed)


def _surprise(
    row: AmbassadorResult, sizes: Mapping[int, int], chosen: Mapping[int, float | None]
) -> Surprise:
    low, high = row.talkers.interval(90) or (0.0, 0.0)
    size = sizes.get(row.person_id)
    return Surprise(
        name=row.name,
        handle=row.handle,
        talkers=row.figures.talkers,
        low=low,
        high=high,
        is_above=row.talkers.standing is IntervalPosition.ABOVE,
        followers=size,
        size_rank=None if size is None else 1 + sum(other > size for other in sizes.values()),
        was_picked=row.person_id in chosen,
        overlap=chosen.get(row.person_id),
    )


def _sizes(session: Session) -> dict[int, int]:
    """Give the newest known followers of everybody listed, by person: of the account with most."""
    readings = list_readings(session)
    known = {
        person: [newest_figures(readings.get(account.id or 0, ())).followers for account in accounts]
        for person, accounts in list_accounts(session).items()
    }
    counted = {person: [one for one in own if one is not None] for person, own in known.items()}
    return {person: max(own) for person, own in counted.items() if own}


def _overlaps(session: Session, campaign_id: int) -> dict[int, float | None]:
    """Give what the pick knew of everybody's shared audience, by person, for those who came by a pick."""
    found: dict[int, float | None] = {}
    for row in ambassador_rows(session, campaign_id):
        picks = get_pick(session, row.pick_id).result["picks"] if row.pick_id else ()
        found |= {one["person_id"]: one["overlap"] for one in picks if one["person_id"] == row.person_id}
    return found
