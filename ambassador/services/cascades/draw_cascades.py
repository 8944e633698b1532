"""Lay out one cascade, or all of a campaign around one middle, with branches and who leads each."""

from dataclasses import dataclass, replace

import numpy as np
from sqlmodel import Session

from ambassador.errors import NotFoundError
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import radial_layout
from ambassador.propagation.cascades.shapes import likely_tree
from ambassador.propagation.cascades.tree_layout import depths, in_proportion, spiral_layout
from ambassador.services.cascades.cascade_measures import cascade_rows, measure
from ambassador.services.cascades.forest import read_campaign_forest
from ambassador.services.cascades.plausible import basis_of, branch_ranges, possible_parents, shapes_by_root
from ambassador.services.work import UnitOfWork
from ambassador.store.cascades.cascades import Face, PostColumns, read_faces
from ambassador.store.people.people import latest_snapshots
from ambassador.values.cascades.cascades import Branch, CascadeTree, TreeNode
from ambassador.values.status import MentionKind

DRAWN = 1_000
"""At most so many posts are drawn; the tree says how many are not."""
_BRANCHES = 5
_MIDDLE = Face("", "", MentionKind.ORIGINAL, "", "", 0, None)
_NO_POST = 0


@dataclass(frozen=True)
class _Tree:
    """One tree with one root; arrays by node. A forest has a middle that is no post as its root."""

    posts: PostColumns
    parent: Int64Array
    depth: Int64Array
    below: Int64Array
    """Posts under each node, itself not counted."""
    head: Int64Array
    """The node right under the root that each hangs from, itself included; -1 for the root."""
    branch: Int64Array
    """0 for the root, 1, 2, ... by size, the rest together one more."""
    heads: list[int]
    """The nodes right under the root that have a branch of their own."""
    in_order_of_time: bool
    sure: FloatArray
    """How likely the parent drawn is the true one."""


def observe_cascade(work: UnitOfWork, root_mention_id: int, campaign_id: int | None = None) -> CascadeTree:
    """Open one cascade: its figures, its tree, the share of each branch.

    Examples
    --------
    >>> found = observe_cascade(work, 1)
    >>> [(node.handle, node.depth) for node in found.nodes]
    [('nina', 0), ('ugo', 1), ('eva', 1), ('pia', 2), ('brezza', 3)]
    """
    with work.reading() as session:
        trees = read_campaign_forest(session, work.now(), campaign_id)
        possible = possible_parents(session, trees)
        measured = replace(
            measure(trees, work.now()), plausible=shapes_by_root(trees, possible, basis_of(session))
        )
        number = next(iter(np.flatnonzero(trees.posts.ids == root_mention_id).tolist()), -1)
        if number < 0 or trees.forest.parent[number] >= 0:
            raise NotFoundError("no cascade starts at mention {number}", number=root_mention_id)
        place = int(measured.group[number])
        row = cascade_rows(session, measured, [place])[0]
        inside = np.flatnonzero(measured.group == place)
        likely, sure = likely_tree(trees.forest, possible, trees.times)
        parent = _renumbered(likely, inside)
        nothing_known = row.hidden_parents > 0 and row.plausible is None
        tree = _tree(trees.posts.take(inside), parent, sure[inside], hidden=nothing_known)
        found = replace(_drawn(session, tree), row=row)
        if not found.inferred:
            return found
        ranges = branch_ranges(trees, possible, inside[tree.heads].tolist())
        return replace(found, branches=_with_ranges(found.branches, ranges))


def observe_forest(work: UnitOfWork, campaign_id: int | None = None) -> CascadeTree:
    """Lay out all cascades around one middle: a branch is a cascade.

    Examples
    --------
    >>> found = observe_forest(work, campaign)
    >>> [(branch.handle, branch.posts) for branch in found.branches]
    [('nina', 4), ('', 1)]
    """
    with work.reading() as session:
        trees = read_campaign_forest(session, work.now(), campaign_id)
        likely, sure = likely_tree(trees.forest, possible_parents(session, trees), trees.times)
        parent = np.concatenate([[-1], likely + 1]).astype(np.int64)
        posts = trees.posts.under(_NO_POST, trees.as_of)
        tree = _tree(posts, parent, np.concatenate([[1.0], sure]), hidden=False)
        return _drawn(session, tree)


