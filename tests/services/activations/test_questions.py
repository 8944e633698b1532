"""A session of questions: how they come in, what is merged, turned down, answered, and what is published."""

import pytest
from sqlmodel import select

from ambassador.errors import (
    AmbassadorError,
    BadInputError,
    ConflictError,
    IllegalStatusChangeError,
    NotFoundError,
)
from ambassador.services.activations.activation_view import list_activations
from ambassador.services.activations.activations import create_activation, move_activation
from ambassador.services.activations.ballots import bring_in_votes
from ambassador.services.activations.entries import put_idea
from ambassador.services.activations.questions import (
    answer_question,
    ask_question,
    merge_question,
    moderate_question,
    read_session,
    take_answer_back,
)
from ambassador.services.activations.transcript import transcript_file
from ambassador.services.people.erase_person import erase_person
from ambassador.services.people.merge_people import merge_people
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.activations import LiveQuestion
from ambassador.store.tables.people import Account
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.questions import QuestionDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus, QuestionStatus
from ambassador.values.days import day_in
from tests.conftest import NOW
from tests.people_samples import add_post, made
from tests.services.activations.rounds import draft, opened

_Q = QuestionStatus
FILE = """question,asked by,platform,asked at
When does it come to Lecce?,nina,x,2026-05-03 18:00
When does it come to Lecce then?,leo,x,2026-05-03 18:02
Is there a green one?,eva,x,2026-05-03 18:03
,ugo,x,2026-05-03 18:04
You thieves!,anon,x,2026-05-03 18:05
When does it come to Lecce?,nina,x,2026-05-03 18:06
Who makes the camera?,pia,x,soon
Any news?,,,
"""


def session_of(work: UnitOfWork, title: str = "Ask us", *, is_open: bool = True) -> int:
    number = create_activation(
        work, draft(title, kind=ActivationKind.QUESTIONS, budget=None, most_choices=None)
    )
    if is_open:
        move_activation(work, number, ActivationStatus.OPEN)
    return number


def filled(work: UnitOfWork) -> tuple[int, list[int]]:
    number = session_of(work)
    bring_in_votes(work, number, "q.csv", FILE.encode())
    return number, [one.id for one in read_session(work, number).questions]


def test_a_file_of_questions_comes_in_and_what_cannot_be_used_is_said(work: UnitOfWork) -> None:
    number = session_of(work)
    report = bring_in_votes(work, number, "q.csv", FILE.encode())
    assert (report.questions, report.file_id) == (5, None)
    assert sorted((one.line, str(one)) for one in report.rejected) == [
        (5, "A question needs words"),
        (7, f"the same person asked this already: question {read_session(work, number).questions[0].id}"),
        (8, "soon is not a date"),
    ]
    first, second, *_, last = read_session(work, number).questions
    assert (first.asker, first.status, first.askers, second.like_id) == ("x:nina", _Q.WAITING, 1, first.id)
    assert (last.asker, last.askers) == ("", 1)
    again = bring_in_votes(work, number, "q.csv", FILE.encode())
    assert again.questions == 1  # the one nobody knows who asked


def test_questions_are_merged_answered_and_turned_down_and_the_share_is_of_those_that_stand(
    work: UnitOfWork,
) -> None:
    number, (lecce, again, green, thieves, _) = filled(work)
    merge_question(work, again, lecce)
    moderate_question(work, thieves, _Q.REFUSED, "asks nothing")
    answer_question(work, lecce, "On the  first.\n\nIn two shops.", " Marta  Rossi ")
    result = read_session(work, number)
    assert (len(result.standing), result.answered, result.waiting, result.refused, result.merged) == (
        3,
        1,
        2,
        1,
        1,
    )
    assert result.share_answered == pytest.approx(1 / 3)
    row = result.questions[0]
    assert (row.askers, row.status, row.answer, row.answered_by) == (
        2, _Q.ACCEPTED, "On the first.\n\nIn two shops.", "Marta Rossi",
    )  # fmt: skip
    assert (result.people, next(iter(list_activations(work))).took_part) == (4, 4)
    take_answer_back(work, lecce)
    assert read_session(work, number).answered == 0
    noting = work.noting()
    answer_question(noting, green, "In May.", "Marta")
    undo_of(noting)()
    assert read_session(work, number).answered == 0


