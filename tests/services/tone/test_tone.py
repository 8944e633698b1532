"""Labels of tone win, are kept and reach wherever posts go; the order follows them; topics are told."""

from typing import Any

import numpy as np
import pytest
from sqlmodel import select

from ambassador.errors import ConflictError, NotFoundError
from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.mentions.review import label_mentions
from ambassador.services.people.erase_person import erase_person
from ambassador.services.tone import find_topics_of, label_tone, next_to_label, order_posts, tone_figures
from ambassador.services.tone.files import label_from_file, labels_table
from ambassador.services.tone.labelling import let_care_count, tone_history
from ambassador.services.undo import take_back
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Person
from ambassador.store.tables.tone import ToneLabel
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.status import ImportKind, Label
from ambassador.values.tone import Drawn, Tone
from tests.services.brought import bring, rows

ALL = MentionFilter()
HEAD = "post id,platform,author,date,text\n"
POSTS = (
    "a1,x,lia,2026-05-04T08:00:00Z,Non funziona e nessuno risponde: pessimo!\n"
    "a2,x,ugo,2026-05-04T08:10:00Z,oggi esce\n"
    "a3,x,zoe,2026-05-04T08:20:00Z,bellissimo 😍\n"
    "a4,x,brezza,2026-05-04T08:30:00Z,terrible awful broken\n"
)


@pytest.fixture
def said(work: UnitOfWork) -> UnitOfWork:
    bring(work, ImportKind.MENTIONS, HEAD + POSTS)
    set_brand_accounts(work, ["x:brezza"])
    return work


def order(work: UnitOfWork) -> list[str]:
    return [row.mention.post_id for row in order_posts(work, ALL).rows]


def test_the_likeliest_complaint_comes_first_and_our_own_posts_never(said: UnitOfWork) -> None:
    assert order(said) == ["a1", "a2", "a3"]
    assert [row.place for row in order_posts(said, ALL).rows] == [1, 2, 3]
    assert all(row.chance is None for row in order_posts(said, ALL).rows)


def test_a_label_takes_its_post_out_of_the_reading_and_changes_the_order_at_once(said: UnitOfWork) -> None:
    label_tone(said, [1], Tone.POSITIVE)
    found = order_posts(said, ALL)
    assert (order(said), found.labels, found.unlabelled) == (["a2", "a3"], 1, 2)
    (row,) = order_posts(said, ALL, labelled=True).rows
    assert (row.mention.id, row.tone) == (1, Tone.POSITIVE)


def test_a_label_is_changed_with_its_history_and_can_be_taken_off_and_back(said: UnitOfWork) -> None:
    label_tone(said, [1], Tone.NEGATIVE)
    noting = said.noting()
    assert label_tone(noting, [1, 2], Tone.CANNOT_TELL, drawn=Drawn.RANDOM) == (1, 2)
    assert label_tone(said, [1], Tone.CANNOT_TELL) == ()
    assert [one.tone for one in tone_history(said, 1)] == [Tone.CANNOT_TELL, Tone.NEGATIVE]
    assert {one.actor for one in tone_history(said, 1)} == {"tester"}
    assert tone_figures(said).cannot_tell == 2
    take_back(said, noting.kept)
    assert [one.tone for one in tone_history(said, 1)] == [Tone.NEGATIVE]
    label_tone(said, [1], None)
    assert order(said) == ["a1", "a2", "a3"]
    assert [one.tone for one in tone_history(said, 1)] == [None, Tone.NEGATIVE]


def test_posts_that_are_not_here_are_refused_whole(said: UnitOfWork) -> None:
    with pytest.raises(NotFoundError, match="99"):
        label_tone(said, [1, 99], Tone.NEGATIVE)
    with pytest.raises(NotFoundError):
        tone_history(said, 99)
    assert rows(said, ToneLabel) == []


