"""``--as-of DAY``: what verbs that look at things take, to look at them as they were known then."""

from datetime import datetime
from typing import Annotated

import typer

from ambassador.cli.shell import Shell
from ambassador.i18n import mark
from ambassador.services.lookback.looking_back import as_known, look_back
from ambassador.services.work import UnitOfWork

AsOfDay = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help=mark("As it was known at the end of that day."),
    ),
]


def work_then(shell: Shell, day: datetime | None, campaign_id: int | None = None) -> UnitOfWork:
    """Open what was known at the end of a day and say so beside the answer; without a day, what is now."""
    work = shell.work()
    if day is None:
        return work
    then = look_back(work, day.date(), campaign_id)
    shell.remark(as_known(then.as_of, shell.language))
    return then
