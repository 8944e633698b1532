"""Apify's scraper of TikTok comments: who wrote, under which video."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format
from ambassador.values.status import ImportKind

APIFY_TIKTOK_COMMENTS = Format(
    key="apify-tiktok-comments",
    name=mark("Apify, TikTok comments"),
    kind=ImportKind.MENTIONS,
    has=("cid", "videoWebUrl", "uniqueId", "createTimeISO"),
    platform="tiktok",
    values={"kind": "comment"},
    columns={
        "post_id": "cid",
        "author": "uniqueId",
        "author_id": "uid",
        "created_at": "createTimeISO",
        "text": "text",
        "parent_id": "repliesToId",
        "parent_id.2": "videoWebUrl",
        "root_id": "videoWebUrl",
        "likes": "diggCount",
        "replies": "replyCommentTotal",
    },
)
