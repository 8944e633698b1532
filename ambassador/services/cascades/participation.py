"""Who took part in which cascade, and when: one row a post, for other programs and for another workspace."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from ambassador.reports.table_file import table_file
from ambassador.services.cascades.forest import CampaignForest, read_campaign_forest
from ambassador.services.work import UnitOfWork
from ambassador.store.mentions.mentions import read_mentions
from ambassador.values.table_format import TableFormat

_HEADERS = (
    "platform", "root_id", "post_id", "author", "created_at", "kind", "parent_id", "hours_after", "step",
)  # fmt: skip
_AT_ONCE = 5_000
_HOUR = 3_600


def export_participation(
    work: UnitOfWork, campaign_id: int | None = None, form: TableFormat = TableFormat.CSV
) -> bytes:
    """Write who took part in which cascade, when, after whom and at which step from the first post.

    Read in as mentions, the file makes the same cascades.

    Examples
    --------
    >>> export_participation(work, campaign).decode("utf-8-sig").splitlines()[0]
    'platform,root_id,post_id,author,created_at,kind,parent_id,hours_after,step'
    """
    with work.reading() as session:
        trees = read_campaign_forest(session, work.now(), campaign_id)
        rows = list(_rows(session, trees))
    return table_file(form, "participation", _HEADERS, rows)


def _rows(session: Session, trees: CampaignForest) -> Iterator[Sequence[object]]:
    ids, forest = trees.posts.ids, trees.forest
    names = _names(session, ids.tolist())
    for place in forest.order.tolist():
        parent, root = int(forest.parent[place]), int(forest.root[place])
        platform, post_id, author, kind = names[int(ids[place])]
        at = float(trees.posts.times[place])
        yield (
            platform,
            names[int(ids[root])][1],
            post_id,
            author,
            datetime.fromtimestamp(at, UTC).isoformat(),
            kind,
            names[int(ids[parent])][1] if parent >= 0 else None,
            round((at - float(trees.posts.times[root])) / _HOUR, 4),
            int(forest.depth[place]),
        )


def _names(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
    """Tell platform, id, author and kind of each post."""
    found = {}
    for first in range(0, len(ids), _AT_ONCE):
        for number, (post, account) in read_mentions(session, ids[first : first + _AT_ONCE]).items():
            found[number] = (post.platform, post.post_id, account.handle, post.kind.value)
    return found
