"""One post, one mention: found by any of its ids; a post without a platform is found by its author."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.bulk import change_rows, chunks, insert_rows
from ambassador.store.tables.mentions import Mention, PostAlias
from ambassador.store.tables.people import Account
from ambassador.values.drafts import MentionDraft
from ambassador.values.identity import UNSTATED_PLATFORM
from ambassador.values.imports.arrivals import Arrival

_TELLING = 8
"""Characters from which on an id alone tells a post on a platform nobody named."""
_Key = tuple[str, str]


class _UnstatedPost(NamedTuple):
    id: int
    post_id: str
    author: str
    account_id: int


def under_known_ids(session: Session, drafts: Sequence[MentionDraft]) -> list[MentionDraft]:
    """Return posts the id under which they are here, or under which this file names them first."""
    if not any(draft.aliases for draft in drafts) and not _has_aliases(session):
        return list(drafts)
    known = _known(session, {(one.platform, name) for one in drafts for name in (one.post_id, *one.aliases)})
    here: dict[_Key, tuple[str, str]] = dict(known)
    found = []
    for draft in drafts:
        names = (draft.post_id, *draft.aliases)
        own = next((one for name in names if _is_by(one := here.get((draft.platform, name)), draft)), None)
        post_id = own[0] if own else draft.post_id
        for name in names:
            here.setdefault((draft.platform, name), (post_id, draft.author))
        others = tuple(name for name in names if name != post_id)
        found.append(draft if post_id == draft.post_id else replace(draft, post_id=post_id, aliases=others))
    return found


def _is_by(known: tuple[str, str] | None, draft: MentionDraft) -> bool:
    return known is not None and known[1] == draft.author


def _has_aliases(session: Session) -> bool:
    return session.execute(columns(col(PostAlias.id)).limit(1)).first() is not None


def _known(session: Session, wanted: set[_Key]) -> dict[_Key, tuple[str, str]]:
    """Return platform and id -> the id a post is here under, and its author."""
    found: dict[_Key, tuple[str, str]] = {}
    for platform, ids in _by_platform(wanted):
        posts = columns(
            col(Mention.platform), col(Mention.post_id), col(Mention.post_id), col(Account.handle)
        )
        posts = posts.join(Account, col(Account.id) == Mention.account_id)
        others = columns(
            col(PostAlias.platform), col(PostAlias.alias), col(Mention.post_id), col(Account.handle)
        )
        others = others.join(Mention, col(Mention.id) == PostAlias.mention_id)
        others = others.join(Account, col(Account.id) == Mention.account_id)
        for query in (
            others.where(col(PostAlias.platform) == platform, among(col(PostAlias.alias), ids)),
            posts.where(col(Mention.platform) == platform, among(col(Mention.post_id), ids)),
        ):
            for _, name, post_id, author in session.execute(query):
                found[platform, name] = (post_id, author)
    return found


def same_posts(session: Session, pairs: Collection[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Give those pairs of ids, each behind its platform, that are here as ids of one post."""
    here = _known(session, {(platform, name) for platform, *names in pairs for name in names})

    def post(platform: str, name: str) -> str:
        return here.get((platform, name), (name,))[0]

    return {pair for pair in pairs if post(*pair[:2]) == post(pair[0], pair[2])}


def called(names: Iterable[_Key]) -> Iterator[ColumnElement[bool]]:
    """Find posts by platform and id: without the platform each look would read all ids there are."""
    for platform, ids in _by_platform(names):
        yield and_(col(Mention.platform) == platform, among(col(Mention.post_id), ids))


