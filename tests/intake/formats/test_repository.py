"""The repository of an account of Bluesky: records by themselves, in lists, and whole in a CAR file."""

import json
from datetime import UTC, datetime

import pytest

from ambassador.errors import AmbassadorError, AnswerNeededError, BadInputError, UnreadableFileError
from ambassador.intake.files import Content, FileFormat, format_of
from ambassador.intake.kinds import kind_in
from ambassador.values.status import ImportKind, MentionKind
from tests.intake.formats.repositories import OTHER, OWNER, POST, RECORDS, REPOST, repository
from tests.intake.reading import read

MENTIONS = ImportKind.MENTIONS


def listed():
    records = [{"uri": f"at://{OWNER}/{key}", "cid": "c", "value": value} for key, value in RECORDS.items()]
    return json.dumps({"records": records, "cursor": "3aae"}).encode()


@pytest.mark.parametrize(
    ("data", "name"), [(repository(), "repo.car"), (repository(), "download"), (listed(), "records.json")]
)
def test_a_repository_holds_the_posts_and_shares_of_one_account(data, name):
    assert kind_in(Content(name, data)) is MENTIONS
    with pytest.raises(AnswerNeededError, match="whose posts"):
        read(data, MENTIONS, name=name)
    drafts = read(data, MENTIONS, name=name, author="@ida.example")
    assert {row.author for row in drafts.rows} == {"ida.example"}
    assert {row.author_id for row in drafts.rows} == {OWNER}
    first, answer, quote, share = drafts.rows
    assert (first.post_id, first.text, first.kind) == (
        f"at://{OWNER}/{POST}/3aab",
        "two days ☕",
        MentionKind.ORIGINAL,
    )
    assert first.created_at == datetime(2026, 3, 25, 10, 0, 0, 123_000, tzinfo=UTC)
    assert (answer.kind, answer.parent_id, answer.root_id) == (MentionKind.REPLY, OTHER, OTHER)
    assert (quote.kind, quote.parent_id) == (MentionKind.QUOTE, OTHER)
    assert (share.kind, share.parent_id, share.root_id) == (
        MentionKind.REPOST,
        f"at://did:plc:pia/{REPOST}/3via",
        OTHER,
    )
    told = [str(note) for note in drafts.preview.notes]
    assert "read as: Bluesky, records of one account" in told
    assert "records that are no posts (likes, follows, profiles), left out: 1" in told
    assert drafts.left_out == 1


def test_a_record_by_itself_is_read():
    key = f"{POST}/3aac"
    text = json.dumps({"uri": f"at://{OWNER}/{key}", "cid": "c", "value": RECORDS[key]})
    (row,) = read(text, MENTIONS, name="record.json", author="ida.example").rows
    assert (row.kind, row.parent_id) == (MentionKind.REPLY, OTHER)


def test_a_repository_is_told_from_its_bytes_and_is_no_list_of_people():
    assert format_of(Content("any.csv", repository())) is FileFormat.CAR
    with pytest.raises(BadInputError, match="as posts"):
        read(repository(), ImportKind.PEOPLE, name="repo.car")


def damaged():
    whole = repository()
    yield from (whole[:end] for end in range(70, len(whole), 97))
    yield from (whole[:place] + b"\xff" + whole[place + 1 :] for place in range(0, len(whole), 53))
    yield whole[:60] + b"\xff" * 400
    yield whole[:59] + b"\x9b" + b"\xff" * 8 + whole[68:]


def test_a_damaged_repository_is_refused_or_read_and_nothing_else():
    refused = 0
    for data in damaged():
        try:
            read(data, MENTIONS, name="repo.car", author="ida")
        except AmbassadorError:
            refused += 1
    assert refused


def test_a_repository_nested_without_end_is_refused():
    data = repository(
        {f"{POST}/3aab": {"$type": POST, "createdAt": "2026-03-25T10:00:00Z", "a": nested(200)}}
    )
    with pytest.raises(UnreadableFileError, match="damaged"):
        read(data, MENTIONS, name="repo.car", author="ida")


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value