def test_every_fourth_is_drawn_at_random_and_stays_the_same_until_it_is_labelled(said: UnitOfWork) -> None:
    drawn = []
    while (found := next_to_label(said, ALL)) is not None:
        assert next_to_label(said, ALL) == found
        drawn.append((found.row.mention.post_id, found.drawn))
        label_tone(said, [found.row.mention.id], Tone.NEUTRAL, drawn=found.drawn)
    assert [post for post, _ in drawn[:1]] == ["a1"]
    assert [how for _, how in drawn] == [Drawn.CHOSEN] * 3
    bring(said, ImportKind.MENTIONS, HEAD + "b1,x,lia,2026-05-05T08:00:00Z,ancora io\n")
    assert next_to_label(said, ALL).drawn is Drawn.RANDOM


def test_what_was_said_word_for_word_is_not_asked_again_while_others_are_left(said: UnitOfWork) -> None:
    again = "b1,x,leo,2026-05-05T08:00:00Z,@lia Non funziona e nessuno risponde: pessimo!\n"
    bring(said, ImportKind.MENTIONS, HEAD + again)
    label_tone(said, [next_to_label(said, ALL).row.mention.id], Tone.NEGATIVE)
    assert next_to_label(said, ALL).row.mention.post_id not in {"a1", "b1"}


def test_labels_of_care_count_where_let_and_never_against_a_person(said: UnitOfWork) -> None:
    label_mentions(said, [1, 2], Label.COMPLAINT)
    label_mentions(said, [2, 3], Label.PRAISE)
    assert tone_figures(said).told == 0
    let_care_count(said, counts=True)
    figures = tone_figures(said)
    assert (figures.negative, figures.positive, figures.by_care) == (1, 1, 2)  # the second is both
    label_tone(said, [1], Tone.NEUTRAL)
    figures = tone_figures(said)
    assert (figures.negative, figures.neutral, figures.by_care) == (0, 1, 1)
    let_care_count(said, counts=False)
    assert tone_figures(said).told == 1


def test_erasing_a_person_takes_the_labels_of_their_posts(said: UnitOfWork) -> None:
    bring(said, ImportKind.PEOPLE, "name,handle,platform\nLia Rossi,lia,x\n")
    label_tone(said, [1, 2], Tone.NEGATIVE)
    erase_person(said, rows(said, Person)[0].id)
    assert [row.mention_id for row in rows(said, ToneLabel)] == [2]
    with pytest.raises(ConflictError, match="erased"):
        label_tone(said, [1], Tone.NEGATIVE)
    assert order(said) == ["a3"]


def test_an_import_that_is_taken_back_leaves_the_posts_that_were_labelled(said: UnitOfWork) -> None:
    label_tone(said, [2], Tone.NEUTRAL)
    undo_import(said, list_imports(said)[-1].id)
    with said.reading() as session:
        assert [row.post_id for row in session.exec(select(Mention))] == ["a2"]
    assert tone_figures(said).neutral == 1


def test_labels_go_out_and_come_in_again(said: UnitOfWork) -> None:
    label_tone(said, [1], Tone.NEGATIVE, drawn=Drawn.RANDOM)
    label_tone(said, [3], Tone.CANNOT_TELL)
    table = labels_table(said)
    label_tone(said, [1, 3], None)
    report = label_from_file(said, "tone.csv", table)
    assert (report.labelled, report.known, report.rejected) == (2, 0, ())
    assert (tone_history(said, 1)[0].drawn, tone_history(said, 3)[0].tone) == (Drawn.RANDOM, Tone.CANNOT_TELL)
    assert label_from_file(said, "tone.csv", table).known == 2


def test_what_a_file_does_not_know_is_told_line_by_line_and_the_rest_is_in(said: UnitOfWork) -> None:
    file = (
        "platform;post id;sentimento\nx;a1;negativo\nx;nowhere;positivo\nx;a2;boh\nx;a1;neutro\n;;neutro\n"
        "x;a3;-1\n"
    )
    report = label_from_file(said, "voti.csv", file.encode())
    assert [(row.line, row.value) for row in report.rejected] == [(3, "nowhere"), (4, "boh"), (6, "")]
    assert (report.labelled, tone_history(said, 1)[0].tone) == (2, Tone.NEUTRAL)
    assert tone_history(said, 3)[0].tone is Tone.NEGATIVE
    assert any("later one counts" in str(note) for note in report.notes)


