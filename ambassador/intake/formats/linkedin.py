"""LinkedIn: for a person two lists of posts side by side, by engagements and impressions; for a page one."""

from collections.abc import Iterator

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, plain
from ambassador.intake.formats.format import Format, heading
from ambassador.intake.sources import NumberedRow, RowSource
from ambassador.values.status import ImportKind

_ADDRESS, _DAY = "post url", "post publish date"


def _one_list(headers: tuple[str, ...], source: RowSource) -> tuple[tuple[str, ...], RowSource]:
    """Lay the two lists one over the other: a post that stands in both comes with both figures."""
    bare = [heading(name.partition(" (")[0]) for name in headers]
    starts = [place for place, name in enumerate(bare) if name == _ADDRESS]
    views = bare.index("impressions") if "impressions" in bare else len(bare)

    def rows() -> Iterator[NumberedRow]:
        impressions: dict[str, Cell] = {}
        posts: dict[str, NumberedRow] = {}
        for line, cells in source():
            for start in starts:
                address = plain(cells[start]) if start < len(cells) else ""
                if heading(address) == _ADDRESS or not address:
                    continue
                posts.setdefault(
                    address, (line, [address, cells[start + 1] if start + 1 < len(cells) else None])
                )
                if start + 2 == views and views < len(cells):
                    impressions[address] = cells[views]
        yield 0, _HEADERS
        yield from ((line, [*cells, impressions.get(plain(cells[0]))]) for line, cells in posts.values())

    return _HEADERS, rows


_HEADERS = ("Post URL", "Post Publish Date", "Impressions")
LINKEDIN_TOP_POSTS = Format(
    key="linkedin-top-posts",
    name=mark("LinkedIn analytics, top posts"),
    kind=ImportKind.MENTIONS,
    has=("Post URL", "Post Publish Date", "Impressions|Engagements"),
    platform="linkedin",
    columns={
        "url": "Post URL",
        "author": "Post URL",
        "created_at": "Post Publish Date",
        "views": "Impressions",
    },
    reshape=_one_list,
)
LINKEDIN_PAGE = Format(
    key="linkedin-page",
    name=mark("LinkedIn analytics, posts of a page"),
    kind=ImportKind.MENTIONS,
    has=("Post title|Update title", "Post link|Update link", "Created date", "Impressions"),
    platform="linkedin",
    columns={
        "url": "Post link|Update link",
        "created_at": "Created date",
        "text": "Post title|Update title",
        "likes": "Likes|Reactions",
        "replies": "Comments",
        "reposts": "Reposts|Shares",
        "views": "Impressions",
    },
)
