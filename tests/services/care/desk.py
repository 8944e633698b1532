"""A desk that is open on weekdays and promises something, and posts that want an answer."""

from datetime import UTC, datetime

from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.care.rules import set_calendar, set_promises
from ambassador.services.work import UnitOfWork
from ambassador.values.care.rules import CareCalendar, CarePromise
from ambassador.values.care.states import CaseKind
from ambassador.values.status import ImportKind
from tests.services.brought import bring

HEAD = "post id,platform,author,date,text,in reply to,label\n"
POSTS = (
    "a1,x,lia,2026-05-04T08:00:00Z,It does not start,,complaint\n"
    "a2,x,ugo,2026-05-04T08:10:00Z,mine neither,a1,complaint\n"
    "a3,x,lia,2026-05-04T08:20:00Z,see?,a2,\n"
    "b1,x,zoe,2026-05-04T09:00:00Z,Where to buy it?,,question\n"
)
ANSWERS = "a4,x,brezza,2026-05-04T10:00:00Z,we are looking into it,a3,\n"
WEEK = dict.fromkeys(range(5), ((540, 780), (840, 1080)))
"""9 to 13 and 14 to 18."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of May 2026; the 4th is a Monday."""
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def posts(work: UnitOfWork, rows: str = POSTS) -> None:
    """Bring posts in, after saying which account is ours."""
    bring(work, ImportKind.MENTIONS, HEAD + rows)
    set_brand_accounts(work, ["x:brezza"])


def promised(work: UnitOfWork) -> None:
    """Open on weekdays in UTC; an answer within two hours, half an hour by the clock for a crisis."""
    set_calendar(work, CareCalendar("UTC", WEEK))
    set_promises(
        work,
        [
            CarePromise(first_minutes=120, next_minutes=240, solution_minutes=1440),
            CarePromise(CaseKind.CRISIS, first_minutes=30, in_opening_hours=False),
        ],
    )