def test_what_contradicts_is_refused_with_what_to_do(work: UnitOfWork) -> None:
    _, (lecce, again, green, thieves, _) = filled(work)
    other = ask_question(work, session_of(work, "Other"), QuestionDraft("Why?"))
    merge_question(work, again, lecce)
    answer_question(work, lecce, "In May.", "Marta")
    moderate_question(work, thieves, _Q.REFUSED, "asks nothing")
    cases = [
        (lambda: merge_question(work, green, green), "merges only into another"),
        (lambda: merge_question(work, green, other), "of the same session"),
        (lambda: merge_question(work, green, thieves), "was turned down"),
        (lambda: merge_question(work, lecce, green), "is answered: merge"),
        (lambda: moderate_question(work, again, _Q.ACCEPTED), "stands in question"),
        (lambda: moderate_question(work, lecce, _Q.REFUSED, "no"), "take the answer back"),
        (lambda: moderate_question(work, green, _Q.REFUSED, " "), "says why"),
        (lambda: answer_question(work, thieves, "Yes.", "Marta"), "take it in before"),
        (lambda: answer_question(work, lecce, "No.", "Ugo"), "answered by Marta already"),
        (lambda: answer_question(work, green, " ", "Ugo"), "needs words"),
        (lambda: answer_question(work, green, "No.", " "), "Say who answered"),
        (lambda: take_answer_back(work, green), "is not answered"),
        (lambda: take_answer_back(work, 999), "no question number 999"),
    ]
    for change, reason in cases:
        with pytest.raises(AmbassadorError, match=reason):
            change()
    merge_question(work, again, None)
    moderate_question(work, again, _Q.ACCEPTED)


def test_what_was_merged_follows_its_question_into_a_third(work: UnitOfWork) -> None:
    number, (lecce, again, green, *_) = filled(work)
    merge_question(work, again, green)
    merge_question(work, green, lecce)
    merged = {one.id: one.merged_into_id for one in read_session(work, number).questions}
    assert (merged[again], merged[green]) == (lecce, lecce)
    with pytest.raises(IllegalStatusChangeError, match="holds others"):
        moderate_question(work, lecce, _Q.REFUSED, "no")


def test_a_question_from_a_post_has_its_words_and_author_and_comes_once(work: UnitOfWork) -> None:
    nina, other = made(work, "nina", platform="instagram"), made(work, "nina.b", platform="x")
    number = session_of(work)
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.person_id == nina)).one()
        post = add_post(session, account.id or 0, "p1", text="Does it\nswim?", url="https://i.example/p1")
        gone = add_post(session, account.id or 0, "p2", text="Late?", deleted_at=work.now())
    ask_question(work, number, QuestionDraft("", mention_id=post))
    ask_question(work, number, QuestionDraft("And in salt water?", "x:nina.b"))
    (first, _) = read_session(work, number).questions
    assert (first.text, first.asker, first.url) == ("Does it swim?", "instagram:nina", "https://i.example/p1")
    assert read_session(work, number).people == 2
    merge_people(work, nina, [other])
    assert read_session(work, number).people == 1
    with pytest.raises(ConflictError, match="already"):
        ask_question(work, number, QuestionDraft("", mention_id=post))
    with pytest.raises(BadInputError, match="taken down"):
        ask_question(work, number, QuestionDraft("", mention_id=gone))


def test_only_an_open_session_takes_questions_and_nothing_changes_once_it_is_published(
    work: UnitOfWork,
) -> None:
    draft_of = session_of(work, "Later", is_open=False)
    with pytest.raises(IllegalStatusChangeError, match="questions come in once it is open"):
        ask_question(work, draft_of, QuestionDraft("Why?"))
    with pytest.raises(BadInputError, match="takes no questions"):
        ask_question(work, opened(work), QuestionDraft("Why?"))
    number, (lecce, *_) = filled(work)
    with pytest.raises(BadInputError, match="takes questions, nothing to vote on"):
        put_idea(work, number, EntryDraft("1", "Idea"))
    for wanted in (ActivationStatus.CLOSED, ActivationStatus.ANNOUNCED):
        move_activation(work, number, wanted)
    for change in (
        lambda: ask_question(work, number, QuestionDraft("Why?")),
        lambda: answer_question(work, lecce, "Yes.", "Marta"),
        lambda: merge_question(work, lecce, None),
    ):
        with pytest.raises(IllegalStatusChangeError, match="take the announcement back"):
            change()


@pytest.mark.parametrize(
    ("text", "asker", "reason"),
    [
        (" \n ", "", "needs words"),
        ("why " * 25_000, "", "99999 characters are too many"),
        ("Why?", "n" * 300, "too long for a name"),
    ],
)
def test_a_question_that_cannot_be_is_refused(
    sqlite_work: UnitOfWork, text: str, asker: str, reason: str
) -> None:
    with pytest.raises(BadInputError, match=reason):
        ask_question(sqlite_work, session_of(sqlite_work), QuestionDraft(text, asker))


def test_right_to_left_and_emoji_alone_are_questions_too(sqlite_work: UnitOfWork) -> None:
    number = session_of(sqlite_work)
    for text in ("مرحبا، متى؟", "🤔🤔"):
        ask_question(sqlite_work, number, QuestionDraft(text, "x:nina"))
    assert [one.text for one in read_session(sqlite_work, number).questions] == ["مرحبا، متى؟", "🤔🤔"]


