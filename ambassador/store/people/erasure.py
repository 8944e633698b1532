"""Erase a person: personal columns become NULL, figures stay as counts nobody can link."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, update
from sqlmodel import Session, col, select

from ambassador.store.people.scrub import names_of, scrub
from ambassador.store.people.suppression import suppress
from ambassador.store.tables.campaigns import Ambassador, AmbassadorEvent, MatchRule
from ambassador.store.tables.devices import Custody, DeviceEvent
from ambassador.store.tables.imports import ImportChange
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account, AccountMove, AudienceMember, Person, PersonMerge
from ambassador.store.tables.records import Outcome

_PERSONAL = (
    "name", "city", "country", "language", "email", "notes", "fee_minor", "fee_currency",
    "posting_probability", "score_by_hand", "score_reason", "noticed_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ErasedPosts:
    """The posts that an erasure took words from."""

    own: frozenset[int]
    """Blanked."""
    naming: frozenset[int]
    """Of others, who named or answered them."""


def same_human(session: Session, person_id: int) -> list[int]:
    """A person and everybody merged into them, whose rows hold the same human's data."""
    found, waiting = [person_id], [person_id]
    while waiting:
        query = select(PersonMerge.merged_id).where(
            col(PersonMerge.kept_id).in_(waiting), col(PersonMerge.reverted_at).is_(None)
        )
        waiting = [merged for merged in session.exec(query) if merged not in found]
        found += waiting
    return found


def last_erased(session: Session) -> datetime | None:
    """When somebody was last erased."""
    return session.exec(select(func.max(Person.erased_at))).one()


def erase(session: Session, people: Sequence[Person], at: datetime) -> ErasedPosts:
    """Erase people with all their accounts, leave the keyed hashes; give the posts that lost words."""
    ids = [person.id or 0 for person in people]
    accounts = session.exec(select(Account).where(col(Account.person_id).in_(ids))).all()
    suppress(session, accounts, at)
    names = names_of(people, accounts)
    answers = _answers_to(session, accounts)
    mentions = _erase_mentions(session, accounts, at)
    _erase_traces(session, ids, accounts, mentions)
    for account in accounts:
        _remove_from_rules(session, account)
        account.handle = account.display_handle = account.url = account.native_id = ""
        account.erased_at = at
    for person in people:
        for name in _PERSONAL:
            setattr(person, name, None)
        person.topics, person.source, person.lawful_basis = [], "", ""
        person.is_candidate, person.erased_at = False, at
    session.flush()
    naming = {*answers, *scrub(session, names).get("mention", ())}
    session.expire_all()
    return ErasedPosts(frozenset(mentions), frozenset(naming.difference(mentions)))


def _erase_mentions(session: Session, accounts: Sequence[Account], at: datetime) -> list[int]:
    """Blank their posts; an id that leads to the post is replaced alike wherever it stands."""
    own = [account.id or 0 for account in accounts]
    mentions = session.exec(select(Mention).where(col(Mention.account_id).in_(own))).all()
    for mention in mentions:
        known_as, mention.post_id = mention.post_id, f"erased-{mention.id}"
        mention.text = mention.url = mention.token = mention.parent_author = ""
        mention.erased_at = at
        session.flush()
        for column in ("parent_post_id", "root_post_id"):
            same = col(Mention.platform) == mention.platform, col(getattr(Mention, column)) == known_as
            session.execute(update(Mention).where(*same).values({column: mention.post_id}))
    for account in accounts:
        _erase_name_in_others(session, account)
    return [mention.id or 0 for mention in mentions]


def _answers_to(session: Session, accounts: Sequence[Account]) -> list[int]:
    found: list[int] = []
    for account in accounts:
        named = col(Mention.platform) == account.platform, col(Mention.parent_author) == account.handle
        found += [key for key in session.exec(select(Mention.id).where(*named)) if key is not None]
    return found


def _erase_name_in_others(session: Session, account: Account) -> None:
    """Take the handle out of answers to them; texts are scrubbed with all others."""
    by_name = col(Mention.platform) == account.platform, col(Mention.parent_author) == account.handle
    session.execute(update(Mention).where(*by_name).values(parent_author=""))


def _erase_traces(
    session: Session, person_ids: Collection[int], accounts: Sequence[Account], mention_ids: Collection[int]
) -> None:
    """Clear free texts about them, hashes of their followers, and what an undone import would bring back."""
    account_ids = [account.id or 0 for account in accounts]
    session.execute(delete(AudienceMember).where(col(AudienceMember.account_id).in_(account_ids)))
    for table, ids in (("person", person_ids), ("account", account_ids), ("mention", mention_ids)):
        changes = col(ImportChange.table_name) == table, col(ImportChange.row_id).in_(ids)
        session.execute(update(ImportChange).where(*changes).values(before={}))
    merged = or_(col(PersonMerge.kept_id).in_(person_ids), col(PersonMerge.merged_id).in_(person_ids))
    session.execute(update(PersonMerge).where(merged).values(moved={}, reason=""))
    session.execute(update(AccountMove).where(col(AccountMove.account_id).in_(account_ids)).values(reason=""))
    deals = list(session.exec(select(Ambassador.id).where(col(Ambassador.person_id).in_(person_ids))))
    theirs = update(Ambassador).where(col(Ambassador.id).in_(deals))
    session.execute(theirs.values(notes="", next_action="", code=""))
    session.execute(
        update(AmbassadorEvent).where(col(AmbassadorEvent.ambassador_id).in_(deals)).values(note="")
    )
    stays = list(session.exec(select(Custody.id).where(col(Custody.ambassador_id).in_(deals))))
    session.execute(update(Custody).where(col(Custody.id).in_(stays)).values(note="", tracking=""))
    session.execute(update(DeviceEvent).where(col(DeviceEvent.custody_id).in_(stays)).values(note=""))
    session.execute(update(Outcome).where(col(Outcome.ambassador_id).in_(deals)).values(note="", code=""))


def _remove_from_rules(session: Session, account: Account) -> None:
    names = {account.handle, f"{account.platform}:{account.handle}"}
    for rule in session.exec(select(MatchRule)):
        if names & set(rule.authors):
            rule.authors = [author for author in rule.authors if author not in names]
