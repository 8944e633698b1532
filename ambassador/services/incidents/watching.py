"""What is watched for in a perimeter: looked at on its past before it is switched on, and kept by version."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final

from ambassador.errors import BadInputError, ConflictError
from ambassador.i18n import mark
from ambassador.metrics.incidents.limits import ALARMS_A_MONTH
from ambassador.metrics.incidents.usual_rate import BINS_A_DAY
from ambassador.services.cascades.forest import read_campaign_forest
from ambassador.services.incidents.detecting import Detected, find_departing
from ambassador.services.incidents.following import follow_now
from ambassador.services.incidents.streams import name_of, read_stream
from ambassador.services.work import UnitOfWork
from ambassador.store.incidents.watches import newest_watches, put_watch, versions_of
from ambassador.values.incidents import IncidentKind, IncidentPreview, IncidentWatch, KindPreview
from ambassador.values.perimeters import PerimeterRef

_MONTH: Final = 30 * BINS_A_DAY
_LATELY: Final = timedelta(days=7)
"""What departed in the week before somebody began to watch is an incident too: it may go on."""


def preview_incidents(
    work: UnitOfWork, ref: PerimeterRef, kinds: Collection[IncidentKind] = tuple(IncidentKind)
) -> IncidentPreview:
    """Say what the rule would have raised in the past 90 days; nothing is written.

    Examples
    --------
    >>> found = preview_incidents(work, PerimeterRef(campaign, is_campaign=True))
    >>> [(one.kind.value, len(one.alarms), one.missing_days > 0) for one in found.kinds]
    [('spike', 0, True), ('complaints', 0, True), ('silence', 0, True)]
    """
    with work.reading(one_moment=True) as session:
        name = name_of(session, ref)
        stream = read_stream(session, ref, work.now())
    found = tuple(_previewed(kind, find_departing(stream, kind)) for kind in IncidentKind if kind in kinds)
    reach = stream.trees.as_of if len(stream.trees.posts) else None
    return IncidentPreview(ref, name, found, reach, stream.zone)


def watch_incidents(
    work: UnitOfWork, ref: PerimeterRef, kinds: Collection[IncidentKind], *, seen: int | None = None
) -> int:
    """Watch a perimeter for these kinds and no others; none switches it off. Gives the version.

    What is there already of the last week opens at once. The same kinds again are no new version; ``seen``
    is the version whoever changes it looked at.

    Examples
    --------
    >>> ref = PerimeterRef(campaign, is_campaign=True)
    >>> watch_incidents(work, ref, [IncidentKind.SPIKE]), watch_incidents(work, ref, [])
    (1, 2)
    """
    with work.writing() as session:
        name = name_of(session, ref)
        stands = newest_watches(session).get(ref)
        known = stands.since if stands else {}
        if seen is not None and seen != (stands.version if stands else 0):
            message = mark("Somebody else has changed what is watched for in {name} meanwhile: look again")
            raise ConflictError(message, name=name)
        if stands is None and not kinds:
            raise BadInputError(mark("{name} is not watched for incidents"), name=name)
        if set(known) == set(kinds) and stands is not None:
            return stands.version
        reach = min(read_campaign_forest(session, work.now()).as_of, work.now())
        since = {kind: known.get(kind, reach - _LATELY) for kind in IncidentKind if kind in kinds}
        version = put_watch(session, ref, since, at=work.now(), actor=work.actor)
    follow_now(replace(work, kept=None))  # taking the switch back leaves what was found
    return version


def watch_versions(work: UnitOfWork, ref: PerimeterRef) -> tuple[IncidentWatch, ...]:
    """List what was watched for in a perimeter, the newest version first.

    Examples
    --------
    >>> watch_versions(work, PerimeterRef(campaign, is_campaign=True))
    ()
    """
    with work.reading() as session:
        name_of(session, ref)
        return tuple(versions_of(session, ref))


def _previewed(kind: IncidentKind, found: Detected) -> KindPreview:
    walked = found.walked
    return KindPreview(
        kind=kind,
        days=walked.judged / BINS_A_DAY,
        alarms=found.departing[::-1],
        an_hour=walked.usual.an_hour if walked.usual else None,
        dispersion=walked.usual.dispersion if walked.usual else None,
        by_chance=ALARMS_A_MONTH * walked.judged / _MONTH,
        missing_days=walked.missing_days,
        missing_posts=walked.missing_posts,
    )
