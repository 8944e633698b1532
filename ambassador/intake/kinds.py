"""What a file holds, told from its content: people, ties, phones, posts, a courier's lines, outcomes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from ambassador.errors import AmbassadorError
from ambassador.i18n import mark
from ambassador.intake.cells import plain
from ambassador.intake.files import Content, format_of
from ambassador.intake.formats.format import Format
from ambassador.intake.graphs import is_graph
from ambassador.intake.mapping import Proposal, field_of, propose_mapping
from ambassador.intake.opening import FoundTable, OpenedFile, ReadingOptions, table_in
from ambassador.intake.recognise import columns_of, likeness_to_handles, score
from ambassador.intake.words import courier_status, outcome_kind
from ambassador.values.imports.imports import Note, Question, QuestionKind
from ambassador.values.status import ImportKind

_SAMPLE: Final = 40
_SURE: Final = 100.0
_LEAST: Final = 1.0
_CLEARLY: Final = 1.2
"""How much more must speak for one kind than for the next."""
_INSTEAD: Final = 1.5
"""How much more must speak for another kind than for the one a person named."""
_NAMED: Final = 0.4
_ONE_END: Final = 0.5
_MOST_WORDS: Final = 0.6
_BESIDE: Final = 0.8
"""What a column of a platform that stands beside others counts."""
_ENDS: Final = ("source", "target")
_BARE_TIES: Final = 1.5

_WEIGHTS: Final[Mapping[ImportKind, Mapping[str, float]]] = {
    ImportKind.PEOPLE: {
        "handle": 1, "url": 0.5, "followers": 1, "following": 1, "average_likes": 0.7,
        "average_comments": 0.7, "average_views": 0.7, "engagement_rate": 1, "fee": 0.7, "email": 1,
        "city": 1, "topics": 0.7, "surname": 1, "name": 0.7, "country": 0.5, "language": 0.3,
        "telephone": 0.7, "platform": 0.3, "native_id": 0.3, "posts": 0.3,
    },
    ImportKind.TIES: {"source": 1.5, "target": 1.5, "weight": 0.5, "probability": 0.7, "third": 0.2},
    ImportKind.DEVICES: {
        "imei1": 2, "imei2": 2, "serial": 2, "model": 0.7, "colour": 0.5, "cost": 0.5,
    },
    ImportKind.MENTIONS: {
        "post_id": 1, "created_at": 1, "text": 1, "author": 1, "parent_id": 1, "root_id": 1, "url": 0.7,
        "repost_of": 1, "quote_of": 1, "kind": 0.3, "likes": 0.5, "replies": 0.5, "reposts": 0.5,
        "quotes": 0.5, "saves": 0.5, "views": 0.5, "reach": 0.5, "author_id": 0.3, "labels": 0.5,
        "platform": 0.3, "author_followers": 0.3, "language": 0.3, "clock": 0.3,
    },
    ImportKind.COURIER: {
        "status": 2, "tracking": 1.5, "reference": 1, "recipient": 1, "courier": 1, "happened_at": 0.5,
    },
    ImportKind.OUTCOMES: {
        "order_id": 1, "code": 1, "value": 1, "quantity": 1, "refunded": 1, "state": 1, "currency": 0.7,
        "happened_on": 0.5, "handle": 0.3, "kind": 0.5, "note": 0.3,
    },
}  # fmt: skip
"""How much a column of each meaning speaks for its kind; what stands in any file, little or nothing."""

_WORDS: Final[Mapping[ImportKind, str]] = {
    ImportKind.PEOPLE: mark("a list of people"),
    ImportKind.TIES: mark("a list of who hears from whom"),
    ImportKind.DEVICES: mark("a list of phones"),
    ImportKind.MENTIONS: mark("an export of posts"),
    ImportKind.COURIER: mark("a courier's file"),
    ImportKind.OUTCOMES: mark("a list of orders and other outcomes"),
}


def kind_in(
    content: Content, sheet: str | None = None, words: Mapping[str, str] | None = None
) -> ImportKind | None:
    """Propose what a file holds; None where nothing speaks for one kind more than for the others.

    ``words`` are those of a courier that somebody here explained before.
    """
    points = points_of(content, sheet, words)
    ranked = sorted(points, key=lambda kind: points[kind], reverse=True)
    if not ranked or points[ranked[0]] < _LEAST:
        return None
    is_clear = len(ranked) == 1 or points[ranked[0]] >= _CLEARLY * points[ranked[1]]
    return ranked[0] if is_clear else None


def rather(
    content: Content, kind: ImportKind, sheet: str | None = None, words: Mapping[str, str] | None = None
) -> ImportKind | None:
    """Say what a file seems to hold where that is clearly not what a person said; None where it may be."""
    points = points_of(content, sheet, words)
    best = max(points, key=lambda one: points[one], default=kind)
    if best is kind or points[best] < _LEAST or points[best] < _INSTEAD * points.get(kind, 0.0):
        return None
    return best


def asked_whether_people(opened: OpenedFile, options: ReadingOptions) -> OpenedFile:
    """Ask before a courier's file becomes people; whoever says what its columns mean is believed."""
    if opened.kind is not ImportKind.PEOPLE or options.saved or options.columns or opened.format:
        return opened
    sheet = opened.source.sheet if opened.source else ""
    words = options.courier_words
    if rather(opened.content, opened.kind, sheet or None, words) is not ImportKind.COURIER:
        return opened
    handle = field_of(ImportKind.PEOPLE, "handle")
    text = mark("if these are people all the same, say which column holds: {field}. The file has {columns}")
    values = {"field": handle.label, "name": handle.name, "columns": ", ".join(opened.table.headers)}
    question = Question(QuestionKind.COLUMNS, text, opened.table.headers, values)
    return replace(opened, questions=(question, *opened.questions))


