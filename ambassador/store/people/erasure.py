"""Erase a person: personal columns become NULL, figures stay as counts nobody can link."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, bindparam, delete, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.activations.ballots import forget_voter
from ambassador.store.activations.entries import forget_entrants
from ambassador.store.activations.jury import forget_juror
from ambassador.store.activations.questions import forget_askers
from ambassador.store.bulk import chunks, table_of
from ambassador.store.care.cases import forget_customer
from ambassador.store.people.scrub import NamesFound, find_names, names_of, scrub
from ambassador.store.people.suppression import suppress
from ambassador.store.post_words import wipe_index, write_words
from ambassador.store.tables.campaigns import Ambassador, AmbassadorEvent, MatchRule
from ambassador.store.tables.devices import Custody, DeviceEvent
from ambassador.store.tables.imports import ImportChange
from ambassador.store.tables.mentions import Mention, PostAlias
from ambassador.store.tables.people import Account, AccountMove, AudienceMember, Person, PersonMerge
from ambassador.store.tables.perimeters import PerimeterRuleRow
from ambassador.store.tables.records import Outcome
from ambassador.store.tables.tone import ToneLabel
from ambassador.store.watches.watches import forget_watches
from ambassador.values.identity import canonical_handle

_PERSONAL = (
    "name", "city", "country", "language", "email", "telephone", "notes", "fee_minor",
    "fee_currency", "posting_probability", "score_by_hand", "score_reason", "noticed_on",
)  # fmt: skip

_PLAIN = {"synchronize_session": None}


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


def erase(
    session: Session, people: Sequence[Person], at: datetime, found: NamesFound | None = None
) -> ErasedPosts:
    """Erase people with all their accounts, leave the keyed hashes; give the posts that lost words.

    ``found`` are the texts that name them, where nothing has changed since they were looked for.
    """
    ids = [person.id or 0 for person in people]
    accounts = session.exec(select(Account).where(col(Account.person_id).in_(ids))).all()
    suppress(session, accounts, at)
    forget_watches(session, accounts)
    found = found or find_names(session, names_of(people, accounts))
    answers = _answers_to(session, accounts)
    mentions = _own_mentions(session, accounts)
    naming = {*answers, *scrub(session, found, {"mention": mentions}).get("mention", ())}
    _erase_mentions(session, mentions, answers, at)
    _erase_traces(session, ids, accounts, mentions)
    names = names_of(people, accounts)
    called = {canonical_handle(name) for name in names}
    forget_voter(session, accounts, called)
    forget_askers(session, accounts, called, mentions)
    forget_entrants(session, [account.id or 0 for account in accounts], mentions)
    forget_juror(session, names | called)
    forget_customer(session, [account.id or 0 for account in accounts])
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
    write_words(session, {*mentions, *naming})
    wipe_index(session)
    session.expire_all()
    return ErasedPosts(frozenset(mentions), frozenset(naming.difference(mentions)))


def find_names_of(session: Session, people: Sequence[Person]) -> NamesFound:
    """Look for the texts in which these people are named, before anything is erased."""
    ids = [person.id or 0 for person in people]
    accounts = session.exec(select(Account).where(col(Account.person_id).in_(ids))).all()
    return find_names(session, names_of(people, accounts))


def _own_mentions(session: Session, accounts: Sequence[Account]) -> list[int]:
    own = [account.id or 0 for account in accounts]
    return [key or 0 for key in session.exec(select(Mention.id).where(col(Mention.account_id).in_(own)))]


def _erase_mentions(session: Session, mentions: Sequence[int], answers: Sequence[int], at: datetime) -> None:
    """Blank their posts, and their name in answers; ids that lead to a post are replaced everywhere."""
    known_as: list[tuple[str, str, int]] = []
    for ids in chunks(mentions):
        posts = columns(col(Mention.platform), col(Mention.post_id), col(Mention.id))
        other = columns(col(PostAlias.platform), col(PostAlias.alias), col(PostAlias.mention_id))
        for query in (posts.where(col(Mention.id).in_(ids)), other.where(col(PostAlias.mention_id).in_(ids))):
            known_as += [(platform, name, key) for platform, name, key in session.execute(query)]
        for row in (PostAlias, ToneLabel):  # a label says what a text is: without the text it says nothing
            session.execute(delete(row).where(col(row.mention_id).in_(ids)), execution_options=_PLAIN)
    table = table_of(Mention)
    blank = dict.fromkeys(("text", "url", "token", "parent_author"), "")
    own = update(table).where(table.c.id == bindparam("number"))
    own = own.values(post_id=bindparam("new"), erased_at=at, **blank)
    _each(session, own, [{"number": key, "new": f"erased-{key}"} for key in mentions])
    for column in (table.c.parent_post_id, table.c.root_post_id):
        named = (table.c.platform == bindparam("on")) & (column == bindparam("known_as"))
        led = update(table).where(named).values({column: bindparam("new")})
        _each(
            session, led, [{"on": on, "known_as": name, "new": f"erased-{key}"} for on, name, key in known_as]
        )
    for ids in chunks(answers):
        in_others = update(Mention).where(col(Mention.id).in_(ids)).values(parent_author="")
        session.execute(in_others, execution_options=_PLAIN)


def _each(session: Session, statement: Update, rows: Sequence[dict[str, object]]) -> None:
    for some in chunks(rows):
        session.connection().execute(statement, some)


def _answers_to(session: Session, accounts: Sequence[Account]) -> list[int]:
    found: list[int] = []
    for account in accounts:
        named = col(Mention.platform) == account.platform, col(Mention.parent_author) == account.handle
        found += [key for key in session.exec(select(Mention.id).where(*named)) if key is not None]
    return found


def _erase_traces(
    session: Session, person_ids: Collection[int], accounts: Sequence[Account], mention_ids: Collection[int]
) -> None:
    """Clear free texts about them, hashes of their followers, and what an undone import would bring back."""
    account_ids = [account.id or 0 for account in accounts]
    session.execute(delete(AudienceMember).where(col(AudienceMember.account_id).in_(account_ids)))
    for table, rows in (("person", person_ids), ("account", account_ids), ("mention", mention_ids)):
        for ids in chunks(rows):
            changes = col(ImportChange.table_name) == table, col(ImportChange.row_id).in_(ids)
            session.execute(update(ImportChange).where(*changes).values(before={}), execution_options=_PLAIN)
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
    rules: list[MatchRule | PerimeterRuleRow] = [
        *session.exec(select(MatchRule)).all(),
        *session.exec(select(PerimeterRuleRow)).all(),
    ]
    for rule in rules:
        if names & set(rule.authors):
            rule.authors = [author for author in rule.authors if author not in names]
