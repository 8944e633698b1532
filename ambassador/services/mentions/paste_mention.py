"""Take in a mention a person typed: a link, or a story without one."""

from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.services.mentions.refresh import writing_up_to_date
from ambassador.services.mentions.review import decide_in
from ambassador.services.work import UnitOfWork
from ambassador.store.cascades.parents import resolve_arrived
from ambassador.store.mentions import mentions as store
from ambassador.store.people.people import find_or_add_account, is_suppressed
from ambassador.store.post_words import put_words
from ambassador.store.stale import Touched, mark_touched
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.values.addresses import PostKey, post_of_address
from ambassador.values.drafts import MetricsDraft
from ambassador.values.identity import AccountKey, canonical_handle, canonical_platform
from ambassador.values.mentions.mentions import SUPPLIED_BY_AMBASSADOR, PastedMention
from ambassador.values.status import MentionKind, Verdict


def paste_mention(work: UnitOfWork, pasted: PastedMention, token: str) -> int:
    """Write a typed mention once per token; a post already here gets the typed figures beside its own.

    Examples
    --------
    >>> story = PastedMention(platform="instagram", handle="nina", text="Live!", campaign_id=campaign)
    >>> number = paste_mention(work, story, token="form-1")
    >>> paste_mention(work, story, token="form-1") == number
    True
    """
    if not token:
        raise BadInputError("a typed mention needs the token of its form")
    key = _key(pasted, token)
    try:
        return _paste(work, pasted, key, token)
    except IntegrityError:  # the second click of two was first on its way to the database
        return _paste(work, pasted, key, token)


def _paste(work: UnitOfWork, pasted: PastedMention, key: PostKey, token: str) -> int:
    with writing_up_to_date(work) as session:
        known = store.find_by_token(session, token)
        if known is not None:
            return known.id or 0
        mention = store.find_post(session, key.platform, key.post_id)
        was_here = mention is not None
        if mention is None:
            mention = _add(session, work, pasted, key, token)
        mention_id = mention.id or 0
        _put_figures(session, work, mention_id, pasted.figures)
        for label in pasted.labels:
            store.put_labels(session, [mention_id], label, actor=work.actor, at=work.now())
        touched = Touched(counted=(mention_id,)) if was_here else _pointed(session, mention)
        if pasted.campaign_id is not None:
            decide_in(session, work, [mention_id], pasted.campaign_id, Verdict.MATCHED)
        mark_touched(session, touched)  # matches, credit, ties and hidden parents rest on it
        return mention_id


def _pointed(session: Session, mention: Mention) -> Touched:
    """Point a new post at its parent, and at it those that waited for it."""
    number = mention.id or 0
    waited = resolve_arrived(session, [number], [(mention.platform, mention.post_id)])
    session.refresh(mention)
    return Touched(new=(number,), changed=tuple(sorted(waited - {number})))


def _key(pasted: PastedMention, token: str) -> PostKey:
    """Tell which post it is; a story without a link is known by the token of its form."""
    link = pasted.link.strip()
    handle = canonical_handle(pasted.handle)
    platform = canonical_platform(pasted.platform)
    if link:
        found = post_of_address(link)
        if found is None:
            raise BadInputError("{link!r} is not the address of a post", link=link)
        found = replace(found, handle=handle or found.handle)
    else:
        found = PostKey(platform, f"by-hand-{token}", handle)
    if not found.platform:
        raise BadInputError("say on which platform it was posted")
    if not found.handle:
        raise BadInputError("say who posted it: the address does not tell")
    return found


def _add(session: Session, work: UnitOfWork, pasted: PastedMention, key: PostKey, token: str) -> Mention:
    if is_suppressed(session, key.platform, key.handle):
        raise BadInputError("{handle} asked to be forgotten: their posts are not kept", handle=key.handle)
    now = work.now()
    posted_at = pasted.posted_at or now
    if posted_at > now:
        raise BadInputError("{moment} lies in the future", moment=posted_at.isoformat(" ", "minutes"))
    parent = post_of_address(pasted.parent_link.strip()) if pasted.parent_link.strip() else None
    if pasted.parent_link.strip() and parent is None:
        raise BadInputError("{link!r} is not the address of a post", link=pasted.parent_link.strip())
    answered = parent.post_id if parent else key.answers
    mention = Mention(
        platform=key.platform,
        post_id=key.post_id,
        token=token,
        url=pasted.link.strip(),
        account_id=find_or_add_account(session, AccountKey(key.platform, key.handle), at=now).id or 0,
        kind=_kind(pasted, is_comment=bool(key.answers)),
        posted_at=posted_at,
        text=pasted.text.strip(),
        parent_post_id=answered,
        root_post_id=key.under,
        parent_author=parent.handle if parent else "",
        supplied_by=SUPPLIED_BY_AMBASSADOR,
        recorded_at=now,
    )
    session.add(mention)
    session.flush()
    put_words(session, {mention.id or 0: mention.text})
    return mention


def _kind(pasted: PastedMention, *, is_comment: bool) -> MentionKind:
    if pasted.kind is not None:
        return pasted.kind
    if is_comment:
        return MentionKind.COMMENT
    if pasted.parent_link.strip():
        return MentionKind.REPLY
    return MentionKind.ORIGINAL if pasted.link.strip() else MentionKind.STORY


def _put_figures(session: Session, work: UnitOfWork, mention_id: int, figures: MetricsDraft) -> None:
    if figures == MetricsDraft():
        return
    values = {
        "likes": figures.likes,
        "replies": figures.replies,
        "reposts": figures.reposts,
        "quotes": figures.quotes,
        "saves": figures.saves,
        "views": figures.views,
        "reach": figures.reach,
    }
    wrong = next((name for name, value in values.items() if value is not None and value < 0), None)
    if wrong:
        raise BadInputError("{name} cannot be {value}: figures are counts", name=wrong, value=values[wrong])
    session.add(
        MentionMetrics(mention_id=mention_id, read_at=work.now(), source=SUPPLIED_BY_AMBASSADOR, **values)
    )
    session.flush()
