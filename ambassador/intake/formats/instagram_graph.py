"""Instagram Graph API and Insights: the posts of one account, which the rows do not name."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

INSTAGRAM_GRAPH = Format(
    key="instagram-graph",
    name=mark("Instagram Graph API, posts of one account"),
    kind=ImportKind.MENTIONS,
    has=("timestamp", "media_type", "permalink", "like_count"),
    lacks=("username",),
    platform="instagram",
    columns={
        "post_id": "id|media_id",
        "url": "permalink",
        "created_at": "timestamp",
        "text": "caption",
        "likes": "like_count",
        "replies": "comments_count",
        "saves": "saved|saves",
        "reposts": "shares",
        "views": "views|impressions|plays",
        "reach": "reach",
    },
)
