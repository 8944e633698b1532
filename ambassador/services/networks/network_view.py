"""Look at the network: who is in it, how much talk it covers, its communities; all of it as a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlmodel import Session

from ambassador.reports.network_files import network_file
from ambassador.services.networks.network_picture import (
    NOT_YET,
    Picture,
    PictureTies,
    compute_picture,
    kept_picture,
)
from ambassador.services.networks.nodes import NodeCard, cards_of
from ambassador.services.networks.rung import rung_of
from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.kept import kept_for
from ambassador.store.mentions.talkers import ambassador_keys, last_campaign, talker_keys
from ambassador.store.networks.networks import read_tie_ends
from ambassador.store.networks.tie_views import TieLine, count_by_origin, each_tie_line, list_tie_lines
from ambassador.store.people import people as store
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.networks.network_view import (
    CommunityRow,
    DrawnNode,
    NetworkCoverage,
    NetworkFormat,
    NetworkView,
    TieOrigin,
    TieRow,
)
from ambassador.values.networks.node_key import NodeKey

MOST_LISTED = 2_000
SMALL = 300
"""Networks up to this size are drawn while one waits."""
_NAMED = 3
_MOST_COMMUNITIES = 200


@dataclass(frozen=True)
class _Read:
    """What is read before the picture is computed, outside any transaction."""

    ties: PictureTies
    marked: frozenset[int]
    coverage: NetworkCoverage | None


def network_view(work: UnitOfWork, campaign_id: int | None = None) -> NetworkView:
    """Read the network and draw it; ambassadors are those of the campaign, else of the last one.

    Examples
    --------
    >>> found = network_view(work, campaign)
    >>> found.nodes, found.ties, found.coverage.inside
    (7, 10, 5)
    """
    with work.reading() as session:
        read = _kept_read(session, campaign_id)
        view = kept_for(session, "network view", campaign_id, lambda: _view_of(session, campaign_id))
    if view.is_drawn or read.ties.keys.size > SMALL:
        return view
    picture = compute_picture(work, read.ties, read.marked)
    with work.reading() as session:
        return _view(session, read, picture)


def _kept_read(session: Session, campaign_id: int | None) -> _Read:
    return kept_for(session, "network", campaign_id, lambda: _read(session, campaign_id))


def _view_of(session: Session, campaign_id: int | None) -> NetworkView:
    """Show the network with its picture, where that was computed."""
    read = _kept_read(session, campaign_id)
    return _view(session, read, kept_picture(session, read.ties, read.marked) or NOT_YET)


def _view(session: Session, read: _Read, picture: Picture) -> NetworkView:
    ties, marked = read.ties, read.marked
    named = _named(picture, ties, marked)
    cards = cards_of(session, np.concatenate([picture.keys[picture.drawn], named]).tolist())
    return NetworkView(
        nodes=ties.keys.size,
        people=int(np.count_nonzero(ties.keys % NodeKey.KINDS == 0)),
        ties=ties.source.size,
        origins=tuple(TieOrigin(*row) for row in count_by_origin(session)),
        coverage=read.coverage,
        rung=rung_of(count_evidence(session)),
        communities=_communities(picture, ties, marked, cards),
        outside_communities=ties.keys.size - picture.keys.size if picture is not NOT_YET else 0,
        drawn=_drawn(picture, ties, marked, cards),
        drawn_ties=_drawn_ties(picture, ties),
        strongest=_strongest(session),
        is_drawn=picture is not NOT_YET,
        ambassadors_of=read.coverage.campaign if read.coverage and marked else "",
    )


def draw_network(work: UnitOfWork, campaign_id: int | None = None, *, progress: Progress = silent) -> None:
    """Compute communities and places, so that the next look finds them.

    Examples
    --------
    >>> draw_network(work, campaign)
    """
    with work.reading() as session:
        read = _read(session, campaign_id)
    compute_picture(work, read.ties, read.marked, progress=progress)


def _read(session: Session, campaign_id: int | None) -> _Read:
    ties = PictureTies.between(*read_tie_ends(session))
    campaign = last_campaign(session, campaign_id)
    if campaign is None or campaign.id is None:
        return _Read(ties, frozenset(), None)
    talkers = talker_keys(session, campaign.id)
    coverage = _coverage(campaign.id, campaign.name, talkers, ties)
    return _Read(ties, frozenset(ambassador_keys(session, campaign.id)), coverage)


def _coverage(campaign_id: int, name: str, talkers: set[int], ties: PictureTies) -> NetworkCoverage:
    inside = int(np.isin(np.fromiter(talkers, np.int64), ties.keys).sum())
    return NetworkCoverage(campaign_id, name, len(talkers), inside)


def _named(
    picture: Picture, ties: PictureTies, marked: Collection[int]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Choose whom the community table names: the best connected of each, and every ambassador."""
    rank = _by_community(picture, ties)
    place_within = np.arange(rank.size) - np.searchsorted(picture.community[rank], picture.community[rank])
    best = picture.keys[rank[place_within < _NAMED]]
    here = picture.keys[np.isin(picture.keys, np.fromiter(marked, np.int64))]
    return np.concatenate([best, here]).astype(np.int64)


def _by_community(picture: Picture, ties: PictureTies) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    degree = ties.degrees[np.searchsorted(ties.keys, picture.keys)]
    return np.lexsort((picture.keys, -degree, picture.community)).astype(np.int64)


