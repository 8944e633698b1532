"""Posts of a file: new ones added, known ones completed, their figures dated, their labels kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.i18n import mark
from ambassador.store.among import among
from ambassador.store.bulk import change_rows, chunks, insert_columns, insert_rows
from ambassador.store.cascades.parents import resolve_arrived, resolve_parents
from ambassador.store.mentions.merge_posts import (
    FIGURES,
    known_figures,
    merged_posts,
    tell_other_parent,
    tell_other_text,
    tell_other_time,
)
from ambassador.store.mentions.same_posts import (
    adopt_unstated_posts,
    called,
    keep_aliases,
    same_posts,
    under_known_ids,
)
from ambassador.store.people.import_accounts import (
    KnownAccount,
    NamedAccount,
    ensure_accounts,
    forgotten,
    tell_of_names,
    usual_platform,
)
from ambassador.store.people.import_figures import (
    FiguresReading,
    put_first_metrics,
    put_metrics,
    put_snapshots,
)
from ambassador.store.people.scrub import without_addressed
from ambassador.store.people.suppression import SuppressionList, suppressed
from ambassador.store.post_words import put_words, write_words
from ambassador.store.stale import Touched, mark_stale, mark_touched
from ambassador.store.tables.mentions import Mention, MentionLabel
from ambassador.store.tables.people import Account
from ambassador.values.days import is_within_reason
from ambassador.values.drafts import NO_FIGURES, MentionDraft
from ambassador.values.identity import AccountKey
from ambassador.values.imports.arrivals import Arrival, Fate, Fates
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.status import MentionKind

_NO_SUCH_DATE = mark("no post can be from then: dates lie between 1990 and the day after tomorrow")
_ANOTHERS = mark(
    "the post {value} is here as a post of @{known}, and of @{author} in this file: one of the two is wrong"
)
_FILLED = ("url", "text", "topic", "language", "parent_author")
_PARENTS = ("parent_post_id", "root_post_id")
_SAID = {
    "platform": "platform",
    "post_id": "post_id",
    "url": "url",
    "kind": "kind",
    "posted_at": "created_at",
    "text": "text",
    "topic": "topic",
    "language": "language",
    "parent_post_id": "parent_id",
    "root_post_id": "root_id",
    "parent_author": "parent_author",
}
"""Columns of a post, and what of a draft stands in them."""
_SAME_MINUTE = timedelta(minutes=1)
"""Exports leave the seconds out, or round them."""
_Key = tuple[str, str]


def put_mentions(session: Session, drafts: Sequence[MentionDraft], arrival: Arrival) -> Fates:
    """Write posts with their authors, figures and labels, and point them at their parents."""
    told = Fates()
    dated = _within_reason(drafts, arrival, told)
    kept = _without_forgotten(session, _with_platform(session, dated, arrival), told)
    has_moved = adopt_unstated_posts(session, kept, arrival)
    merged = merged_posts(under_known_ids(session, kept), told)
    accounts = ensure_accounts(session, _named(merged.values()), arrival, _last_seen(merged.values()))
    if any(account.is_called_otherwise(key) for key, account in accounts.items()):
        authors = ((draft.line, _author(draft).key) for draft in merged.values())
        tell_of_names(((line, accounts[key], key) for line, key in authors), told)
    known = _known(session, merged)
    _refuse_others(session, merged, known, accounts, told)
    completed, reworded = _complete(session, merged, known, arrival, told)
    new = [draft for key, draft in merged.items() if key not in known]
    ids = {key: row["id"] for key, row in known.items()} | _put_new(session, new, accounts, arrival)
    for draft in new:
        told.note_fate(draft.row, Fate.ADDED)
    put_words(session, {ids[key]: draft.text for key, draft in merged.items() if key not in known})
    write_words(session, reworded)
    keep_aliases(session, merged.values(), ids, arrival)
    _put_first_metrics(session, new, ids, arrival)
    _put_metrics(session, {key: merged[key] for key in known}, ids, arrival, told)
    _put_labels(session, merged, ids, arrival, told)
    _put_followers(session, merged.values(), accounts, arrival, told)
    new_ids = [ids[key] for key in merged if key not in known]
    if has_moved or any(account.is_adopted or account.former for account in accounts.values()):
        resolve_parents(session)  # posts that moved are found by some that did not come
        mark_stale(session)
        return told
    naming = [ids[key] for key, draft in merged.items() if key in known or draft.parent_id or draft.root_id]
    waited = _point(session, merged.values(), naming)
    _mark(session, new_ids, {*completed, *waited}, accounts.values())
    return told


def _point(session: Session, drafts: Iterable[MentionDraft], ids: Collection[int]) -> set[int]:
    """Point posts at their parents, and at them those that waited for them; give these."""
    names = {(draft.platform, name) for draft in drafts for name in (draft.post_id, *draft.aliases)}
    return resolve_arrived(session, ids, names)


def _mark(
    session: Session, new: Collection[int], changed: Collection[int], accounts: Iterable[KnownAccount]
) -> None:
    """Say which posts have come or changed: what follows from them has to be worked out."""
    touched = Touched(
        new=tuple(new),
        changed=tuple(sorted(set(changed) - set(new))),
        accounts=tuple(account.id for account in accounts if account.is_new),
    )
    if not touched.is_counted:
        mark_touched(session, touched)


def _within_reason(drafts: Sequence[MentionDraft], arrival: Arrival, told: Fates) -> list[MentionDraft]:
    """Refuse rows whose dates no post can have: one post of the year 9999 would stretch every curve to it."""
    moments = [at for draft in drafts for at in (draft.created_at, draft.read_at) if at is not None]
    ends = (min(moments), max(moments)) if moments else ()
    if all(is_within_reason(at, arrival.at) for at in ends):
        return list(drafts)
    kept = []
    for draft in drafts:
        wrong = [
            at
            for at in (draft.created_at, draft.read_at)
            if at is not None and not is_within_reason(at, arrival.at)
        ]
        if wrong:
            told.refuse(
                RejectedRow(
                    draft.line, "", wrong[0].isoformat(" ", "minutes"), _NO_SUCH_DATE, place=draft.place
                )
            )
        else:
            kept.append(draft)
    return kept


def _with_platform(session: Session, drafts: Sequence[MentionDraft], arrival: Arrival) -> list[MentionDraft]:
    unstated = {draft.author for draft in drafts if not draft.platform}
    if not unstated:
        return list(drafts)
    usual = arrival.platform or usual_platform(session, unstated)
    return [draft if draft.platform else replace(draft, platform=usual) for draft in drafts]


def _without_forgotten(session: Session, drafts: Sequence[MentionDraft], told: Fates) -> list[MentionDraft]:
    held = suppressed(session)
    if not held.hashes:
        return list(drafts)
    gone = forgotten(session, map(_author, drafts))
    kept = []
    for draft in drafts:
        if _author(draft).key in gone:
            told.refuse(
                RejectedRow(draft.line, "", "", mark("this person asked to be forgotten"), place=draft.place)
            )
        else:
            kept.append(_without_names(draft, held))
    return kept


def _without_names(draft: MentionDraft, held: SuppressionList) -> MentionDraft:
    """Take the handles of the erased out of an answer to them and of a text that addresses them."""
    parent = "" if held.holds(draft.platform, draft.parent_author) else draft.parent_author
    text = without_addressed(draft.text, lambda handle: held.holds(draft.platform, handle))
    return replace(draft, parent_author=parent, text=text)


def _author(draft: MentionDraft) -> NamedAccount:
    return _named_account(draft.platform, draft.author, draft.author_id)


@lru_cache(maxsize=20_000)
def _named_account(platform: str, handle: str, native_id: str) -> NamedAccount:
    return NamedAccount(AccountKey(platform, handle), native_id)


def _named(drafts: Iterable[MentionDraft]) -> list[NamedAccount]:
    """List the authors, and those whom their posts answer or share."""
    named: dict[AccountKey, NamedAccount] = {}
    for draft in drafts:
        if draft.parent_author:
            key = AccountKey(draft.platform, draft.parent_author)
            named.setdefault(key, NamedAccount(key))
    for draft in drafts:
        one = _author(draft)
        if one.native_id or one.key not in named:
            named[one.key] = one
    return list(named.values())


def _last_seen(drafts: Collection[MentionDraft]) -> dict[AccountKey, datetime]:
    """Say when each author last posted under a handle, where the file has ids to tell that it changed."""
    last: dict[AccountKey, datetime] = {}
    for draft in drafts if any(draft.author_id for draft in drafts) else ():
        key = _author(draft).key
        last[key] = max(draft.created_at, last.get(key, draft.created_at))
    return last


def _known(session: Session, keys: Iterable[_Key]) -> dict[_Key, dict[str, Any]]:
    wanted = set(keys)
    found = {}
    names = ("id", "platform", "post_id", "account_id", "posted_at", "kind", *_PARENTS, *_FILLED)
    query = columns(*(getattr(Mention, name) for name in names))
    for which in called(wanted):
        for row in session.execute(query.where(which)):
            values = dict(zip(names, row, strict=True))
            found[values["platform"], values["post_id"]] = values
    return found


def _ids_of(session: Session, keys: Collection[_Key]) -> dict[_Key, int]:
    """Read the numbers posts have been given."""
    found: dict[_Key, int] = {}
    query = columns(col(Mention.platform), col(Mention.post_id), col(Mention.id))
    for which in called(keys):
        rows = session.execute(query.where(which))
        found |= {(platform, name): number or 0 for platform, name, number in rows}
    return {key: found[key] for key in keys}


def _refuse_others(
    session: Session,
    merged: dict[_Key, MentionDraft],
    known: dict[_Key, dict[str, Any]],
    accounts: Mapping[AccountKey, KnownAccount],
    told: Fates,
) -> None:
    """Refuse a post that is here as somebody else's: one of the two authors, or ids, is wrong."""
    others = {
        key: row["account_id"]
        for key, row in known.items()
        if row["account_id"] != accounts[_author(merged[key]).key].id
    }
    if not others:
        return
    names: dict[int | None, str] = {}
    for ids in chunks(set(others.values())):
        query = columns(col(Account.id), col(Account.handle)).where(among(col(Account.id), ids))
        names |= {row[0]: row[1] for row in session.execute(query)}
    for key, account in others.items():
        draft = merged.pop(key)
        del known[key]
        values = {"value": draft.post_id, "known": names.get(account, ""), "author": draft.author}
        told.refuse(RejectedRow(draft.line, "", draft.post_id, _ANOTHERS, values, place=draft.place))


