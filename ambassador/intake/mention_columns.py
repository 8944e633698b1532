"""Many posts at once, column by column; a row that asks for thought is left to ``read_mention``.

A row is read here if its ids are plain digits and letters, its moment ISO 8601 with a zone, its author a
plain handle, its figures whole numbers, and if whatever else may be said of a post is blank. Then each cell
means what it says, and most say what a cell above them said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from itertools import repeat
from typing import Final, NamedTuple

from ambassador.intake.cells import WHOLE_DIGITS, is_digits, known, plain
from ambassador.intake.columnar import CellColumns
from ambassador.intake.layout import Layout, account_in, whole_number
from ambassador.intake.limits import LONGEST_CELL
from ambassador.intake.mentions import METRICS, other_names
from ambassador.intake.moments import read_utc
from ambassador.intake.words import NO_POST, addressed, mention_kind, retold
from ambassador.values.drafts import NO_FIGURES, MentionDraft, MetricsDraft
from ambassador.values.identity import canonical_handle
from ambassador.values.status import MentionKind

_READ: Final = frozenset(
    {
        "post_id", "author", "created_at", "kind", "parent_id", "root_id", "text", "platform",
        "author_name", "author_followers", "topic", "language", *METRICS,
    }
)  # fmt: skip
"""Fields of which a cell may say something; in any other one it sends its row to the careful reader."""
_NEEDED: Final = frozenset({"post_id", "author", "created_at"})
_UNKNOWN: Final = (None,) * len(METRICS)
_PLAIN_ID: Final = re.compile(
    r"(?!t[13]_|http|deleted$|removed|viewer)[A-Za-z0-9][A-Za-z0-9_-]{0,99}", re.IGNORECASE
)
"""What no reader takes for an address, for what Reddit writes before ids, or for words of a post withheld."""
_REMEMBERED: Final = 50_000
"""Accounts; above, remembering begins anew."""
_ON_SERVERS: Final = "mastodon"
_WITH_CODES: Final = "instagram"
_ANSWERS: Final = frozenset({MentionKind.REPLY, MentionKind.COMMENT})


class _ToThinkAbout(Enum):
    """Stands for what a cell says where that does not go without saying."""

    YES = "yes"


_TO_THINK_ABOUT: Final = _ToThinkAbout.YES


class _Cells(NamedTuple):
    """What the columns say in one row; an account, a moment or figures that are None need thought."""

    line: int
    post_id: str
    account: tuple[str, str, str] | None
    created_at: datetime | None
    kind: MentionKind | _ToThinkAbout | None
    text: str
    parent: str
    root: str
    platform: str
    author_name: str
    followers: int | _ToThinkAbout | None
    topic: str
    language: str
    metrics: MetricsDraft | None
    is_rest_blank: bool
    are_ids: tuple[bool, ...]


class MentionColumns:
    """Reads the posts of one file by column."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._kinds: dict[str, MentionKind | _ToThinkAbout | None] = {}
        self._accounts_known: dict[str, tuple[str, str, str] | None] = {}
        self._places = {name: place for name, place in layout.positions.items() if name in _READ}
        self._others = [place for name, place in layout.positions.items() if name not in _READ]
        shared = len(set(layout.positions.values())) < len(layout.positions)
        self._never = bool(layout.values or layout.names_programs or shared or not self._has_needed())

    def _has_needed(self) -> bool:
        return self._places.keys() >= _NEEDED

    def read(self, rows: CellColumns) -> Sequence[MentionDraft | None]:
        """Return each row as a post, or None where it has to be read with care."""
        if self._never or len(rows.columns) != len(self._layout.headers) or rows.longest() > LONGEST_CELL:
            return [None] * len(rows)
        cells = {name: rows.texts(place) for name, place in self._places.items()}
        blank, unknown = [""] * len(rows), [None] * len(rows)
        columns = zip(
            range(rows.first, rows.first + len(rows)),
            cells["post_id"],
            self._accounts(cells["author"]),
            map(read_utc, cells["created_at"]),
            self._kinds_of(cells["kind"]) if "kind" in cells else unknown,
            cells.get("text", blank),
            *(_once_each(cells[name]) if name in cells else blank for name in ("parent_id", "root_id")),
            self._platforms(cells["platform"]) if "platform" in cells else blank,
            map(known, cells.get("author_name", blank)),
            _numbers(cells["author_followers"]) if "author_followers" in cells else unknown,
            map(known, cells.get("topic", blank)),
            map(known, cells.get("language", blank)),
            self._figures(cells, len(rows)),
            self._are_blank(rows),
            zip(
                _are_ids(cells["post_id"]),
                *(
                    _are_ids(cells[name], of_others=True)
                    for name in ("parent_id", "root_id")
                    if name in cells
                ),
                strict=True,
            ),
            strict=True,
        )
        return [self._draft(_Cells(*values)) for values in columns]

    def _draft(self, row: "_Cells") -> MentionDraft | None:
        """Make a post of what the columns say; None where one of them says what has to be thought about."""
        account, created_at, metrics, followers = row.account, row.created_at, row.metrics, row.followers
        if account is None or created_at is None or metrics is None or not row.is_rest_blank:
            return None
        if row.kind is _TO_THINK_ABOUT or isinstance(followers, _ToThinkAbout) or False in row.are_ids:
            return None
        platform, text = self._platform(row.platform, account[0]), plain(row.text) if row.text else ""
        post_id = row.post_id
        if (
            platform is None
            or (text and retold(text))
            or (platform == _WITH_CODES and not is_digits(post_id))
        ):
            return None
        parent, root = "" if row.parent == post_id else row.parent, "" if row.root == post_id else row.root
        kind = self._kind(row.kind, parent, root)
        return MentionDraft(
            row.line,
            platform,
            post_id,
            account[1],
            created_at,
            kind,
            text,
            author_name=row.author_name,
            author_followers=followers,
            parent_id=parent,
            root_id=root,
            parent_author=canonical_handle(addressed(text)) if text and kind in _ANSWERS else "",
            topic=row.topic,
            language=row.language,
            metrics=metrics,
            aliases=other_names(None, platform, post_id, (parent, root)) if platform == _WITH_CODES else (),
        )

    def _platform(self, own: str, named: str) -> str | None:
        """Say on which platform a post stands; None where the file and a person disagree, which is told."""
        stated = self._layout.stated_platform
        seems = own or named or self._layout.platform
        platform = seems
        if stated:
            if seems and seems != stated:
                return None
            platform = stated
        return None if platform == _ON_SERVERS else platform

    @staticmethod
    def _kind(named: MentionKind | _ToThinkAbout | None, parent: str, root: str) -> MentionKind:
        if isinstance(named, MentionKind):
            return MentionKind.REPLY if named is MentionKind.ORIGINAL and parent else named
        return MentionKind.REPLY if parent or root else MentionKind.ORIGINAL

    def _accounts(self, cells: Sequence[str]) -> Iterator[tuple[str, str, str] | None]:
        """Read plain handles; anything else is thought about.

        Some are remembered, as many posts name the same; all would be more than all else here.
        """
        known = self._accounts_known
        if len(known) > _REMEMBERED:
            known.clear()
        for cell in set(cells) - known.keys():
            account = account_in(plain(cell))
            known[cell] = None if account[2] or not account[1] or "/" in cell else account
        return map(known.__getitem__, cells)

    def _platforms(self, cells: Sequence[str]) -> Iterator[str]:
        found = {cell: self._layout.named_platform(plain(cell)) for cell in set(cells)}
        return map(found.__getitem__, cells)

    def _kinds_of(self, cells: Sequence[str]) -> Iterator[MentionKind | _ToThinkAbout | None]:
        """Read words for kinds; None where nothing is said."""
        for cell in set(cells) - self._kinds.keys():
            self._kinds[cell] = _kind_in(cell)
        return map(self._kinds.__getitem__, cells)

    @staticmethod
    def _figures(cells: Mapping[str, Sequence[str]], count: int) -> Iterator[MetricsDraft | None]:
        """Put the figures of each row together; None where a cell is neither a whole number nor blank."""
        given = [_numbers(cells[name]) if name in cells else repeat(None, count) for name in METRICS]
        for values in zip(*given, strict=True):
            if _TO_THINK_ABOUT in values:
                yield None
            else:
                yield NO_FIGURES if values == _UNKNOWN else MetricsDraft(*values)

    def _are_blank(self, rows: CellColumns) -> Iterable[bool]:
        """Tell of which rows nothing is said in the columns that are not read here."""
        if not self._others:
            return repeat(True, len(rows))  # noqa: FBT003 - what is repeated
        others = zip(*map(rows.texts, self._others), strict=True)
        return (not any(cells) for cells in others)


