"""CrowdTangle: posts of Facebook pages."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

CROWDTANGLE_FACEBOOK = Format(
    key="crowdtangle-facebook",
    name=mark("CrowdTangle, Facebook posts"),
    kind=ImportKind.MENTIONS,
    has=("Page Name", "Followers at Posting", "Post Created"),
    platform="facebook",
    columns={
        "url": "URL",
        "author": "User Name",
        "author.2": "Facebook Id",
        "author_id": "Facebook Id",
        "author_name": "Page Name",
        "author_followers": "Followers at Posting",
        "created_at": "Post Created",
        "text": "Message",
        "text.2": "Link Text",
        "likes": "Likes",
        "replies": "Comments",
        "reposts": "Shares",
        "views": "Post Views",
    },
)
