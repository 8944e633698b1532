"""What one post of a person is expected to bring, over all their accounts."""

from collections.abc import Mapping, Sequence

from ambassador.metrics.expected import (
    ExpectationBasis,
    expected_interactions,
    expected_views,
    pooled_variation,
)
from ambassador.services.networks.nodes import NodeCard
from ambassador.store.people.track_record import PastPosts

Expected = tuple[float, ExpectationBasis]


def best_views(card: NodeCard, past: Mapping[int, PastPosts]) -> Expected | None:
    """Expect the views of a post on the account where it brings most; None where nothing is known.

    Examples
    --------
    >>> from ambassador.services.networks.nodes import cards_of
    >>> best_views(cards_of(session, [2])[2], {}) is None
    True
    """
    found = []
    for account in card.account_ids:
        own, read = past.get(account), card.figures.get(account)
        found.append(expected_views(own.views if own else None, read.average_views if read else None))
    return max((one for one in found if one), key=lambda one: one[0], default=None)


def best_interactions(card: NodeCard, past: Mapping[int, PastPosts]) -> Expected | None:
    """Expect the interactions of a post on the account where it brings most; None where nothing is known.

    Examples
    --------
    >>> from ambassador.services.networks.nodes import cards_of
    >>> best_interactions(cards_of(session, [2])[2], {})[0]
    134.0
    """
    found = []
    for account in card.account_ids:
        own, read = past.get(account), card.figures.get(account)
        found.append(
            expected_interactions(
                own.interactions if own else None,
                read.average_likes if read else None,
                read.average_comments if read else None,
                read.engagement_rate if read else None,
                read.followers if read else None,
            )
        )
    return max((one for one in found if one), key=lambda one: one[0], default=None)


def figures_of(card: NodeCard, past: Mapping[int, PastPosts]) -> tuple[float | None, float | None]:
    """Return expected views and interactions; None is not known.

    Examples
    --------
    >>> from ambassador.services.networks.nodes import cards_of
    >>> figures_of(cards_of(session, [2])[2], {})
    (None, 134.0)
    """
    views, interactions = best_views(card, past), best_interactions(card, past)
    return views[0] if views else None, interactions[0] if interactions else None


def interaction_variation(past: Mapping[int, PastPosts]) -> float | None:
    """Tell how much the interactions of single posts vary; None where nobody has two posts.

    Examples
    --------
    >>> interaction_variation({}) is None
    True
    """
    rows = [(one.posts, one.interactions, one.interactions_squared) for one in past.values()]
    return _variation(rows)


def view_variation(past: Mapping[int, PastPosts]) -> float | None:
    """Tell how much the views of single posts vary; None where nobody has two posts.

    Examples
    --------
    >>> view_variation({}) is None
    True
    """
    rows = [(one.posts, one.views, one.views_squared) for one in past.values()]
    return _variation(rows)


def _variation(rows: Sequence[tuple[int, float | None, float | None]]) -> float | None:
    known = [(posts, mean, square) for posts, mean, square in rows if mean is not None and square is not None]
    return pooled_variation(*zip(*known, strict=True)) if known else None
