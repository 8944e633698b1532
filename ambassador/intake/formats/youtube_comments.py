"""Comments under YouTube videos: each a post of its own that answers the video or another comment."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

YOUTUBE_COMMENTS = Format(
    key="youtube-comments",
    name=mark("YouTube comments"),
    kind=ImportKind.MENTIONS,
    has=("videoId|video_id", "commentId|comment_id|cid", "author|authorName|authorDisplayName|author_name"),
    platform="youtube",
    values={"kind": "comment"},
    columns={
        "post_id": "commentId|comment_id|cid",
        "author": "author|authorName|authorDisplayName|author_name",
        "author_id": "authorChannelId|author_channel_id|channelId",
        "created_at": "publishedAt|published_at|publishedTime|date|time",
        "text": "text|textDisplay|textOriginal|comment",
        "parent_id": "parentId|parent_id|isReplyTo|replyTo",
        "parent_id.2": "videoId|video_id",
        "root_id": "videoId|video_id",
        "likes": "likeCount|like_count|likes|voteCount",
        "replies": "replyCount|reply_count|totalReplyCount",
    },
)