def _complete(
    session: Session,
    merged: Mapping[_Key, MentionDraft],
    known: Mapping[_Key, Mapping[str, Any]],
    arrival: Arrival,
    told: Fates,
) -> tuple[Collection[int], Collection[int]]:
    """Fill what was blank in posts already here, and take over words that were edited since.

    Gives the posts in which something changed, and those among them that have other words.
    """
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    for key, row in known.items():
        draft = merged[key]
        said = {name: getattr(draft, name) for name in _FILLED}
        said |= {"parent_post_id": draft.parent_id, "root_post_id": draft.root_id}
        change: dict[str, Any] = {name: value for name, value in said.items() if value and not row[name]}
        if row["kind"] is MentionKind.ORIGINAL and draft.kind not in (
            MentionKind.ORIGINAL,
            MentionKind.STORY,
        ):
            change["kind"] = draft.kind
        if not arrival.is_repeat and tell_other_text(draft, row["text"], told):
            change["text"] = draft.text
        if change:
            changes[row["id"]], before[row["id"]] = change, {name: row[name] for name in change}
        told.note_fate(draft.row, Fate.UPDATED if change else Fate.DUPLICATE)
    change_rows(session, Mention, changes, before, arrival.batch_id)
    _tell_kept(session, [(row, merged[key]) for key, row in known.items()], told)
    return changes.keys(), [key for key, change in changes.items() if "text" in change]


