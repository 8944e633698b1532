"""Each piece points its own posts and those that waited for them: nothing is left for a look at all posts."""

from random import Random

import pytest

from ambassador.services.imports import pieces
from ambassador.services.imports.import_files import import_file
from ambassador.store.cascades.parents import has_unresolved, resolve_parents
from ambassador.store.tables.mentions import Mention
from ambassador.values.status import ImportKind
from tests.services.brought import rows

POSTS = 36


def talk(rng: Random) -> list[str]:
    """Write answers to posts before and after them, some of which never come, some without a platform."""
    platforms = [rng.choice(["x", "x", "tiktok", ""]) for _ in range(POSTS)]

    def another() -> str:
        return f"post-number-{rng.randrange(POSTS + 6)}"

    return [
        f"post-number-{n},{platforms[n]},u{n % 7},2026-05-03T10:{n:02d}:00Z,"
        f"{another() if rng.random() < 0.7 else ''},{another() if rng.random() < 0.4 else ''}"
        for n in range(POSTS)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_that_came_waits_for_what_is_here(work, monkeypatch, seed):
    monkeypatch.setattr(pieces, "AT_ONCE", dict.fromkeys(pieces.AT_ONCE, 5))
    rng = Random(seed)
    lines = talk(rng)
    lines += [line.replace(",,", ",x,", 1) for line in lines if ",,u" in line]  # told their platform later
    rng.shuffle(lines)
    head = "post_id,platform,author,created_at,parent_id,conversation_id"
    for number, first in enumerate(range(0, len(lines), 13)):
        file = "\n".join([head, *lines[first : first + 13]]).encode()
        import_file(work, ImportKind.MENTIONS, f"{number}.csv", file)
        with work.reading() as session:
            assert not has_unresolved(session)
    pointed = {row.post_id: (row.parent_observed_id, row.parent_inferred_id) for row in rows(work, Mention)}
    assert any(parent for parent, _ in pointed.values())
    assert any(start for _, start in pointed.values())
    with work.writing() as session:
        assert resolve_parents(session) == 0
