"""Plausible trees of the cascades in which the platform hides parents."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.propagation.cascades import branch_shares, plausible_shapes
from ambassador.propagation.cascades.shapes import RUNS, PlausibleShapes, PossibleParents
from ambassador.services.cascades.forest import CampaignForest
from ambassador.store.cascades.parent_candidates import candidate_method, read_candidates
from ambassador.values.cascades.cascades import Likely, PlausibleShape
from ambassador.values.cascades.inference import ParentBasis

_KEY: Final = 20_260_501
_FEWEST, _WORK = 40, 4_000_000
"""Draws at least, and posts drawn in all before there are fewer draws."""
_ROWS = {
    "depth": "depth",
    "breadth": "breadth",
    "largest_broadcast_share": "broadcast_share",
    "structural_virality": "structural_virality",
    "reproduction": "reproduction",
}


def possible_parents(session: Session, trees: CampaignForest) -> PossibleParents:
    """Return the possible parents their numbers in a forest; those of other trees count as nobody known.

    Examples
    --------
    >>> from ambassador.services.cascades.forest import read_campaign_forest
    >>> possible_parents(session, read_campaign_forest(session, work.now())).above.size
    0
    """
    candidates = read_candidates(session)
    number = {key: place for place, key in enumerate(trees.posts.ids.tolist())} if candidates else {}
    root, hidden = trees.forest.root, trees.forest.inferred
    sizes = np.zeros(len(trees.posts), np.int64)
    above: dict[int, list[tuple[int, float]]] = {}
    for mention, rows in candidates.items():
        place = number.get(mention, -1)
        if place < 0 or not hidden[place]:
            continue
        kept = [
            (number[one.candidate_id], one.probability)
            for one in rows
            if one.candidate_id in number and root[number[one.candidate_id]] == root[place]
        ]
        above[place], sizes[place] = kept, len(kept)
    flat = [pair for place in sorted(above) for pair in above[place]]
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    numbers = np.array([one for one, _ in flat], np.int64)
    return PossibleParents(ends, numbers, np.array([share for _, share in flat], np.float64))


def basis_of(session: Session) -> ParentBasis | None:
    """Tell what the possible parents rest on; None where there are none.

    Examples
    --------
    >>> basis_of(session) is None
    True
    """
    method = candidate_method(session)
    return None if method is None else ParentBasis.parse(method)


def shapes_by_root(
    trees: CampaignForest, possible: PossibleParents, basis: ParentBasis | None
) -> dict[int, PlausibleShape]:
    """Return the plausible shape of each tree that hides parents of which something is known."""
    if not possible.above.size:
        return {}
    runs = int(np.clip(_WORK // max(len(trees.posts), 1), _FEWEST, RUNS))
    shapes = plausible_shapes(trees.forest, possible, trees.times, key=_KEY, runs=runs)
    drawn = {name: shapes.likely(measure).T.tolist() for name, measure in _ROWS.items()}
    return {root: _shape(shapes, place, drawn, basis) for place, root in enumerate(shapes.roots.tolist())}


def branch_ranges(
    trees: CampaignForest, possible: PossibleParents, heads: Sequence[int]
) -> list[tuple[float, float]]:
    """Return the range of what each of some posts of one cascade carried, over the same plausible trees."""
    return [
        (low, high)
        for low, high in branch_shares(trees.forest, possible, trees.times, heads, key=_KEY).tolist()
    ]


def _shape(
    shapes: PlausibleShapes, place: int, drawn: dict[str, list[Sequence[float]]], basis: ParentBasis | None
) -> PlausibleShape:
    figures = {name: _likely(rows[place]) for name, rows in drawn.items()}
    return PlausibleShape(**figures, sure=float(shapes.sure[place]), basis=basis)


def _likely(row: Sequence[float]) -> Likely:
    return Likely(row[0], (row[1], row[2]), (row[3], row[4]), (row[5], row[6]))
