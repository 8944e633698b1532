"""Votes read from replies under a post: which option the words of a reply name, and whether that is clear.

Without case, accents and punctuation; digits and letters as emoji count as what they show.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ambassador.values.imports.imports import Note


class ReplyState(StrEnum):
    """What became of a reply."""

    COUNTED = "counted"
    """It is in as a vote."""
    NO_VOTE = "no_vote"
    """A person decided that it is none."""
    TO_COUNT = "to_count"
    """It names one option and is not in yet."""
    TO_DECIDE = "to_decide"
    """Its words leave it to a person."""
    OUTSIDE = "outside"
    """It can be no vote: too early, too late, or from whoever asked."""


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One reply to the post of a poll."""

    mention_id: int
    text: str
    by: str
    posted_at: datetime
    state: ReplyState
    keys: tuple[str, ...] = ()
    """The options it is counted for, or those its words name."""
    by_hand: bool = False
    why: Note | None = None
    """Why it is not counted by itself."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RepliesView:
    """The post of a poll with its replies, those a person has to decide first."""

    mention_id: int
    text: str
    by: str
    url: str
    is_gone: bool
    """Whether the post was taken down or erased."""
    replies: tuple[ReplyRow, ...] = ()

    def count(self, state: ReplyState) -> int:
        """Count the replies in a state."""
        return sum(one.state is state for one in self.replies)


@dataclass(frozen=True, slots=True)
class RepliesReport:
    """What counting the replies changed."""

    added: int
    changed: int
    removed: int
    """Votes whose reply names one option no more, as options or words have changed."""
    to_decide: int


_EMOJI: Final = str.maketrans({"🅰": " a ", "🅱": " b ", "🅾": " o ", "🅿": " p ", "\ufe0f": "", "\u20e3": " "})
_LINK: Final = re.compile(r"https?://\S+|www\.\S+")
_HANDLE: Final = re.compile(r"(?<!\w)@\w(?:[\w.-]*\w)?")
_TOKEN: Final = re.compile(r"#?\w+")
_BEFORE: Final = (
    "vote voto votes votato voting option opzione opt number numero num n nr choose scelgo choice scelta "
    "pick team answer risposta"
)
_BESIDE: Final = (
    "i io my mio mia per for the la il lo le is e it si yes ok please grazie thanks thx definitely "
    "absolutely sicuramente assolutamente decisamente sempre always all tutta tutto day vita mi piace "
    "like love adoro go vai forza or o and both me te"
)
_TURNED_DOWN: Final = (
    "not no non never mai nor ne neither nessuno nessuna none without senza but tranne except"
)
_SAID_BEFORE: Final = frozenset(_BEFORE.split())
"""Words after which a number or a letter is meant as the name of an option."""
_AROUND: Final = _SAID_BEFORE | frozenset(_BESIDE.split())
"""Words that say nothing else beside the name of an option."""
_NOT: Final = frozenset(_TURNED_DOWN.split())
"""Words after which what follows may be meant the other way round."""
LONGEST: Final = 2_000
"""Characters of a reply: a longer one is left to a person."""


def plain_tokens(text: str) -> list[str]:
    """Cut a text into words and ``#tags``, without case, accents, links, accounts and signs.

    Examples
    --------
    >>> plain_tokens("@brand Perché no? ① 2️⃣ 🅱️ #Opzione_1 https://x.example/3")
    ['perche', 'no', '1', '2', 'b', '#opzione_1']
    """
    bare = _HANDLE.sub(" ", _LINK.sub(" ", text)).translate(_EMOJI)
    split = unicodedata.normalize("NFKD", bare)
    letters = "".join(one for one in split if not unicodedata.combining(one)).casefold()
    return _TOKEN.findall(letters)


def named_options(text: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """Say which options a reply names, by key or title, each once and in the order of the options.

    A title counts wherever it stands, the longest first; ``#key`` and ``#title`` too. A bare key counts where
    nothing but such words stands beside it, or right after a word such as *vote* or *option*.

    Examples
    --------
    >>> options = {"1": "Red", "B": "Rosso fuoco", "C": "Blu"}
    >>> [
    ...     named_options(text, options)
    ...     for text in ("1!", "voto la b", "I have 1 dog", "#c", "rosso FUOCO, o blu")
    ... ]
    [('1',), ('B',), (), ('C',), ('B', 'C')]
    """
    tokens = plain_tokens(text)
    keys = {_joined(key): key for key in options}
    found = _by_title(tokens, options)
    left = [one for one in tokens if one]
    only = all(one.lstrip("#") in _AROUND or one in keys for one in left)
    for place, one in enumerate(tokens):
        tag = one.removeprefix("#")
        if one in keys and (only or (place and tokens[place - 1] in _SAID_BEFORE)):
            found.add(keys[one])
        elif one.startswith("#") and tag in keys:
            found.add(keys[tag])
    return tuple(key for key in options if key in found)


def _by_title(tokens: list[str], options: Mapping[str, str]) -> set[str]:
    """Find titles as runs of words, the longest first, and empty the places they take."""
    found: set[str] = set()
    titles = [(plain_tokens(title), key) for key, title in options.items()]
    for words, key in sorted(titles, key=lambda one: -len(one[0])):
        tag = f"#{''.join(words)}"
        size = len(words)
        for place in range(len(tokens)):
            if words and tokens[place : place + size] == words:
                tokens[place : place + size] = [""] * size
                found.add(key)
            elif words and tokens[place] == tag:
                tokens[place] = ""
                found.add(key)
    return found


def says_no(text: str, options: Mapping[str, str]) -> bool:
    """Whether a reply turns something down, so that what it names may be what it does not want.

    Examples
    --------
    >>> says_no("not red", {"1": "Red"}), says_no("No", {"1": "Yes", "2": "No"})
    (True, False)
    """
    tokens = plain_tokens(text)
    _by_title(tokens, options)
    keys = {_joined(key) for key in options}
    return any(one in _NOT and one not in keys for one in tokens)


def _joined(key: str) -> str:
    return "".join(plain_tokens(key))
