"""Zeeschuimer's items, a line each, as it saves what a browser received; made after its documentation."""

import json
from datetime import UTC, datetime

from ambassador.intake.reading import read_drafts
from ambassador.values.status import ImportKind, MentionKind


def item(platform, number, data):
    about = {"nav_index": f"1:{number}", "item_id": str(number), "timestamp_collected": 1774432900000}
    return about | {"source_platform": platform, "source_url": "https://example.org", "data": data}


PIA = {"screen_name": "pia", "followers_count": 40}
ITEMS = [
    item(
        "instagram.com",
        3700000000000000777,
        {
            "id": "3700000000000000777_55",
            "code": "Abc123",
            "taken_at": 1774432800,
            "user": {"pk": "55", "username": "ida.moro", "full_name": "Ida Moro"},
            "caption": {"text": "two days with it"},
            "like_count": 5,
            "comment_count": 2,
            "play_count": 90,
        },
    ),
    item(
        "tiktok-comments",
        74,
        {
            "cid": "74",
            "aweme_id": "7400000000000000777",
            "reply_id": "0",
            "create_time": 1774432860,
            "text": "how long?",
            "user": {"uid": "9", "unique_id": "ugo.sala", "nickname": "Ugo"},
            "digg_count": 3,
        },
    ),
    item(
        "twitter.com",
        7411,
        {
            "rest_id": "7411",
            "core": {"user_results": {"result": {"rest_id": "5", "legacy": PIA}}},
            "legacy": {
                "full_text": "yes",
                "created_at": "Wed Mar 25 10:00:00 +0000 2026",
                "in_reply_to_status_id_str": "7410",
                "conversation_id_str": "7409",
                "favorite_count": 1,
            },
            "views": {"count": "12"},
        },
    ),
    item("9gag.com", 1, {"id": "a"}),
    item("instagram.com", 2, "nothing"),
]


def test_items_of_three_platforms_are_read_and_others_are_refused_by_name():
    text = "\n".join(map(json.dumps, ITEMS)).encode()
    drafts = read_drafts("zeeschuimer-export.ndjson", text, ImportKind.MENTIONS)
    assert drafts.preview.mapping.answers["format"] == "zeeschuimer"
    instagram, comment, post = drafts.rows
    assert (instagram.platform, instagram.author, instagram.author_id) == ("instagram", "ida.moro", "55")
    assert instagram.created_at == datetime(2026, 3, 25, 10, tzinfo=UTC)
    assert (instagram.metrics.likes, instagram.metrics.views) == (5, 90)
    assert "Abc123" in (instagram.post_id, *instagram.aliases)
    assert (comment.platform, comment.kind) == ("tiktok", MentionKind.COMMENT)
    assert (comment.parent_id, comment.root_id) == ("7400000000000000777", "7400000000000000777")
    assert (post.platform, post.author, post.kind) == ("x", "pia", MentionKind.REPLY)
    assert (post.parent_id, post.root_id, post.metrics.views) == ("7410", "7409", 12)
    assert post.author_followers == 40
    assert len(drafts.rejected) == 2
