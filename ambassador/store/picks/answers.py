"""Labelled answers: to whom they were given, and how many of them complain. Counted in the database."""

from typing import Any, Final

from sqlalchemy import case, func, literal, or_, union_all
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ambassador.store.networks.node_keys import node_key
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.store.tables.people import Account
from ambassador.store.tables.tone import ToneLabel
from ambassador.values.care.states import CaseEventKind, CaseKind
from ambassador.values.status import Label
from ambassador.values.tone import Tone

_COMPLAINING: Final = (CaseKind.COMPLAINT, CaseKind.CRISIS)
_TELLING: Final = (Tone.NEGATIVE, Tone.NEUTRAL, Tone.POSITIVE)


def labelled_answers(session: Session) -> dict[int, tuple[int, int]]:
    """Node key of each person who was answered -> labelled answers to their posts, and complaints among them.

    A post is labelled by a label, by what was said last of its tone, or by its case; it complains if any of
    these says so. Answers of our own accounts and of the author themselves are left out, and so are answers
    to a post that is a complaint itself: who joins a complaint does not answer praise.
    """
    told, above = _told(), _told()
    answer, post = aliased(Mention), aliased(Mention)
    author, answered = aliased(Account), aliased(Account)
    key = node_key(answered)
    parent = func.coalesce(col(answer.parent_observed_id), col(answer.parent_inferred_id))
    answers = (
        columns(key.label("key"), told.c.complains)
        .select_from(told)
        .join(answer, col(answer.id) == told.c.mention_id)
        .join(post, col(post.id) == parent)
        .join(author, col(author.id) == col(answer.account_id))
        .join(answered, col(answered.id) == col(post.account_id))
        .outerjoin(above, above.c.mention_id == col(post.id))
        .where(
            col(author.is_brand).is_(False),
            col(answered.is_brand).is_(False),
            node_key(author) != key,
            or_(above.c.complains.is_(None), above.c.complains == 0),
        )
        .subquery()
    )
    wanted = columns(answers.c.key, func.count(), func.sum(answers.c.complains)).group_by(answers.c.key)
    return {who: (told_of, int(complaints)) for who, told_of, complaints in session.execute(wanted)}


def _told() -> Any:  # noqa: ANN401 - a subquery
    """Say of each labelled post whether it complains: 1 or 0."""
    labels = columns(col(MentionLabel.mention_id), _one_if(col(MentionLabel.label) == Label.COMPLAINT))
    newest = columns(func.max(col(ToneLabel.id))).group_by(col(ToneLabel.mention_id))
    tones = columns(col(ToneLabel.mention_id), _one_if(col(ToneLabel.tone) == Tone.NEGATIVE)).where(
        col(ToneLabel.id).in_(newest), col(ToneLabel.tone).in_(_TELLING)
    )
    cases = (
        columns(col(CareEvent.mention_id), _one_if(col(CareCase.kind).in_(_COMPLAINING)))
        .join(CareCase, col(CareCase.id) == CareEvent.case_id)
        .where(col(CareEvent.mention_id).is_not(None), col(CareEvent.kind) == CaseEventKind.ASKED)
    )
    said = union_all(labels, tones, cases).subquery()
    return (
        columns(said.c.mention_id, func.max(said.c.complains).label("complains"))
        .group_by(said.c.mention_id)
        .subquery()
    )


def _one_if(condition: Any) -> Any:  # noqa: ANN401 - expressions of a query
    return case((condition, literal(1)), else_=literal(0)).label("complains")
