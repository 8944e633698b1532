"""What Talkwalker's API streams: a chunk a line, results and how far the stream is."""

import json

from ambassador.intake.reading import read_drafts
from ambassador.values.status import ImportKind, MentionKind
from tests.intake.formats.samples import DOCUMENTS


def test_chunks_of_results_are_posts_and_those_of_control_are_none():
    first = DOCUMENTS["talkwalker-stream"]
    said = first["chunk_result"]["data"]["data"]
    answer = said | {"url": "https://x.com/ugo/status/7412", "content": "yes"}
    answer["extra_author_attributes"] = {"id": "x:6", "name": "Ugo", "short_name": "ugo"}
    second = {"chunk_type": "CT_RESULT", "chunk_result": {"data": {"data": answer}}}
    control = {"chunk_type": "CT_CONTROL", "chunk_control": {"resume_offset": "a1"}}
    text = "\n".join(map(json.dumps, [control, first, second, control])).encode()
    drafts = read_drafts("stream.json", text, ImportKind.MENTIONS)
    assert drafts.preview.mapping.answers["format"] == "talkwalker-stream"
    post, reply = drafts.rows
    assert (post.author, post.kind, post.parent_id, post.platform) == ("ida", MentionKind.ORIGINAL, "", "x")
    assert (post.metrics.likes, post.metrics.reach, post.text) == (5, 500, "two days with it")
    assert (reply.author, reply.parent_id) == ("ugo", "7411")
    assert not drafts.rejected
