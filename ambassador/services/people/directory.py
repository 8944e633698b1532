"""Everybody with everything the list shows: read once, ranked, with what is unusual about their audience."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.engagement import (
    Engagements,
    count_engagements,
    engagement_rate_by_followers,
    percentile_among_nearest,
)
from ambassador.metrics.flags import FlagRules, follows_many, largest_spike, ratio_deviations
from ambassador.metrics.score import DEFAULT_WEIGHTS
from ambassador.services.people.score_people import ScoreInputs, score_people
from ambassador.store.campaigns.campaigns import zone_of_days
from ambassador.store.kept import kept_for
from ambassador.store.networks.tie_views import out_degrees
from ambassador.store.people import people as store
from ambassador.store.people.past_results import count_mentions
from ambassador.store.people.people import AccountLine, PersonLine
from ambassador.store.people.readings import list_readings, newest_figures
from ambassador.store.settings import get_setting
from ambassador.store.tables.people import Person
from ambassador.values.days import day_in
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.people.people import (
    Flag,
    FlagKind,
    LatestFigures,
    PersonRow,
    Reading,
    TrendSetterScore,
)

NEAREST = 50
"""Peers a percentile compares with (K), unless the organisation set another number."""


@dataclass(frozen=True, eq=False)
class PeopleDirectory:
    """Everybody, and what lists of them can be cut by."""

    rows: tuple[PersonRow, ...]
    cities: tuple[str, ...]
    topics: tuple[str, ...]
    platforms: tuple[str, ...]
    in_network: bool
    """Whether ties of anybody are known."""


@dataclass(frozen=True, slots=True)
class _DirectoryEntry:
    """One person with the account that is shown and its figures."""

    person: PersonLine
    accounts: tuple[AccountLine, ...]
    readings: tuple[Reading, ...]
    figures: LatestFigures
    engagements: Engagements | None
    rate: float | None


def nearest_peers(session: Session) -> int:
    """Tell how many peers a percentile compares with.

    Examples
    --------
    >>> nearest_peers(session)
    50
    """
    return int(get_setting(session, "nearest_peers", NEAREST))


def score_weights(session: Session) -> Mapping[str, float]:
    """Tell how much each side of the score counts.

    Examples
    --------
    >>> dict(score_weights(session))
    {'reach': 1.0, 'resonance': 1.0, 'relevance': 1.0, 'network': 1.0}
    """
    return get_setting(session, "score_weights") or DEFAULT_WEIGHTS


def read_directory(
    session: Session, wanted_topics: frozenset[str] = frozenset(), *, archived: bool = False
) -> tuple[PersonRow, ...]:
    """Read everybody in use (or everybody archived), each ranked among all of them.

    Examples
    --------
    >>> row = read_directory(session)[0]
    >>> row.name, round(row.rate_by_followers, 4), round(row.score.value)
    ('Nina Rossi', 0.0626, 53)
    """
    return open_directory(session, wanted_topics, archived=archived).rows


def open_directory(
    session: Session, wanted_topics: frozenset[str] = frozenset(), *, archived: bool = False
) -> PeopleDirectory:
    """Read everybody with what can be asked for; kept until a table it rests on changes.

    Examples
    --------
    >>> found = open_directory(session)
    >>> len(found.rows), found.cities[0], found.in_network
    (4, 'Bari', True)
    """
    asked = (wanted_topics, archived)
    return kept_for(session, "directory", asked, lambda: _built(session, wanted_topics, archived=archived))


def _built(session: Session, wanted_topics: frozenset[str], *, archived: bool) -> PeopleDirectory:
    entries = _entries(session, store.list_person_lines(session, archived=archived))
    ties, mentions = out_degrees(session), count_mentions(session)
    known = [_known(entry, ties) for entry in entries]
    scores = score_people(known, wanted_topics, score_weights(session))
    ranks, peers = _ranks(entries, nearest_peers(session))
    flags = flag_audiences(
        [entry.figures for entry in entries],
        [entry.readings for entry in entries],
        FlagRules(),
        zone_of_days(session, None) or "UTC",
    )
    rows = tuple(
        _row(entry, score, rank=rank, peers=peers, flags=flagged, mentions=mentions.get(entry.person.id, 0))
        for entry, score, rank, flagged in zip(entries, scores, ranks, flags, strict=True)
    )
    return PeopleDirectory(
        rows=rows,
        cities=_choices({row.city for row in rows}),
        topics=_choices({topic for row in rows for topic in row.topics}),
        platforms=_choices({account.platform for entry in entries for account in entry.accounts}),
        in_network=any(one.ties is not None for one in known),
    )


def _choices(found: set[str]) -> tuple[str, ...]:
    return tuple(sorted(found - {""}, key=str.casefold))


def _entries(session: Session, people: Sequence[PersonLine]) -> list[_DirectoryEntry]:
    accounts, readings = store.list_account_lines(session), list_readings(session)
    return [_entry(person, accounts.get(person.id, []), readings) for person in people]


def _entry(
    person: PersonLine, accounts: Sequence[AccountLine], readings: Mapping[int, list[Reading]]
) -> _DirectoryEntry:
    """Show a person by the account with most followers."""
    read = [(account, tuple(readings.get(account.id, ()))) for account in accounts]
    with_figures = [(account, own, newest_figures(own)) for account, own in read]
    with_figures.sort(key=lambda one: -1 if one[2].followers is None else one[2].followers, reverse=True)
    shown, figures = (with_figures[0][1], with_figures[0][2]) if with_figures else ((), LatestFigures())
    counted = count_engagements({"likes": figures.average_likes, "comments": figures.average_comments})
    rate = engagement_rate_by_followers(counted.count if counted else None, figures.followers)
    return _DirectoryEntry(person, tuple(one[0] for one in with_figures), shown, figures, counted, rate)


def _known(entry: _DirectoryEntry, ties: Mapping[int, int]) -> ScoreInputs:
    person = entry.person
    own = [reading.figures for reading in entry.readings]
    stated = sum(
        one.average_likes is not None or one.average_comments is not None or one.engagement_rate is not None
        for one in own
    )
    return ScoreInputs(
        figures=entry.figures,
        rate=entry.rate,
        counted=entry.engagements.counted if entry.engagements else (),
        readings=stated,
        topics=frozenset(topic.casefold() for topic in person.topics),
        ties=ties.get(person.id),
        by_hand=person.score_by_hand,
        reason=person.score_reason or "",
    )


def _ranks(entries: Sequence[_DirectoryEntry], nearest: int) -> tuple[list[float | None], int]:
    """Return each rate's percentile among its nearest, and how many those are."""
    followers = np.array([_number(entry.figures.followers) for entry in entries], np.float64)
    rates = np.array([_number(entry.rate) for entry in entries], np.float64)
    found = percentile_among_nearest(followers, rates, nearest)
    comparable = int(np.count_nonzero(~np.isnan(followers) & ~np.isnan(rates)))
    return [None if np.isnan(rank) else float(rank) for rank in found], max(0, min(nearest, comparable - 1))


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _row(
    entry: _DirectoryEntry, score: TrendSetterScore, *, rank: float | None, peers: int, **more: object
) -> PersonRow:
    person, shown = entry.person, entry.accounts[0] if entry.accounts else None
    return PersonRow(
        id=person.id,
        name=person.name or "",
        handles=tuple(f"{account.platform}:{account.handle}" for account in entry.accounts),
        platform=shown.platform if shown else "",
        handle=shown.handle if shown else "",
        city=person.city or "",
        country=person.country or "",
        language=person.language or "",
        topics=tuple(person.topics),
        email=person.email or "",
        fee=fee_of(person),
        is_candidate=person.is_candidate,
        objected=person.objected_at is not None,
        figures=entry.figures,
        rate_by_followers=entry.rate,
        counted=entry.engagements.counted if entry.engagements else (),
        percentile=rank,
        peers=0 if rank is None else peers,
        score=score,
        archived=person.archived_at is not None,
        telephone=person.telephone or "",
        **more,  # type: ignore[arg-type]
    )


