"""Which column means what: proposed from the names people use and from what the cells hold."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ambassador.intake.cells import Cell, CellError, known, plain, simplified
from ambassador.intake.currencies import read_currency
from ambassador.intake.fields import FIELDS, Field, Holds
from ambassador.intake.moments import read_clock, read_moment
from ambassador.intake.quantities import is_exact, read_money, read_number
from ambassador.values.contacts import telephone_address
from ambassador.values.devices import is_imei
from ambassador.values.identity import KNOWN_PLATFORMS, canonical_platform, is_member
from ambassador.values.status import ImportKind

_LEAST_NAME = 0.3
_LEAST_FIT = 0.5
_EMPTY_FIT = 0.51
_PARTIAL = 0.8
_BY_VALUES = 0.2
_BY_NAME_ALONE = 0.1
_MEASURED = frozenset(
    {
        Holds.COUNT,
        Holds.NUMBER,
        Holds.MONEY,
        Holds.MOMENT,
        Holds.RATE,
        Holds.PROBABILITY,
        Holds.IMEI,
        Holds.CURRENCY,
    }
)
"""A column that says it holds these and does not is read all the same: its rows are rejected."""
_TELLING = frozenset({Holds.EMAIL, Holds.PLATFORM, Holds.IMEI, Holds.ADDRESS})
_TELLING_IF_NEEDED = frozenset({Holds.MOMENT, Holds.HANDLE, Holds.MEMBER})
"""What values can show without any heading, the second only for what a file cannot do without."""
_SURE = 0.9
_BARE = 0.9
_BRACKETS = re.compile(r"\([^()]*\)")
_SOURCES = frozenset({"source", "fonte", "via", "client", "content source name"})
"""Headings under which a platform may stand, or the program that was posted with."""
_COMMENT_WORDS = frozenset({"comment", "commento", "comment text", "testo commento", "comment body"})
_IMEI_LIKE = 12
_DUPLICATE = re.compile(r" \(\d+\)$")
_HANDLE = re.compile(r"^@?[\w.\-]{1,60}$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:https?://|www\.|[\w-]+\.(?:com|it|net|tv|be|app|social)/)\S+$", re.IGNORECASE)
_SHORT_WORD = re.compile(r"^[^\d/@][^/@]{0,29}$")
_PLATFORM_WORDS = {
    **{name: name for name in KNOWN_PLATFORMS},
    **{word: canonical_platform(word) for word in ("ig", "insta", "tt", "yt", "fb", "twitter", "bsky")},
}


def may_name_programs(header: str) -> bool:
    """Tell whether a column of platforms is headed by a word that also heads what somebody posted with."""
    return _words(header)[0] in _SOURCES


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of a table with a sample of what it holds."""

    position: int
    header: str
    values: tuple[Cell, ...]


