"""Who is credited with which mention, and who held which device when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, delete, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.among import among
from ambassador.store.bulk import insert_rows
from ambassador.store.people.people import in_slices
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.mentions import Credit, Mention, MentionCampaign
from ambassador.store.tables.people import Account, Person
from ambassador.values.status import CustodyEnd, Verdict

KEPT: Final = 0
"""The version of shares that rest on words which were erased since: they are never worked out anew."""


class Span(NamedTuple):
    """One device in one person's hands; ``until`` is None while it is, and for good when they keep it."""

    person_id: int
    campaign_id: int
    device_id: int
    since: datetime
    until: datetime | None


class Share(NamedTuple):
    """One row of credit as it stands."""

    id: int
    mention_id: int
    ambassador_id: int | None
    device_id: int | None
    share: float
    method: str
    version: int


class SharedMention(NamedTuple):
    """A share with what the table of credit counts: the author."""

    ambassador_id: int | None
    device_id: int | None
    share: float
    method: str
    account_id: int
    person_id: int | None
    posted_at: datetime
    came_by_itself: bool
    """Whether no parent of it is known."""


def read_spans(session: Session, person_ids: Collection[int]) -> list[Span]:
    """Read when these people held which device, from delivery to its end, in any campaign."""
    found: list[Span] = []
    for ids in in_slices(set(person_ids)):
        rows = session.execute(
            columns(
                col(Ambassador.person_id),
                col(Ambassador.campaign_id),
                col(Custody.device_id),
                col(Custody.delivered_at),
                col(Custody.ended_at),
                col(Custody.ended_as),
            )
            .join(Ambassador, col(Ambassador.id) == Custody.ambassador_id)
            .where(among(col(Ambassador.person_id), ids), col(Custody.delivered_at).is_not(None))
            .order_by(col(Custody.delivered_at))
        )
        found += [
            Span(person, campaign, device, since, None if end is CustodyEnd.KEPT else until)
            for person, campaign, device, since, until, end in rows
            if since is not None
        ]
    return found


def campaigns_of_speaker(session: Session, person_id: int) -> list[int]:
    """Read the campaigns somebody is or was in, newest first; none while they posted nothing."""
    posts = select(Mention.id).join(Account, col(Account.id) == Mention.account_id)
    if session.exec(posts.where(col(Account.person_id) == person_id).limit(1)).first() is None:
        return []
    wanted = (
        select(Campaign.id)
        .join(Ambassador, col(Ambassador.campaign_id) == Campaign.id)
        .where(col(Ambassador.person_id) == person_id, col(Campaign.archived_at).is_(None))
        .order_by(col(Campaign.starts_on).desc(), col(Campaign.id).desc())
    )
    return [number for number in session.exec(wanted) if number is not None]


def read_posting_times(session: Session, mention_ids: Collection[int]) -> dict[int, datetime]:
    """Read when these posts were made."""
    found: dict[int, datetime] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.exec(select(Mention.id, Mention.posted_at).where(among(col(Mention.id), ids)))
        found |= {key: at for key, at in rows if key is not None}
    return found


def account_people(session: Session, person_ids: Collection[int]) -> dict[int, int]:
    """Account -> person for the accounts of these people."""
    found: dict[int, int] = {}
    for ids in in_slices(set(person_ids)):
        rows = session.exec(select(Account.id, Account.person_id).where(among(col(Account.person_id), ids)))
        found |= {account: person for account, person in rows if account is not None and person is not None}
    return found


def handles_of(session: Session, person_ids: Collection[int]) -> dict[tuple[str, str], int]:
    """(platform, handle) -> person for the accounts of these people."""
    found: dict[tuple[str, str], int] = {}
    for ids in in_slices(set(person_ids)):
        rows = session.exec(
            select(Account.platform, Account.handle, Account.person_id).where(
                among(col(Account.person_id), ids), col(Account.erased_at).is_(None)
            )
        )
        found |= {(platform, handle): person for platform, handle, person in rows if person is not None}
    return found


def platforms_without_parents(session: Session) -> set[str]:
    """Read the platforms of which no post says what it answers or shares."""
    speaks = or_(
        col(Mention.parent_post_id) != "",
        col(Mention.root_post_id) != "",
        col(Mention.parent_observed_id).is_not(None),
    )
    said = set(session.exec(select(Mention.platform).where(speaks).distinct()))
    return set(session.exec(select(Mention.platform).distinct())) - said


def begin_to_speak(session: Session, mention_ids: Collection[int]) -> bool:
    """Check whether there is a platform of which only these posts say what they answer or share."""
    speaks = or_(
        col(Mention.parent_post_id) != "",
        col(Mention.root_post_id) != "",
        col(Mention.parent_observed_id).is_not(None),
    )
    wanted = set(mention_ids)
    platforms: set[str] = set()
    for ids in in_slices(wanted):
        platforms |= set(session.exec(select(Mention.platform).where(among(col(Mention.id), ids)).distinct()))
    for platform in platforms:
        speaking = select(Mention.id).where(col(Mention.platform) == platform, speaks)
        some = set(session.exec(speaking.limit(len(wanted) + 1)))
        if some and some <= wanted:
            return True
    return False


def matched_mentions(
    session: Session, campaign_id: int, mention_ids: Collection[int] | None = None
) -> set[int]:
    """Read which mentions, or which of some, belong to a campaign."""
    wanted = (
        select(MentionCampaign.mention_id)
        .join(Mention, col(Mention.id) == MentionCampaign.mention_id)
        .where(
            col(MentionCampaign.campaign_id) == campaign_id,
            col(MentionCampaign.verdict) == Verdict.MATCHED,
            col(Mention.archived_at).is_(None),
        )
    )
    if mention_ids is None:
        return set(session.exec(wanted))
    parts = (wanted.where(among(col(MentionCampaign.mention_id), ids)) for ids in in_slices(mention_ids))
    return {key for part in parts for key in session.exec(part)}


