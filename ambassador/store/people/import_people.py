"""People of a file with their accounts: new ones made, known ones brought up to date."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.i18n import mark
from ambassador.store.among import among
from ambassador.store.bulk import change_rows, chunks, insert_rows
from ambassador.store.people.import_accounts import (
    KnownAccount,
    NamedAccount,
    ensure_accounts,
    forgotten,
    tell_of_names,
    usual_platform,
)
from ambassador.store.people.import_figures import FiguresReading, put_snapshots
from ambassador.store.stale import Touched, mark_stale, mark_touched
from ambassador.store.tables.people import Account, Person
from ambassador.values.contacts import telephone_address
from ambassador.values.days import is_within_reason
from ambassador.values.drafts import AccountDraft, PersonDraft
from ambassador.values.identity import AccountKey
from ambassador.values.imports.arrivals import Arrival, Fate, Fates
from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.money import Money

_NO_SUCH_DATE = mark("no figures can be from then: dates lie between 1990 and the day after tomorrow")
_PLAIN = ("name", "city", "country", "language", "email", "telephone", "notes")
_NewPerson = dict[str, Any]
"""The columns of somebody who was not here before."""


_WORDS = {
    "name": mark("Name"),
    "city": mark("City"),
    "country": mark("Country"),
    "language": mark("Language"),
    "email": mark("E-mail"),
    "telephone": mark("Telephone number"),
    "notes": mark("Notes"),
}


def put_people(session: Session, drafts: Sequence[PersonDraft], arrival: Arrival) -> Fates:
    """Write people, their accounts, and what the file says about both."""
    told = Fates()
    named = _named(session, drafts, arrival.platform)
    gone = forgotten(session, (one for accounts in named for one in accounts))
    kept = []
    for draft, accounts in zip(drafts, named, strict=True):
        if draft.read_at is not None and not is_within_reason(draft.read_at, arrival.at):
            day = draft.read_at.isoformat(" ", "minutes")
            told.refuse(RejectedRow(draft.line, "", day, _NO_SUCH_DATE, place=draft.place))
        elif gone & {one.key for one in accounts}:
            told.refuse(
                RejectedRow(draft.line, "", "", mark("this person asked to be forgotten"), place=draft.place)
            )
        else:
            kept.append((draft, accounts))
    arrival.progress(0, len(kept), mark("Writing"))
    found = ensure_accounts(session, (one for _, accounts in kept for one in accounts), arrival)
    rows = [(draft, [found[one.key] for one in accounts]) for draft, accounts in kept]
    named_on = ((draft.line, found[one.key], one.key) for draft, accounts in kept for one in accounts)
    tell_of_names(named_on, told)
    has_joined = _put_persons(session, rows, arrival, told)
    _note_new_accounts(rows, told)
    _put_figures(session, rows, arrival, told)
    _tell_of_odd_numbers((draft for draft, _ in kept), told)
    _hint_at_one_mail(session, (draft.email for draft in drafts if draft.email), told)
    _mark(session, found.values(), has_joined=has_joined)
    return told


def _note_new_accounts(rows: Iterable[tuple[PersonDraft, list[KnownAccount]]], told: Fates) -> None:
    """Note which rows gave somebody known another account, or an account another name or platform."""
    met: set[int] = set()
    for draft, accounts in rows:
        new = [one for one in accounts if one.id not in met]
        if any(one.is_joined or one.is_changed or one.is_adopted for one in new):
            told.note_fate(draft.row, Fate.UPDATED)
        met |= {one.id for one in accounts}


def _tell_of_odd_numbers(drafts: Iterable[PersonDraft], told: Fates) -> None:
    """Tell which telephone numbers cannot be called as they are written; they are kept all the same."""
    text = mark("line {line}: {value} does not look like a telephone number and is kept as it is written")
    for draft in drafts:
        if draft.telephone and not telephone_address(draft.telephone):
            told.warn(Note(text, {"line": draft.line, "value": draft.telephone}))


def _mark(session: Session, accounts: Collection[KnownAccount], *, has_joined: bool) -> None:
    """Say what follows: accounts of people known bring their posts along, new ones may have been named."""
    if has_joined or any(one.former or one.is_adopted for one in accounts):
        mark_stale(session)
    elif any(one.is_new or one.is_joined for one in accounts):
        mark_touched(session, Touched(accounts=tuple(one.id for one in accounts if one.is_new)))


def _hint_at_one_mail(session: Session, mails: Iterable[str], told: Fates) -> None:
    """Tell which e-mails of the file stand with several people: they may be one."""
    owners: dict[str, list[str]] = {}
    for some in chunks({mail.lower() for mail in mails}):
        query = columns(func.lower(Person.email), col(Person.name)).where(
            func.lower(Person.email).in_(some), col(Person.erased_at).is_(None)
        )
        for mail, name in session.execute(query.order_by(col(Person.id))):
            owners.setdefault(mail, []).append(name)
    text = mark("one e-mail, {email}, stands with several people: {names}. Merge them if they are one")
    for mail, names in owners.items():
        if len(names) > 1:
            told.warn(Note(text, {"email": mail, "names": ", ".join(names[:5])}))


def _named(session: Session, drafts: Sequence[PersonDraft], usual: str) -> list[list[NamedAccount]]:
    unstated = {one.handle for draft in drafts for one in draft.accounts if not one.platform}
    usual = usual or (usual_platform(session, unstated) if unstated else "")
    return [[_name(one, usual) for one in draft.accounts] for draft in drafts]


def _name(account: AccountDraft, usual: str) -> NamedAccount:
    key = AccountKey(account.platform or usual, account.handle)
    return NamedAccount(key, account.native_id, account.display_handle, account.url)


def _put_persons(
    session: Session,
    rows: Sequence[tuple[PersonDraft, list[KnownAccount]]],
    arrival: Arrival,
    told: Fates,
) -> bool:
    """Write people and whose their accounts are; say if somebody known got another account."""
    known = _people(session, {one.person_id for _, accounts in rows for one in accounts if one.person_id})
    made: list[tuple[_NewPerson, list[KnownAccount]]] = []
    fresh: dict[int, _NewPerson] = {}
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    met: set[int] = set()
    for draft, accounts in rows:
        _tell_of_several(draft, accounts, fresh, told)
        started = next((fresh[one.id] for one in accounts if one.id in fresh), None)
        owner = next((one.person_id for one in accounts if one.person_id), None)
        if started is not None:
            _tell_kept(started, draft, told)
            _fill(started, draft)
            told.note_further(draft.row)
        elif owner is None:
            started = _new_person(draft, arrival)
            told.note_fate(draft.row, Fate.ADDED)
        else:
            told.note_fate(draft.row, _update(known[owner], draft, arrival, (changes, before), told))
            if owner in met:
                told.note_further(draft.row)
            met.add(owner)
        if started is not None:
            made.append((started, accounts))
            fresh = {one.id: started for one in accounts} | fresh
    numbers = _insert_people(session, {id(person): person for person, _ in made}, arrival)
    change_rows(session, Person, changes, before, arrival.batch_id)
    _attach(session, [(numbers[id(person)], accounts) for person, accounts in made], arrival)
    return _attach_more(session, rows, arrival)


def _insert_people(session: Session, people: Mapping[int, _NewPerson], arrival: Arrival) -> dict[int, int]:
    """Write new people and give each the number it gets: numbers rise in the order of rows."""
    before = session.execute(columns(func.max(col(Person.id)))).scalar_one() or 0
    insert_rows(session, Person, list(people.values()))
    written = columns(col(Person.id)).where(col(Person.id) > before, col(Person.batch_id) == arrival.batch_id)
    numbers = session.execute(written.order_by(col(Person.id))).scalars() if people else ()
    return {key: number or 0 for key, number in zip(people, numbers, strict=True)}


def _tell_of_several(
    draft: PersonDraft, accounts: Sequence[KnownAccount], fresh: Mapping[int, _NewPerson], told: Fates
) -> None:
    """Tell that a row gives one person accounts that belong to several: they may be one."""
    owners = {one.person_id or id(fresh[one.id]) for one in accounts if one.person_id or one.id in fresh}
    if len(owners) > 1:
        names = ", ".join(f"@{one.handle}" for one in draft.accounts)
        text = mark("line {line}: {names} belong to different people here. Merge them if they are one")
        told.warn(Note(text, {"line": draft.line, "names": names}))


def _people(session: Session, person_ids: set[int]) -> dict[int, dict[str, Any]]:
    found = {}
    for ids in chunks(person_ids):
        for person in session.exec(select(Person).where(among(col(Person.id), ids))):
            found[person.id or 0] = person.model_dump()
    return found


def _new_person(draft: PersonDraft, arrival: Arrival) -> _NewPerson:
    person: _NewPerson = {
        **dict.fromkeys((*_PLAIN, "fee_minor", "fee_currency")),
        "topics": [],
        "source": arrival.file_name,
        "batch_id": arrival.batch_id,
        "created_at": arrival.at,
        **_said(draft),
    }
    person["name"] = person["name"] or draft.accounts[0].display_handle or draft.accounts[0].handle
    return person


def _fill(person: _NewPerson, draft: PersonDraft) -> None:
    """Take what a further row says where the first one leaves it open; topics add up."""
    for name, value in _said(draft).items():
        known = person[name]
        if known is None or known in ("", []):
            person[name] = value
        elif name == "topics":
            person[name] = list(dict.fromkeys([*known, *value]))


def _said(draft: PersonDraft) -> dict[str, Any]:
    """What the row says about the person; unknown says nothing."""
    said: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(draft, name))}
    if draft.topics:
        said["topics"] = list(draft.topics)
    if draft.fee:
        said |= {"fee_minor": draft.fee.minor, "fee_currency": draft.fee.currency}
    return said


def _update(
    person: dict[str, Any],
    draft: PersonDraft,
    arrival: Arrival,
    kept_by_id: tuple[dict[int, dict[str, Any]], dict[int, dict[str, Any]]],
    told: Fates,
) -> Fate:
    """Take over what the file says anew; the same file coming again only fills what is blank."""
    change = {}
    for name, value in _said(draft).items():
        wanted = list(dict.fromkeys([*(person[name] or []), *value])) if name == "topics" else value
        if wanted != person[name] and not (arrival.is_repeat and person[name] not in (None, "", [])):
            change[name] = wanted
    if not change:
        return Fate.DUPLICATE
    _tell_changed(person, draft, change, told)
    changes, before = kept_by_id
    number = person["id"]
    kept = before.setdefault(number, {})
    kept |= {name: person[name] for name in change if name not in kept}
    changes.setdefault(number, {}).update(change)
    person |= change
    return Fate.UPDATED


def _tell_changed(
    person: Mapping[str, Any], draft: PersonDraft, change: Mapping[str, Any], told: Fates
) -> None:
    """Tell which values of a person another one takes the place of."""
    for name, value in change.items():
        if person[name] and name in _WORDS:
            told.changed(draft.line, _shown(draft), _WORDS[name], person[name], value)
    if person["fee_minor"] is not None and {"fee_minor", "fee_currency"} & set(change):
        old = Money(person["fee_minor"], person["fee_currency"] or "EUR")
        told.changed(draft.line, _shown(draft), mark("Fee"), old, draft.fee or "")


def _tell_kept(person: _NewPerson, draft: PersonDraft, told: Fates) -> None:
    """Tell what a further row about a person of the file says differently: what stands first stays."""
    for name, value in _said(draft).items():
        known = person[name]
        if known and name in _WORDS and known != value:
            told.changed(draft.line, _shown(draft), _WORDS[name], known, value, is_taken=False)
    if draft.fee and person["fee_minor"] is not None:
        known_fee = Money(person["fee_minor"], person["fee_currency"] or "EUR")
        if known_fee != draft.fee:
            told.changed(draft.line, _shown(draft), mark("Fee"), known_fee, draft.fee, is_taken=False)


def _shown(draft: PersonDraft) -> str:
    return f"@{draft.accounts[0].handle}"


def _attach(session: Session, owned: Sequence[tuple[int, list[KnownAccount]]], arrival: Arrival) -> bool:
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    for person_id, accounts in owned:
        for account in accounts:
            if account.person_id is None:
                account.person_id, account.is_joined = person_id, True
                changes[account.id], before[account.id] = {"person_id": person_id}, {"person_id": None}
    change_rows(session, Account, changes, before, arrival.batch_id)
    return bool(changes)


def _attach_more(
    session: Session, rows: Sequence[tuple[PersonDraft, list[KnownAccount]]], arrival: Arrival
) -> bool:
    """Return the further accounts of a known person to that person; say if there were any."""
    owned = [
        (owner, accounts)
        for _, accounts in rows
        if (owner := next((one.person_id for one in accounts if one.person_id), None))
    ]
    return _attach(session, owned, arrival)


def _put_figures(
    session: Session,
    rows: Sequence[tuple[PersonDraft, list[KnownAccount]]],
    arrival: Arrival,
    told: Fates,
) -> None:
    readings, places = [], []
    for draft, accounts in rows:
        for account, about in zip(accounts, draft.accounts, strict=True):
            figures = {name: value for name, value in asdict(about.figures).items() if value is not None}
            if figures:
                at = draft.read_at or arrival.read_at
                readings.append(
                    FiguresReading(
                        account.id,
                        figures,
                        at,
                        draft.read_at is not None,
                        keeps_both=True,
                        line=draft.line,
                        what=f"@{about.handle}",
                    )
                )
                places.append(draft.row)
    fates = put_snapshots(session, readings, arrival, told)
    for row, fate in zip(places, fates, strict=True):
        told.note_fate(row, Fate.DUPLICATE if fate is Fate.DUPLICATE else Fate.UPDATED)
