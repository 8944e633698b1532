"""exportcomments.com: comments under a post, each with the address that leads to it."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_AUTHOR = "Username|Nickname|Name (click to view profile)|Author|User|Name"
_ADDRESS = "Comment URL|Comment Link|(view) Source|View Source|Source URL"

EXPORT_COMMENTS = Format(
    key="exportcomments",
    name=mark("exportcomments, comments under a post"),
    kind=ImportKind.MENTIONS,
    has=("Comment|Comment Text", _ADDRESS, "Date|Date posted|Comment date", _AUTHOR),
    values={"kind": "comment"},
    columns={
        "post_id": "Comment ID|Comment Number (ID)|Comment Id",
        "url": _ADDRESS,
        "author": _AUTHOR,
        "author_id": "Profile ID|User ID|Author ID",
        "created_at": "Date|Date posted|Comment date",
        "text": "Comment|Comment Text",
        "parent_id": "Reply to|Reply to comment ID|Parent comment ID|In reply to",
        "likes": "Likes|Like count|Reactions",
        "replies": "Replies|Reply count",
    },
)
