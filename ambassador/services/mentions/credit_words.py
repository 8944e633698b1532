"""Direct credit from words: whom a post without a parent here names as its source, or tags."""

from collections.abc import Collection, Mapping

from sqlmodel import Session

from ambassador.services.mentions.credit_paths import UNKNOWN, CreditSource, Shares
from ambassador.store.cascades.parent_candidates import named_sources
from ambassador.store.mentions import credit as store
from ambassador.values.mentions.credit import CreditMethod
from ambassador.values.mentions.text_chain import chain_of, tags_in

_Handle = tuple[str, str]


def read_named(session: Session, starts: Collection[int], person_ids: Collection[int]) -> dict[int, Shares]:
    """Read what posts without a parent here say of these people; posts that say nothing are left out.

    On a platform where no post names what it answers, a post that names none of them is not attributable:
    a start cannot be told from a reaction there.
    """
    ours = store.handles_of(session, person_ids)
    mute = store.platforms_without_parents(session)
    found: dict[int, Shares] = {}
    for post, (platform, author, text) in named_sources(session, starts).items():
        shares = _said(post, platform, author, text, ours)
        if shares:
            found[post] = shares
        elif platform in mute:
            found[post] = {UNKNOWN: 1.0}
    return found


def _said(post: int, platform: str, author: str, text: str, ours: Mapping[_Handle, int]) -> Shares:
    for handle in (author, *chain_of(text).handles):
        if (platform, handle) in ours:
            return {CreditSource(post, ours[platform, handle], CreditMethod.NAMED): 1.0}
    tagged = dict.fromkeys(ours[platform, tag] for tag in tags_in(text) if (platform, tag) in ours)
    return {CreditSource(post, person, CreditMethod.TAGGED): 1 / len(tagged) for person in tagged}
