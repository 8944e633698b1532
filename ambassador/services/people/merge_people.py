"""Find that two rows are one person: look first, merge, take it back."""

from collections.abc import Collection, Mapping, Sequence

from ambassador.errors import BadInputError, ConflictError
from ambassador.i18n import mark
from ambassador.services.people.directory import fee_of
from ambassador.services.work import UnitOfWork
from ambassador.store.networks.tie_views import count_ties_among
from ambassador.store.people import merges
from ambassador.store.people import people as store
from ambassador.store.stale import mark_stale
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.people import Account, Person
from ambassador.values.imports.imports import Note
from ambassador.values.people.people import MergePreview, PersonRow

_Deals = Sequence[tuple[Ambassador, Campaign]]


def preview_merge(work: UnitOfWork, keep: int, others: Collection[int]) -> MergePreview:
    """Tell what a merge would do, and why it could not be done.

    Examples
    --------
    >>> found = preview_merge(work, 1, [4])
    >>> found.accounts, found.obstacles
    (('instagram:ada',), ())
    """
    with work.reading() as session:
        people = store.get_people(session, [keep, *others])
        accounts = store.list_accounts(session, [keep, *others])
        deals = merges.deals_of(session, [keep, *others])
        merged = [people[other] for other in others if other != keep]
        ids = [account.id or 0 for owned in accounts.values() for account in owned]
        return MergePreview(
            kept=_row(people[keep], accounts),
            others=tuple(_row(person, accounts) for person in merged),
            accounts=tuple(
                _name(account) for person in merged for account in accounts.get(person.id or 0, ())
            ),
            campaigns=tuple(campaign.name for deal, campaign in deals if deal.person_id != keep),
            filled=_filled(people[keep], merged),
            self_ties=count_ties_among(session, ids),
            obstacles=tuple(
                _obstacles(people[keep], merged, deals, merges.merged_away(session, list(people)))
            ),
        )


def merge_people(work: UnitOfWork, keep: int, others: Collection[int], reason: str = "") -> tuple[int, ...]:
    """Move accounts, deals and missing facts of others to the person kept; give the ids to take it back.

    Examples
    --------
    >>> merge_people(work, 1, [4], reason="one and the same")
    (1,)
    """
    with work.writing() as session:
        people = store.get_people(session, [keep, *others], lock=True)
        merged = [people[other] for other in dict.fromkeys(others) if other != keep]
        if not merged:
            raise BadInputError("choose at least two different people to merge")
        gone = merges.merged_away(session, list(people))
        for note in _obstacles(people[keep], merged, merges.deals_of(session, list(people)), gone):
            raise ConflictError(note.text, **note.values)
        rows = [
            merges.merge(session, people[keep], other, at=work.now(), actor=work.actor, reason=reason)
            for other in merged
        ]
        mark_stale(session)  # whose posts are an ambassador's
        return tuple(row.id or 0 for row in rows)


def undo_merge(work: UnitOfWork, merge_ids: Collection[int]) -> None:
    """Make one person two again, the latest merge first, however long ago that was.

    What came since stays where it came: so a merge keeps a record of its own, beside what an undo of ten
    minutes notes.

    Examples
    --------
    >>> undo_merge(work, merge_people(work, 1, [4]))
    >>> preview_merge(work, 1, [4]).accounts
    ('instagram:ada',)
    """
    with work.writing() as session:
        for merge_id in sorted(set(merge_ids), reverse=True):
            row = merges.get_merge(session, merge_id)
            if row.reverted_at is not None:
                raise ConflictError("merge {number} was already taken back", number=merge_id)
            people = store.get_people(session, [row.kept_id, row.merged_id], lock=True)
            _refuse_erased(people)
            merges.revert(session, row, people[row.kept_id], people[row.merged_id], at=work.now())
        mark_stale(session)


def _refuse_erased(people: Mapping[int, Person]) -> None:
    for person in people.values():
        if person.erased_at is not None:
            raise ConflictError("person {number} was erased: the merge stays", number=person.id)


def _obstacles(kept: Person, merged: Sequence[Person], deals: _Deals, gone: Collection[int]) -> list[Note]:
    found = [
        Note(mark("person {number} was erased and cannot be merged"), {"number": person.id})
        for person in (kept, *merged)
        if person.erased_at is not None
    ]
    found += [
        Note(mark("person {number} was merged into another one already"), {"number": person.id})
        for person in (kept, *merged)
        if person.id in gone
    ]
    names = [campaign.name for _, campaign in deals]
    found += [
        Note(mark("two of them have a deal in {campaign}: end one of these first"), {"campaign": name})
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    return found


def _filled(kept: Person, merged: Sequence[Person]) -> dict[str, str]:
    """Tell what blanks would be filled with; the first of the others who knows wins."""
    filled: dict[str, str] = {}
    for other in merged:
        for name in merges.blanks(kept, other):
            filled.setdefault(name, str(getattr(other, name)))
    return filled


def _row(person: Person, accounts: Mapping[int, Sequence[Account]]) -> PersonRow:
    owned = accounts.get(person.id or 0, ())
    return PersonRow(
        id=person.id or 0,
        name=person.name or "",
        handles=tuple(_name(account) for account in owned),
        handle=owned[0].handle if owned else "",
        platform=owned[0].platform if owned else "",
        city=person.city or "",
        topics=tuple(person.topics),
        fee=fee_of(person),
    )


def _name(account: Account) -> str:
    return f"{account.platform}:{account.handle}"
