"""Ties of a file: added, or brought up to date, thousands at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.i18n import mark
from ambassador.store.among import among_pairs
from ambassador.store.bulk import change_rows, chunks, insert_rows
from ambassador.store.people.import_accounts import NamedAccount, ensure_accounts, forgotten, usual_platform
from ambassador.store.stale import Touched, mark_touched
from ambassador.store.tables.network import Tie
from ambassador.values.drafts import TieDraft
from ambassador.values.identity import AccountKey
from ambassador.values.imports.arrivals import Arrival, Fate, Fates
from ambassador.values.imports.imports import RejectedRow

_FILE = "file"
_WEIGHT, _PROBABILITY = mark("Weight (how often)"), mark("Probability")

_Key = tuple[int, int, str, str]


@dataclass(slots=True)
class _StoredTie:
    id: int
    weight: float | None
    probability: float | None


def put_ties(session: Session, drafts: Sequence[TieDraft], arrival: Arrival) -> Fates:
    """Write ties; one already here is a duplicate, or updated where the file says something else."""
    told = Fates()
    ends = _ends(session, drafts, arrival.platform)
    gone = forgotten(session, map(NamedAccount, {key for pair in ends for key in pair}))
    kept = list(zip(drafts, ends, strict=True))
    if gone:
        kept = [(draft, pair) for draft, pair in kept if not gone & set(pair)]
        _refuse_forgotten(told, drafts, ends, gone)
    named = dict.fromkeys(key for _, pair in kept for key in pair)  # in the file's order: so ids are too
    accounts = ensure_accounts(session, map(NamedAccount, named), arrival)
    merged = _merged(kept, {key: account.id for key, account in accounts.items()}, told)
    known = _known(session, {key[:2] for key in merged})
    new = []
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    for key, draft in merged.items():
        if key in known:
            told.note_fate(draft.row, _changed(known[key], draft, changes, before, told))
        else:
            new.append(_row(key, draft, arrival))
            told.note_fate(draft.row, Fate.ADDED)
    insert_rows(session, Tie, new, lambda done, total: arrival.progress(done, total, mark("Writing")))
    change_rows(session, Tie, changes, before, arrival.batch_id)
    if new or changes:  # they say whom a post with a hidden parent may hang from
        mark_touched(session, Touched(accounts=tuple(one.id for one in accounts.values() if one.is_new)))
    return told


def _merged(
    kept: Sequence[tuple[TieDraft, tuple[AccountKey, AccountKey]]],
    ids: Mapping[AccountKey, int],
    told: Fates,
) -> dict[_Key, TieDraft]:
    """Make one draft of the rows that list the same tie: weights add up, the last probability counts."""
    merged: dict[_Key, TieDraft] = {}
    for draft, (source, target) in kept:
        key = (ids[source], ids[target], source.platform, draft.kind)
        first = merged.get(key)
        if first is None:
            merged[key] = draft
        else:
            told.note_fate(draft.row, Fate.MERGED)
            if draft.probability is not None and first.probability not in (None, draft.probability):
                _tell(told, draft, _PROBABILITY, first.probability, draft.probability)
            merged[key] = replace(
                first,
                weight=_sum(first.weight, draft.weight),
                probability=first.probability if draft.probability is None else draft.probability,
            )
    return merged


def _sum(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else one + other


def _ends(session: Session, drafts: Sequence[TieDraft], usual: str) -> list[tuple[AccountKey, AccountKey]]:
    unstated = {handle for draft in drafts if not draft.platform for handle in (draft.source, draft.target)}
    usual = usual or (usual_platform(session, unstated) if unstated else "")
    key = lru_cache(maxsize=None)(AccountKey)  # one object for each account: networks name them over and over
    return [
        (key(draft.platform or usual, draft.source), key(draft.platform or usual, draft.target))
        for draft in drafts
    ]


def _refuse_forgotten(
    told: Fates,
    drafts: Sequence[TieDraft],
    ends: Sequence[tuple[AccountKey, AccountKey]],
    gone: set[AccountKey],
) -> None:
    for draft, pair in zip(drafts, ends, strict=True):
        if gone & set(pair):
            told.refuse(
                RejectedRow(draft.line, "", "", mark("this person asked to be forgotten"), place=draft.place)
            )


def _known(session: Session, pairs: set[tuple[int, int]]) -> dict[_Key, _StoredTie]:
    """Read the ties of files between these accounts, pair by pair: one account may have very many others."""
    found = {}
    for some in chunks(sorted(pairs)):
        query = columns(
            col(Tie.id),
            col(Tie.source_id),
            col(Tie.target_id),
            col(Tie.platform),
            col(Tie.kind),
            col(Tie.weight),
            col(Tie.given_probability),
        ).where(among_pairs(col(Tie.source_id), col(Tie.target_id), some), col(Tie.origin) == _FILE)
        for number, source, target, platform, kind, weight, given in session.execute(query):
            found[source, target, platform, kind] = _StoredTie(number, weight, given)
    return found


def _changed(
    known: _StoredTie,
    draft: TieDraft,
    changes: dict[int, dict[str, Any]],
    before: dict[int, dict[str, Any]],
    told: Fates,
) -> Fate:
    change: dict[str, Any] = {}
    if draft.weight is not None and draft.weight != known.weight:
        change["weight"] = draft.weight
    if draft.probability is not None and draft.probability != known.probability:
        change["given_probability"] = draft.probability
    if not change:
        return Fate.DUPLICATE
    if "weight" in change and known.weight is not None:
        _tell(told, draft, _WEIGHT, known.weight, draft.weight)
    if "given_probability" in change and known.probability is not None:
        _tell(told, draft, _PROBABILITY, known.probability, draft.probability)
    before[known.id] = {"weight": known.weight, "given_probability": known.probability}
    changes[known.id] = change
    return Fate.UPDATED


def _tell(told: Fates, draft: TieDraft, name: str, before: float | None, after: float | None) -> None:
    what = f"@{draft.source} \u2192 @{draft.target}"
    told.changed(draft.line, what, name, f"{before:g}", f"{after:g}")


def _row(key: _Key, draft: TieDraft, arrival: Arrival) -> dict[str, Any]:
    source, target, platform, kind = key
    return {
        "source_id": source,
        "target_id": target,
        "platform": platform,
        "kind": kind,
        "origin": _FILE,
        "weight": draft.weight,
        "given_probability": draft.probability,
        "batch_id": arrival.batch_id,
    }
