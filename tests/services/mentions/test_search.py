"""Finding posts by their words: the same answers on both databases and by looking at every text."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from ambassador.errors import BadInputError
from ambassador.services.mentions.mentions import find_mentions, list_mentions
from ambassador.services.mentions.paste_mention import paste_mention
from ambassador.services.people.erase_person import erase_person
from ambassador.store.bulk import insert_rows
from ambassador.store.database import open_engine
from ambassador.store.migrate import downgrade, upgrade
from ambassador.store.post_words import index_is_sound, make_words_again, put_words, wrong_words
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account, Person
from ambassador.values.mentions.mentions import MentionFilter, PastedMention
from ambassador.values.mentions.search import parse_search
from tests.conftest import NOW
from tests.naive.searching import Wanted, holds
from tests.services.talk import Talk

WORDS = (
    "telefono", "telefoni", "Telefonata", "perché", "PERCHE", "caffè", "cameras", "camera", "storie", "story",
    "100%", "it's", "l'amica", "Straße", "brezza", "q1", "日本語", "кофе", "a", "OR", "e", "naïve", "_",
    "x" * 80,
)  # fmt: skip
TAGS, HANDLES, SIGNS = (
    ("q1brezza", "caffè", "Q1_brezza"),
    ("nina", "leo.neri", "ugo"),
    ("😍", "❤️", "🇮🇹", "👍🏽"),
)
TEXTS = 250


def made_up(key: int) -> list[tuple[str, str]]:
    """Make authors and texts of few words, so that searches meet them."""
    drawn = random.Random(key)
    kinds = (WORDS, WORDS, WORDS, [f"#{tag}" for tag in TAGS], [f"@{one}" for one in HANDLES], SIGNS)
    return [
        (
            drawn.choice(HANDLES),
            drawn.choice((" ", ", ", " - ", "\n")).join(
                drawn.choice(drawn.choice(kinds)) for _ in range(drawn.randrange(9))
            ),
        )
        for _ in range(TEXTS)
    ]


def write(work, posts: list[tuple[str, str]]) -> dict[str, int]:
    """Write posts with their words; give what number each has."""
    with work.writing() as session:
        accounts = {name: Account(platform="x", handle=name, created_at=NOW) for name in HANDLES}
        session.add_all(accounts.values())
        session.flush()
        rows = [
            {"platform": "x", "post_id": f"p{place}", "account_id": accounts[author].id, "text": text,
             "posted_at": NOW, "recorded_at": NOW}
            for place, (author, text) in enumerate(posts)
        ]  # fmt: skip
        insert_rows(session, Mention, rows)
        numbers = dict(session.execute(sql("SELECT post_id, id FROM mention")).all())
        put_words(session, {numbers[row["post_id"]]: row["text"] for row in rows})
    return numbers


def looked_through(work, wanted):
    """Find as where an index finds too many: post after post."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ambassador.services.mentions.mentions.MOST_COUNTED", 0)
        found = find_mentions(work, wanted)
    return replace(found, found=len(found.rows))


def words(alphabet: tuple[str, ...]):
    return st.sampled_from(alphabet)


TERMS = st.one_of(
    st.tuples(st.just("word"), words(("telefono", "camera", "perche", "CAFFÈ", "story", "strasse", "кофе"))),
    st.tuples(st.just("start"), words(("tel", "came", "pe", "日本", "q1"))),
    st.tuples(st.just("phrase"), st.lists(words(WORDS), min_size=1, max_size=3).map(" ".join)),
    st.tuples(st.just("tag"), words(TAGS)),
    st.tuples(st.just("handle"), words(HANDLES)),
    st.tuples(st.just("sign"), words(("😍", "❤", "🇮🇹", "👍"))),
)  # fmt: skip
WANTED = st.one_of(
    st.lists(TERMS, min_size=1, max_size=3).map(lambda terms: Wanted(tuple(terms))),
    TERMS.map(lambda term: Wanted((term,), is_without=True)),
)
SEARCHES = st.lists(WANTED, min_size=1, max_size=4).filter(
    lambda wanted: (
        not all(one.is_without for one in wanted)
        and not any(said == "_" for one in wanted for _, said in one.any_of)
    )
)