def _tell_kept(session: Session, rows: Iterable[tuple[Mapping[str, Any], MentionDraft]], told: Fates) -> None:
    """Tell where a file gives a post another time, or has it answer another post: what is here stays."""
    others = []
    for row, draft in rows:
        if abs(row["posted_at"] - draft.created_at) >= _SAME_MINUTE:
            tell_other_time(draft, row["posted_at"], told)
        known = row["parent_post_id"]
        if known and draft.parent_id and known != draft.parent_id:
            others.append((known, draft))
    same = same_posts(session, {(draft.platform, known, draft.parent_id) for known, draft in others})
    for known, draft in others:
        if (draft.platform, known, draft.parent_id) not in same:
            tell_other_parent(draft, known, told)


def _put_first_metrics(
    session: Session, new: Iterable[MentionDraft], ids: Mapping[_Key, int], arrival: Arrival
) -> None:
    """Write the figures of posts that were not here before: none can be known already."""
    given = [draft for draft in new if draft.metrics != NO_FIGURES]
    put_first_metrics(
        session,
        [ids[draft.platform, draft.post_id] for draft in given],
        [draft.read_at or arrival.read_at for draft in given],
        {name: [getattr(draft.metrics, name) for draft in given] for name in FIGURES},
        arrival,
    )


