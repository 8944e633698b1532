"""Parents a platform hides: named in the words of a post, else inferred, each with its probability."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents.possible_parents import ParentPosterior
from ambassador.services.parents.ordered_cascades import trees_with_hidden
from ambassador.services.parents.parent_evidence import weigh_evidence
from ambassador.store.cascades import parent_candidates as store
from ambassador.store.cascades.cascades import PostColumns, read_posts
from ambassador.store.cascades.parent_candidates import HeardFrom, Possibility, TextPost
from ambassador.values.cascades.cascades import NAMED_IN_TEXT
from ambassador.values.mentions.text_chain import TextChain, chain_of, may_name, says_the_same

_Told = tuple[TextPost, TextChain]
_NOBODY = TextChain((), "")
VERSION: Final = 4
_LEAST, _MOST = 0.01, 8
"""Possible parents less likely than this are not kept, nor more than so many per post."""


def infer_parents_in(session: Session) -> int:
    """Bring parents named in texts and possible parents up to date; say how many posts have possible ones.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     infer_parents_in(writing)
    0
    """
    point_by_text_in(session)
    wanted = possible_parents(session)
    store.write_candidates(session, wanted, VERSION)
    return len(wanted)


def possible_parents(session: Session) -> dict[int, list[Possibility]]:
    """Infer the possible parents of every post whose parent is hidden; nothing is written.

    Examples
    --------
    >>> possible_parents(session)
    {}
    """
    if not store.has_hidden(session):
        return {}
    posts = read_posts(session)
    heard = store.read_heard(session)
    if not heard:
        return {}
    hidden, seen = trees_with_hidden(posts)
    network, given = build_network(heard, [*hidden.keys, *seen.keys])
    evidence = weigh_evidence(session, given, network, hidden, seen)
    posterior, basis = evidence.posterior(hidden.talk(network)), str(evidence.basis)
    found = {
        int(hidden.posts.ids[number]): _rows(posterior, number, hidden.posts, basis)
        for number in np.flatnonzero(hidden.hidden).tolist()
    }
    return {post: rows for post, rows in sorted(found.items()) if rows}


def build_network(heard: Sequence[HeardFrom], keys: Sequence[int]) -> tuple[InfluenceNetwork, FloatArray]:
    """Build the ties, and the probability of each as files give it, NaN where none does.

    Several files may give one tie, and a reaction may show it once more: the largest figure counts.

    Examples
    --------
    >>> network, given = build_network([HeardFrom(2, 4, 0.5), HeardFrom(2, 4, None)], [2, 4])
    >>> network.tie_count, given
    (1, array([0.5]))
    """
    known: dict[tuple[int, int], float] = {}
    for one in heard:
        pair = (one.source_key, one.target_key)
        known[pair] = max(known.get(pair, -1.0), -1.0 if one.probability is None else one.probability)
    pairs = sorted(pair for pair in known if pair[0] != pair[1])  # as ties are numbered
    figures = np.array([known[pair] for pair in pairs])
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    network = InfluenceNetwork.from_keys(ends[:, 0], ends[:, 1], np.maximum(figures, 0.0), keys=keys)
    return network, np.where(figures >= 0, figures, np.nan)


def _rows(posterior: ParentPosterior, number: int, posts: PostColumns, method: str) -> list[Possibility]:
    """Keep the likely ones; what is left goes to nobody known, so that all sum to 1."""
    span = slice(int(posterior.ends[number]), int(posterior.ends[number + 1]))
    pairs = sorted(
        zip(posterior.probability[span].tolist(), posterior.above[span].tolist(), strict=True), reverse=True
    )
    kept = [(share, int(posts.ids[above])) for share, above in pairs[:_MOST] if share >= _LEAST]
    if not kept:
        return []
    rows = [Possibility(above, share, method) for share, above in kept]
    unknown = max(0.0, 1.0 - float(np.sum([share for share, _ in kept])))
    rows.append(Possibility(None, unknown, method))
    return sorted(rows, key=lambda row: -row.probability)


def point_by_text_in(session: Session) -> int:
    """Point posts without a seen parent at the one their text names; say how many changed.

    A bare ``RT @a`` is how platforms write a repost of the start, so it hides who passed it on; where the
    file names a start, that stays.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     point_by_text_in(writing)
    0
    """
    wanted = named_parents(session)
    store.point_by_text(session, wanted)
    return len(wanted)


def named_parents(session: Session, touched: Collection[int] | None = None) -> dict[int, int | None]:
    """Find the posts that hang from another than the one their text names, each with that; writes nothing.

    ``touched``: only where these posts have come or changed, and nothing else has.

    Examples
    --------
    >>> named_parents(session)
    {}
    """
    told = [(post, _chain(post)) for post in store.read_naming(session, touched)]
    named = {(post.platform, handle) for post, chain in told for handle in chain.handles}
    said = ((post, _chain(post)) for post in store.read_said_by(session, named))
    return _pointed_anew(session, told, _by_author(said, named))


def _by_author(
    told: Iterable[_Told], named: Collection[tuple[str, str]]
) -> Mapping[tuple[str, str], Sequence[_Told]]:
    by_author: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for post, chain in told:
        if (post.platform, post.handle) in named:
            by_author[post.platform, post.handle].append((post, chain if chain.said else chain_of(post.text)))
    return by_author


def _pointed_anew(
    session: Session, told: Sequence[_Told], by_author: Mapping[tuple[str, str], Sequence[_Told]]
) -> dict[int, int | None]:
    wanted: dict[int, int | None] = {}
    erased = store.erased_posts(session) if told else set()
    for post, chain in told:
        is_ours = post.inferred_by == NAMED_IN_TEXT
        if post.is_observed or (is_ours and post.inferred_id in erased):  # the name it rested on is gone
            continue
        parent = _named_parent(post, chain, by_author)
        if parent is not None and (is_ours or post.inferred_id is None or _says_more(chain)):
            if not is_ours or post.inferred_id != parent:
                wanted[post.id] = parent
        elif is_ours:
            wanted[post.id] = None
    return wanted


def _chain(post: TextPost) -> TextChain:
    """Read a chain where there can be one: most texts name nobody."""
    return chain_of(post.text) if may_name(post.text) else _NOBODY


def _says_more(chain: TextChain) -> bool:
    """Tell whether a chain says more than the platform's own mark of a repost."""
    return len(chain.handles) > 1 or not chain.is_bare_repost


def _named_parent(
    post: TextPost, chain: TextChain, by_author: Mapping[tuple[str, str], Sequence[_Told]]
) -> int | None:
    """Find the newest earlier post, with the same words, of the nearest named person who has one here."""
    for handle in chain.handles:
        said = by_author.get((post.platform, handle), ())
        earlier = bisect_left(said, post.posted_at, key=lambda one: one[0].posted_at)
        found = _newest_alike(chain, said[:earlier])
        if found is not None and found != post.id:
            return found
    return None


def _newest_alike(chain: TextChain, said: Iterable[_Told]) -> int | None:
    return next(
        (other.id for other, theirs in reversed(list(said)) if chain.said and says_the_same(chain, theirs)),
        None,
    )