def test_a_transcript_holds_what_is_answered_what_is_open_and_names_nobody_unless_asked(
    sqlite_work: UnitOfWork,
) -> None:
    work = sqlite_work
    number, (lecce, again, _, thieves, _) = filled(work)
    ask_question(work, number, QuestionDraft("<b>Bold</b> *and* `code`?", "x:zoe"))
    merge_question(work, again, lecce)
    moderate_question(work, thieves, _Q.REFUSED, "asks nothing")
    answer_question(work, lecce, "On the first.\n# Not a heading", "Marta")
    text = transcript_file(work, number, ".md", "en").decode()
    assert text.startswith("# Ask us\n\n1 May 2026 - 31 May 2026. 4 questions, 1 answered (25%).")
    assert "## 1\\. When does it come to Lecce?\n\nAsked by 2 people." in text
    assert "\\# Not a heading" in text
    assert f"*Marta, {day_in('Europe/Rome', NOW):%-d %b %Y}*" in text
    assert "- Is there a green one?" in text
    assert "\\<b\\>Bold\\</b\\> \\*and\\* \\`code\\`?" in text
    assert "1 question was not taken in." in text
    assert "thieves" not in text and "nina" not in text
    assert "Asked by x\\:nina, x\\:leo." in transcript_file(work, number, ".md", "en", names=True).decode()
    assert "domande" in transcript_file(work, number, ".md", "it").decode()
    rows = transcript_file(work, number, ".csv", "en").decode("utf-8-sig").splitlines()
    assert rows[0].startswith("number,state,question,asked at,people,merged into,answer")
    assert "nina" not in "".join(rows)
    assert "x:nina" in transcript_file(work, number, ".csv", "en", names=True).decode("utf-8-sig")
    with pytest.raises(BadInputError, match="no form of a transcript"):
        transcript_file(work, number, ".pdf", "en")


def test_erasing_takes_words_and_names_off_questions_and_the_counts_stay(work: UnitOfWork) -> None:
    zelda = made(work, "zelda", platform="x", name="Zelda Lima")
    number = session_of(work)
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.person_id == zelda)).one()
        post = add_post(session, account.id or 0, "z1", text="My question?")
    asked = ask_question(work, number, QuestionDraft("", mention_id=post))
    for text, asker in (("Mine too", "x:zelda"), ("Another zelda", "instagram:zelda"), ("Theirs", "x:ann")):
        ask_question(work, number, QuestionDraft(text, asker))
    answer_question(work, asked, "Dear Zelda Lima, yes.", "Zelda Lima")
    before = read_session(work, number)
    erase_person(work, zelda)
    after = read_session(work, number)
    assert (after.people, after.answered, len(after.standing)) == (before.people, 1, 4)
    assert [one.text for one in after.questions] == ["", "", "Another …", "Theirs"]
    with work.reading() as session:
        rows = session.exec(select(LiveQuestion).order_by(LiveQuestion.id)).all()
        assert [one.asker[:6] for one in rows] == ["erased", "erased", "zelda", "ann"]
        assert (rows[0].answer, rows[0].answered_by) == ("Dear …, yes.", "…")
    with pytest.raises(BadInputError, match="erased"):
        ask_question(work, number, QuestionDraft("Again?", "x:zelda"))
    with pytest.raises(NotFoundError):
        read_session(work, 999)


def test_questions_that_speak_of_one_thing_are_a_topic_and_the_one_apart_is_none(
    sqlite_work: UnitOfWork,
) -> None:
    session = session_of(sqlite_work)
    asked = (
        "How long does the battery last?", "Does the battery charge fast?", "Can I change the battery?",
        "When does it reach the shops?", "Which shops have it in June?", "Do shops take it back?",
    )  # fmt: skip
    numbers = [ask_question(sqlite_work, session, QuestionDraft(text)) for text in asked[:5]]
    assert read_session(sqlite_work, session).topics == (), "five are read sooner than sorted"
    numbers.append(ask_question(sqlite_work, session, QuestionDraft(asked[5])))
    numbers.append(ask_question(sqlite_work, session, QuestionDraft("Chi ha girato il video?")))
    moderate_question(sqlite_work, numbers[0], _Q.ACCEPTED)
    answer_question(sqlite_work, numbers[0], "Two days.", "Ada Riva")
    topics = read_session(sqlite_work, session).topics
    assert {topic.questions: topic.answered for topic in topics} == {
        tuple(numbers[:3]): 1,
        tuple(numbers[3:6]): 0,
    }
    assert [topic.typical in asked for topic in topics] == [True, True]
    moderate_question(sqlite_work, numbers[5], _Q.REFUSED, "asked before")
    assert all(numbers[5] not in topic.questions for topic in read_session(sqlite_work, session).topics)
