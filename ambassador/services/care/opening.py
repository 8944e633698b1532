"""Cases opened: from posts, and from messages, calls and e-mails as somebody typed them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.care.clocks import bring_forward
from ambassador.services.care.follow import follow_posts
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.care import cases as store
from ambassador.store.care.events import Stamp, add_event, noted_posts
from ambassador.store.mentions.care import first_answers, read_asked
from ambassador.store.mentions.mentions import labels_of
from ambassador.store.people.people import find_or_add_account, is_suppressed
from ambassador.store.tables.care import CareCase
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.care.cases import CaseDraft, OpenedCase
from ambassador.values.care.states import CaseChannel, CaseEventKind, CaseKind, CasePriority
from ambassador.values.days import is_within_reason
from ambassador.values.identity import AccountKey, parse_account
from ambassador.values.status import Label

MOST_CHARACTERS = 100_000
"""Of a text that is typed in: longer ones are refused, not cut."""
_KINDS = {
    Label.COMPLAINT: CaseKind.COMPLAINT,
    Label.QUESTION: CaseKind.QUESTION,
    Label.PRAISE: CaseKind.PRAISE,
}


def open_case(work: UnitOfWork, draft: CaseDraft, *, alone: bool = False) -> OpenedCase:
    """Open a case from a message, call or e-mail; it goes to one of the same person that is not solved.

    With ``alone`` it becomes a case of its own in any event.

    Examples
    --------
    >>> open_case(work, CaseDraft("Where is my parcel?", customer="Ida Neri", contact="ida@example.org"))
    OpenedCase(id=1, is_new=True)
    >>> open_case(work, CaseDraft("Still nothing", account="instagram:pia"))
    OpenedCase(id=2, is_new=True)
    >>> open_case(work, CaseDraft("Hello?", account="instagram:pia"))
    OpenedCase(id=2, is_new=False)
    """
    with work.writing() as session:
        if draft.campaign_id is not None:
            get_campaign(session, draft.campaign_id)
        row, is_known = put_draft(session, work, draft, alone=alone)
        bring_forward(session, [row])
        return OpenedCase(row.id or 0, not is_known)


def put_draft(
    session: Session, work: UnitOfWork, draft: CaseDraft, *, alone: bool = False
) -> tuple[CareCase, bool]:
    """Write what a customer said into a case, and say whether that was here; what follows is not worked out.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     row, is_known = put_draft(writing, work, CaseDraft("Hello?", customer="Pia"))
    >>> row.customer, is_known
    ('Pia', False)
    """
    text = _checked_text(draft.text)
    now, at = work.now(), said_when(work, draft.said_at)
    account = _account(session, work, draft.account)
    contact = draft.contact.strip()
    known = None
    if not alone and account is not None:
        known = store.standing_case_of(session, account.id or 0, is_private=draft.is_private)
    elif not alone and contact:
        known = store.standing_case_by_contact(session, contact, is_private=draft.is_private)
    row = known or _add(
        session,
        CareCase(
            kind=draft.kind,
            priority=draft.priority,
            channel=draft.channel,
            is_private=draft.is_private,
            subject=" ".join(draft.subject.split()),
            customer=" ".join(draft.customer.split()),
            contact=contact,
            account_id=account.id if account else None,
            campaign_id=draft.campaign_id,
            owner=draft.owner.strip(),
            opened_at=at,
            actor=work.actor,
            created_at=now,
        ),
    )
    add_event(session, row.id or 0, CaseEventKind.ASKED, Stamp(at, work.actor, now), text=text)
    if known is not None:
        row.revision += 1
    return row, known is not None


def open_from_mentions(
    work: UnitOfWork,
    mention_ids: Sequence[int],
    *,
    kind: CaseKind | None = None,
    priority: CasePriority = CasePriority.NORMAL,
    owner: str = "",
    alone: bool = False,
) -> tuple[OpenedCase, ...]:
    """Open cases from posts, one a person; what a post is already in stays. Our replies to it answer it.

    The kind is that of the label where none is said: a complaint before a question before praise.

    Examples
    --------
    >>> open_from_mentions(work, [4])
    (OpenedCase(id=1, is_new=True),)
    >>> open_from_mentions(work, [4, 7])
    (OpenedCase(id=1, is_new=False), OpenedCase(id=1, is_new=False))
    """
    with work.writing() as session:
        labels = labels_of(session, mention_ids)
        opened = []
        for number in mention_ids:
            post = _post(session, number)
            held = store.case_of_post(session, number)
            if held is not None:
                opened.append(OpenedCase(held, is_new=False))
                continue
            wanted = kind or _kind(labels.get(number, ()))
            opened.append(_open_post(session, work, post, wanted, priority, owner.strip(), alone=alone))
        follow_posts(session, work, {one.id for one in opened})
        return tuple(opened)


def waiting_posts(work: UnitOfWork) -> tuple[int, ...]:
    """Number the complaints and questions that nobody of ours has answered and that are in no case yet.

    Examples
    --------
    >>> waiting_posts(work)
    ()
    """
    with work.reading() as session:
        asked = [post.id for post in read_asked(session) if post.deleted_at is None]
        done = set(first_answers(session, asked)) | {post for _, post in noted_posts(session, asked)}
    return tuple(number for number in asked if number not in done)


def _open_post(
    session: Session,
    work: UnitOfWork,
    post: Mention,
    kind: CaseKind,
    priority: CasePriority,
    owner: str,
    *,
    alone: bool,
) -> OpenedCase:
    now = work.now()
    known = None if alone else store.standing_case_of(session, post.account_id, is_private=False)
    row = known or _add(
        session,
        CareCase(
            kind=kind,
            priority=priority,
            channel=CaseChannel.POST,
            account_id=post.account_id,
            campaign_id=store.campaign_of_post(session, post.id or 0),
            owner=owner,
            opened_at=post.posted_at,
            actor=work.actor,
            created_at=now,
        ),
    )
    add_event(
        session,
        row.id or 0,
        CaseEventKind.ASKED,
        Stamp(post.posted_at, work.actor, now),
        mention_id=post.id,
    )
    _touch(session, row, is_known=known is not None)
    return OpenedCase(row.id or 0, known is None)


def _add(session: Session, row: CareCase) -> CareCase:
    session.add(row)
    session.flush()
    return row


def _touch(session: Session, row: CareCase, *, is_known: bool) -> None:
    if is_known:
        row.revision += 1
    bring_forward(session, [row])


def _post(session: Session, number: int) -> Mention:
    post = session.get(Mention, number)
    if post is None:
        raise NotFoundError("There is no mention number {number}", number=number)
    if post.erased_at is not None:
        message = mark("Mention {number} was erased with its author: nothing of it can become a case")
        raise BadInputError(message, number=number)
    author = session.get(Account, post.account_id)
    if author is not None and author.is_brand:
        message = mark("Mention {number} is by an account of ours: a case begins with what a customer says")
        raise BadInputError(message, number=number)
    return post


def _kind(labels: Sequence[Label]) -> CaseKind:
    return next((kind for label, kind in _KINDS.items() if label in labels), CaseKind.QUESTION)


def _account(session: Session, work: UnitOfWork, text: str) -> Account | None:
    if not text.strip():
        return None
    platform, handle = parse_account(text)
    if not platform or not handle:
        raise BadInputError(mark("{text} is no account: write it like instagram:nina"), text=text)
    if is_suppressed(session, platform, handle):
        raise BadInputError("{handle} asked to be forgotten: their posts are not kept", handle=handle)
    return find_or_add_account(session, AccountKey(platform, handle), at=work.now())


def _checked_text(text: str) -> str:
    tidy = text.strip()
    if not tidy:
        raise BadInputError(mark("Say what the customer wants: a case without words tells nobody anything"))
    return checked_length(tidy)


def checked_length(text: str) -> str:
    """Refuse a text that is too long to keep.

    Examples
    --------
    >>> checked_length("Hello")
    'Hello'
    """
    if len(text) > MOST_CHARACTERS:
        message = mark("The text has {count} characters: at most {most} are kept, leave some out")
        raise BadInputError(message, count=len(text), most=MOST_CHARACTERS)
    return text


def said_when(work: UnitOfWork, at: datetime | None) -> datetime:
    """Return when something was said, now where nobody says; the future is refused.

    Examples
    --------
    >>> said_when(work, None) == work.now()
    True
    """
    now = work.now()
    if at is None:
        return now
    if at > now:
        raise BadInputError("{moment} lies in the future", moment=at.isoformat(" ", "minutes"))
    if not is_within_reason(at, now):
        raise BadInputError(mark("{moment} is too long ago"), moment=at.isoformat(" ", "minutes"))
    return at