def _kind_in(cell: str) -> MentionKind | _ToThinkAbout | None:
    if plain(cell) == NO_POST:
        return _TO_THINK_ABOUT
    text = known(cell)
    return (mention_kind(text) or _TO_THINK_ABOUT) if text else None


def _once_each(cells: Sequence[str]) -> Iterator[str]:
    """Let equal cells be one text: thousands of posts name the same one."""
    kept: dict[str, str] = {}
    return map(kept.setdefault, cells, cells)


def _numbers(cells: Sequence[str]) -> Iterator[int | _ToThinkAbout | None]:
    """Read whole numbers; blank is None."""
    if is_digits("".join(cells)) and len(max(cells, key=len)) <= WHOLE_DIGITS:
        return (int(cell) if cell else None for cell in cells)
    return (_number(cell) if cell else None for cell in cells)


def _number(cell: str) -> int | _ToThinkAbout:
    number = whole_number(cell)
    return _TO_THINK_ABOUT if number is None else number


def _are_ids(cells: Sequence[str], *, of_others: bool = False) -> Iterator[bool]:
    """Tell which cells are ids that stand for themselves; those of others may be blank, and none is 0."""
    found = {cell: _is_id(cell) for cell in set(cells)}
    if of_others:
        found |= {"": True, "0": False}
    return map(found.__getitem__, cells)


def _is_id(text: str) -> bool:
    """Check whether an id is digits, or letters too that say nothing else."""
    if is_digits(text):
        return True
    return _PLAIN_ID.fullmatch(text) is not None and (text[-1].isdigit() or bool(known(text)))
