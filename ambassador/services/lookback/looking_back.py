"""Look at everything as it was known at the end of a day: a copy of the database is taken back to it.

Credit and matches have no history of their own: they follow from posts, rules, deals and phones, which have
one. So the copy goes back, and they are worked out from it as they were then.
"""

import shutil
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from time import time
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from ambassador.errors import BadInputError, NotFoundError
from ambassador.reports.known import known_sentence
from ambassador.reports.words import Words
from ambassador.services.mentions.refresh import refresh_mentions
from ambassador.services.work import UnitOfWork
from ambassador.store.backups.copy import copy_database
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.database import open_copy
from ambassador.store.lookback.gaps import count_gaps
from ambassador.store.lookback.rewinding import rewind
from ambassador.values.as_of import AsOf

_PREFIX: Final = "ambassador-then-"
_LONGEST_SECONDS: Final = 24 * 3600  # no page stays open longer on one look back


def look_back(work: UnitOfWork, day: date, campaign_id: int | None = None) -> UnitOfWork:
    """Return everything as it was known when a day ended where the campaign is; nothing can be changed in it.

    Examples
    --------
    What was posted by then but imported later was not known yet.

    >>> from ambassador.services.results.results import observe_results
    >>> then = look_back(work, date(2026, 5, 3), campaign)
    >>> observe_results(work, campaign).total.talkers, observe_results(then, campaign).total.talkers
    (5, 0)
    """
    as_of = _as_of(work, day, campaign_id)
    if work.now() < as_of.until:  # of today all is known that is known now
        return replace(work, as_of=as_of)
    _sweep()
    folder = Path(mkdtemp(prefix=_PREFIX))
    try:
        copy_database(work.engine, folder / "then.db")
        engine = open_copy(folder / "then.db")
        then = replace(work.at(as_of.last), engine=engine, file=None)
        with then.writing() as session:
            rewind(session, as_of)
        refresh_mentions(then)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _leave_with(engine, folder)
    return replace(then, as_of=as_of)


def as_known(as_of: AsOf | None, language: str) -> str:
    """Say of when things are, and what could not be brought back; empty of things as they are now.

    Examples
    --------
    >>> as_known(AsOf(date(2026, 5, 12)), "en")
    'As known on 12 May 2026.'
    """
    return "" if as_of is None else known_sentence(as_of, Words(language))


def _as_of(work: UnitOfWork, day: date, campaign_id: int | None) -> AsOf:
    with work.reading() as session:
        campaign = get_campaign(session, campaign_id) if campaign_id is not None else None
        zone = campaign.time_zone if campaign else "UTC"
        as_of = AsOf(day, zone)
        if day > work.now().astimezone(ZoneInfo(zone)).date():
            raise BadInputError("{day} has not come yet: nothing can be known of it", day=day)
        if campaign is not None and campaign.created_at >= as_of.until:
            raise NotFoundError("{name} was not there yet on {day}", name=campaign.name, day=day)
        undone, erased = count_gaps(session, as_of.until)
    return replace(as_of, undone=undone, erased=erased)


def _sweep() -> None:
    """Remove copies that a program left which was ended by force: they hold people's data."""
    for left in Path(gettempdir()).glob(f"{_PREFIX}*"):
        if time() - left.stat().st_mtime > _LONGEST_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _leave_with(engine: Engine, folder: Path) -> None:
    """Remove the copy once nobody looks at it any more, at the end of the program at the latest."""
    weakref.finalize(engine, shutil.rmtree, folder, ignore_errors=True)
