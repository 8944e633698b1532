"""Pages that are damaged, shares that do not sum to one, and everything that is computed from the rest."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Engine, Text, and_, delete, func, not_, or_, select, update
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from ambassador.store.mentions.credit import KEPT
from ambassador.store.networks.derived_ties import ORIGIN
from ambassador.store.schema import metadata
from ambassador.values.cascades.cascades import NAMED_IN_TEXT
from ambassador.values.mentions.mentions import MatchEvidence, Reason

_EXACT: Final = 1e-9
_DIGITS: Final = 9
_T: Final = metadata.tables
_KEPT_MATCH: Final = str(Reason(MatchEvidence.KEPT))


def damage(engine: Engine) -> str:
    """What SQLite finds wrong with its pages and indexes; nothing where all is well."""
    if engine.dialect.name != "sqlite":
        return ""
    try:
        with engine.connect() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    except DatabaseError as error:
        return str(error.orig)
    return "" if said == ["ok"] else "; ".join(said).replace("\n", " ")


def shares_not_one(session: Session) -> list[tuple[int, int]]:
    """Find the (campaign, mention) pairs whose shares of credit do not sum to one."""
    credit = _T["credit"]
    pair = (credit.c.campaign_id, credit.c.mention_id)
    total = func.sum(credit.c.share)
    wanted = select(*pair).group_by(*pair).having(func.abs(total - 1.0) > _EXACT).order_by(*pair)
    return [(campaign, mention) for campaign, mention in session.execute(wanted)]


def read_derived(session: Session) -> Mapping[str, frozenset[tuple[Any, ...]]]:
    """Read everything that is computed from posts, ties and rules, without what numbers and dates it."""
    credit, match, parent = _T["credit"].c, _T["mention_campaign"].c, _T["parent_candidate"].c
    tie = _T["tie"]
    asked = {
        "credit": select(
            credit.campaign_id,
            credit.mention_id,
            credit.ambassador_id,
            credit.device_id,
            credit.method,
            credit.share,
        ),
        "mention_campaign": select(match.campaign_id, match.mention_id, match.verdict.cast(Text)),
        "parent_candidate": select(parent.mention_id, parent.candidate_id, parent.probability),
        "tie": select(tie.c.source_id, tie.c.target_id, tie.c.platform, tie.c.kind, tie.c.interactions).where(
            tie.c.origin == ORIGIN
        ),
    }
    return {
        name: frozenset(tuple(map(_rounded, row)) for row in session.execute(wanted))
        for name, wanted in asked.items()
    }


def forget_derived(session: Session) -> None:
    """Take away everything that is computed, so that it is computed from nothing.

    What stands as it was before somebody was erased cannot be computed any more: it stays.
    """
    credit, match, tie, mention = _T["credit"], _T["mention_campaign"], _T["tie"], _T["mention"]
    session.execute(delete(credit).where(credit.c.version != KEPT))
    session.execute(delete(_T["parent_candidate"]))
    session.execute(delete(match).where(match.c.by_hand.is_(False), match.c.rule != _KEPT_MATCH))
    session.execute(delete(tie).where(tie.c.origin == ORIGIN))
    erased = select(mention.c.id).where(mention.c.erased_at.is_not(None))
    by_erased_words = and_(
        mention.c.inferred_by == NAMED_IN_TEXT,
        or_(mention.c.erased_at.is_not(None), mention.c.parent_inferred_id.in_(erased)),
    )
    anew = update(mention).where(not_(by_erased_words))
    session.execute(anew.values(parent_observed_id=None, parent_inferred_id=None, inferred_by=""))
    session.flush()


def network_files(session: Session) -> list[str]:
    """Name the files that networks and learned values lie in."""
    found: set[str] = set()
    for name in ("network_snapshot", "parameter_set"):
        column = _T[name].c.file_name
        found |= set(session.execute(select(column).where(column != "")).scalars())
    return sorted(found)


def count_rows(session: Session) -> dict[str, int]:
    """Count the rows of every table."""
    return {
        name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in _T.items()
    }


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any column's value
    return round(value, _DIGITS) if isinstance(value, float) else value
