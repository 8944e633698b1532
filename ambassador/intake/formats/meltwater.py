"""Meltwater: news and social posts, the words in the column that has them."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

MELTWATER = Format(
    key="meltwater",
    name=mark("Meltwater"),
    kind=ImportKind.MENTIONS,
    has=("Hit Sentence", "Opening Text", "Date", "URL"),
    columns={
        "post_id": "Tweet Id",
        "url": "URL",
        "author": "Author Handle|Twitter Screen Name",
        "author.2": "Author Name|Influencer",
        "author.3": "Source Name|Source",
        "author_name": "Author Name|Influencer",
        "author_followers": "Twitter Followers",
        "created_at": "Date",
        "clock": "Time",
        "kind": "Content Type",
        "text": "Hit Sentence",
        "text.2": "Opening Text",
        "text.3": "Title|Headline",
        "language": "Language",
        "likes": "Likes",
        "replies": "Replies",
        "replies.2": "Comments",
        "reposts": "Reposts|Shares",
        "quotes": "Quotes",
        "views": "Views",
        "reach": "Reach",
    },
)