def stream(count: int, seed: int) -> tuple[str, list[Tone]]:
    """Make posts up whose tone follows words no list knows, some of them neither."""
    rng = np.random.default_rng(seed)
    own = {Tone.NEGATIVE: "grunk", Tone.NEUTRAL: "vint", Tone.POSITIVE: "flimmer"}
    words = [f"w{number}" for number in range(40)]
    tones = rng.choice(list(own), count, p=[0.15, 0.6, 0.25]).tolist()
    lines = []
    for number, tone in enumerate(tones):
        said = own[tone] if rng.random() < 0.85 else "karo"
        text = " ".join(rng.permutation([said, *rng.choice(words, 7)]))
        lines.append(f"p{number},x,a{number},2026-05-04T08:00:00Z,{text}\n")
    return HEAD + "".join(lines), [Tone(one) for one in tones]


@pytest.fixture
def taught(sqlite_work: UnitOfWork) -> tuple[UnitOfWork, list[Tone]]:
    file, tones = stream(500, 3)
    bring(sqlite_work, ImportKind.MENTIONS, file)
    return sqlite_work, tones


def test_worth_and_probabilities_are_told_when_there_are_labels_enough(taught: Any) -> None:
    work, tones = taught
    rng = np.random.default_rng(1)
    for kind in (Tone.NEGATIVE, Tone.NEUTRAL, Tone.POSITIVE):
        label_tone(work, [n + 1 for n in range(40) if tones[n] is kind], kind)
    few = tone_figures(work)
    assert (few.told, few.found, few.missing > 0, few.has_chance) == (40, None, True, False)
    drawn = (rng.permutation(460)[:170] + 40).tolist()
    for kind in (Tone.NEGATIVE, Tone.NEUTRAL, Tone.POSITIVE):
        label_tone(work, [n + 1 for n in drawn if tones[n] is kind], kind, drawn=Drawn.RANDOM)
    figures = tone_figures(work)
    assert (figures.told, figures.random, figures.weighted, figures.has_chance) == (210, 170, True, True)
    assert figures.found.low <= figures.found.share <= figures.found.high
    assert figures.found.share > 0.7
    assert figures.ours.macro_f1 > figures.lexicon.macro_f1 + 0.2
    assert figures.majority.found == pytest.approx(0.2)
    assert figures.ours.calibration_error < 0.12
    rest = order_posts(work, ALL, limit=1_000).rows
    chances = np.array([row.chance for row in rest])
    came = np.array([tones[row.mention.id - 1] is Tone.NEGATIVE for row in rest])
    assert (np.diff(chances) <= 0).all()
    assert abs(chances.mean() - came.mean()) < 0.06
    assert came[:40].mean() > 3 * came.mean()


def test_topics_of_a_time_are_told_with_what_belongs_to_none(sqlite_work: UnitOfWork) -> None:
    battery = [f"p{n},x,a{n},2026-05-04T08:00:00Z,la batteria scarica presto numero {n}\n" for n in range(8)]
    screen = [f"q{n},x,b{n},2026-05-05T08:00:00Z,schermo splendido colori {n}\n" for n in range(5)]
    alone = [f"z{n},x,z,2026-05-05T09:00:00Z,zut{n} bah{n}\n" for n in range(4)]
    bring(sqlite_work, ImportKind.MENTIONS, HEAD + "".join([*battery, *screen, *alone]))
    view = find_topics_of(sqlite_work, ALL, 2)
    assert [topic.posts for topic in view.topics] == [8, 5]
    assert (view.without, view.read) == (4, 17)
    assert {"batteria", "scarica"} <= set(view.topics[0].words)
    assert len(view.topics[0].typical) == 3
    later = MentionFilter(since=sqlite_work.now().replace(month=5, day=5, hour=0))
    assert find_topics_of(sqlite_work, later, 2).read == 9
