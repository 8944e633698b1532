"""Bring in a table of messages, calls and e-mails: each row opens a case, or goes to one of its customer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from sqlmodel import Session

from ambassador.errors import AmbassadorError
from ambassador.intake.cases import read_cases_file
from ambassador.intake.reading import content_to_read
from ambassador.services.care.clocks import bring_forward
from ambassador.services.care.opening import put_draft
from ambassador.services.work import UnitOfWork, let_others
from ambassador.store.bulk import chunks
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.care.events import Said, said_by_customers
from ambassador.store.care.rules import read_calendar
from ambassador.store.people.people import find_account
from ambassador.store.tables.care import CareCase
from ambassador.store.tables.people import Account
from ambassador.values.care.cases import CaseDraft, CasesReport
from ambassador.values.identity import parse_account
from ambassador.values.imports.imports import RejectedRow

_AT_ONCE: Final = 200
"""Rows written in one transaction: others who write wait for so many."""
_LONG_AGO: Final = datetime(1, 1, 1, tzinfo=UTC)
"""Since when everything said is looked at, where a file gives no dates."""


def bring_in_cases(
    work: UnitOfWork, name: str, data: bytes, *, campaign_id: int | None = None, owner: str = ""
) -> CasesReport:
    r"""Open cases from a file; what is here already is counted, so that the same file twice adds nothing.

    Examples
    --------
    >>> file = b"customer,email,message\nIda,ida@example.org,Where is it?\nIda,ida@example.org,Hello?\n"
    >>> report = bring_in_cases(work, "today.csv", file)
    >>> report.opened, report.joined, bring_in_cases(work, "today.csv", file).known
    ((1,), 1, 2)
    """
    with work.reading() as session:
        zone = read_calendar(session).time_zone
        if campaign_id is not None:
            get_campaign(session, campaign_id)
    found = read_cases_file(content_to_read(name, data), zone=zone)
    bringing = _Bringing(work, campaign_id, owner)
    for rows in chunks(found.drafts, _AT_ONCE):
        began = monotonic()
        bringing.bring(rows)
        let_others(began)
    return CasesReport(
        opened=tuple(bringing.opened),
        joined=bringing.joined,
        known=bringing.known,
        rejected=(*found.rejected, *bringing.rejected),
        notes=found.notes,
    )


class _Bringing:
    """One file on its way in."""

    def __init__(self, work: UnitOfWork, campaign_id: int | None, owner: str) -> None:
        self._work, self._campaign, self._owner = work, campaign_id, owner
        self.opened: list[int] = []
        self.joined = self.known = 0
        self.rejected: list[RejectedRow] = []

    def bring(self, rows: Sequence[tuple[int, CaseDraft]]) -> None:
        """Write some rows in one transaction."""
        with self._work.writing() as session:
            there = _There(said_by_customers(session, _since(draft for _, draft in rows)))
            touched: dict[int, CareCase] = {}
            for line, draft in rows:
                if there.holds(draft, _who(session, draft.account)):
                    self.known += 1
                    continue
                try:
                    row, is_known = put_draft(session, self._work, self._filled(draft))
                except AmbassadorError as error:
                    told = RejectedRow(line, "text", draft.text[:80], error.message, error.values)
                    self.rejected.append(told)
                    continue
                there.add(self._said(session, draft, row))
                touched[row.id or 0] = row
                if is_known:
                    self.joined += 1
                else:
                    self.opened.append(row.id or 0)
            bring_forward(session, list(touched.values()))

    def _said(self, session: Session, draft: CaseDraft, row: CareCase) -> Said:
        """What was written, as it is read back: by the customer of its case."""
        account = session.get(Account, row.account_id) if row.account_id is not None else None
        at = draft.said_at or self._work.now()
        return Said(draft.text.strip(), at, _person_of(account), row.contact, row.customer)

    def _filled(self, draft: CaseDraft) -> CaseDraft:
        return replace(draft, campaign_id=self._campaign, owner=draft.owner or self._owner)


class _There:
    """What customers said that is here: by its words, then by when and whose they are."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._said: dict[str, list[Said]] = defaultdict(list)
        for one in said:
            self._said[one.text].append(one)

    def holds(self, draft: CaseDraft, who: int | None) -> bool:
        """Tell whether the same customer said the same, at the same moment where a file says when."""
        return any(
            draft.said_at in (None, one.at) and _is_same(one, draft, who)
            for one in self._said[draft.text.strip()]
        )

    def add(self, said: Said) -> None:
        """Note what has just come."""
        self._said[said.text].append(said)


def _is_same(one: Said, draft: CaseDraft, who: int | None) -> bool:
    contact, customer = draft.contact.strip().lower(), " ".join(draft.customer.split()).lower()
    if who is not None and one.who is not None:
        return who == one.who
    if contact and one.contact:
        return contact == one.contact.lower()
    return customer == one.customer.lower()


def _who(session: Session, text: str) -> int | None:
    platform, handle = parse_account(text)
    account = find_account(session, platform, handle) if platform and handle else None
    return _person_of(account)


def _person_of(account: Account | None) -> int | None:
    return None if account is None else account.person_id or -(account.id or 0)


def _since(drafts: Iterable[CaseDraft]) -> datetime:
    """The earliest moment any of them was said; all time, where one does not say."""
    moments = [draft.said_at for draft in drafts]
    return (
        min((at for at in moments if at is not None), default=_LONG_AGO) if None not in moments else _LONG_AGO
    )