def rejected_mentions(session: Session, campaign_id: int) -> set[int]:
    """Read the ids of the mentions a person has put out of a campaign."""
    return set(
        session.exec(
            select(MentionCampaign.mention_id).where(
                col(MentionCampaign.campaign_id) == campaign_id,
                col(MentionCampaign.verdict) == Verdict.REJECTED,
            )
        )
    )


def read_shares(
    session: Session,
    campaign_id: int,
    ambassador_id: int | None = None,
    mention_ids: Collection[int] | None = None,
) -> list[Share]:
    """Read a campaign's credit as it stands; one ambassador's, or that of some mentions, on request."""
    wanted = [col(Credit.campaign_id) == campaign_id]
    if ambassador_id is not None:
        wanted.append(col(Credit.ambassador_id) == ambassador_id)
    parts = [wanted]
    if mention_ids is not None:
        parts = [[*wanted, among(col(Credit.mention_id), ids)] for ids in in_slices(mention_ids)]
    asked = [
        columns(
            col(Credit.id),
            col(Credit.mention_id),
            col(Credit.ambassador_id),
            col(Credit.device_id),
            col(Credit.share),
            col(Credit.method),
            col(Credit.version),
        ).where(*part)
        for part in parts
    ]
    return [Share(*row) for query in asked for row in session.execute(query)]


def keep_shares(session: Session, methods: Collection[str], starts: Collection[int]) -> int:
    """Keep as they are the shares that rest on what these posts said; say how many posts have such."""
    wanted = (
        select(Credit.mention_id).where(col(Credit.method).in_(methods), Credit.version != KEPT).distinct()
    )
    found = set(session.exec(wanted))
    kept = {mention for mention, start in starts_of(session, found).items() if start in starts}
    for ids in in_slices(kept):
        theirs = update(Credit).where(among(col(Credit.mention_id), ids))
        session.execute(theirs.values(version=KEPT), execution_options={"synchronize_session": False})
    return len(kept)


def starts_of(session: Session, mention_ids: Collection[int]) -> dict[int, int]:
    """Post -> the first of those it hangs from, one above the other."""
    above: dict[int, int | None] = {}
    waiting = set(mention_ids)
    while waiting:
        for ids in in_slices(waiting):
            hanging = func.coalesce(Mention.parent_observed_id, Mention.parent_inferred_id)
            rows = session.execute(columns(col(Mention.id), hanging).where(among(col(Mention.id), ids)))
            above.update((key, parent) for key, parent in rows)
        waiting = {parent for key in waiting if (parent := above.get(key)) is not None} - set(above)
    return {key: _start(key, above) for key in mention_ids}


def _start(post: int, above: Mapping[int, int | None]) -> int:
    seen = {post}
    while (parent := above.get(post)) is not None and parent not in seen:
        seen.add(parent)
        post = parent
    return post


def write_shares(
    session: Session, campaign_id: int, mention_ids: Collection[int], added: Sequence[Mapping[str, Any]]
) -> None:
    """Put these shares in the place of all that some mentions have in a campaign, in bulk."""
    for ids in in_slices(mention_ids):
        theirs = delete(Credit).where(
            col(Credit.campaign_id) == campaign_id, among(col(Credit.mention_id), ids)
        )
        session.execute(theirs, execution_options={"synchronize_session": None})
    insert_rows(session, Credit, added)
    session.flush()


def read_shared_mentions(session: Session, campaign_id: int) -> list[SharedMention]:
    """Read every share of a campaign with the author of its mention."""
    rows = session.execute(
        columns(
            col(Credit.ambassador_id),
            col(Credit.device_id),
            col(Credit.share),
            col(Credit.method),
            col(Mention.account_id),
            col(Account.person_id),
            col(Mention.posted_at),
            and_(
                col(Mention.parent_observed_id).is_(None),
                col(Mention.parent_inferred_id).is_(None),
                col(Mention.parent_post_id) == "",
            ),
        )
        .join(Mention, col(Mention.id) == Credit.mention_id)
        .join(Account, col(Account.id) == Mention.account_id)
        .where(col(Credit.campaign_id) == campaign_id)
    )
    return [SharedMention(*row) for row in rows]


def ambassador_names(session: Session, campaign_id: int) -> dict[int, tuple[int, str]]:
    """Ambassador -> (person, name or handle) of a campaign."""
    rows = session.execute(
        columns(col(Ambassador.id), col(Ambassador.person_id), col(Person.name))
        .join(Person, col(Person.id) == Ambassador.person_id)
        .where(col(Ambassador.campaign_id) == campaign_id)
    ).all()
    handles = _first_handles(session, [person for _, person, _ in rows])
    return {key: (person, name or handles.get(person, "")) for key, person, name in rows}


def serials(session: Session, device_ids: Collection[int]) -> dict[int, str]:
    """Device -> serial, or its first IMEI where it has none."""
    found: dict[int, str] = {}
    for ids in in_slices(set(device_ids)):
        rows = session.exec(select(Device.id, Device.serial, Device.imei1).where(among(col(Device.id), ids)))
        found |= {key: serial or imei or f"#{key}" for key, serial, imei in rows if key is not None}
    return found


def _first_handles(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for ids in in_slices(set(person_ids)):
        rows = session.exec(
            select(Account.person_id, Account.handle)
            .where(among(col(Account.person_id), ids), col(Account.erased_at).is_(None))
            .order_by(col(Account.id).desc())
        )
        found |= {person: handle for person, handle in rows if person is not None}
    return found
