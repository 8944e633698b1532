"""What the acts of the demo share: the database, the people, the days, and who is which ambassador."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ambassador.services.campaigns import list_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from seed.cast import Cast, TrendSetter

ROME = ZoneInfo("Europe/Rome")
BRAND = "brezza.mobile"
MARKETER, CARE = "chiara", "care"


@dataclass(frozen=True)
class Stage:
    """The demo under construction; ``now`` is its first run, and every date counts back from it."""

    work: UnitOfWork
    cast: Cast
    now: datetime

    @property
    def today(self) -> date:
        """The first run's day, where the operator is."""
        return self.now.astimezone(ROME).date()

    def day(self, offset: int) -> date:
        """Return the day so many days from the first run (negative: before)."""
        return self.today + timedelta(days=offset)

    def moment(self, offset: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return an instant of that day, local time, never later than the first run."""
        local = datetime.combine(self.day(offset), time(hour, minute), ROME)
        return min(local.astimezone(UTC), self.now)

    def on(self, offset: int, hour: int = 10, minute: int = 0) -> UnitOfWork:
        """Work as the marketer at that instant."""
        return self.work.by(MARKETER).at(self.moment(offset, hour, minute))

    @property
    def people(self) -> dict[str, TrendSetter]:
        """Trend-setters by handle."""
        return {person.handle: person for person in self.cast.trend_setters}

    def ambassadors(self, campaign_id: int) -> dict[str, AmbassadorRow]:
        """Ambassadors of a campaign by handle."""
        return {row.handle: row for row in list_ambassadors(self.work, campaign_id)}