def fee_of(person: Person | PersonLine) -> Money | None:
    """Return a person's usual fee; None where it is not known.

    Examples
    --------
    >>> fee_of(Person(fee_minor=200_00, fee_currency="EUR")), fee_of(Person())
    (Money(minor=20000, currency='EUR'), None)
    """
    return None if person.fee_minor is None else Money(person.fee_minor, person.fee_currency or "EUR")


def flag_audiences(
    figures: Sequence[LatestFigures],
    readings: Sequence[Sequence[Reading]],
    rules: FlagRules,
    zone: str = "UTC",
) -> list[tuple[Flag, ...]]:
    """Return everybody's flags; likes per comment are compared within the group, days are of the zone.

    Examples
    --------
    >>> figures = LatestFigures(following=4_000)
    >>> [str(flag.evidence) for flag in flag_audiences([figures], [()], FlagRules())[0]]
    ['follows 4000 accounts (more than 1500)']
    """
    likes = np.array([_number(one.average_likes) for one in figures], np.float64)
    comments = np.array([_number(one.average_comments) for one in figures], np.float64)
    deviations = ratio_deviations(likes, comments, rules)
    return [
        tuple(_flags(one, own, float(deviation), rules, zone))
        for one, own, deviation in zip(figures, readings, deviations, strict=True)
    ]


def _flags(
    figures: LatestFigures, readings: Sequence[Reading], deviation: float, rules: FlagRules, zone: str
) -> Iterator[Flag]:
    if follows_many(figures.following, rules):
        text = mark("follows {following} accounts (more than {most})")
        evidence = Note(text, {"following": figures.following, "most": rules.most_following})
        yield Flag(FlagKind.FOLLOWS_MANY, evidence)
    known = [(reading.at, reading.figures.followers) for reading in readings if reading.figures.followers]
    spike = largest_spike(known, rules)
    if spike is not None:
        text = mark("followers went from {before} to {after} between {from_day} and {until_day}")
        days = {"from_day": day_in(zone, spike.from_at), "until_day": day_in(zone, spike.until_at)}
        yield Flag(FlagKind.SPIKE, Note(text, {"before": spike.before, "after": spike.after, **days}))
    if abs(deviation) > rules.outlier_deviations:
        yield _ratio_flag(figures, few_comments=deviation > 0)


def _ratio_flag(figures: LatestFigures, *, few_comments: bool) -> Flag:
    many = mark(
        "{likes} likes but {comments} comments a post: many likes for so few comments, compared with others"
    )
    few = mark(
        "{likes} likes but {comments} comments a post: few likes for so many comments, compared with others"
    )
    values = {
        "likes": round(figures.average_likes or 0, 1),
        "comments": round(figures.average_comments or 0, 1),
    }
    return Flag(FlagKind.RATIO, Note(many if few_comments else few, values))
