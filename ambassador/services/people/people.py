"""List people, everybody who fits, and find those a shell names."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from ambassador.errors import UnknownHandleError
from ambassador.services.people.directory import PeopleDirectory, nearest_peers, open_directory
from ambassador.services.work import UnitOfWork
from ambassador.store.people import people as store
from ambassador.values.identity import canonical_handle
from ambassador.values.people.people import PeopleFilter, PeopleView, PersonRow
from ambassador.values.row_numbers import row_number

RECENT_DAYS = 30


def list_people(work: UnitOfWork, wanted: PeopleFilter | None = None) -> PeopleView:
    """List the people who fit, with the figures of the first row; scores compare with everybody.

    Examples
    --------
    >>> found = list_people(work, PeopleFilter(cities=("Bari",)))
    >>> [row.name for row in found.rows], found.everybody
    (['Nina Rossi', 'Zoe Marin'], 4)
    """
    wanted = wanted or PeopleFilter()
    topics = frozenset(topic.casefold() for topic in wanted.wanted_topics)
    with work.reading() as session:
        directory = open_directory(session, topics, archived=wanted.archived)
        return _view(work, directory, wanted, store.count_people(session), nearest_peers(session))


def _view(
    work: UnitOfWork,
    directory: PeopleDirectory,
    wanted: PeopleFilter,
    counts: store.PeopleCounts,
    nearest: int,
) -> PeopleView:
    now, everybody = work.now(), directory.rows
    fitting = [row for row in everybody if fits(row, wanted)]
    recently = now - timedelta(days=RECENT_DAYS)
    return PeopleView(
        rows=tuple(fitting),
        everybody=counts.in_use,
        archived=counts.archived,
        read_recently=sum(
            row.figures.read_at is not None and row.figures.read_at >= recently for row in everybody
        ),
        recent_days=RECENT_DAYS,
        candidates=sum(may_be_picked(row) for row in fitting),
        without_fee=_kept_out_by_fee(everybody, wanted),
        accounts_without_person=counts.accounts_without_person,
        nearest=nearest,
        network_measure="ties" if directory.in_network else "",
        as_of=now,
        cities=directory.cities,
        topics=directory.topics,
        platforms=directory.platforms,
    )


def may_be_picked(row: PersonRow) -> bool:
    """Check whether picks may consider somebody: a candidate, with an account, who did not object.

    Examples
    --------
    >>> may_be_picked(PersonRow(1, "Nina", ("x:nina",))), may_be_picked(PersonRow(2, "Bea", ()))
    (True, False)
    """
    return row.is_candidate and not row.objected and bool(row.handles) and not row.archived


def fits(row: PersonRow, wanted: PeopleFilter) -> bool:
    """Check whether somebody meets every condition; an unknown figure meets none about it.

    Examples
    --------
    >>> fits(PersonRow(1, "Nina", ("x:nina",), city="Bari"), PeopleFilter(cities=("Roma",)))
    False
    """
    return _fits_but_fee(row, wanted) and _fits_fee(row, wanted)


def _fits_but_fee(row: PersonRow, wanted: PeopleFilter) -> bool:
    followers = row.figures.followers
    return all((
        _fits_search(row, wanted.search),
        not wanted.cities or row.city in wanted.cities,
        not wanted.topics or bool(set(row.topics) & set(wanted.topics)),
        not wanted.platforms or any(handle.partition(":")[0] in wanted.platforms for handle in row.handles),
        wanted.followers_from is None or (followers is not None and followers >= wanted.followers_from),
        wanted.followers_to is None or (followers is not None and followers <= wanted.followers_to),
        not wanted.candidates_only or may_be_picked(row),
        wanted.read_since is None
        or (row.figures.read_at is not None and row.figures.read_at >= wanted.read_since),
    ))  # fmt: skip


def _fits_fee(row: PersonRow, wanted: PeopleFilter) -> bool:
    most = wanted.fee_up_to
    if most is None:
        return True
    return row.fee is not None and row.fee.currency == most.currency and row.fee.minor <= most.minor


def _fits_search(row: PersonRow, search: str) -> bool:
    words = search.casefold().split()
    if not words:
        return True
    text = " ".join((row.name, row.city, row.email, row.telephone, *row.topics, *row.handles)).casefold()
    return all(word in text or canonical_handle(word) in text for word in words)


def _kept_out_by_fee(everybody: Sequence[PersonRow], wanted: PeopleFilter) -> int:
    return sum(row.fee is None and may_be_picked(row) and _fits_but_fee(row, wanted) for row in everybody)


def persons_by_handle(work: UnitOfWork, named: Sequence[str]) -> list[int]:
    """Return the person each text names: ``handle``, ``platform:handle``, or ``#`` and a person's number.

    Examples
    --------
    >>> persons_by_handle(work, ["nina", "instagram:leo", "#3"])
    [1, 2, 3]
    """
    with work.reading() as session:
        return [_one(session, text) for text in named]


def _one(session: Session, text: str) -> int:
    if text.startswith("#") and (number := row_number(text[1:])) is not None:
        return store.get_person(session, number).id or 0
    account = store.find_accounts(session, [text])[text]
    if account.person_id is None:
        raise UnknownHandleError("{handle} is an account without a person", handle=text)
    return account.person_id
