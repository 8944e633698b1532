"""Incidents as pages and the shell show them: a list, and one opened with who joined it and what is ahead."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.metrics.arrays import IntArray
from ambassador.services.cascades.growth import outlook_of_branch
from ambassador.services.incidents.detecting import members_of
from ambassador.services.incidents.streams import Stream, name_of, read_stream
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import zone_of_days
from ambassador.store.cascades.cascades import Face, read_faces
from ambassador.store.incidents import incidents as store
from ambassador.store.incidents.posts import texts_of
from ambassador.store.incidents.watches import newest_watches, ref_of
from ambassador.store.tables.incidents import Incident
from ambassador.values.incidents import (
    IncidentCard,
    IncidentEventView,
    IncidentKind,
    IncidentList,
    IncidentStatus,
    IncidentView,
    Joined,
    TypicalPost,
)
from ambassador.values.mentions.search_words import parts_of
from ambassador.values.perimeters import PerimeterRef

_READ: Final = 400
"""Posts whose words are compared, of the incident and of what came before it."""
_WORDS, _TYPICAL, _JOINED = 6, 3, 50
_SHORTEST: Final = 4
"""Letters of a word that says something."""
_SHARE: Final = 0.15
"""Of the posts, from which a word leads."""


def list_incidents(
    work: UnitOfWork,
    statuses: Sequence[IncidentStatus] | None = None,
    ref: PerimeterRef | None = None,
) -> IncidentList:
    """List incidents, what departed last first, with what is watched for.

    Examples
    --------
    >>> found = list_incidents(work)
    >>> list(found.incidents), list(found.watches), found.judged
    ([], [], 0)
    """
    with work.reading() as session:
        rows = store.list_incidents(session, statuses, ref)
        judged = [row.status for row in store.list_incidents(session) if row.by_hand]
        cards = _cards(session, rows)
        watches = tuple(newest_watches(session).values())
        zone = zone_of_days(session, None) or "UTC"
    dismissed = judged.count(IncidentStatus.DISMISSED)
    return IncidentList(cards, watches, zone, dismissed, len(judged))


def open_incident(work: UnitOfWork, incident_id: int) -> IncidentView:
    """Show one incident: who joined it, what they say, where it is heading, what was done.

    Examples
    --------
    >>> open_incident(work, 1)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no incident number 1
    """
    with work.reading(one_moment=True) as session:
        row = store.get_incident(session, incident_id)
        (card,) = _cards(session, [row])
        stream = read_stream(session, card.ref, work.now())
        members = _members(session, stream, row)
        faces = read_faces(session, stream.trees.posts.ids[members].tolist())
        words, typical = _what_is_said(session, stream, card, members, faces)
        joined = _joined(stream, members, faces)
        events = tuple(
            IncidentEventView(one.kind, one.happened_at, one.actor, one.text, one.posts)
            for one in store.events_of(session, incident_id)
        )
    outlook = outlook_of_branch(work, card.root_id) if card.root_id is not None else None
    return IncidentView(card, joined[:_JOINED], len(joined), typical, words, events, outlook, stream.zone)


def _cards(session: Session, rows: Sequence[Incident]) -> tuple[IncidentCard, ...]:
    faces = read_faces(session, [row.root_id for row in rows if row.root_id is not None])
    names = {ref: name_of(session, ref) for ref in {ref_of(row) for row in rows}}
    return tuple(_card(row, names[ref_of(row)], faces.get(row.root_id or 0)) for row in rows)


def _card(row: Incident, name: str, face: Face | None) -> IncidentCard:
    return IncidentCard(
        id=row.id or 0,
        ref=ref_of(row),
        perimeter=name,
        kind=row.kind,
        status=row.status,
        began_at=row.started_at,
        noticed_at=row.noticed_at,
        last_at=row.last_at,
        posts=row.posts,
        expected=row.usual,
        root_id=row.root_id,
        handle=face.handle if face else "",
        text=face.text if face else "",
        reason=row.reason,
        stands=row.stands,
        revision=row.revision,
    )


def _members(session: Session, stream: Stream, row: Incident) -> IntArray:
    """Return who takes part; of posts without a branch those of branches beside it are left out."""
    if row.kind is IncidentKind.SILENCE:
        return np.empty(0, np.int64)
    members = members_of(stream, row.kind, row.root_id, row.started_at, row.last_at)
    if row.root_id is not None:
        return members
    for other in store.list_incidents(session, ref=ref_of(row)):
        beside = other.kind is row.kind and other.root_id is not None and other.stands
        if beside and other.started_at <= row.last_at and row.started_at <= other.last_at:
            theirs = members_of(stream, row.kind, other.root_id, other.started_at, other.last_at)
            members = np.setdiff1d(members, theirs)
    return members


def _joined(stream: Stream, members: IntArray, faces: Mapping[int, Face]) -> tuple[Joined, ...]:
    """Name who takes part, a person with several accounts once."""
    posts, times = stream.trees.posts, stream.trees.times
    by_author: dict[object, list[int]] = {}
    for place in members.tolist():
        person = int(posts.people[place])
        key: object = ("person", person) if person >= 0 else ("account", int(posts.accounts[place]))
        by_author.setdefault(key, []).append(place)
    found = [
        Joined(
            handle=faces[int(posts.ids[places[0]])].handle,
            platform=faces[int(posts.ids[places[0]])].platform,
            posts=len(places),
            first_at=datetime.fromtimestamp(float(times[places[0]]), UTC),
        )
        for places in by_author.values()
    ]
    return tuple(sorted(found, key=lambda one: (-one.posts, one.first_at, one.handle)))


def _what_is_said(
    session: Session, stream: Stream, card: IncidentCard, members: IntArray, faces: Mapping[int, Face]
) -> tuple[tuple[str, ...], tuple[TypicalPost, ...]]:
    """Find the words that lead, against what was said in the perimeter before, and posts that hold most."""
    ids, times = stream.trees.posts.ids, stream.trees.times
    inside = members[:_READ]
    before = stream.places[times[stream.places] < card.began_at.timestamp()][-_READ:]
    said = {place: _words(faces[int(ids[place])].text) for place in inside.tolist()}
    earlier = texts_of(session, ids[before].tolist())
    leading = leading_words(list(said.values()), [_words(text) for text in earlier.values()])
    typical = sorted(said, key=lambda place: (-len(said[place] & {*leading}), float(times[place]), place))
    chosen: list[int] = []
    told: set[str] = set()
    for place in typical:
        text = " ".join(faces[int(ids[place])].text.split())
        if text and text.casefold() not in told and len(chosen) < _TYPICAL:
            told.add(text.casefold())
            chosen.append(place)
    return leading, tuple(
        TypicalPost(
            int(ids[place]),
            faces[int(ids[place])].handle,
            datetime.fromtimestamp(float(times[place]), UTC),
            faces[int(ids[place])].text,
        )
        for place in chosen
    )


def leading_words(inside: Sequence[set[str]], before: Sequence[set[str]]) -> tuple[str, ...]:
    """Name the words whose share of posts is larger than before by most, in the order of that.

    Examples
    --------
    >>> leading_words([{"screen", "broken"}, {"screen", "phone"}], [{"phone"}, {"phone"}])
    ('screen', 'broken')
    """
    if not inside:
        return ()
    now, then = _shares(inside), _shares(before)
    gained = {word: share - then.get(word, 0.0) for word, share in now.items() if share >= _SHARE}
    ranked = sorted(
        (word for word, gain in gained.items() if gain > 0), key=lambda word: (-gained[word], word)
    )
    return tuple(ranked[:_WORDS])


def _shares(texts: Iterable[set[str]]) -> dict[str, float]:
    held = list(texts)
    counted = Counter(word for words in held for word in words)
    return {word: count / len(held) for word, count in counted.items()}


def _words(text: str) -> set[str]:
    return {
        part.mark + part.text
        for part in parts_of(text)
        if part.is_sign or part.mark == "#" or (not part.mark and len(part.text) >= _SHORTEST)
    }
