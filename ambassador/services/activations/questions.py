"""A session of questions: asked by hand, by file or in a post, looked at, merged, answered."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from sqlmodel import Session

from ambassador.errors import AmbassadorError, BadInputError, ConflictError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.intake.reading import content_to_read
from ambassador.intake.votes import read_questions_file
from ambassador.metrics.wording.topics import find_topics
from ambassador.services.activations.activations import refuse_announced
from ambassador.services.activations.naming import account_named, post_of
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.questions import (
    AskedQuestion,
    add_question,
    asked_post,
    get_question,
    merged_into,
    read_questions,
)
from ambassador.store.tables.activations import Activation, LiveQuestion
from ambassador.values.activations.questions import QuestionDraft, QuestionRow, QuestionsResult, QuestionTopic
from ambassador.values.activations.states import ActivationKind, ActivationStatus, QuestionStatus
from ambassador.values.activations.votes import VotesReport
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.mentions.search_words import indexed

LONGEST: Final = 2_000
"""Characters of a question or an answer: a longer text is something else."""
_ALIKE: Final = 0.6
"""Share of their words, as a search looks them up, that two questions have in common to look alike."""

FEWEST: Final = 6
"""Questions: fewer are read sooner than what they speak of is told."""
_OF_ONE: Final = 3
"""Questions for each topic that is looked for."""
_MOST_TOPICS: Final = 8

_Asked = dict[tuple[str, str, str], int]
"""Platform, name and words of a question, and its number."""


def read_session(work: UnitOfWork, activation_id: int) -> QuestionsResult:
    """Read the questions of a session, with who asked and which look alike.

    Examples
    --------
    >>> read_session(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        _refuse_other_kinds(row)
        return result_of_questions(session, row)


def result_of_questions(session: Session, row: Activation) -> QuestionsResult:
    """Read within somebody else's transaction.

    Examples
    --------
    >>> result_of_questions(session, Activation(id=7, title="Ask us")).standing
    ()
    """
    asked = read_questions(session, row.id or 0)
    people: dict[int, set[str]] = defaultdict(set)
    nameless: Counter[int] = Counter()
    for one in asked:
        number = one.row.merged_into_id or one.row.id or 0
        if one.person:
            people[number].add(one.person)
        else:
            nameless[number] += 1
    alike = _alike([one.row for one in asked])
    rows = tuple(_row(one, len(people[one.row.id or 0]) + nameless[one.row.id or 0], alike) for one in asked)
    found = QuestionsResult(rows, len({one.person for one in asked if one.person}))
    return replace(found, topics=_topics(found.standing))


def _topics(questions: Sequence[QuestionRow]) -> tuple[QuestionTopic, ...]:
    """Group questions by what they speak of; two that share a word are a topic, one alone is none."""
    if len(questions) < FEWEST:
        return ()
    found = find_topics([one.text for one in questions], min(_MOST_TOPICS, len(questions) // _OF_ONE))
    topics = []
    for number, (words, typical) in enumerate(zip(found.words, found.typical, strict=True)):
        members = [questions[place] for place in np.flatnonzero(found.of == number).tolist()]
        if len(members) > 1:
            ids, answered = tuple(one.id for one in members), sum(one.is_answered for one in members)
            topics.append(QuestionTopic(words, ids, answered, questions[typical[0]].text))
    return tuple(topics)


def _row(asked: AskedQuestion, askers: int, alike: dict[int, int]) -> QuestionRow:
    row = asked.row
    name = f"{row.platform}:{row.asker}" if row.platform and row.asker else row.asker
    return QuestionRow(
        id=row.id or 0,
        text=row.text,
        asker=name,
        url=asked.url,
        mention_id=row.mention_id,
        asked_at=row.asked_at,
        status=row.status,
        reason=row.reason,
        merged_into_id=row.merged_into_id,
        askers=askers,
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        like_id=alike.get(row.id or 0),
    )


def _alike(rows: list[LiveQuestion]) -> dict[int, int]:
    """Name for each question that stands the earlier one that has most of its words."""
    found: dict[int, int] = {}
    sizes: dict[int, int] = {}
    holding: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.merged_into_id is not None or row.status is QuestionStatus.REFUSED:
            continue
        number, stems = row.id or 0, set(indexed(row.text).stems.split())
        shared = Counter(other for stem in stems for other in holding[stem])
        if shared:
            share, other = max(
                (count / (len(stems) + sizes[other] - count), -other) for other, count in shared.items()
            )
            if share >= _ALIKE:
                found[number] = -other
        sizes[number] = len(stems)
        for stem in stems:
            holding[stem].append(number)
    return found


def ask_question(work: UnitOfWork, activation_id: int, draft: QuestionDraft) -> int:
    """Write down a question, or take one from a post, and give its number; it waits for a look.

    Examples
    --------
    >>> ask_question(work, 7, QuestionDraft("When does it come?"))
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        _refuse_questions(row)
        return _ask(session, work, row, draft, _asked_before(session, row))


def bring_in_questions(work: UnitOfWork, activation_id: int, name: str, data: bytes) -> VotesReport:
    """Bring in a table of questions; one that the same person has asked already is left out and told.

    Examples
    --------
    >>> bring_in_questions(work, 7, "q.csv", b"question,asked by")
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.reading() as session:
        zone = store.get_activation(session, activation_id).time_zone
    found = read_questions_file(content_to_read(name, data), zone=zone)
    rejected = list(found.rejected)
    count = 0
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        _refuse_questions(row)
        before = _asked_before(session, row)
        for draft in found.questions:
            try:
                _ask(session, work, row, draft, before)
                count += 1
            except AmbassadorError as error:
                rejected.append(
                    RejectedRow(draft.line, "question", draft.text[:80], error.message, error.values)
                )
    return VotesReport(activation_id, rejected=tuple(rejected), notes=found.notes, questions=count)


def _asked_before(session: Session, row: Activation) -> _Asked:
    asked = (one.row for one in read_questions(session, row.id or 0))
    return {(one.platform, one.asker, one.text.casefold()): one.id or 0 for one in asked}


def _ask(session: Session, work: UnitOfWork, row: Activation, draft: QuestionDraft, before: _Asked) -> int:
    account_id = None
    if draft.mention_id is not None:
        draft, account_id = _from_post(session, row, draft)
    else:
        on = f"{draft.platform}:{draft.asker}" if draft.platform and draft.asker else draft.asker
        platform, asker, account_id = account_named(session, on)
        draft = replace(draft, platform=platform, asker=asker)
    text = _tidy(draft.text, mark("A question needs words"))
    said = (draft.platform, draft.asker, text.casefold())
    if draft.asker and said in before:
        message = mark("the same person asked this already: question {number}")
        raise ConflictError(message, number=before[said])
    draft = replace(draft, text=text, asked_at=draft.asked_at or work.now())
    added = add_question(session, row.id or 0, draft, account_id, at=work.now(), actor=work.actor)
    before[said] = added.id or 0
    return before[said]


def _from_post(session: Session, row: Activation, draft: QuestionDraft) -> tuple[QuestionDraft, int | None]:
    number = draft.mention_id or 0
    post, author = post_of(session, number)
    there = asked_post(session, row.id or 0, number)
    if there is not None:
        message = mark("mention {mention} is question {number} already")
        raise ConflictError(message, mention=number, number=there.id)
    filled = replace(
        draft,
        text=draft.text or post.text,
        platform=author.platform,
        asker=author.handle,
        asked_at=draft.asked_at or post.posted_at,
    )
    return filled, author.id


def moderate_question(work: UnitOfWork, question_id: int, status: QuestionStatus, reason: str = "") -> None:
    """Take a question in, turn it down for a reason, or let it wait for a look again.

    Examples
    --------
    >>> moderate_question(work, 7, QuestionStatus.ACCEPTED)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no question number 7
    """
    reason = reason.strip()
    refused = status is QuestionStatus.REFUSED
    if refused and not reason:
        raise BadInputError(mark("Whoever turns a question down says why: write a reason"))
    with work.writing() as session:
        row = _open_question(session, question_id)
        if row.answered_at is not None and status is not QuestionStatus.ACCEPTED:
            message = mark("question {number} is answered: take the answer back first")
            raise IllegalStatusChangeError(message, number=question_id)
        if refused and merged_into(session, question_id):
            message = mark("question {number} holds others: part them first")
            raise IllegalStatusChangeError(message, number=question_id)
        row.status, row.reason = status, reason if refused else ""


def merge_question(work: UnitOfWork, question_id: int, into_id: int | None) -> None:
    """Let a question stand in another that asks the same, with what it holds itself; None parts it again.

    Examples
    --------
    >>> merge_question(work, 7, 8)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no question number 7
    """
    with work.writing() as session:
        row = get_question(session, question_id)
        refuse_announced(store.get_activation(session, row.activation_id, lock=True))
        if into_id is None:
            row.merged_into_id = None
            return
        target = get_question(session, into_id)
        target = get_question(session, target.merged_into_id) if target.merged_into_id else target
        _refuse_merge(row, target)
        for held in merged_into(session, question_id):
            held.merged_into_id = target.id
        row.merged_into_id = target.id


def _refuse_merge(row: LiveQuestion, target: LiveQuestion) -> None:
    numbers = {"number": row.id, "other": target.id}
    if row.id == target.id or row.activation_id != target.activation_id:
        raise BadInputError(
            mark("question {number} merges only into another of the same session, not {other}"), **numbers
        )
    if row.answered_at is not None:
        raise IllegalStatusChangeError(
            mark("question {number} is answered: merge {other} into it, or take the answer back"), **numbers
        )
    if target.status is QuestionStatus.REFUSED:
        raise IllegalStatusChangeError(
            mark("question {other} was turned down: {number} cannot stand in it"), **numbers
        )


def answer_question(work: UnitOfWork, question_id: int, answer: str, by: str) -> None:
    """Write down what was answered, and by whom; a question nobody has looked at is taken in with it.

    Examples
    --------
    >>> answer_question(work, 7, "In May.", "Marta Lo Re")
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no question number 7
    """
    text, who = _tidy(answer, mark("An answer needs words"), lines=True), " ".join(by.split())
    if not who:
        raise BadInputError(mark("Say who answered"))
    with work.writing() as session:
        row = _open_question(session, question_id)
        if row.status is QuestionStatus.REFUSED:
            message = mark("question {number} was turned down: take it in before it is answered")
            raise IllegalStatusChangeError(message, number=question_id)
        if row.answered_at is not None:
            message = mark("question {number} was answered by {who} already: take that answer back first")
            raise ConflictError(message, number=question_id, who=row.answered_by)
        row.status = QuestionStatus.ACCEPTED
        row.answer, row.answered_by, row.answered_at = text, who, work.now()


def take_answer_back(work: UnitOfWork, question_id: int) -> None:
    """Let a question be open again; the answer is gone.

    Examples
    --------
    >>> take_answer_back(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no question number 7
    """
    with work.writing() as session:
        row = _open_question(session, question_id)
        if row.answered_at is None:
            raise ConflictError(mark("question {number} is not answered"), number=question_id)
        row.answer, row.answered_by, row.answered_at = "", "", None


def _open_question(session: Session, question_id: int) -> LiveQuestion:
    """Read a question that can be changed: it stands in no other, and the transcript is not out."""
    row = get_question(session, question_id)
    refuse_announced(store.get_activation(session, row.activation_id, lock=True))
    session.refresh(row)
    if row.merged_into_id is not None:
        message = mark("question {number} stands in question {other}: go on there, or part them")
        raise IllegalStatusChangeError(message, number=question_id, other=row.merged_into_id)
    return row


def _refuse_questions(row: Activation) -> None:
    _refuse_other_kinds(row)
    refuse_announced(row)
    if row.status is ActivationStatus.DRAFT:
        message = mark("{name} is {status}: questions come in once it is open")
        raise IllegalStatusChangeError(message, name=row.title, status=row.status.value)


def _refuse_other_kinds(row: Activation) -> None:
    if row.kind is not ActivationKind.QUESTIONS:
        raise BadInputError(mark("{name} takes no questions"), name=row.title)


def _tidy(text: str, empty: str, *, lines: bool = False) -> str:
    """Take needless blanks out; an answer keeps its paragraphs."""
    parts = (" ".join(one.split()) for one in text.splitlines())
    tidy = "\n".join(parts).strip() if lines else " ".join(text.split())
    if not tidy:
        raise BadInputError(empty)
    if len(tidy) > LONGEST:
        message = mark("{count} characters are too many for a question or an answer: at most {most}")
        raise BadInputError(message, count=len(tidy), most=LONGEST)
    return tidy
