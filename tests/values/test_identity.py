import pytest

from ambassador.values.identity import (
    canonical_handle,
    canonical_platform,
    parse_account,
    platform_of_address,
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


def test_a_subdomain_is_the_same_platform():
    assert platform_of_address("https://it.linkedin.com/in/nina") == "linkedin"
    assert platform_of_address("nina") is None


def test_a_person_may_type_platform_and_handle():
    assert parse_account("IG:@Nina") == ("instagram", "nina")
    assert parse_account("@nina") == (None, "nina")
    assert parse_account("https://www.tiktok.com/@nina") == ("tiktok", "nina")


@pytest.mark.parametrize(
    ("address", "platform", "handle"),
    [
        ("https://www.linkedin.com/in/Nina-Rossi-12/", "linkedin", "nina-rossi-12"),
        ("https://it.linkedin.com/company/brezza", "linkedin", "brezza"),
        ("https://ninarossi.substack.com/feed", "substack", "ninarossi"),
        ("https://ninarossi.substack.com", "substack", "ninarossi"),
        ("https://substack.com/@ninarossi", "substack", "ninarossi"),
        ("https://www.twitch.tv/nina", "twitch", "nina"),
        ("https://www.threads.net/@nina", "threads", "nina"),
        ("https://www.reddit.com/user/nina/", "reddit", "nina"),
        ("https://open.spotify.com/show/4abc", "podcast", "4abc"),
        ("https://podcasts.apple.com/it/podcast/nina-talks/id15", "podcast", "id15"),
        ("https://www.youtube.com/@nina", "youtube", "nina"),
        ("https://tiktok.com/@Nina?lang=it", "tiktok", "nina"),
    ],
)
def test_a_profile_is_read_from_its_address(address, platform, handle):
    assert parse_account(address) == (platform, handle)


@pytest.mark.parametrize(
    "text",
    ["https://ninarossi.it/", "https://www.instagram.com/explore/tags/q1/", "https://x.com/i/lists/4",
     "https://www.facebook.com/groups/88/"],
)  # fmt: skip
def test_an_address_that_is_nobodys_profile_names_nobody(text):
    assert "/" in parse_account(text)[1]  # which the readers of files refuse as a handle


@pytest.mark.parametrize(
    "text",
    ["@Nina@Sociale.example", "https://sociale.example/@nina", "https://sociale.example/users/nina/",
     "https://sociale.example/web/@nina", "https://altro.example/@nina@sociale.example"],
)  # fmt: skip
def test_a_member_of_a_server_is_one_account_of_one_platform(text):
    assert parse_account(text) == ("mastodon", "nina@sociale.example")


def test_the_server_most_people_mean_needs_no_name():
    assert parse_account("@nina@mastodon.social") == parse_account("https://mastodon.social/@nina")
    assert canonical_handle("@nina@mastodon.social") == "nina"


@pytest.mark.parametrize(
    "text", ["Twitter for iPhone", "twitter web app", "X for Android", "Twitter Web Client"]
)
def test_a_program_of_a_platform_is_the_platform(text):
    assert canonical_platform(text) == "x"
