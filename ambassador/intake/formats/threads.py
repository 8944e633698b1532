"""Threads: the API's posts, and the posts of one account in Meta's data download."""

from ambassador.i18n import mark
from ambassador.intake.formats.format import Format, flat_records
from ambassador.intake.formats.instagram_posts import archived_posts, posts_of_download
from ambassador.values.status import ImportKind

THREADS_API = Format(
    key="threads",
    name=mark("Threads API, posts"),
    kind=ImportKind.MENTIONS,
    has=(
        "username",
        "permalink",
        "timestamp",
        "text|media_type",
        "is_quote_post|media_product_type|is_reply",
    ),
    lacks=("caption", "like_count"),
    platform="threads",
    columns={
        "post_id": "id",
        "url": "permalink",
        "author": "username",
        "author_id": "owner.id",
        "created_at": "timestamp",
        "text": "text",
        "parent_id": "replied_to.id",
        "repost_of": "reposted_post.id",
        "quote_of": "quoted_post.id",
        "root_id": "root_post.id",
        "likes": "likes",
        "replies": "replies",
        "reposts": "reposts",
        "quotes": "quotes",
        "views": "views",
    },
    unfold=flat_records,
    is_table_too=True,
)
THREADS_DOWNLOAD = Format(
    key="threads-download",
    name=mark("Threads, data download of one account"),
    kind=ImportKind.MENTIONS,
    has=("text_post_app_text_posts", "media.creation_timestamp"),
    platform="threads",
    columns={"created_at": "creation_timestamp", "text": "title", "kind": "kind"},
    unfold=posts_of_download,
    leaves=archived_posts,
)
