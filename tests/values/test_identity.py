import pytest

from ambassador.values.identity import (
    PostKey,
    canonical_handle,
    canonical_platform,
    parse_account,
    platform_of_address,
    post_of_address,
)


@pytest.mark.parametrize(
    "text",
    ["@Nina.Rossi", " nina.rossi ", "@ nina.rossi", "https://www.instagram.com/Nina.Rossi/?hl=it",
     "instagram.com/nina.rossi", "\u200enina.rossi\u200b", "https://www.tiktok.com/@nina.rossi"],
)  # fmt: skip
def test_a_handle_has_one_spelling(text):
    assert canonical_handle(text) == "nina.rossi"


def test_a_platform_has_one_spelling():
    assert {canonical_platform(name) for name in ("IG", "insta", "Instagram ", "instagram.com")} == {
        "instagram"
    }
    assert canonical_platform("Twitter") == "x"
    assert canonical_platform("StackExchange") == "stackexchange"


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


def test_a_subdomain_is_the_same_platform():
    assert platform_of_address("https://it.linkedin.com/in/nina") == "linkedin"
    assert platform_of_address("nina") is None


def test_a_person_may_type_platform_and_handle():
    assert parse_account("IG:@Nina") == ("instagram", "nina")
    assert parse_account("@nina") == (None, "nina")
    assert parse_account("https://www.tiktok.com/@nina") == ("tiktok", "nina")
