"""Parents that the words of a post name: ``RT @a: RT @b: ...``, ``//@a``, ``via @a``."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session

from ambassador.store.cascades import parent_candidates as store
from ambassador.store.cascades.parent_candidates import TextPost
from ambassador.values.cascades.cascades import NAMED_IN_TEXT
from ambassador.values.mentions.text_chain import TextChain, chain_of, says_the_same

_Told = tuple[TextPost, TextChain]
_NOBODY = TextChain((), "")


def point_by_text_in(session: Session) -> int:
    """Point posts without a seen parent at the one their text names; say how many changed.

    A bare ``RT @a`` is how platforms write a repost of the start, so it hides who passed it on; where the
    file names a start, that stays.
    """
    posts = store.read_texts(session)
    told = [(post, _chain(post)) for post in posts]
    named = {(post.platform, handle) for post, chain in told for handle in chain.handles}
    by_author: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for post, chain in told:
        if (post.platform, post.handle) in named:
            by_author[post.platform, post.handle].append((post, chain if chain.said else chain_of(post.text)))
    wanted: dict[int, int | None] = {}
    for post, chain in told:
        if post.is_observed:
            continue
        parent = _named_parent(post, chain, by_author)
        is_ours = post.inferred_by == NAMED_IN_TEXT
        if parent is not None and (is_ours or post.inferred_id is None or _says_more(chain)):
            if not is_ours or post.inferred_id != parent:
                wanted[post.id] = parent
        elif is_ours:
            wanted[post.id] = None
    store.point_by_text(session, wanted)
    return len(wanted)


def _chain(post: TextPost) -> TextChain:
    """Read a chain where there can be one: most texts name nobody."""
    return chain_of(post.text) if "@" in post.text or "\uff20" in post.text else _NOBODY


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
