"""Where each mention goes back to: posts of ambassadors upstream, in shares where the path is uncertain."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ambassador.store.cascades.parent_candidates import Possibility
from ambassador.store.cascades.parents import PostBranch
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.status import MentionKind


class CreditSource(NamedTuple):
    """Whom a mention goes back to, and how; no person for nobody of ours."""

    mention_id: int | None
    """Their post, or the one that names them: its moment tells which device they held."""
    person_id: int | None
    method: CreditMethod


Shares = Mapping[CreditSource, float]

_DOUBT = (
    CreditMethod.OWN_POST,
    CreditMethod.UPSTREAM,
    CreditMethod.NAMED,
    CreditMethod.TAGGED,
    CreditMethod.INFERRED,
    CreditMethod.STARTER,
)
"""From the surest way to the least sure; a path is as sure as its weakest step."""
OUTSIDE: Final = CreditSource(None, None, CreditMethod.NOBODY)
UNKNOWN: Final = CreditSource(None, None, CreditMethod.UNATTRIBUTED)


@dataclass(frozen=True)
class Paths:
    """Posts by id with what each hangs from or may hang from."""

    posts: Mapping[int, PostBranch]
    parents: Mapping[int, int]
    """Post -> the one it hangs from, without circles."""
    possible: Mapping[int, Sequence[Possibility]]
    speaking: Mapping[int, int]
    """Posts of ambassadors that count, with the person."""
    named: Mapping[int, Shares]
    """What the words of posts without a parent here say."""


def trace_sources(paths: Paths, mentions: Collection[int]) -> dict[int, Shares]:
    """Return the shares of each mention; those of one sum to 1 but for rounding.

    Examples
    --------
    >>> trace_sources(Paths({}, {}, {}, speaking={7: 1}, named={}), [7])
    {7: {CreditSource(mention_id=7, person_id=1, method=<CreditMethod.OWN_POST: 'own post'>): 1.0}}
    """
    found: dict[int, Shares] = {}
    below: dict[tuple[int, CreditMethod], Shares] = {}
    waiting = list(mentions)
    opened: set[int] = set()
    while waiting:
        post = waiting[-1]
        if post in found:
            waiting.pop()
            continue
        needed = [step for step, _, _ in _steps(paths, post) if step not in found and step not in opened]
        if needed and post not in opened:
            opened.add(post)
            waiting += needed
            continue
        found[post] = _mixed(paths, post, found, below)
        opened.discard(post)
        waiting.pop()
    return {post: found[post] for post in mentions}


def _steps(paths: Paths, post: int) -> list[tuple[int, float, CreditMethod]]:
    """List the posts one may have been taken from: which, how likely, and how that is known."""
    if post in paths.speaking:
        return []
    parent = paths.parents.get(post)
    if parent is None:
        return []
    branch = paths.posts[post]
    if not branch.hidden:
        return [(parent, 1.0, CreditMethod.NAMED if branch.named else CreditMethod.UPSTREAM)]
    likely = paths.possible.get(post, ())
    steps = [
        (one.candidate_id, one.probability, CreditMethod.INFERRED)
        for one in likely
        if one.candidate_id is not None and one.candidate_id in paths.posts
    ]
    rest = 1.0 - sum(share for _, share, _ in steps)
    return [*steps, (parent, max(rest, 0.0), CreditMethod.STARTER)]


def _mixed(
    paths: Paths,
    post: int,
    found: Mapping[int, Shares],
    below: dict[tuple[int, CreditMethod], Shares],
) -> Shares:
    """Work out the shares of one post; those that hang from one post in one way have theirs in common."""
    if post in paths.speaking:
        return {CreditSource(post, paths.speaking[post], CreditMethod.OWN_POST): 1.0}
    steps = _steps(paths, post)
    if not steps:
        return paths.named.get(post) or {_nobody(paths.posts[post]): 1.0}
    (above, _, how), *others = steps
    if others or above not in found:
        return _joined(steps, found)
    if (above, how) not in below:
        below[above, how] = _joined(steps, found)
    return below[above, how]


def _joined(steps: Sequence[tuple[int, float, CreditMethod]], found: Mapping[int, Shares]) -> Shares:
    shares: dict[CreditSource, float] = defaultdict(float)
    for above, share, how in steps:
        if share <= 0:
            continue
        for source, part in found.get(above, {UNKNOWN: 1.0}).items():
            shares[_further(source, how)] += share * part
    return dict(shares)


def _further(source: CreditSource, how: CreditMethod) -> CreditSource:
    """Tell how a source is known one step further down."""
    if source.mention_id is None:
        return UNKNOWN if how is CreditMethod.STARTER else source
    return source._replace(method=max(source.method, how, key=_DOUBT.index))


def _nobody(branch: PostBranch) -> CreditSource:
    """Tell a start from outside the network from a reaction that does not say to what."""
    starts = branch.kind in (MentionKind.ORIGINAL, MentionKind.STORY)
    return OUTSIDE if starts or branch.parent_id is not None else UNKNOWN
