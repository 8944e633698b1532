"""Questions people ask in a session: as they came, who asked, what was answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_
from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.activations.people import people_behind
from ambassador.store.bulk import chunks
from ambassador.store.tables.activations import LiveQuestion
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.activations.questions import QuestionDraft


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question with the person behind it and the address of the post it was asked in."""

    row: LiveQuestion
    person: str
    """Empty where nobody knows who asked."""
    url: str


def read_questions(session: Session, activation_id: int) -> list[AskedQuestion]:
    """Read the questions of a session in the order they came in."""
    query = (
        select(LiveQuestion, Mention.url)
        .outerjoin(Mention, col(Mention.id) == col(LiveQuestion.mention_id))
        .where(LiveQuestion.activation_id == activation_id)
        .order_by(col(LiveQuestion.id))
    )
    rows = list(session.exec(query))
    people = people_behind(session, [(row.account_id, row.platform, row.asker) for row, _ in rows])
    return [
        AskedQuestion(row, person if row.asker or row.account_id else "", url or "")
        for (row, url), (person, _) in zip(rows, people, strict=True)
    ]


def get_question(session: Session, question_id: int) -> LiveQuestion:
    """Read one question."""
    row = session.get(LiveQuestion, question_id)
    if row is None:
        raise NotFoundError("There is no question number {number}", number=question_id)
    return row


def merged_into(session: Session, question_id: int) -> Sequence[LiveQuestion]:
    """List the questions that were merged into one."""
    return session.exec(select(LiveQuestion).where(LiveQuestion.merged_into_id == question_id)).all()


def asked_post(session: Session, activation_id: int, mention_id: int) -> LiveQuestion | None:
    """Find the question a post is already."""
    query = select(LiveQuestion).where(
        LiveQuestion.activation_id == activation_id, LiveQuestion.mention_id == mention_id
    )
    return session.exec(query).first()


def add_question(
    session: Session,
    activation_id: int,
    draft: QuestionDraft,
    account_id: int | None,
    *,
    at: datetime,
    actor: str,
) -> LiveQuestion:
    """Write a question as it came."""
    row = LiveQuestion(
        activation_id=activation_id,
        text=draft.text,
        platform=draft.platform,
        asker=draft.asker,
        account_id=account_id,
        mention_id=draft.mention_id,
        asked_at=draft.asked_at,
        actor=actor,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row


def forget_askers(
    session: Session, accounts: Sequence[Account], names: Collection[str], mention_ids: Collection[int]
) -> None:
    """Take what somebody erased asked, and their name, out of their questions; that there was one stays."""
    handles = {(account.platform, account.handle) for account in accounts}
    unknown = and_(col(LiveQuestion.account_id).is_(None), col(LiveQuestion.asker).in_(names))
    wanted = [unknown, col(LiveQuestion.account_id).in_({account.id for account in accounts})]
    wanted += [col(LiveQuestion.mention_id).in_(ids) for ids in chunks(mention_ids)]
    first: dict[tuple[int, str, str], int] = {}
    for theirs in wanted:
        for row in session.exec(select(LiveQuestion).where(theirs).order_by(col(LiveQuestion.id))):
            if theirs is unknown and row.platform and (row.platform, row.asker) not in handles:
                continue
            number = first.setdefault((row.activation_id, row.platform, row.asker), row.id or 0)
            row.text, row.asker = "", row.asker and f"erased-{number}"
        session.flush()
