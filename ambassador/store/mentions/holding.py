"""Which posts a perimeter holds, as columns: a million posts are counted in moments.

The index gives the numbers of posts; when each was posted is read once and kept until a post changes.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import BigInteger, ColumnElement, cast, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.kept import kept_for
from ambassador.store.mentions.search import asked_of_index, says_language, seen_in
from ambassador.store.people.people import in_slices
from ambassador.store.tables.base import FIRST_MOMENT, LAST_MOMENT
from ambassador.store.tables.mentions import Mention, MentionCampaign, MentionLabel
from ambassador.store.tables.people import Account
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.status import Label, Verdict

Numbers = npt.NDArray[np.int64]


class LivePosts(NamedTuple):
    """Every post that is not archived, by number."""

    ids: Numbers
    """Rising."""
    posted: npt.NDArray[np.float64]
    """When each was posted: seconds since 1970."""

    def among(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each whether it is one of some posts.

        >>> LivePosts(np.array([2, 5, 9]), np.zeros(3)).among(np.array([9, 3, 2])).tolist()
        [True, False, True]
        """
        named = np.zeros(max(self.ids.max(initial=0), numbers.max(initial=0)) + 1, np.bool_)
        named[numbers] = True
        return named[self.ids]


def live_posts(session: Session) -> LivePosts:
    """Read when each post was posted, kept until a post changes."""
    return kept_for(session, "live posts", None, lambda: _read_live(session))


def _read_live(session: Session) -> LivePosts:
    query = columns(col(Mention.id), _whole_seconds(session)).where(col(Mention.archived_at).is_(None))
    rows = np.array(session.connection().execute(query).cursor.fetchall(), np.int64).reshape(-1, 2)
    rows = rows[np.argsort(rows[:, 0])]
    posted = np.clip(rows[:, 1], FIRST_MOMENT.timestamp(), LAST_MOMENT.timestamp())
    return LivePosts(rows[:, 0].copy(), posted.astype(np.float64))


def _whole_seconds(session: Session) -> ColumnElement[int]:
    """Return when a post was posted, in seconds since 1970: as numbers they are read in half the time."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(func.floor(func.extract("epoch", col(Mention.posted_at))), BigInteger)
    return cast(func.strftime("%s", col(Mention.posted_at)), BigInteger)


def places_held(session: Session, wanted: MentionFilter) -> npt.NDArray[np.intp]:
    """Say where the posts of a perimeter stand among the live ones: those of a campaign, or of a rule."""
    live = live_posts(session)
    if wanted.campaign_id is not None:
        belongs = (
            col(MentionCampaign.campaign_id) == wanted.campaign_id,
            col(MentionCampaign.verdict) == Verdict.MATCHED,
        )
        matched = columns(col(MentionCampaign.mention_id)).where(*belongs)
        return np.flatnonzero(live.among(_numbers(session, matched)))
    rule = wanted.perimeter or PerimeterRule(everything=True)
    return np.flatnonzero(_are_held(session, live, rule))


def _are_held(session: Session, live: LivePosts, rule: PerimeterRule) -> npt.NDArray[np.bool_]:
    held = np.full(live.ids.size, not rule.holds_nothing)
    query = rule.query
    if rule.holds_nothing:
        return held
    for clause in query.clauses if query is not None else ():
        found = np.zeros(live.ids.size, np.bool_)
        for asked in asked_of_index(session, clause):
            found |= live.among(_numbers(session, asked))
        held &= ~found if clause.is_without else found
    if rule.languages:
        said = columns(col(Mention.id)).where(says_language(rule.languages))
        held &= live.among(_numbers(session, said))
    return held


def places_labelled(session: Session, label: Label) -> npt.NDArray[np.intp]:
    """Say where the posts with a label stand among the live ones."""
    labelled = columns(col(MentionLabel.mention_id)).where(col(MentionLabel.label) == label)
    return np.flatnonzero(live_posts(session).among(_numbers(session, labelled)))


def held_among(session: Session, rule: PerimeterRule, mention_ids: Sequence[int]) -> set[int]:
    """Say which of a few posts a rule holds, looking at these alone."""
    if rule.holds_nothing:
        return set()
    query = rule.query
    conditions = [seen_in(clause) for clause in (query.clauses if query is not None else ())]
    if rule.languages:
        conditions.append(says_language(rule.languages))
    found: set[int] = set()
    for ids in in_slices(set(mention_ids)):
        few = columns(col(Mention.id)).join(Account, col(Account.id) == Mention.account_id)
        rows = session.execute(few.where(among(col(Mention.id), ids), *conditions))
        found |= {key for (key,) in rows}
    return found


def _numbers(session: Session, query: Any) -> Numbers:  # noqa: ANN401 - a query of one column
    rows: Any = session.connection().execute(query).cursor.fetchall()
    return np.fromiter((number for (number,) in rows), np.int64, len(rows))