def columns_of(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[FileColumn]:
    """Pair each header with the cells of the sample that say something."""
    return [
        FileColumn(i, header, tuple(row[i] for row in rows if known(row[i])))
        for i, header in enumerate(headers)
    ]


def is_heading(kind: ImportKind, text: str) -> bool:
    """Tell whether a text is a usual column name in files of this kind."""
    platform, words = split_platform(text)
    if platform and not words:
        return True
    return _names_a_field(kind, words)


@lru_cache(maxsize=8192)
def _names_a_field(kind: ImportKind, words: str) -> bool:
    return any(_name_score(words, field) >= _PARTIAL * _LEAST_FIT for field in FIELDS[kind])


def propose(kind: ImportKind, columns: Sequence[FileColumn]) -> dict[str, FileColumn]:
    """Propose a column for each field that one seems to mean; each column means one thing."""
    scores = [
        (points, -column.position, field, column)
        for column in columns
        for field in FIELDS[kind]
        if (points := score(field, column)) > 0
    ]
    found: dict[str, FileColumn] = {}
    taken: set[int] = set()
    for _, _, field, column in sorted(scores, key=lambda item: item[:2], reverse=True):
        name = _free_name(field, found)
        if name and column.position not in taken:
            found[name] = column
            taken.add(column.position)
    return found


@lru_cache(maxsize=4096)
def split_platform(header: str) -> tuple[str | None, str]:
    """Part a header into platform and the rest: ``"IG follower"`` -> instagram, ``"follower"``."""
    words = (
        simplified(_DUPLICATE.sub("", header))
        .replace("tik tok", "tiktok")
        .replace("you tube", "youtube")
        .replace("linked in", "linkedin")
        .replace("sub stack", "substack")
        .replace("blue sky", "bluesky")
        .split()
    )
    for position, word in enumerate(words):
        if word in _PLATFORM_WORDS:
            return _PLATFORM_WORDS[word], " ".join(words[:position] + words[position + 1 :])
    return None, " ".join(words)


@lru_cache(maxsize=1024)
def fit(holds: Holds, values: tuple[Cell, ...]) -> float:
    """Say which share of the cells could be what a field holds; many fields ask the same of a column."""
    if not values:
        return _EMPTY_FIT
    return sum(1 for value in values if _fits(holds, value)) / len(values)


def heads_comments(header: str) -> bool:
    """Tell whether the words below a heading are comments: ``Comment``, ``Testo commento``."""
    return simplified(header) in _COMMENT_WORDS


def likeness_to_handles(column: FileColumn) -> float:
    """Say how much a column looks like handles: words without blanks, each its own."""
    texts = [plain(value) for value in column.values]
    if not texts or fit(Holds.NUMBER, column.values) > _LEAST_FIT:
        return 0.0
    distinct = len(set(texts)) / len(texts)
    return fit(Holds.HANDLE, column.values) * distinct


def score(field: Field, column: FileColumn) -> float:
    """Say how well a column suits a field, by its name and its cells; 0 when it does not."""
    words, bare = _words(column.header)
    if _is_ruled_out(words, field):
        return 0.0
    named = max(_name_score(words, field), _BARE * _name_score(bare, field) if bare else 0.0)
    if named < _LEAST_NAME and not _may_tell_itself(field):
        return 0.0
    suits = fit(field.holds, column.values)
    if field.holds is Holds.PLATFORM and words in _SOURCES:
        suits = _share_of_platforms(column.values)
    if named >= _LEAST_NAME and suits >= _LEAST_FIT:
        return named * (_LEAST_FIT + suits / 2) + _exactness(field, column)
    if named == 1 and field.holds in _MEASURED and words in field.names:
        return _BY_NAME_ALONE
    return _BY_VALUES * suits if _tells_itself(field, column, suits) else 0.0


@lru_cache(maxsize=4096)
def _words(header: str) -> tuple[str, str]:
    """Simplify a heading, whole and without what stands in brackets behind it: ``Price (excl. VAT)``."""
    whole = simplified(_DUPLICATE.sub("", header))
    return whole, simplified(_BRACKETS.sub(" ", header)) if "(" in header else ""


def _share_of_platforms(values: tuple[Cell, ...]) -> float:
    """Say which share of the cells names a platform known: the program somebody posted with is none."""
    return sum(_is_known_platform(plain(value)) for value in values) / max(1, len(values))


def _exactness(field: Field, column: FileColumn) -> float:
    """Prefer ``409800000`` to ``409.8M`` where a file gives both."""
    if field.holds not in (Holds.COUNT, Holds.NUMBER) or not column.values:
        return 0.0
    return 0.01 * sum(1 for value in column.values if is_exact(plain(value))) / len(column.values)


def _may_tell_itself(field: Field) -> bool:
    return field.holds in _TELLING or (field.needed and field.holds in _TELLING_IF_NEEDED)


def _tells_itself(field: Field, column: FileColumn, suits: float) -> bool:
    """Tell whether values need no header: e-mails, IMEIs, platforms, addresses, dates, handles with @."""
    if not column.values or suits < _SURE or not _may_tell_itself(field):
        return False
    texts = map(plain, column.values)
    if field.holds is Holds.EMAIL:
        return True
    if field.holds is Holds.PLATFORM:
        return all(map(_is_known_platform, texts))
    if field.holds is Holds.IMEI:
        return all(map(is_imei, texts))
    if field.holds is Holds.ADDRESS:
        return all(_ADDRESS.match(text) for text in texts)
    if field.holds is Holds.MOMENT:
        return not any(text.isdigit() for text in texts)
    return all(text.startswith("@") for text in texts)


def _free_name(field: Field, found: Mapping[str, FileColumn]) -> str | None:
    names = [field.name, *(f"{field.name}.{number}" for number in range(2, field.repeats + 1))]
    return next((name for name in names if name not in found), None)


def _is_ruled_out(words: str, field: Field) -> bool:
    """Tell whether a heading has a word that rules a field out: an avatar's address is no profile's."""
    padded = f" {words} "
    return any(word in padded for word in _ways_of(field)[2])


@lru_cache(maxsize=65536)
def _name_score(words: str, field: Field) -> float:
    whole, parts, _ = _ways_of(field)
    padded = f" {words} "
    if _is_ruled_out(words, field):
        return 0.0
    if words in whole:
        return 1.0
    count = len(words.split())
    return max((_PARTIAL * length / count for part, length in parts if part in padded), default=0.0)


@lru_cache(maxsize=1024)
def _ways_of(field: Field) -> tuple[frozenset[str], tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Part a field's names: whole headings, words within one with how many they are, words never in one."""
    names = [name.removeprefix("=") for name in field.names]
    parts = [name for name in field.names if not name.startswith("=")]
    return (
        frozenset(names),
        tuple((f" {name} ", len(name.split())) for name in parts),
        tuple(f" {name[1:]} " for name in field.names if name.startswith("!")),
    )


def _fits(holds: Holds, value: Cell) -> bool:
    text = plain(value)
    try:
        return _READS[holds](value, text)
    except CellError:
        return False


def _is_known_platform(text: str) -> bool:
    return canonical_platform(text) in KNOWN_PLATFORMS


def _is_rate(value: Cell, text: str) -> bool:
    return "%" in text or 0 <= read_number(value) <= 100  # noqa: PLR2004 - percent


def _is_words(value: Cell, text: str) -> bool:
    return not (_ADDRESS.match(text) or _EMAIL.match(text)) and (
        not text.isdigit() or not isinstance(value, str)
    )


def _is_number(value: Cell, _: str) -> bool:
    return read_number(value) >= 0


def _is_moment(value: Cell, _: str) -> bool:
    try:
        return bool(read_moment(value))
    except CellError:
        return bool(read_moment(value, day_first=False))


_READS: Mapping[Holds, Callable[[Cell, str], bool]] = {
    Holds.HANDLE: lambda _, text: bool(_HANDLE.match(text) or _ADDRESS.match(text) or text.startswith("@")),
    Holds.MEMBER: lambda _, text: bool(
        _HANDLE.match(text) or _ADDRESS.match(text) or text.startswith("@") or is_member(text)
    ),
    Holds.PLATFORM: lambda _, text: _is_known_platform(text) or bool(_SHORT_WORD.match(text)),
    Holds.WORDS: _is_words,
    Holds.STATE: _is_words,
    Holds.TOPICS: _is_words,
    Holds.EMAIL: lambda _, text: bool(_EMAIL.match(text)),
    Holds.TELEPHONE: lambda _, text: bool(telephone_address(text)),
    Holds.ADDRESS: lambda _, text: bool(_ADDRESS.match(text)) or "/" in text,
    Holds.ID: lambda _, text: bool(text),
    Holds.IMEI: lambda _, text: sum(map(str.isdigit, text)) >= _IMEI_LIKE,
    Holds.COUNT: _is_number,
    Holds.NUMBER: _is_number,
    Holds.RATE: _is_rate,
    Holds.PROBABILITY: lambda value, _: 0 <= read_number(value) <= 1,
    Holds.MONEY: lambda value, _: bool(read_money(value)) or True,
    Holds.MOMENT: _is_moment,
    Holds.CURRENCY: lambda value, _: bool(read_currency(value)),
    Holds.CLOCK: lambda _, text: read_clock(text) is not None,
}
