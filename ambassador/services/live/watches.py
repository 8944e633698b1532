"""What is followed live: begun, listed, ended."""

from dataclasses import replace
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.live.registry import all_sources, source_named
from ambassador.services.work import UnitOfWork
from ambassador.store.people.suppression import is_suppressed
from ambassador.store.watches import watches as rows
from ambassador.values.identity import canonical_handle
from ambassador.values.live import SourceOffer, Watched, WatchView

SHORTEST: Final = 5
"""Minutes between two runs: more often is not polite."""
LONGEST: Final = 7 * 24 * 60


def list_sources() -> tuple[SourceOffer, ...]:
    """List the adapters, built in and installed beside, with what can be followed by each.

    Examples
    --------
    >>> "mastodon" in [one.name for one in list_sources()]
    True
    """
    found = all_sources().values()
    return tuple(SourceOffer(one.name, one.label, dict(one.offers), tuple(one.settings)) for one in found)


def add_watch(work: UnitOfWork, watched: Watched, *, every_minutes: int = 15) -> int:
    """Follow an account, hashtag, video or stream from now on, and give its number; nothing is asked yet.

    Examples
    --------
    >>> add_watch(work, Watched("mastodon", "hashtag", "#Brezza", "mastodon.example"))
    1
    """
    if not SHORTEST <= every_minutes <= LONGEST:
        message = mark("Write between {least} and {most} minutes")
        raise BadInputError(message, least=SHORTEST, most=LONGEST)
    source = source_named(watched.source)
    if watched.what not in source.offers:
        message = mark("{source} cannot follow {what}: it follows {offers}")
        offers = ", ".join(source.offers)
        raise BadInputError(message, source=watched.source, what=watched.what, offers=offers)
    checked = source.checked(replace(watched, target=watched.target.strip()))
    with work.writing() as session:
        if is_suppressed(session, checked.source, canonical_handle(checked.target)):
            raise BadInputError(mark("this person asked to be forgotten"))
        return rows.add_watch(session, checked, every_minutes=every_minutes, actor=work.actor, at=work.now())


def list_watches(work: UnitOfWork) -> tuple[WatchView, ...]:
    """List what is followed, with what the last run of each brought and when the next is due.

    Examples
    --------
    >>> list_watches(work)
    ()
    """
    with work.reading() as session:
        return rows.list_watches(session)


def remove_watch(work: UnitOfWork, watch_id: int) -> None:
    """Follow something no more; what it brought stays.

    Examples
    --------
    >>> number = add_watch(work, Watched("youtube", "video", "abcdefghijk"))
    >>> remove_watch(work, number)
    """
    with work.writing() as session:
        rows.remove_watch(session, watch_id)