def _communities(
    picture: Picture, ties: PictureTies, marked: Collection[int], cards: Mapping[int, NodeCard]
) -> tuple[CommunityRow, ...]:
    """Describe each community of two or more, the largest first."""
    inside = _ties_inside(picture, ties)
    order = _by_community(picture, ties)
    bounds = np.searchsorted(picture.community[order], np.arange(inside.size + 1))
    rows = []
    for number in range(min(inside.size, _MOST_COMMUNITIES)):
        keys = picture.keys[order[bounds[number] : bounds[number + 1]]].tolist()
        if len(keys) > 1:
            rows.append(_community(number + 1, keys, int(inside[number]), marked, cards))
    return tuple(rows)


def _community(
    number: int, keys: Sequence[int], ties_inside: int, marked: Collection[int], cards: Mapping[int, NodeCard]
) -> CommunityRow:
    best = [cards[key] for key in keys[:_NAMED] if key in cards]
    return CommunityRow(
        number=number,
        people=len(keys),
        ties_inside=ties_inside,
        ambassadors=tuple(label_of(cards[key]) for key in keys if key in marked and key in cards),
        best_connected=tuple(label_of(card) for card in best),
        best_connected_ids=tuple(card.person_id for card in best),
    )


def _ties_inside(picture: Picture, ties: PictureTies) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    community = np.full(ties.keys.size, -1, np.int64)
    community[np.searchsorted(ties.keys, picture.keys)] = picture.community
    one, other = community[ties.source], community[ties.target]
    count = int(picture.community.max(initial=-1)) + 1
    return np.bincount(one[(one == other) & (one >= 0)], minlength=count).astype(np.int64)


def _drawn(
    picture: Picture, ties: PictureTies, marked: Collection[int], cards: Mapping[int, NodeCard]
) -> tuple[DrawnNode, ...]:
    degrees = ties.degrees[np.searchsorted(ties.keys, picture.keys[picture.drawn])]
    columns = zip(picture.drawn, picture.x, picture.y, degrees, strict=True)
    return tuple(
        _node(
            int(picture.keys[place]),
            int(picture.community[place]) + 1,
            float(x),
            float(y),
            int(degree),
            marked,
            cards,
        )
        for place, x, y, degree in columns
    )


def _node(
    key: int,
    community: int,
    x: float,
    y: float,
    degree: int,
    marked: Collection[int],
    cards: Mapping[int, NodeCard],
) -> DrawnNode:
    card = cards.get(key)
    return DrawnNode(
        x=x,
        y=y,
        label=label_of(card) if card else _number_of(key),
        community=community,
        degree=degree,
        is_ambassador=key in marked,
        followers=card.followers if card else None,
        person_id=card.person_id if card else None,
    )


def _drawn_ties(picture: Picture, ties: PictureTies) -> tuple[tuple[int, int], ...]:
    shown = ties.among(np.searchsorted(ties.keys, picture.keys[picture.drawn]).astype(np.int64))
    pairs = np.unique(np.stack([shown.source, shown.target], axis=1), axis=0)
    return tuple((int(one), int(other)) for one, other in pairs)


def _strongest(session: Session) -> tuple[TieRow, ...]:
    return tuple(tie_row(line) for line in list_tie_lines(session, limit=MOST_LISTED))


def tie_row(line: TieLine) -> TieRow:
    """Show a tie by its handles.

    Examples
    --------
    >>> tie_row(list_tie_lines(session, limit=1)[0]).origin
    'mentions'
    """
    return TieRow(
        source=f"{line.platform}:{line.source_handle}",
        target=f"{line.platform}:{line.target_handle}",
        platform=line.platform,
        kind=line.kind,
        origin=line.origin,
        interactions=line.interactions,
        weight=line.weight,
        probability=line.given_probability,
        last_at=line.last_at,
    )


def label_of(card: NodeCard) -> str:
    """Name a node as people do.

    Examples
    --------
    >>> label_of(cards_of(session, [NodeKey.of_person(1)])[NodeKey.of_person(1)])
    'Nina Rossi'
    """
    return card.name or (f"@{card.handle}" if card.handle else _number_of(card.key))


def _number_of(key: int) -> str:
    owner = NodeKey.owner(key)
    return f"#{owner.account_id if owner.person_id is None else owner.person_id}"


def export_network(work: UnitOfWork, form: NetworkFormat) -> bytes:
    """Return all ties between accounts, with what is known of the people, as one file.

    Examples
    --------
    >>> export_network(work, NetworkFormat.EDGE_LIST).decode("utf-8-sig").splitlines()[0]
    'source,target,platform,kind,origin,interactions,weight,probability'
    """
    with work.reading() as session:
        lines = list(each_tie_line(session))
        return network_file(form, [tie_row(line) for line in lines], _people(session, lines))


def _people(session: Session, lines: Iterable[TieLine]) -> dict[str, dict[str, Any]]:
    """Tell name, person and followers of every account with a tie."""
    found: dict[str, dict[str, Any]] = {}
    figures = store.latest_snapshots(session)
    for line in lines:
        for account, person, handle, name in (
            (line.source_account_id, line.source_person_id, line.source_handle, line.source_name),
            (line.target_account_id, line.target_person_id, line.target_handle, line.target_name),
        ):
            read = figures.get(account)
            facts = {"name": name, "person": person, "followers": read.followers if read else None}
            found.setdefault(f"{line.platform}:{handle}", facts)
    return found
