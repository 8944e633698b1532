"""Apify's scrapers of videos: TikTok with its author inside each record, YouTube with its channel."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format, flat_records
from ambassador.values.status import ImportKind

APIFY_TIKTOK_VIDEOS = Format(
    key="apify-tiktok-videos",
    name=mark("Apify, TikTok videos"),
    kind=ImportKind.MENTIONS,
    has=("authorMeta.name", "webVideoUrl", "playCount", "createTimeISO|createTime"),
    platform="tiktok",
    columns={
        "post_id": "id",
        "url": "webVideoUrl",
        "author": "authorMeta.name",
        "author_id": "authorMeta.id",
        "author_name": "authorMeta.nickName",
        "author_followers": "authorMeta.fans",
        "created_at": "createTimeISO|createTime",
        "text": "text",
        "language": "textLanguage",
        "likes": "diggCount",
        "replies": "commentCount",
        "reposts": "shareCount",
        "saves": "collectCount",
        "views": "playCount",
    },
    unfold=flat_records,
    is_table_too=True,
)
APIFY_YOUTUBE_VIDEOS = Format(
    key="apify-youtube-videos",
    name=mark("Apify, YouTube videos"),
    kind=ImportKind.MENTIONS,
    has=("channelName", "channelUrl", "viewCount", "date", "title"),
    platform="youtube",
    columns={
        "post_id": "id",
        "url": "url",
        "author": "channelUsername|channelUrl",
        "author.2": "channelName",
        "author_id": "channelId",
        "author_name": "channelName",
        "author_followers": "numberOfSubscribers",
        "created_at": "date",
        "text": "title",
        "likes": "likes",
        "replies": "commentsCount",
        "views": "viewCount",
    },
    unfold=flat_records,
    is_table_too=True,
)