def _put_metrics(
    session: Session,
    merged: Mapping[_Key, MentionDraft],
    ids: Mapping[_Key, int],
    arrival: Arrival,
    told: Fates,
) -> None:
    """Write the figures of posts that were here before."""
    readings, places = [], []
    for key, draft in merged.items():
        figures = known_figures(draft.metrics)
        if figures:
            at = draft.read_at or arrival.read_at
            readings.append(
                FiguresReading(
                    ids[key], figures, at, draft.read_at is not None, line=draft.line, what=draft.post_id
                )
            )
            places.append(draft.row)
    for row, fate in zip(places, put_metrics(session, readings, arrival, told), strict=True):
        told.note_fate(row, Fate.DUPLICATE if fate is Fate.DUPLICATE else Fate.UPDATED)


def _put_labels(
    session: Session,
    merged: Mapping[_Key, MentionDraft],
    ids: Mapping[_Key, int],
    arrival: Arrival,
    told: Fates,
) -> None:
    wanted = {(ids[key], label): draft.row for key, draft in merged.items() for label in draft.labels}
    for some in chunks({mention for mention, _ in wanted}):
        query = columns(col(MentionLabel.mention_id), col(MentionLabel.label))
        for mention, label in session.execute(query.where(among(col(MentionLabel.mention_id), some))):
            wanted.pop((mention, label), None)
    rows = [
        {
            "mention_id": mention,
            "label": label,
            "actor": arrival.actor,
            "labelled_at": arrival.at,
            "batch_id": arrival.batch_id,
        }
        for mention, label in wanted
    ]
    insert_rows(session, MentionLabel, rows)
    for row in wanted.values():
        told.note_fate(row, Fate.UPDATED)


def _put_followers(
    session: Session,
    drafts: Iterable[MentionDraft],
    accounts: Mapping[AccountKey, KnownAccount],
    arrival: Arrival,
    told: Fates,
) -> None:
    """Write what the file says of authors; a post known already is news where its author is."""
    readings, places = [], []
    is_any_changed = any(account.is_changed for account in accounts.values())
    for draft in drafts:
        if not is_any_changed and draft.author_followers is None:
            continue
        account = accounts[_author(draft).key]
        if account.is_changed:
            told.note_fate(draft.row, Fate.UPDATED)
        if draft.author_followers is not None:
            at = draft.read_at or arrival.read_at
            readings.append(
                FiguresReading(
                    account.id,
                    {"followers": draft.author_followers},
                    at,
                    is_dated=False,
                    line=draft.line,
                    what=f"@{draft.author}",
                )
            )
            places.append(draft.row)
    for row, fate in zip(places, put_snapshots(session, readings, arrival, told), strict=True):
        told.note_fate(row, Fate.DUPLICATE if fate is Fate.DUPLICATE else Fate.UPDATED)


def _put_new(
    session: Session,
    drafts: Sequence[MentionDraft],
    accounts: Mapping[AccountKey, KnownAccount],
    arrival: Arrival,
) -> dict[_Key, int]:
    """Write posts that were not here before, and give the numbers they get."""
    before = session.execute(columns(func.max(col(Mention.id)))).scalar_one() or 0
    count = len(drafts)
    values: dict[str, list[Any]] = {name: list(map(attrgetter(said), drafts)) for name, said in _SAID.items()}
    values["account_id"] = [accounts[_author(draft).key].id for draft in drafts]
    values |= {name: [""] * count for name in ("token", "inferred_by", "supplied_by")}
    values |= {"batch_id": [arrival.batch_id] * count, "recorded_at": [arrival.at] * count}
    insert_columns(
        session, Mention, values, count, lambda done, total: arrival.progress(done, total, mark("Writing"))
    )
    wanted = {(draft.platform, draft.post_id) for draft in drafts}
    query = columns(col(Mention.platform), col(Mention.post_id), col(Mention.id))
    rows = session.execute(query.where(col(Mention.id) > before)) if drafts else ()
    found = {(platform, name): number or 0 for platform, name, number in rows}
    numbers = {key: found[key] for key in wanted & found.keys()}
    return numbers if len(numbers) == count else _ids_of(session, wanted)