def _by_platform(names: Iterable[_Key]) -> Iterator[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for platform, name in names:
        groups.setdefault(platform, []).append(name)
    for platform, group in groups.items():
        for some in chunks(group):
            yield platform, some


def keep_aliases(
    session: Session, drafts: Iterable[MentionDraft], ids: Mapping[_Key, int], arrival: Arrival
) -> None:
    """Keep the other ids of posts, unless a post has them already."""
    wanted: dict[_Key, int] = {}
    for draft in drafts:
        for alias in draft.aliases:
            wanted.setdefault((draft.platform, alias), ids[draft.platform, draft.post_id])
    if not wanted:
        return
    taken = set(_known(session, set(wanted)))
    rows = [
        {"mention_id": number, "platform": platform, "alias": alias, "batch_id": arrival.batch_id}
        for (platform, alias), number in wanted.items()
        if (platform, alias) not in taken
    ]
    insert_rows(session, PostAlias, rows)


def adopt_unstated_posts(session: Session, drafts: Sequence[MentionDraft], arrival: Arrival) -> bool:
    """Return posts without a platform to the first one stated for them, or for an answer; say if any was."""
    if not _has_unstated(session):
        return False
    authors, parents = _named(drafts)
    posts = _unstated(session, {*authors, *parents})
    platforms = {
        post.id: platform
        for post in posts
        if (platform := authors.get(post.post_id, {}).get(post.author) or parents.get(post.post_id))
    }
    if not platforms:
        return False
    taken = _known(session, {(platforms[one.id], one.post_id) for one in posts if one.id in platforms})
    moving = [one for one in posts if one.id in platforms and (platforms[one.id], one.post_id) not in taken]
    owners = _owners(session, moving, platforms, arrival)
    changes, before = {}, {}
    for post in moving:
        changes[post.id] = {"platform": platforms[post.id], "account_id": owners[post.id]}
        before[post.id] = {"platform": UNSTATED_PLATFORM, "account_id": post.account_id}
    change_rows(session, Mention, changes, before, arrival.batch_id)
    return bool(changes)


def _owners(
    session: Session, posts: Sequence[_UnstatedPost], platforms: Mapping[int, str], arrival: Arrival
) -> dict[int, int]:
    """Return post -> its author's account on its platform: the one there, else the one that had none."""
    there: dict[_Key, int] = {}
    for handles in chunks({post.author for post in posts}):
        query = columns(col(Account.platform), col(Account.handle), col(Account.id))
        query = query.where(among(col(Account.handle), handles), col(Account.erased_at).is_(None))
        there |= {(platform, handle): number or 0 for platform, handle, number in session.execute(query)}
    moved: dict[int, dict[str, Any]] = {}
    owners = {}
    for post in posts:
        key = (platforms[post.id], post.author)
        owners[post.id] = there.setdefault(key, post.account_id)
        if owners[post.id] == post.account_id and post.account_id not in moved:
            moved[post.account_id] = {"platform": key[0]}
    before = {number: {"platform": UNSTATED_PLATFORM} for number in moved}
    change_rows(session, Account, moved, before, arrival.batch_id)
    return owners


def _named(drafts: Sequence[MentionDraft]) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Return id -> author -> platform of the posts of a file, and id -> platform of what they answer."""
    authors: dict[str, dict[str, str]] = {}
    parents: dict[str, str] = {}
    for draft in drafts:
        if draft.platform == UNSTATED_PLATFORM:
            continue
        for name in (draft.post_id, *draft.aliases):
            authors.setdefault(name, {})[draft.author] = draft.platform
        for name in (draft.parent_id, draft.root_id):
            if len(name) >= _TELLING:
                parents[name] = draft.platform
    return authors, parents


def _has_unstated(session: Session) -> bool:
    any_post = columns(col(Mention.id)).where(col(Mention.platform) == UNSTATED_PLATFORM).limit(1)
    return session.execute(any_post).first() is not None


def _unstated(session: Session, post_ids: Iterable[str]) -> list[_UnstatedPost]:
    found = []
    for ids in chunks(post_ids):
        query = columns(col(Mention.id), col(Mention.post_id), col(Account.handle), col(Account.id))
        query = query.join(Account, col(Account.id) == Mention.account_id)
        query = query.where(
            col(Mention.platform) == UNSTATED_PLATFORM,
            col(Account.platform) == UNSTATED_PLATFORM,
            among(col(Mention.post_id), ids),
        )
        found += [_UnstatedPost(*row) for row in session.execute(query)]
    return found
