"""Ballots: written as they came, read with the person behind each, files of them taken out and put back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, insert
from sqlmodel import Session, col, or_, select

from ambassador.errors import NotFoundError
from ambassador.store.activations.people import accounts_of, people_behind
from ambassador.store.bulk import chunks, insert_rows
from ambassador.store.tables.activations import Ballot, BallotChoice, BallotFile
from ambassador.store.tables.people import Account
from ambassador.values.activations.votes import BallotDraft


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """One ballot with the person behind it; ``person`` is the same for all their accounts."""

    id: int
    person: str
    is_known: bool
    """Whether the voter is somebody the workspace knows."""
    moment: datetime
    """When it was given, else when it came in."""
    voted_at: datetime | None
    account_since: datetime | None
    entries: tuple[int, ...]


def put_ballots(
    session: Session,
    activation_id: int,
    ballots: Sequence[tuple[BallotDraft, Sequence[int]]],
    *,
    file_id: int | None,
    at: datetime,
    actor: str,
) -> None:
    """Write ballots with the numbers of the entries each names."""
    owners = accounts_of(session, {(draft.platform, draft.voter) for draft, _ in ballots})
    rows = [
        {
            "activation_id": activation_id,
            "file_id": file_id,
            "account_id": owners.get((draft.platform, draft.voter)),
            "platform": draft.platform,
            "voter": draft.voter,
            "voted_at": draft.voted_at,
            "account_since": draft.account_since,
            "actor": actor,
            "created_at": at,
        }
        for draft, _ in ballots
    ]
    session.flush()
    putting = insert(Ballot).returning(col(Ballot.id), sort_by_parameter_order=True)
    numbers = [number for some in chunks(rows) for number in session.execute(putting, some).scalars()]
    choices = [
        {"ballot_id": number, "entry_id": entry}
        for number, (_, entries) in zip(numbers, ballots, strict=True)
        for entry in entries
    ]
    insert_rows(session, BallotChoice, choices)


def read_ballots(session: Session, activation_id: int) -> list[CountedBallot]:
    """Read the ballots that are in, in the order they came, each with the person behind it."""
    query = (
        select(Ballot)
        .outerjoin(BallotFile, col(BallotFile.id) == col(Ballot.file_id))
        .where(Ballot.activation_id == activation_id, col(BallotFile.taken_out_at).is_(None))
        .order_by(col(Ballot.id))
    )
    rows = session.exec(query).all()
    people = people_behind(session, [(row.account_id, row.platform, row.voter) for row in rows])
    chosen = _choices(session, activation_id)
    return [
        CountedBallot(
            id=row.id or 0,
            person=person,
            is_known=is_known,
            moment=row.voted_at or row.created_at,
            voted_at=row.voted_at,
            account_since=row.account_since,
            entries=tuple(chosen.get(row.id or 0, ())),
        )
        for row, (person, is_known) in zip(rows, people, strict=True)
    ]


def _choices(session: Session, activation_id: int) -> Mapping[int, list[int]]:
    query = (
        select(BallotChoice.ballot_id, BallotChoice.entry_id)
        .join(Ballot, col(Ballot.id) == col(BallotChoice.ballot_id))
        .where(Ballot.activation_id == activation_id)
        .order_by(col(BallotChoice.id))
    )
    found: dict[int, list[int]] = defaultdict(list)
    for ballot_id, entry_id in session.exec(query):
        found[ballot_id].append(entry_id)
    return found


def known_platforms(session: Session) -> tuple[str, ...]:
    """Name the platforms that somebody here is on."""
    return tuple(sorted(session.exec(select(Account.platform).distinct())))


def add_file(session: Session, row: BallotFile) -> int:
    """Note that a file came in, and give its number."""
    session.add(row)
    session.flush()
    return row.id or 0


def list_files(session: Session, activation_id: int) -> Sequence[BallotFile]:
    """List the files of an activation, the newest first."""
    query = select(BallotFile).where(BallotFile.activation_id == activation_id)
    return session.exec(query.order_by(col(BallotFile.id).desc())).all()


def same_file(session: Session, activation_id: int, sha256: str) -> BallotFile | None:
    """Find a file with the same bytes that is in."""
    query = select(BallotFile).where(
        BallotFile.activation_id == activation_id,
        BallotFile.sha256 == sha256,
        col(BallotFile.taken_out_at).is_(None),
    )
    return session.exec(query).first()


def get_file(session: Session, file_id: int) -> BallotFile:
    """Read one file."""
    row = session.get(BallotFile, file_id)
    if row is None:
        raise NotFoundError("There is no file of votes number {number}", number=file_id)
    return row


def has_ballots(session: Session, activation_id: int) -> bool:
    """Whether any ballot came in, also one whose file was taken out."""
    return session.exec(select(Ballot.id).where(Ballot.activation_id == activation_id)).first() is not None


def forget_voter(session: Session, accounts: Sequence[Account], names: Collection[str]) -> None:
    """Take the names of somebody erased off their ballots; what they chose stays, and one voter stays one."""
    owners = {account.id: account for account in accounts}
    called = {*names, *(account.handle for account in accounts)}
    unknown = and_(col(Ballot.account_id).is_(None), col(Ballot.voter).in_(called))
    theirs = or_(col(Ballot.account_id).in_(owners), unknown)
    rows = session.exec(select(Ballot).where(theirs).order_by(col(Ballot.id))).all()
    first: dict[tuple[int, str, str], int] = {}
    for row in rows:
        if row.account_id is None:
            same = (it for it in accounts if it.handle == row.voter and row.platform in {"", it.platform})
            row.account_id = next((it.id for it in same), None)
        number = first.setdefault((row.activation_id, row.platform, row.voter), row.id or 0)
        row.voter = f"erased-{number}"
    session.flush()


def add_ballot(
    session: Session,
    activation_id: int,
    draft: BallotDraft,
    entries: Sequence[int],
    *,
    at: datetime,
    actor: str,
) -> int:
    """Write one ballot typed by hand, and give its number."""
    owner = accounts_of(session, {(draft.platform, draft.voter)}).get((draft.platform, draft.voter))
    row = Ballot(
        activation_id=activation_id,
        account_id=owner,
        platform=draft.platform,
        voter=draft.voter,
        voted_at=draft.voted_at,
        actor=actor,
        created_at=at,
    )
    session.add(row)
    session.flush()
    session.add_all([BallotChoice(ballot_id=row.id or 0, entry_id=entry) for entry in entries])
    session.flush()
    return row.id or 0
