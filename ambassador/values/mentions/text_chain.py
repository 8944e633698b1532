"""Chains written in a post's text: ``RT @a: RT @b: ...``, ``//@a: ...``, ``via @a``."""

import re
from dataclasses import dataclass

from ambassador.values.identity import canonical_handle

_HANDLE = r"[@\uff20](?P<{name}>\w[\w.\-]*)"
_LINK = re.compile(
    r"(?<![\w@/])(?:RT|QT|MT|reblog(?:ged)?(?:\s+from)?)\s*:?\s*"
    + _HANDLE.format(name="told")
    + r"\s*[:\uff1a]?"
    r"|//\s*" + _HANDLE.format(name="slashed") + r"\s*[:\uff1a]?"
    r"|[(\[]?(?<!\w)(?:via|h/t|hat\s+tip)\s*:?\s*" + _HANDLE.format(name="via") + r"[)\]]?",
    re.IGNORECASE,
)
_TAGGED = re.compile(r"(?<![\w@/.])[@\uff20](\w[\w.\-]*)")
_BARE = re.compile(r"\s*RT\s+[@\uff20]", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:\u2026|\.\.\.)\s*(?:https?://\S*)?\s*$")
_SHORTEST = 12
"""Letters two texts have to share before one counts as the other cut off."""


@dataclass(frozen=True, slots=True)
class TextChain:
    """Who passed it on, the nearest first, and what was said at the start of it.

    ``said`` is what follows the last link, without case and spare blanks, and ``""`` for none.
    """

    handles: tuple[str, ...]
    said: str
    is_cut_off: bool = False
    is_bare_repost: bool = False
    """It begins with one ``RT @somebody`` and nothing else of the kind: how platforms write any repost."""


def chain_of(text: str) -> TextChain:
    """Read the chain of a text; no handles where it names none.

    >>> chain = chain_of("wow RT @Anna: RT @bea: The new Q1")
    >>> chain.handles, chain.said
    (('anna', 'bea'), 'the new q1')
    >>> chain_of("The new Q1 (via @anna)").handles
    ('anna',)
    """
    links = list(_LINK.finditer(text)) if may_name(text) else []
    handles = [canonical_handle(_who(link).rstrip(".-")) for link in links if not link["via"]]
    handles += [canonical_handle(_who(link).rstrip(".-")) for link in links if link["via"]]
    told = [link for link in links if not link["via"]]
    rest = text[told[-1].end() :] if told else text
    words = _LINK.sub(" ", rest) if links else rest
    bare = len(links) == 1 and bool(_BARE.match(text))
    return TextChain(tuple(dict.fromkeys(handles)), _plain(words), bool(_CUT_OFF.search(words)), bare)


def may_name(text: str) -> bool:
    """Whether a text can name anybody at all; most do not, which is seen at once.

    >>> may_name("The new Q1"), may_name("via @anna")
    (False, True)
    """
    return "@" in text or "\uff20" in text


def tags_in(text: str) -> tuple[str, ...]:
    """List the accounts a text names with an @, in the order of appearance.

    >>> tags_in("thanks @Nina, and mail a@b.it")
    ('nina',)
    """
    return tuple(dict.fromkeys(canonical_handle(tag.rstrip(".-")) for tag in _TAGGED.findall(text)))


def says_the_same(chain: TextChain, other: TextChain) -> bool:
    """Whether two posts pass the same words on; one that was cut off may be the beginning of the other.

    >>> says_the_same(chain_of("RT @a: A very long sentence…"), chain_of("A very long sentence it is"))
    True
    """
    if chain.said == other.said:
        return True
    for short, long in ((chain, other), (other, chain)):
        if short.is_cut_off and len(short.said) >= _SHORTEST and long.said.startswith(short.said):
            return True
    return False


def _who(link: re.Match[str]) -> str:
    return link["told"] or link["slashed"] or link["via"]


def _plain(words: str) -> str:
    return " ".join(_CUT_OFF.sub("", words).casefold().split())
