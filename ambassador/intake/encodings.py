"""How the letters of a text are written where neither a mark nor UTF-8 says it: told from its words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.files import Content, FileFormat, encoding_of, format_of
from ambassador.values.imports.imports import Note

ENCODINGS: Final[Mapping[str, str]] = {
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "windows-1254": "cp1254",
    "mac-roman": "mac_roman",
    "cp850": "cp850",
    "cp437": "cp437",
}
"""What people call the encodings that files come in, the most usual first."""
_TEXTS: Final = frozenset(
    {FileFormat.DELIMITED, FileFormat.JSON, FileFormat.PAJEK, FileFormat.GML, FileFormat.GDF}
)
"""Forms of files that do not say themselves how they are written."""
_LANGUAGES: Final = (
    "àèéìòùî", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "áâãàçéêíóôõú", "äöüßé", "åäöæøé", "áčďéěíňóřšťúůýž",
    "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "čćđšž", "ăâîșțşţ", "çğıöşü",
)  # fmt: skip
"""The letters of a language beside a to z."""
_LETTERS: Final = frozenset("".join(_LANGUAGES))
_MARKS: Final = frozenset(
    "\u2019\u2018\u201c\u201d\u2013\u2014\u20ac\u2026\u00ab\u00bb\u00b0\u00a3\u00a0\u00ba\u00aa"
)
"""Signs that stand in sound texts beside letters."""
# Words begin where letters begin and are bounded: a cell of a hundred thousand letters is passed once.
_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]{0,60}[\x80-\xff][A-Za-z\x80-\xff]*")
_BESIDE = re.compile(rb"[A-Za-z]")
_LATIN = b"\xc3"
"""With what letters begin that were garbled."""
_GARBLED = re.compile(
    rb"(?:(?<![A-Za-z])[A-Za-z]{1,60})?(?:\xc3[\x82\x83]\xc2[\x80-\xbf]|\xc3\xa2\xe2\x82\xac)[A-Za-z]{0,60}"
)
_MOST_WORDS: Final = 400
_LONGEST_WORD: Final = 60
_LOOKED_AT: Final = 4
"""Megabytes in which letters garbled before are looked for."""
_SHOWN: Final = 3
_BETTER: Final = 0.1
"""How much better another encoding must read than the usual one."""
_NEAR: Final = 0.25
_RARE: Final = 0.2
_SELDOM: Final[Mapping[str, float]] = {"windows-1254": 0.2, "mac-roman": 0.4, "cp850": 0.4, "cp437": 0.5}
"""How many letters that read well must speak for an encoding that few files come in before the others."""


@dataclass(frozen=True, slots=True)
class Letters:
    """In which encoding a text is read, and what else it may be."""

    encoding: str
    """What people call it."""
    words: str
    """Some of its words, read that way."""
    others: Mapping[str, str]
    """Encodings that read as well, with the same words."""


def letters_of(content: Content) -> Letters | None:
    """Say how the letters of a text are read; None where the file itself says it."""
    if "letters" not in content.memo:
        is_open = format_of(content) in _TEXTS and encoding_of(content) == "cp1252"
        content.memo["letters"] = _letters(content) if is_open else None
    found: Letters | None = content.memo["letters"]
    return found


def settle_encoding(content: Content, answer: str = "") -> None:
    """Read a text from now on in the encoding its words tell, or in the one a person named."""
    if answer and answer not in ENCODINGS:
        message = mark("{answer} is no answer: say one of {answers}")
        raise BadInputError(message, answer=answer, answers=", ".join(ENCODINGS))
    letters = letters_of(content)
    if letters is not None and content.memo.setdefault("settled", answer) == answer:
        content.memo["encoding"] = ENCODINGS[answer or letters.encoding]


def letter_notes(content: Content, answer: str = "") -> tuple[Note, ...]:
    """Say how letters were read where the file does not say it, and which were garbled before."""
    letters = letters_of(content)
    if letters is not None:
        text = mark("letters were read as {encoding}: {words}")
        words = {letters.encoding: letters.words, **letters.others}
        used = answer or letters.encoding
        return (Note(text, {"encoding": used, "words": words.get(used) or _sample(content, used)}),)
    if answer:
        return (
            Note(
                mark("the file itself says how its letters are written: {encoding} was not used"),
                {"encoding": answer},
            ),
        )
    is_text = format_of(content) in _TEXTS
    garbled = list(dict.fromkeys(islice(_garbled(content), _SHOWN))) if is_text else []
    if garbled:
        text = mark("letters are garbled in the file itself, as in {words}: export it again as UTF-8")
        return (Note(text, {"words": ", ".join(garbled)}),)
    return ()


def _letters(content: Content) -> Letters | None:
    words = list(dict.fromkeys(islice(_words(content), _MOST_WORDS)))
    mixed = [word for word in words if _BESIDE.search(word)]  # a sign alone, as behind a price, tells nothing
    if not mixed:
        return None
    points = {name: _points(mixed, codec) for name, codec in ENCODINGS.items()}
    likely = {name: reads - _SELDOM.get(name, 0.0) / len(mixed) for name, reads in points.items()}
    usual, best = next(iter(ENCODINGS)), max(likely, key=lambda name: likely[name])
    chosen = best if likely[best] > likely[usual] + _BETTER else usual
    shown = {name: _shown(words, codec) for name, codec in ENCODINGS.items()}
    others: dict[str, str] = {}
    for name, reads in points.items():
        as_well = reads >= points[chosen] - _NEAR and reads > 0
        if as_well and shown[name] not in {shown[chosen], *others.values()}:
            others[name] = shown[name]
    return Letters(chosen, shown[chosen], others)


def _words(content: Content) -> Iterator[bytes]:
    for piece in content.pieces():
        yield from (one for one in _WORD.findall(piece) if len(one) <= _LONGEST_WORD)


def _garbled(content: Content) -> Iterator[str]:
    for piece in islice(content.pieces(), _LOOKED_AT):
        for word in _GARBLED.findall(piece) if _LATIN in piece else ():
            yield word.decode("utf-8", errors="replace")


def _shown(words: Iterable[bytes], codec: str) -> str:
    longest = sorted(words, key=len, reverse=True)[: 4 * _SHOWN]
    several = [one.decode(codec, errors="replace") for one in longest if len(one) > 1]
    return ", ".join(several[:_SHOWN])


def _sample(content: Content, name: str) -> str:
    return _shown(dict.fromkeys(islice(_words(content), _MOST_WORDS)), ENCODINGS[name])


def _points(words: Iterable[bytes], codec: str) -> float:
    """Say how well words read: letters of one language speak for it, signs within words against it."""
    texts = [word.decode(codec, errors="replace") for word in words]
    strange = [letter for text in texts for letter in text if not letter.isascii()]
    small = [letter.lower() for letter in strange if letter.lower() in _LETTERS]
    if not strange:
        return 0.0
    of_one = (_of_one_language(small) + sum(map(_of_one_language, texts))) / 2
    wrong = sum(map(_wrong, texts))
    return (of_one + _RARE * (len(small) - of_one) - wrong) / len(strange)


def _of_one_language(letters: Iterable[str]) -> int:
    """Count the letters that the best language has: names of several languages stand in one list."""
    small = [letter.lower() for letter in letters]
    return max(sum(letter in language for letter in small) for language in _LANGUAGES)


def _wrong(text: str) -> float:
    """Count what no word has: signs among letters, a capital after a small letter, what is no character."""
    wrong = 0.0
    for before, letter in zip(" " + text, text, strict=False):
        if letter.isascii() or letter in _MARKS:
            continue
        is_letter = letter.isalpha() and (letter.lower() in _LETTERS or len(text) == 1)
        wrong += not is_letter or (letter.isupper() and before.islower())
    return wrong
