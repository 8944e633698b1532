"""What nothing can be had from: X's followers by their numbers alone, figures of an account by day."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

_BY_NUMBER = ("follower.accountId|following.accountId", "follower.userLink|following.userLink")
_NO_HANDLES = mark(
    "{file}: X's download names followers by their numbers alone,"
    " without handles: nobody can be told from it."
    " Export the list of followers with handles"
)
_BY_DAY = mark("{file} has figures by day, no posts: export the table of posts (Content) instead")
X_FOLLOWERS_BY_NUMBER = Format(
    key="x-followers-by-number",
    name=mark("X data download, followers by number"),
    kind=ImportKind.PEOPLE,
    has=_BY_NUMBER,
    columns={"native_id": "accountId"},
    refused=_NO_HANDLES,
)
X_TIES_BY_NUMBER = Format(
    key="x-ties-by-number",
    name=mark("X data download, who follows, by number"),
    kind=ImportKind.TIES,
    has=_BY_NUMBER,
    columns={"source": "accountId"},
    refused=_NO_HANDLES,
)
X_COMPLIANCE = Format(
    key="x-compliance",
    name=mark("X API v2, compliance events"),
    kind=ImportKind.MENTIONS,
    has=("id", "action", "created_at", "reason"),
    lacks=("text", "author_id"),
    columns={"post_id": "id", "created_at": "created_at"},
    refused=mark("{file} lists posts that X wants deleted, not posts: nothing can be had from it"),
)
X_ANALYTICS_BY_DAY = Format(
    key="x-analytics-by-day",
    name=mark("X Analytics, figures by day"),
    kind=ImportKind.MENTIONS,
    has=("Date", "Impressions", "New follows|Follows|follows|New followers", "Engagements|engagements"),
    lacks=("Post id|Tweet id", "Post text|Tweet text", "Post Link|Tweet permalink"),
    columns={"created_at": "Date", "views": "Impressions"},
    refused=_BY_DAY,
)
TIKTOK_BY_DAY = Format(
    key="tiktok-by-day",
    name=mark("TikTok Studio, figures by day"),
    kind=ImportKind.MENTIONS,
    has=("Date|Data|Datum", "Video views|Visualizzazioni video|Videoaufrufe", ("Profile views"
         "|Visualizzazioni profilo|Visualizzazioni del profilo|Profilaufrufe"), "Likes|Mi piace"),
    lacks=("Video link|Link video|Videolink", "Video title|Titolo video"),
    columns={"created_at": "Date|Data|Datum", "views": "Video views"},
    refused=_BY_DAY,
)  # fmt: skip