def _with_ranges(branches: tuple[Branch, ...], ranges: list[tuple[float, float]]) -> tuple[Branch, ...]:
    """Add the ranges to the branches that are not all the rest together."""
    named = [replace(one, share_range=span) for one, span in zip(branches, ranges, strict=False)]
    return (*named, *branches[len(ranges) :])


def _renumbered(parent: Int64Array, inside: Int64Array) -> Int64Array:
    place = np.full(parent.size + 1, -1, dtype=np.int64)
    place[inside] = np.arange(inside.size)
    return place[parent[inside]]


def _tree(posts: PostColumns, parent: Int64Array, sure: FloatArray, *, hidden: bool) -> _Tree:
    depth = depths(parent)
    order = np.argsort(depth, kind="stable")
    below = np.zeros(parent.size, dtype=np.int64)
    head = np.full(parent.size, -1, dtype=np.int64)
    for node in order[::-1].tolist():
        if parent[node] >= 0:
            below[parent[node]] += below[node] + 1
    for node in order.tolist():
        head[node] = node if depth[node] == 1 else head[parent[node]] if depth[node] else -1
    candidates = np.flatnonzero(depth == 1)
    ranked = candidates[np.argsort(-below[candidates], kind="stable")]
    heads = [int(node) for node in ranked[:_BRANCHES] if below[node] > 0]
    number = np.full(parent.size + 1, len(heads) + 1, dtype=np.int64)
    number[heads] = np.arange(1, len(heads) + 1)
    branch = np.where(head >= 0, number[head], 0)
    return _Tree(posts, parent, depth, below, head, branch, heads, in_order_of_time=hidden, sure=sure)


def _drawn(session: Session, tree: _Tree) -> CascadeTree:
    shown = in_proportion(tree.parent, tree.below, tree.head, DRAWN)
    faces = read_faces(session, [tree.posts[node].id for node in {*shown.tolist(), *tree.heads}])
    faces[_NO_POST] = _MIDDLE
    snapshots = latest_snapshots(session, {face.account_id for face in faces.values()})
    followers = {account: snapshot.followers for account, snapshot in snapshots.items()}
    x, y = _places(tree, shown)
    nodes = tuple(
        _node(tree, node, faces[tree.posts[node].id], followers, (float(x[place]), float(y[place])))
        for place, node in enumerate(shown.tolist())
    )
    return CascadeTree(
        row=None,
        nodes=nodes,
        branches=_branches(tree, faces, followers),
        not_drawn=tree.parent.size - shown.size,
        in_order_of_time=tree.in_order_of_time,
        inferred=int(np.count_nonzero((tree.sure > 0) & (tree.sure < 1))),
    )


def _places(tree: _Tree, shown: Int64Array) -> tuple[FloatArray, FloatArray]:
    if tree.in_order_of_time:
        return spiral_layout(shown.size)
    return radial_layout(_renumbered(tree.parent, shown), tree.below[shown])


def _node(
    tree: _Tree, node: int, face: Face, followers: dict[int, int | None], at: tuple[float, float]
) -> TreeNode:
    post, above = tree.posts[node], int(tree.parent[node])
    return TreeNode(
        mention_id=post.id,
        parent_id=tree.posts[above].id if above >= 0 else None,
        handle=face.handle,
        kind=face.kind,
        posted_at=post.posted_at,
        depth=int(tree.depth[node]),
        branch=int(tree.branch[node]),
        below=int(tree.below[node]),
        x=at[0],
        y=at[1],
        followers=followers.get(face.account_id),
        text=face.text,
        url=face.url,
        sure=float(tree.sure[node]),
    )


def _branches(tree: _Tree, faces: dict[int, Face], followers: dict[int, int | None]) -> tuple[Branch, ...]:
    middle = tree.posts[0].id == _NO_POST
    total = max(tree.parent.size - middle, 1)
    found = [
        Branch(
            number=place,
            mention_id=tree.posts[head].id,
            handle=faces[tree.posts[head].id].handle,
            posts=int(tree.below[head]) + 1,
            share=(int(tree.below[head]) + 1) / total,
            followers=followers.get(faces[tree.posts[head].id].account_id),
        )
        for place, head in enumerate(tree.heads, start=1)
    ]
    rest = int(np.count_nonzero(tree.branch == len(tree.heads) + 1))
    if rest:
        found.append(Branch(len(tree.heads) + 1, None, "", rest, rest / total))
    return tuple(found)
