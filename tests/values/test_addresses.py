"""Addresses of posts and of comments under them."""

import pytest

from ambassador.values.addresses import PostKey, post_of_address


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://x.com/Nina/status/1768?s=20", PostKey("x", "1768", "nina")),
        ("https://x.com/i/web/status/1768", PostKey("x", "1768")),
        ("https://www.instagram.com/p/Cxyz/", PostKey("instagram", "Cxyz")),
        ("https://www.instagram.com/nina/reel/Cxyz/", PostKey("instagram", "Cxyz", "nina")),
        ("https://www.tiktok.com/@nina/video/73", PostKey("tiktok", "73", "nina")),
        ("https://www.youtube.com/watch?v=a-b", PostKey("youtube", "a-b")),
        ("https://youtu.be/abc?t=1", PostKey("youtube", "abc")),
        ("https://bsky.app/profile/nina.bsky.social/post/3k", PostKey("bluesky", "3k", "nina.bsky.social")),
        ("https://mastodon.social/@nina/1122", PostKey("mastodon", "1122", "nina")),
        ("https://www.linkedin.com/feed/update/urn:li:activity:777", PostKey("linkedin", "777")),
    ],
)  # fmt: skip
def test_the_address_of_a_post_tells_platform_id_and_author(address, key):
    assert post_of_address(address) == key


@pytest.mark.parametrize("text", ["https://www.instagram.com/nina", "nina", "not an address", ""])
def test_what_is_no_address_of_a_post_gives_nothing(text):
    assert post_of_address(text) is None


YOUTUBE, FACEBOOK, LINKEDIN = "youtube", "facebook", "linkedin"
ON_LINKEDIN = "https://www.linkedin.com/feed/update/urn:li:activity:74/?commentUrn=urn%3Ali%3Acomment%3A"


@pytest.mark.parametrize(
    ("address", "platform", "post_id", "answers", "under"),
    [
        ("https://www.youtube.com/watch?v=vid4&lc=UgA", YOUTUBE, "UgA", "vid4", "vid4"),
        ("https://www.youtube.com/watch?lc=UgA.9x&v=vid4", YOUTUBE, "UgA.9x", "UgA", "vid4"),
        ("https://youtu.be/vid4?lc=UgA", YOUTUBE, "UgA", "vid4", "vid4"),
        ("https://www.youtube.com/shorts/vid4?lc=UgA&si=2", YOUTUBE, "UgA", "vid4", "vid4"),
        ("https://www.instagram.com/p/Cod3/c/181/", "instagram", "181", "Cod3", "Cod3"),
        ("https://www.instagram.com/reel/Cod3/c/181/r/182/", "instagram", "182", "181", "Cod3"),
        ("https://www.instagram.com/p/Cod3/?comment_id=181", "instagram", "181", "Cod3", "Cod3"),
        ("https://www.facebook.com/brezza/posts/55?comment_id=66", FACEBOOK, "66", "55", "55"),
        (
            "https://www.facebook.com/permalink.php?story_fbid=55&id=9&comment_id=66&reply_comment_id=77",
            FACEBOOK,
            "77",
            "66",
            "55",
        ),
        (ON_LINKEDIN + "%28activity%3A74%2C75%29", LINKEDIN, "75", "74", "74"),
        (
            ON_LINKEDIN + "(activity:74,75)&replyUrn=urn:li:comment:(activity:74,76)",
            LINKEDIN,
            "76",
            "75",
            "74",
        ),
        (
            "https://www.linkedin.com/posts/nina_q1-activity-74-xY?commentUrn=urn:li:fsd_comment:(75,urn:li:activity:74)",
            LINKEDIN,
            "75",
            "74",
            "74",
        ),
        ("https://www.tiktok.com/@nina/video/73?comment_id=88", "tiktok", "88", "73", "73"),
        ("https://www.reddit.com/r/phones/comments/1abc/the_q1/kxyz/", "reddit", "kxyz", "1abc", "1abc"),
        ("https://t.me/brezza/12?comment=40", "telegram", "40", "brezza/12", "brezza/12"),
    ],
)
def test_the_address_of_a_comment_is_a_post_that_answers_the_post(address, platform, post_id, answers, under):
    assert post_of_address(address) == PostKey(platform, post_id, "", answers, under)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.reddit.com/r/phones/comments/1abc/the_q1/", PostKey("reddit", "1abc")),
        ("https://www.threads.net/@nina/post/Dx1", PostKey("threads", "Dx1", "nina")),
        ("https://sociale.example/@nina/112", PostKey("mastodon", "112", "nina@sociale.example")),
        (
            "https://sociale.example/users/nina/statuses/112",
            PostKey("mastodon", "112", "nina@sociale.example"),
        ),
        (
            "https://sociale.example/@nina@altro.example/112",
            PostKey("mastodon", "112", "nina@altro.example"),
        ),
        ("https://t.me/brezza/12", PostKey("telegram", "brezza/12")),
        ("https://www.linkedin.com/posts/nina-r_q1-share-74-xY", PostKey(LINKEDIN, "74", "nina-r")),
        ("https://www.youtube.com/live/vid4?feature=share", PostKey(YOUTUBE, "vid4")),
    ],
)
def test_posts_of_more_platforms(address, key):
    assert post_of_address(address) == key


@pytest.mark.parametrize(
    "address", ["https://notizie.example/2026/q1-review", "https://sociale.example/@nina"]
)
def test_a_page_that_is_no_post_gives_nothing(address):
    assert post_of_address(address) is None