def test_both_databases_find_what_looking_at_every_text_finds(work):
    posts = made_up(7)
    write(work, posts)

    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(SEARCHES)
    def finds_the_same(wanted):
        typed = MentionFilter(search=" ".join(one.typed() for one in wanted), limit=TEXTS)
        expected = {f"p{n}" for n, (author, said) in enumerate(posts) if holds(said, author, wanted)}
        for found in (list_mentions(work, typed), find_mentions(work, typed), looked_through(work, typed)):
            assert {row.post_id for row in found.rows} == expected
            assert found.found == len(expected)

    finds_the_same()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ('"so light', "quotation mark"),
        ("-noise", "minus-words alone"),
        ("OR camera", "between two words"),
        ("camera OR", "between two words"),
        ("camera OR -noise", "OR joins"),
        ("!!!", "no word"),
        ('""', "no word"),
        ("c*", "begins too much"),
        ("so-light*", "begins too much"),
        (" ".join(["camera"] * 51), "at most 50"),
    ],
)
def test_a_search_that_cannot_be_understood_says_what_to_type(typed, told):
    with pytest.raises(BadInputError, match=told):
        parse_search(typed)


def test_nothing_typed_is_no_search():
    assert parse_search("  ") is None


def test_long_texts_and_odd_ones_are_found(work):
    talk = Talk(work)
    talk.post("long", "nina", "parola " * 14_000 + "fine")
    talk.post("many", "nina", " ".join(f"parola{n}" for n in range(9_000)))
    talk.post("right", "ugo", "مرحبا brezza")
    talk.post("signs", "ugo", "😍😍 🤯")

    def found(typed):
        return {row.post_id for row in list_mentions(work, MentionFilter(search=typed)).rows}

    assert found("parola fine") == {"long"}
    assert found('"parola fine"') == {"long"}
    assert found("parola8999") == {"many"}
    assert found("مرحبا") == {"right"}
    assert found("😍 -ciao") == {"signs"}


def index_of(work) -> str:
    """What SQLite's file holds, as it would be read from the disk."""
    with work.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(work.engine.url.database).read_bytes().decode("latin-1")


def test_erasing_a_person_takes_their_words_out_of_the_index(work):
    story = PastedMention(platform="x", handle="nina", text="Zanzibarletter with ugo")
    paste_mention(work, story, "t1")
    paste_mention(work, PastedMention(platform="x", handle="ugo", text="hello @nina brezza"), "t2")
    assert list_mentions(work, MentionFilter(search="zanzibarletter")).found == 1
    with work.writing() as session:
        person = Person(name="Nina Neri", created_at=NOW)
        session.add(person)
        session.flush()
        session.execute(sql("UPDATE account SET person_id = :id WHERE handle = 'nina'"), {"id": person.id})
    erase_person(work, person.id)
    assert list_mentions(work, MentionFilter(search="zanzibarletter")).found == 0
    assert list_mentions(work, MentionFilter(search="brezza")).found == 1
    assert list_mentions(work, MentionFilter(search="@nina")).found == 0
    with work.reading() as session:
        assert wrong_words(session) == [] and index_is_sound(session)
    if work.engine.dialect.name == "sqlite":
        assert "zanzibarletter" not in index_of(work)


def test_what_was_written_past_the_index_is_noticed_and_put_right(work):
    talk = Talk(work)
    talk.post("a", "nina", "brezza leggera")
    with work.writing() as session:
        session.execute(sql("UPDATE mention SET text = 'onda'"))
    with work.writing() as session:
        assert wrong_words(session) == [talk.posts["a"]]
        make_words_again(session)
    with work.reading() as session:
        assert wrong_words(session) == []
    assert list_mentions(work, MentionFilter(search="onda")).found == 1
    assert list_mentions(work, MentionFilter(search="brezza")).found == 0


def _insert_old(connection, table, row):
    """Write a row of an earlier version; what is not said is empty."""
    columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    blank = {name: "" for _, name, kind, needed, *_ in columns if needed and kind.startswith("VARCHAR")}
    values = blank | row
    names, places = ", ".join(values), ", ".join("?" * len(values))
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(values.values()))  # noqa: S608


def test_posts_of_the_version_before_are_indexed_when_it_is_brought_up(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine, "0012")
    account = {"id": 1, "platform": "x", "handle": "nina", "is_brand": 0, "created_at": "2026-05-01"}
    post = {
        "id": 5,
        "platform": "x",
        "post_id": "p",
        "account_id": 1,
        "kind": "original",
        "text": "Brezza leggera",
    }
    with engine.begin() as connection:
        _insert_old(connection, "account", account)
        _insert_old(connection, "mention", post | {"posted_at": "2026-05-01", "recorded_at": "2026-05-01"})
    upgrade(engine)
    with engine.connect() as connection:
        asked = "SELECT rowid FROM mention_search WHERE mention_search MATCH '\"legger\"'"
        found = connection.exec_driver_sql(asked)
        assert found.scalars().all() == [5]
    downgrade(engine, "0012")
    with pytest.raises(Exception, match="mention_search"), engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM mention_search")
    engine.dispose()
