"""Perimeters and the versions of their rules."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.errors import ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.perimeters import Perimeter, PerimeterRuleRow
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.perimeters import PerimeterKind
from ambassador.values.row_numbers import row_number


def add_perimeter(session: Session, name: str, kind: PerimeterKind, *, at: datetime, actor: str) -> Perimeter:
    """Write a new perimeter; its name must be free."""
    refuse_taken_name(session, name, None)
    row = Perimeter(name=name, kind=kind, actor=actor, created_at=at)
    session.add(row)
    session.flush()
    return row


def refuse_taken_name(session: Session, name: str, own_id: int | None) -> None:
    """Refuse a name another perimeter has, or a campaign, whose match rule is one: whatever its capitals."""
    same = select(Perimeter.id).where(func.lower(col(Perimeter.name)) == name.lower())
    if any(number != own_id for number in session.exec(same)):
        raise ConflictError(mark("There is a perimeter called {name} already"), name=name)
    campaign = select(Campaign.id).where(func.lower(col(Campaign.name)) == name.lower())
    if session.exec(campaign).first() is not None:
        message = mark("There is a campaign called {name}, whose match rule is a perimeter already")
        raise ConflictError(message, name=name)


def get_perimeter(session: Session, perimeter_id: int, *, lock: bool = False) -> Perimeter:
    """A perimeter by its number; ``lock`` makes others wait until this transaction ends."""
    row = session.get(Perimeter, perimeter_id)
    if row is None:
        raise NotFoundError(mark("There is no perimeter number {number}"), number=perimeter_id)
    if lock:
        session.refresh(row, with_for_update=True)
    return row


def find_perimeter(session: Session, name: str) -> Perimeter | None:
    """Find a perimeter by its name, or by its number where none has that name."""
    same = select(Perimeter).where(func.lower(col(Perimeter.name)) == name.strip().lower())
    row = session.exec(same).first()
    if row is None and (number := row_number(name)) is not None:
        return session.get(Perimeter, number)
    return row


def list_perimeters(session: Session, *, archived: bool = False) -> Sequence[Perimeter]:
    """List perimeters by kind and name."""
    query = select(Perimeter).order_by(col(Perimeter.kind), func.lower(col(Perimeter.name)))
    if not archived:
        query = query.where(col(Perimeter.archived_at).is_(None))
    return session.exec(query).all()


def put_rule(
    session: Session, perimeter_id: int, rule: PerimeterRule, *, at: datetime, actor: str
) -> PerimeterRuleRow:
    """Write the next version of a rule; the same rule again is no new version."""
    newest = rules_of(session, perimeter_id)[:1]
    if newest and rule_of(newest[0]) == rule:
        return newest[0]
    row = PerimeterRuleRow(
        perimeter_id=perimeter_id,
        version=newest[0].version + 1 if newest else 1,
        keywords=list(rule.words),
        hashtags=list(rule.hashtags),
        authors=list(rule.accounts),
        languages=list(rule.languages),
        exclude_words=list(rule.exclude_words),
        everything=rule.everything,
        actor=actor,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row


def rule_of(row: PerimeterRuleRow) -> PerimeterRule:
    """The rule a row holds."""
    return PerimeterRule(
        words=tuple(row.keywords),
        hashtags=tuple(row.hashtags),
        accounts=tuple(row.authors),
        languages=tuple(row.languages),
        exclude_words=tuple(row.exclude_words),
        everything=row.everything,
    )


def rules_of(session: Session, perimeter_id: int) -> Sequence[PerimeterRuleRow]:
    """Every version of a perimeter's rule, the newest first."""
    query = select(PerimeterRuleRow).where(col(PerimeterRuleRow.perimeter_id) == perimeter_id)
    return session.exec(query.order_by(col(PerimeterRuleRow.version).desc())).all()


def newest_rules(session: Session) -> dict[int, PerimeterRuleRow]:
    """Perimeter -> the rule in force."""
    query = select(PerimeterRuleRow).order_by(col(PerimeterRuleRow.version))
    return {row.perimeter_id: row for row in session.exec(query)}
