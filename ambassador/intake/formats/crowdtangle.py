"""CrowdTangle: posts of Facebook pages and of Instagram accounts."""

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
CROWDTANGLE_INSTAGRAM = Format(
    key="crowdtangle-instagram",
    name=mark("CrowdTangle, Instagram posts"),
    kind=ImportKind.MENTIONS,
    has=("Account", "User Name", "Followers at Posting", "Post Created"),
    platform="instagram",
    columns={
        "url": "URL",
        "author": "User Name",
        "author_name": "Account",
        "author_followers": "Followers at Posting",
        "created_at": "Post Created",
        "text": "Description|Message",
        "text.2": "Title",
        "likes": "Likes",
        "replies": "Comments",
        "views": "Views",
    },
)