def kind_note(kind: ImportKind) -> Note:
    """Name a kind of file in a sentence."""
    return Note(_WORDS[kind])


def points_of(
    content: Content, sheet: str | None = None, words: Mapping[str, str] | None = None
) -> dict[ImportKind, float]:
    """Say how much speaks for each kind that a file may be of."""
    key = f"kinds:{sheet or ''}:{sorted(words or ())}"
    found: dict[ImportKind, float] | None = content.memo.get(key)
    if found is None:
        every = {kind: _points(content, kind, sheet, words or {}) for kind in ImportKind}
        found = content.memo[key] = {kind: points for kind, points in every.items() if points > 0}
    return found


def _points(content: Content, kind: ImportKind, sheet: str | None, words: Mapping[str, str]) -> float:
    try:
        if is_graph(content, format_of(content)):
            return _SURE * (kind is ImportKind.TIES)
        found = table_in(content, kind, ReadingOptions(sheet=sheet))
        if found.format is not None:
            return (_SURE + len(found.format.has)) * _of_ties(found.format)
        return _of_columns(content, kind, found, words)
    except AmbassadorError:
        return 0.0


def _of_ties(named: Format) -> float:
    """Weigh a list that is of people and of ties: as ties it says more where it names both ends."""
    return _CLEARLY if named.tells_direction else _ONE_END if named.one_end else 1.0


def _of_columns(content: Content, kind: ImportKind, found: FoundTable, words: Mapping[str, str]) -> float:
    rows = [cells for _, cells in islice(found.table.rows(), _SAMPLE)]
    if not rows:
        return 0.0
    proposal = propose_mapping(kind, columns_of(found.table.headers, rows), content.name)
    named = _named(kind, proposal)
    if kind is ImportKind.TIES and found.table.header_line is None:
        return _bare_ties(proposal, len(found.table.headers))
    if not _HAS[kind](proposal, named, words):
        return 0.0
    weights = _WEIGHTS[kind]
    return sum(weights.get(name.rpartition(".")[2], 0.0) * points for name, points in named.items())


def _named(kind: ImportKind, proposal: Proposal) -> dict[str, float]:
    """Say how well each column suits what it was proposed for."""
    named: dict[str, float] = {}
    for name, column in proposal.columns.items():
        left, _, right = name.partition(".")
        beside = bool(right) and not right.isdigit()
        key = name if beside else left
        field = field_of(kind, name)
        points = _BESIDE if beside else score(field, column)
        if name in _ENDS:  # names of people stand there as well
            bare = replace(column, values=())
            points = max(points, *(score(field_of(kind, one), bare) for one in _ENDS))
        named[key] = max(named.get(key, 0.0), points)
    return named


def _bare_ties(proposal: Proposal, width: int) -> float:
    """Two columns of handles without headings, perhaps with a number behind them."""
    ends = [proposal.columns.get(name) for name in _ENDS]
    if width > len(_ENDS) + 1 or not all(ends):
        return 0.0
    return _BARE_TIES * min(likeness_to_handles(one) > 0 for one in ends if one)


def _any(names: Mapping[str, float], *wanted: str) -> bool:
    return any(name.rpartition(".")[2] in wanted for name in names)


def _share(proposal: Proposal, name: str, is_known: Callable[[str], object]) -> float:
    column = proposal.columns.get(name)
    words: Sequence[str] = [plain(value) for value in column.values] if column else []
    return sum(bool(is_known(word)) for word in words) / len(words) if words else 0.0


def _has_people(_: Proposal, named: Mapping[str, float], __: Mapping[str, str]) -> bool:
    return _any(named, "handle", "url")


def _has_ties(_: Proposal, named: Mapping[str, float], __: Mapping[str, str]) -> bool:
    return all(named.get(name, 0.0) >= _NAMED for name in _ENDS)


def _has_devices(_: Proposal, named: Mapping[str, float], __: Mapping[str, str]) -> bool:
    return _any(named, "serial", "imei1")


def _has_mentions(_: Proposal, named: Mapping[str, float], __: Mapping[str, str]) -> bool:
    return (
        _any(named, "created_at")
        and _any(named, "post_id", "url", "text")
        and _any(named, "author", "url", "post_id")
    )


def _has_courier(proposal: Proposal, named: Mapping[str, float], words: Mapping[str, str]) -> bool:
    told = _share(proposal, "status", lambda word: courier_status(word, words)) >= _MOST_WORDS
    return told and _any(named, "reference", "recipient", "tracking")


def _has_outcomes(proposal: Proposal, named: Mapping[str, float], __: Mapping[str, str]) -> bool:
    told = _share(proposal, "kind", outcome_kind) >= _MOST_WORDS
    counts = _any(named, "code", "order_id", "handle") and _any(named, "value", "quantity", "refunded")
    return told or counts or (_any(named, "code") and _any(named, "order_id"))


_HAS: Final[Mapping[ImportKind, Callable[[Proposal, Mapping[str, float], Mapping[str, str]], bool]]] = {
    ImportKind.PEOPLE: _has_people,
    ImportKind.TIES: _has_ties,
    ImportKind.DEVICES: _has_devices,
    ImportKind.MENTIONS: _has_mentions,
    ImportKind.COURIER: _has_courier,
    ImportKind.OUTCOMES: _has_outcomes,
}
"""What a file of each kind cannot do without."""
