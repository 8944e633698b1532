"""The words of every error, in each language, as they were last read by somebody."""

import pytest

from ambassador.i18n import languages
from ambassador.messages import SNAPSHOTS, error_words, snapshot


@pytest.fixture(scope="module")
def words() -> list[tuple[str, str]]:
    return error_words()


@pytest.mark.parametrize("language", languages())
def test_every_error_says_what_its_snapshot_says(language: str, words: list[tuple[str, str]]) -> None:
    path = SNAPSHOTS / f"errors.{language}.txt"
    kept, said = path.read_text(encoding="utf-8"), snapshot(language, words)
    gone = sorted(set(kept.splitlines()) - set(said.splitlines()))
    new = sorted(set(said.splitlines()) - set(kept.splitlines()))
    remedy = f"{path.name} differs; if the new words are meant: .venv/bin/python -m ambassador.messages"
    assert kept == said, "\n".join([remedy, *(f"- {line}" for line in gone), *(f"+ {line}" for line in new)])


def test_an_error_of_every_floor_is_in_the_snapshot(words: list[tuple[str, str]]) -> None:
    assert len(words) > 200
    assert {"pick", "devices", "imports", "intake", "config"} <= {subject for subject, _ in words}
