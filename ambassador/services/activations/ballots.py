"""Votes brought in by file or typed by hand; a file can be taken out and put back, nothing of it is lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import PurePath
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.errors import AmbassadorError, BadInputError, ConflictError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.intake.files import Content
from ambassador.intake.reading import content_to_read
from ambassador.intake.votes import read_votes_file
from ambassador.intake.votes.parts import ballot_of
from ambassador.services.activations.activations import checked_draft, refuse_announced
from ambassador.services.activations.entries import enter
from ambassador.services.activations.jury import mark_entries
from ambassador.services.activations.questions import bring_in_questions
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.ballots import (
    add_ballot,
    add_file,
    get_file,
    known_platforms,
    put_ballots,
    same_file,
)
from ambassador.store.activations.entries import entries_by_name, list_entries
from ambassador.store.people.suppression import SuppressionList, suppressed
from ambassador.store.tables.activations import Activation, ActivationEntry, BallotFile
from ambassador.values.activations.activations import ActivationDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus
from ambassador.values.activations.votes import BallotDraft, VotesFile, VotesReport
from ambassador.values.days import day_in
from ambassador.values.imports.imports import RejectedRow

_S = ActivationStatus


def bring_in_votes(work: UnitOfWork, activation_id: int | None, name: str, data: bytes) -> VotesReport:
    r"""Bring in a file of ideas, of votes, or a ``.pb`` file of both, which can become a round itself.

    Examples
    --------
    >>> pb = b"META\nkey;value\nbudget;50\nPROJECTS\nproject_id;cost\n1;50\nVOTES\nvoter_id;vote\n7;1\n"
    >>> report = bring_in_votes(work, None, "wieliczka.pb", pb)
    >>> report.entries, report.ballots
    (1, 1)
    """
    if activation_id is not None and _takes_questions(work, activation_id):
        return bring_in_questions(work, activation_id, name, data)
    content = content_to_read(name, data)
    zone, currency = _zone_and_currency(work, activation_id)
    found = read_votes_file(content, zone=zone, currency=currency)
    unseen = replace(work, kept=None) if found.ballots or activation_id is None else work
    with unseen.writing() as session:
        if activation_id is None:
            row = _new_round(session, work, found, name)
        else:
            row = store.get_activation(session, activation_id, lock=True)
        report = _bring_in(session, work, row, content, found)
    if report.file_id is not None:
        take_out_votes(work, report.file_id, out=False)  # one mark, which taking back takes off again
    return report


def vote_by_hand(work: UnitOfWork, activation_id: int, voter: str, choices: str) -> int:
    """Write one vote down as somebody told it, and give its number; a later one of theirs takes its place.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.services.activations.activations import create_activation
    >>> number = create_activation(work, ActivationDraft("Ideas", date(2026, 5, 1), date(2026, 5, 31)))
    >>> vote_by_hand(work, number, "nina", "A")
    Traceback (most recent call last):
    ...
    ambassador.errors.IllegalStatusChangeError: Ideas is draft: votes come in once it is open
    """
    draft = replace(ballot_of(voter, choices), voted_at=work.now())
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        _refuse_votes(row)
        sorter = _Sorter.of(session, row)
        usable = sorter.usable([draft])
        bad = next(iter((*sorter.rejected, *sorter.unknown)), None)
        if bad is not None:
            raise BadInputError(bad.reason, **bad.values)
        return add_ballot(session, row.id or 0, draft, usable[0][1], at=work.now(), actor=work.actor)


def take_out_votes(work: UnitOfWork, file_id: int, *, out: bool = True) -> None:
    """Let the ballots of a file count no more, or count again.

    Examples
    --------
    >>> take_out_votes(work, 3)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no file of votes number 3
    """
    with work.writing() as session:
        file = get_file(session, file_id)
        row = store.get_activation(session, file.activation_id, lock=True)
        refuse_announced(row)
        same = None if out else same_file(session, file.activation_id, file.sha256)
        if same is not None and same is not file:
            raise ConflictError("{file} is in already", file=file.file_name)
        file.taken_out_at = work.now() if out else None


def _takes_questions(work: UnitOfWork, activation_id: int) -> bool:
    with work.reading() as session:
        return store.get_activation(session, activation_id).kind is ActivationKind.QUESTIONS


def _zone_and_currency(work: UnitOfWork, activation_id: int | None) -> tuple[str, str]:
    if activation_id is None:
        usual = ActivationDraft.__dataclass_fields__
        return str(usual["time_zone"].default), str(usual["currency"].default)
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        return row.time_zone, row.currency


def _new_round(session: Session, work: UnitOfWork, found: VotesFile, name: str) -> Activation:
    """Make the round a ``.pb`` file is about: closed, as its votes were given already."""
    if not found.entries or found.budget is None:
        message = mark("{file} says neither ideas nor a budget: say which activation its votes belong to")
        raise BadInputError(message, file=name)
    title = " ".join(found.title.split()) or PurePath(name).stem
    day = day_in(ActivationDraft("", work.now().date(), work.now().date()).time_zone, work.now())
    draft = ActivationDraft(
        title, day, day, currency=found.budget.currency, budget=found.budget, most_choices=found.most_choices
    )
    row = store.add_activation(session, checked_draft(draft), at=work.now(), actor=work.actor)
    if found.ballots and found.budget.minor:
        row.status, row.opened_at, row.closed_at = _S.CLOSED, work.now(), work.now()
    return row


def _bring_in(
    session: Session, work: UnitOfWork, row: Activation, content: Content, found: VotesFile
) -> VotesReport:
    done: list[str] = []
    rejected = list(found.rejected)
    for entry in found.entries:
        try:
            done.append(enter(session, work, row, entry))
        except BadInputError as error:
            rejected.append(RejectedRow(0, "entry", entry.key, error.message, error.values))
    marked, unused = mark_entries(session, work, row, found.marks)
    report = VotesReport(
        row.id or 0,
        entries=done.count("added"),
        changed=done.count("changed"),
        rejected=(*rejected, *unused),
        notes=found.notes,
        marks=sum(bool(one) for one in marked),
    )
    return _with_ballots(session, work, row, content, found.ballots, report) if found.ballots else report


def _with_ballots(
    session: Session,
    work: UnitOfWork,
    row: Activation,
    content: Content,
    ballots: Sequence[BallotDraft],
    report: VotesReport,
) -> VotesReport:
    _refuse_votes(row)
    if same_file(session, row.id or 0, content.sha256()):
        raise ConflictError("{file} is in already", file=content.name)
    sorter = _Sorter.of(session, row)
    usable = sorter.usable(ballots)
    file_id = None
    if usable:
        file = BallotFile(
            activation_id=row.id or 0,
            file_name=content.name,
            sha256=content.sha256(),
            ballots=len(usable),
            actor=work.actor,
            added_at=work.now(),
            taken_out_at=work.now(),
        )
        file_id = add_file(session, file)
        put_ballots(session, row.id or 0, usable, file_id=file_id, at=work.now(), actor=work.actor)
    return replace(
        report,
        file_id=file_id,
        ballots=len(usable),
        rejected=tuple(sorted((*report.rejected, *sorter.rejected), key=lambda row: row.line)),
        unknown=tuple(sorter.unknown),
    )


def _refuse_votes(row: Activation) -> None:
    refuse_announced(row)
    if row.status is _S.DRAFT:
        message = mark("{name} is {status}: votes come in once it is open")
        raise IllegalStatusChangeError(message, name=row.title, status=row.status.value)


@dataclass
class _Sorter:
    """Tells ballots that can be used from those that cannot, and names what is unknown on them."""

    row: Activation
    entries: Mapping[str, ActivationEntry]
    gone: SuppressionList
    platforms: tuple[str, ...]
    rejected: list[RejectedRow] = field(default_factory=list)
    unknown: list[RejectedRow] = field(default_factory=list)

    @classmethod
    def of(cls, session: Session, row: Activation) -> "_Sorter":
        """Read what ballots of this activation may name."""
        entries = entries_by_name(list_entries(session, row.id or 0))
        return cls(row, entries, suppressed(session), known_platforms(session))

    def usable(self, ballots: Iterable[BallotDraft]) -> list[tuple[BallotDraft, tuple[int, ...]]]:
        """Keep the ballots that can be used, with the numbers of the entries each names."""
        found = []
        for ballot in ballots:
            try:
                found.append((ballot, self._entries(ballot)))
            except AmbassadorError as error:
                value = ", ".join(ballot.choices)
                self.rejected.append(RejectedRow(ballot.line, "vote", value, error.message, error.values))
        return found

    def _entries(self, ballot: BallotDraft) -> tuple[int, ...]:
        self._refuse_erased(ballot)
        self._refuse_untimely(ballot)
        most = self.row.most_choices
        if most is not None and len(ballot.choices) > most:
            message = mark("the ballot names {count} entries; at most {most} are allowed")
            raise BadInputError(message, count=len(ballot.choices), most=most)
        known = []
        reason = mark("{value} is no idea or option here")
        for choice in ballot.choices:
            entry = self.entries.get(choice.casefold())
            if entry is None:
                self.unknown.append(RejectedRow(ballot.line, "vote", choice, reason, {"value": choice}))
            else:
                known.append(entry.id or 0)
        if not known:
            self.unknown = [one for one in self.unknown if one.line != ballot.line or not ballot.line]
            message = mark("nothing the ballot names is here: {value}")
            raise BadInputError(message, value=", ".join(ballot.choices))
        return tuple(dict.fromkeys(known))

    def _refuse_erased(self, ballot: BallotDraft) -> None:
        places = (ballot.platform,) if ballot.platform else self.platforms
        if any(self.gone.holds(place, ballot.voter) for place in places):
            raise BadInputError(mark("somebody who was erased is not taken in again"))

    def _refuse_untimely(self, ballot: BallotDraft) -> None:
        begin, end = window_of(self.row)
        if ballot.voted_at is not None and not begin <= ballot.voted_at < end:
            message = mark("the ballot was given on {day}, outside the days of the vote")
            day = day_in(self.row.time_zone, ballot.voted_at)
            raise BadInputError(message, day=day.isoformat())


def window_of(row: Activation) -> tuple[datetime, datetime]:
    """Return the moments from which and before which votes are given.

    Examples
    --------
    >>> from datetime import date
    >>> row = Activation(time_zone="UTC", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 2))
    >>> str(window_of(row)[1])
    '2026-05-03 00:00:00+00:00'
    """
    zone = ZoneInfo(row.time_zone)
    begin = datetime.combine(row.starts_on, time(), zone)
    return begin, datetime.combine(row.ends_on + timedelta(days=1), time(), zone)
