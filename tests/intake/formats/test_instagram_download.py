"""Instagram's data download: posts, stories, the older ``media.json``, letters that Meta tears apart."""

import json
from datetime import UTC, datetime

import pytest

from ambassador.errors import AnswerNeededError, UnreadableFileError
from ambassador.intake.files import Content
from ambassador.intake.kinds import kind_in
from ambassador.values.status import ImportKind, MentionKind
from tests.intake.reading import read

MENTIONS, PEOPLE = ImportKind.MENTIONS, ImportKind.PEOPLE
AT = 1774432800
WHEN = datetime(2026, 3, 25, 10, tzinfo=UTC)


def torn(text: str) -> str:
    """Write a text as Meta's downloads do: each byte of UTF-8 a character."""
    return text.encode().decode("latin-1")


def picture(title: str = "", at: int = AT) -> dict[str, object]:
    return {
        "uri": "media/posts/202603/1.jpg", "creation_timestamp": at, "title": torn(title),
        "media_metadata": {"camera_metadata": {"has_camera_metadata": False}},
        "cross_post_source": {"source_app": "FB"},
    }  # fmt: skip


def posts_of(document: object, **answers: str):
    return read(json.dumps(document).encode(), MENTIONS, name="posts_1.json", author="@Ida", **answers)


def test_posts_are_known_and_ask_whose_they_are():
    data = json.dumps([{"media": [picture("ciao")]}]).encode()
    assert kind_in(Content("posts_1.json", data)) is MENTIONS
    with pytest.raises(AnswerNeededError, match="whose posts are these"):
        read(data, MENTIONS, name="posts_1.json")


def test_one_picture_and_several_are_one_post_each_with_their_words_and_moment():
    drafts = posts_of([
        {"media": [picture("caffè ☕ perché no")]},
        {"media": [picture(at=1), picture(at=2)], "title": torn("due città"), "creation_timestamp": AT},
    ])  # fmt: skip
    assert drafts.preview.mapping.answers["format"] == "instagram-posts"
    assert [(one.text, one.created_at, one.author, one.platform, one.kind) for one in drafts.rows] == [
        ("caffè ☕ perché no", WHEN, "ida", "instagram", MentionKind.ORIGINAL),
        ("due città", WHEN, "ida", "instagram", MentionKind.ORIGINAL),
    ]
    assert not drafts.rejected


def test_the_same_download_again_has_the_same_posts():
    document = [{"media": [picture("uno")]}, {"media": [picture("due", AT + 60)]}]
    first, again = posts_of(document), posts_of(document)
    assert [one.post_id for one in first.rows] == [one.post_id for one in again.rows]
    assert len({one.post_id for one in first.rows}) == 2


def test_reels_are_posts_and_what_was_put_away_is_none():
    (reel,) = posts_of({"ig_reels_media": [{"media": [picture("in moto")]}]}).rows
    assert (reel.text, reel.kind) == ("in moto", MentionKind.ORIGINAL)
    with pytest.raises(UnreadableFileError):
        posts_of({"ig_archived_post_media": [{"media": [picture("ritirato")]}]})


def test_stories_are_stories():
    story = {"uri": "media/stories/1.jpg", "creation_timestamp": AT, "title": torn("già qui")}
    drafts = posts_of({"ig_stories": [story]})
    (row,) = drafts.rows
    assert drafts.preview.mapping.answers["format"] == "instagram-stories"
    assert (row.text, row.kind, row.created_at) == ("già qui", MentionKind.STORY, WHEN)


def test_the_older_file_has_photos_videos_and_stories_and_no_private_messages():
    document = {
        "stories": [{"caption": "", "taken_at": "2019-05-01T10:00:00", "path": "stories/a.jpg"}],
        "photos": [
            {"caption": torn("è qui"), "taken_at": "2019-05-02T10:00:00", "path": "photos/a.jpg"},
            {"caption": "two", "taken_at": "2019-05-03T10:00:00+02:00", "path": "photos/b.jpg"},
        ],
        "videos": [{"caption": "three", "taken_at": "2019-05-04T10:00:00", "path": "videos/a.mp4"}],
        "direct": [{"taken_at": "2019-05-05T10:00:00", "path": "direct/a.jpg"}],
        "profile": [{"caption": "", "taken_at": "2019-05-06T10:00:00", "path": "profile/a.jpg"}],
    }
    drafts = posts_of(document)
    assert drafts.preview.mapping.answers["format"] == "instagram-media"
    assert [(one.text, one.kind.value, one.created_at) for one in drafts.rows] == [
        ("è qui", "original", datetime(2019, 5, 2, 10, tzinfo=UTC)),
        ("two", "original", datetime(2019, 5, 3, 8, tzinfo=UTC)),
        ("three", "original", datetime(2019, 5, 4, 10, tzinfo=UTC)),
        ("", "story", datetime(2019, 5, 1, 10, tzinfo=UTC)),
    ]


def test_a_post_without_its_moment_is_refused_alone():
    drafts = posts_of([{"media": [picture("uno")]}, {"media": [picture("due", at=0)]}])
    assert ([one.text for one in drafts.rows], len(drafts.rejected)) == (["uno"], 1)


def test_a_following_list_takes_letters_together_too():
    entry = {"href": "https://www.instagram.com/ugo", "value": "ugo", "timestamp": AT}
    document = {"relationships_following": [{"title": "", "string_list_data": [entry]}]}
    assert (
        read(json.dumps(document).encode(), PEOPLE, name="following.json").rows[0].accounts[0].handle == "ugo"
    )


def test_whom_one_follows_stands_in_the_title_beside_an_address_that_leads_round():
    entries = [{"href": f"https://www.instagram.com/_u/{name}", "timestamp": 1} for name in ("lia", "ugo")]
    records = [{"title": entry["href"][-3:], "string_list_data": [entry]} for entry in entries]
    text = json.dumps({"relationships_following": records})
    rows = read(text, ImportKind.PEOPLE, name="following.json").rows
    assert [row.accounts[0].handle for row in rows] == ["lia", "ugo"]
    bare = "\n".join(["profile link", *(entry["href"] for entry in entries)]) + "\n"
    assert [row.accounts[0].handle for row in read(bare, ImportKind.PEOPLE).rows] == ["lia", "ugo"]
