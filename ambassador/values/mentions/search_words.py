"""The words of a text as a search finds them: without case and accents, and by their Italian or English stem.

Both databases index what is made here, so both give the same answers.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MOST_CHARACTERS: Final = 100_000
"""Of a longer text the rest is not indexed: PostgreSQL holds a megabyte of words a row."""
LONGEST: Final = 64
"""Characters of a word that are told apart."""

_ACCENTS: Final = re.compile("[\u0300-\u036f]")
MARKS: Final = "".join(
    chr(code) for code in range(0x0300, 0xA000) if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)
"""Signs that belong to the letter before them and are no letters to ``re``."""
_IN_WORD: Final = rf"[\w{MARKS}\u200c\u200d]"
_FLAG: Final = "[\U0001f1e6-\U0001f1ff]{2}"
_PART: Final = re.compile(
    rf"(?<![&/\w])#(?P<tag>{_IN_WORD}+)|(?<!\w)@(?P<handle>\w(?:[\w.-]*\w)?)|(?P<word>\w{_IN_WORD}*)"
    rf"|(?P<sign>{_FLAG}|[^\w\s{MARKS}])"
)
_PLAIN_PART: Final = re.compile(
    r"(?<![&/\w])#(?P<tag>\w+)|(?<!\w)@(?P<handle>\w(?:[\w.-]*\w)?)|(?P<word>\w+)(?P<sign>)", re.ASCII
)
_LETTERS: Final = re.compile(r"\w+")
_SHORTEST_PLURAL: Final = 4
_SHORTEST_ITALIAN: Final = 6
"""Jacques Savoy's light stemmer leaves shorter Italian words alone."""


@dataclass(frozen=True, slots=True)
class IndexedText:
    """A text as it is indexed; both are lists of words with a blank before, between and after."""

    words: str
    """Every word in its place, as it was written: for phrases."""
    stems: str
    """Every stem, ``#tag``, ``@handle`` and emoji once, in order of the alphabet: what is looked up."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """A word, ``#tag``, ``@handle`` or emoji of a text."""

    mark: str
    """``#``, ``@`` or nothing."""
    text: str
    is_sign: bool = False

    @property
    def words(self) -> list[str]:
        """What it counts as in a phrase: a handle with a dot is several words."""
        return [self.text] if self.is_sign else _LETTERS.findall(self.text) or [self.text]


def fold(text: str) -> str:
    """Reduce a text to the form in which case, accents and width make no difference.

    >>> fold("Perché #Q1Brezza"), fold("STRASSE") == fold("straße")
    ('perche #q1brezza', True)
    """
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)))


def parts_of(text: str) -> list[TextPart]:
    """Take a text apart.

    >>> [part.mark + part.text for part in parts_of("L'ho PRESA! @nina.neri #Q1 😍")]
    ['l', 'ho', 'presa', '@nina.neri', '#q1', '😍']
    """
    found = []
    for tag, handle, word, sign in _found_in(text):
        if word:
            found.append(TextPart("", word))
        elif tag or handle:
            found.append(TextPart("#" if tag else "@", tag or handle))
        elif _is_emoji(sign):
            found.append(TextPart("", sign, is_sign=True))
    return found


def _found_in(text: str) -> list[tuple[str, str, str, str]]:
    """Find each tag, handle, word or sign: one of the four holds something."""
    folded = fold(text[:MOST_CHARACTERS])
    found: list[tuple[str, str, str, str]] = (_PLAIN_PART if folded.isascii() else _PART).findall(folded)
    return found


def indexed(text: str) -> IndexedText:
    """Make what is indexed of a text; both parts are empty where it holds no word.

    >>> indexed("Le telefonate, i #Telefoni")
    IndexedText(words=' le telefonate i telefoni ', stems=' #telefoni i le telefon telefonat ')
    """
    words: list[str] = []
    marks: set[str] = set()
    for tag, handle, word, sign in _found_in(text):
        if word:
            words += (word,) if word.isalnum() else _LETTERS.findall(word) or (word,)
        elif tag or handle:
            part = TextPart("#" if tag else "@", tag or handle)
            words += part.words
            marks.add(marked(part))
        elif _is_emoji(sign):
            words.append(sign)
    stems = marks.union(map(stem, words))
    if not words:
        return IndexedText("", "")
    return IndexedText(f" {' '.join(words)} ", f" {' '.join(sorted(stems))} ")


def marked(part: TextPart) -> str:
    """Write a hashtag or handle as it is indexed: whole."""
    return (part.mark + part.text)[:LONGEST]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Take the ending off a word: an English plural, then the last vowels of a longer Italian word.

    Sources: Harman, "How effective is suffixing?" (JASIS 42, 1991), the S stemmer; Savoy, light stemmer for
    Italian (CLEF 2001). Both are applied to every word, as few posts say their language.

    >>> [stem(word) for word in ("telefono", "telefoni", "cameras", "camera", "stories", "casa", "glass")]
    ['telefon', 'telefon', 'camer', 'camer', 'story', 'casa', 'glass']
    """
    singular = _singular(word) if len(word) >= _SHORTEST_PLURAL else word
    if len(singular) >= _SHORTEST_ITALIAN and singular[-1] in "aeio":
        before = "ih" if singular[-1] in "ei" else "i"
        singular = singular[: -2 if singular[-2] in before else -1]
    return singular[:LONGEST]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word if word.endswith(("eies", "aies")) else f"{word[:-3]}y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    if word.endswith("s"):
        return word if word.endswith(("us", "ss")) else word[:-1]
    return word


def _is_emoji(sign: str) -> bool:
    """Check whether a sign is a picture; skin tones and the like belong to the one before them."""
    return len(sign) > 1 or unicodedata.category(sign) == "So"
