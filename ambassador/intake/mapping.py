"""The proposed mapping of a file: fields to columns, platforms side by side included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell, plain, simplified
from ambassador.intake.fields import FIELDS, Field, Holds
from ambassador.intake.formats.format import Format
from ambassador.intake.recognise import FileColumn, fit, likeness_to_handles, propose, score, split_platform
from ambassador.values.identity import platform_of_address
from ambassador.values.imports.imports import ColumnMapping, Note
from ambassador.values.status import ImportKind

_SURE = 0.5
_LONG_ID = 7
"""Characters from which on an id is one that a platform gives."""
_NUMBERS = frozenset({"number", "numero", "n", "no", "nr", "num", "#"})
_LOWEST_ID = 1_000
_DIRECTIONS = frozenset({"directed", "undirected"})
_ARTICLES = frozenset({"articolo", "artikel", "article", "articulo", "item", "sku", "prodotto", "product"})
_DESCRIPTIONS = frozenset(
    {"descrizione", "description", "bezeichnung", "designation", "descripcion", "denominazione"}
)
_CALLED = frozenset({"name", "channel", "canale", "kanal", "chaine", "canal", "page", "pagina"})
"""What stands beside a platform over its handles: ``YouTube channel``."""
_FOLLOW_WORDS = frozenset(
    {
        "follower",
        "followed",
        "followee",
        "following",
        "seguito",
        "chi segue",
        "follower handle",
        "followed handle",
    }
)


@dataclass(slots=True)
class Proposal:
    """Fields and their columns, and which platform the file seems to speak of when no column says so."""

    columns: dict[str, FileColumn]
    platform: str = ""
    notes: list[Note] = field(default_factory=list)


def field_of(kind: ImportKind, name: str) -> Field:
    """Find the field a mapped name stands for: ``tiktok.followers`` and ``topics.2`` included."""
    left, _, right = name.partition(".")
    base = left if right.isdigit() or not right else right
    found = next((one for one in FIELDS[kind] if one.name == base), None)
    if found is None:
        message = mark("{name} is no field of this kind of file")
        raise BadInputError(message, name=name)
    return found


def propose_mapping(kind: ImportKind, columns: Sequence[FileColumn], file_name: str) -> Proposal:
    """Propose which column means what."""
    if kind is ImportKind.PEOPLE:
        return _propose_people(columns, file_name)
    if kind is ImportKind.TIES:
        columns = [column for column in columns if not _says_direction(column)]
    found = Proposal(propose(kind, columns), _platform_in(Path(file_name).stem))
    if kind is ImportKind.OUTCOMES:
        _tell_orders(found)
    if kind is ImportKind.DEVICES:
        _tell_model(found, columns)
    if kind is ImportKind.TIES:
        _complete_ends(found, columns)
    return found


def _says_direction(column: FileColumn) -> bool:
    """Tell whether a column says of each tie only that it has a direction, as Gephi's ``Type`` does."""
    return bool(column.values) and {simplified(plain(value)) for value in column.values} <= _DIRECTIONS


def _tell_orders(found: Proposal) -> None:
    """Take a column of numbers that are all different and long or in a row for ids: each row is one order."""
    counts = found.columns.get("quantity")
    if counts and simplified(counts.header) in _NUMBERS and "order_id" not in found.columns:
        numbers = [plain(value) for value in counts.values]
        if len(set(numbers)) == len(numbers) > 1 and (
            all(map(str.isdigit, numbers))
            and ((_in_a_row(numbers) and _repeats(found)) or min(map(int, numbers)) >= _LOWEST_ID)
        ):
            found.columns["order_id"] = counts
    if "order_id" in found.columns:
        found.columns.pop("quantity", None)  # each order is one, whatever else is counted beside it


def _repeats(found: Proposal) -> bool:
    """Tell whether a code stands on several rows: a list of counts names each once."""
    codes = found.columns.get("code")
    words = [plain(value) for value in codes.values] if codes else []
    return len(set(words)) < len(words)


def _tell_model(found: Proposal, columns: Sequence[FileColumn]) -> None:
    """Take the description of an article for the model where its number stands beside it."""
    model = found.columns.get("model")
    if model is None or simplified(model.header) not in _ARTICLES:
        return
    taken = {column.position for column in found.columns.values()}
    described = (one for one in columns if simplified(one.header) in _DESCRIPTIONS)
    better = next((one for one in described if one.position not in taken and one.values), None)
    if better is not None:
        found.columns["model"] = better


def _in_a_row(numbers: Sequence[str]) -> bool:
    found = sorted(map(int, numbers))
    return found[-1] - found[0] == len(found) - 1


def mapping_of_format(named: Format, columns: Sequence[FileColumn]) -> Proposal:
    """Take the columns that a format is known to have, and no others."""
    places = named.mapping([column.header for column in columns])
    return Proposal({name: columns[place] for name, place in places.items()}, named.platform)


def apply_mapping(
    kind: ImportKind, proposal: Proposal, columns: Sequence[FileColumn], mapping: ColumnMapping | None
) -> None:
    """Put what a person confirmed in the place of what was proposed."""
    if mapping is None or not mapping.columns:
        return
    by_header = {column.header: column for column in columns}
    chosen: dict[str, FileColumn] = {}
    for name, header in mapping.columns.items():
        field_of(kind, name)
        if header not in by_header:
            message = mark("the file has no column {column}: it has {columns}")
            raise BadInputError(message, column=header, columns=", ".join(by_header))
        chosen[name] = by_header[header]
    proposal.columns = chosen


def with_choices(
    proposal: Proposal, kind: ImportKind, columns: Sequence[FileColumn], choices: Mapping[str, str]
) -> None:
    """Move single fields to the column a person named; an empty header leaves the field out."""
    by_header = {column.header: column for column in columns}
    for name, header in choices.items():
        field_of(kind, name)
        if header and header not in by_header:
            message = mark("the file has no column {column}: it has {columns}")
            raise BadInputError(message, column=header, columns=", ".join(by_header))
        kept = {
            key: column for key, column in proposal.columns.items() if column.header != header and key != name
        }
        proposal.columns = kept | ({name: by_header[header]} if header else {})


def _propose_people(columns: Sequence[FileColumn], file_name: str) -> Proposal:
    owners = _platform_owners(columns)
    if owners:
        return _side_by_side(columns, owners)
    named = list(dict.fromkeys(filter(None, (split_platform(column.header)[0] for column in columns))))
    others = [column for column in columns if split_platform(column.header)[0] in named[1:]]
    bare = [FileColumn(c.position, _without_platform(c, named), c.values) for c in columns if c not in others]
    back = {column.position: column for column in columns}
    found = {name: back[column.position] for name, column in propose(ImportKind.PEOPLE, bare).items()}
    platform = named[0] if named else _platform_in(Path(file_name).stem)
    native = found.get("native_id")
    if native and simplified(native.header) == "id" and not all(map(_is_long, native.values)):
        found.pop("native_id")  # a number of the list, not of a platform
    proposal = Proposal(found, platform, [_left_out(column) for column in others])
    if "handle" not in found and "url" not in found:
        _find_handles(proposal, columns)
    return proposal


def _is_long(value: Cell) -> bool:
    return len(plain(value)) >= _LONG_ID


def _platform_owners(columns: Sequence[FileColumn]) -> dict[int, str]:
    """Find the columns that hold the handle on one platform: ``Instagram``, ``TikTok handle``."""
    owners = {}
    for column in columns:
        platform, words = split_platform(column.header)
        if platform and _is_handle_column(words, column):
            owners[column.position] = platform
    if owners:
        owners |= _owners_by_address(columns, owners)
    return owners


def _owners_by_address(columns: Sequence[FileColumn], owners: Mapping[int, str]) -> dict[int, str]:
    """Find further columns of profiles by their addresses: those of one platform under ``Newsletter``."""
    found: dict[int, str] = {}
    url = next(one for one in FIELDS[ImportKind.PEOPLE] if one.name == "url")
    for column in columns:
        platforms = {platform_of_address(plain(value)) for value in column.values}
        platform = platforms.pop() if len(platforms) == 1 else None
        is_free = column.position not in owners and platform not in {*owners.values(), *found.values()}
        if platform and is_free and not score(url, FileColumn(column.position, column.header, ())):
            found[column.position] = platform
    return found


def _is_handle_column(words: str, column: FileColumn) -> bool:
    likeness = fit(Holds.HANDLE, column.values)
    if not words or words in _CALLED:
        return likeness >= _SURE and fit(Holds.COUNT, column.values) < _SURE and bool(column.values)
    handle, url = (next(f for f in FIELDS[ImportKind.PEOPLE] if f.name == name) for name in ("handle", "url"))
    column = FileColumn(column.position, words, column.values)
    return score(handle, column) >= _SURE or score(url, column) >= _SURE


def _side_by_side(columns: Sequence[FileColumn], owners: Mapping[int, str]) -> Proposal:
    proposal = Proposal({})
    rest: list[FileColumn] = []
    group = ""
    for column in columns:
        platform, words = split_platform(column.header)
        group = owners.get(column.position, group)
        name = _account_field(words, column, is_owner=column.position in owners)
        owner = platform or group
        if name == "url" and not platform and column.position not in owners and not _leads_to(owner, column):
            name = ""  # a person's own site is no profile on the platform to its left
        key = f"{owner}.{name}"
        if name and owner in owners.values() and key not in proposal.columns:
            proposal.columns[key] = column
        elif platform and name:
            proposal.notes.append(_left_out(column))
        else:
            rest.append(column)
    common = propose(ImportKind.PEOPLE, rest)
    proposal.columns |= {
        name: column for name, column in common.items() if not field_of(ImportKind.PEOPLE, name).of_account
    }
    return proposal


def _leads_to(platform: str, column: FileColumn) -> bool:
    """Tell whether the addresses of a column are those of a platform."""
    return all(platform_of_address(plain(value)) == platform for value in column.values)


def _account_field(words: str, column: FileColumn, *, is_owner: bool) -> str:
    if is_owner:
        return (
            "url"
            if any(word in words.split() for word in ("link", "url", "profilo", "profile"))
            else "handle"
        )
    if not words and fit(Holds.COUNT, column.values) >= _SURE:
        return "followers"
    bare = FileColumn(column.position, words, column.values)
    fields = [
        one for one in FIELDS[ImportKind.PEOPLE] if one.of_account and one.name not in ("handle", "platform")
    ]
    others = [one for one in FIELDS[ImportKind.PEOPLE] if not one.of_account]
    best = max(fields, key=lambda one: score(one, bare))
    least = max(score(one, bare) for one in others)
    return best.name if score(best, bare) > max(least, 0.0) else ""


def _find_handles(proposal: Proposal, columns: Sequence[FileColumn]) -> None:
    """Without a column named for handles, take the one that looks most like them; ``name`` is often one."""
    taken = {column.position for name, column in proposal.columns.items() if name != "name"}
    free = [column for column in columns if column.position not in taken]
    best = max(
        free, key=lambda column: (round(likeness_to_handles(column), 2), -column.position), default=None
    )
    if best is None or likeness_to_handles(best) < _SURE:
        return
    proposal.columns = {name: column for name, column in proposal.columns.items() if column is not best}
    proposal.columns["handle"] = best
    _find_names(proposal, columns)


def _find_names(proposal: Proposal, columns: Sequence[FileColumn]) -> None:
    if "name" in proposal.columns:
        return
    taken = {column.position for column in proposal.columns.values()}
    for column in columns:
        words = simplified(column.header).split()
        if (
            column.position not in taken
            and {"name", "nome"} & set(words)
            and fit(Holds.WORDS, column.values) > _SURE
        ):
            proposal.columns["name"] = column
            return


def _complete_ends(proposal: Proposal, columns: Sequence[FileColumn]) -> None:
    """Take the first free columns as the two ends, and a number after them as the third column."""
    for name in ("source", "target"):
        taken = {column.position for column in proposal.columns.values()}
        free = [column for column in columns if column.position not in taken and column.values]
        if name not in proposal.columns and free:
            proposal.columns[name] = free[0]
    _keep_order(proposal)
    taken = {column.position for column in proposal.columns.values()}
    numeric = [
        c for c in columns if c.position not in taken and c.values and fit(Holds.NUMBER, c.values) >= _SURE
    ]
    if numeric and not {"weight", "probability", "third"} & set(proposal.columns):
        proposal.columns["third"] = numeric[0]


def _keep_order(proposal: Proposal) -> None:
    """Follower and followed stand as listed, left to right: only the answer about direction turns them."""
    ends = [proposal.columns.get(name) for name in ("source", "target")]
    source, target = ends
    if (
        source
        and target
        and source.position > target.position
        and _FOLLOW_WORDS & {simplified(source.header), simplified(target.header)}
    ):
        proposal.columns |= {"source": target, "target": source}


def _left_out(column: FileColumn) -> Note:
    text = mark("column {column} is left out: no column holds the handle on {platform}")
    return Note(text, {"column": column.header, "platform": split_platform(column.header)[0]})


def _without_platform(column: FileColumn, named: Sequence[str]) -> str:
    platform, words = split_platform(column.header)
    return words if platform in named and words else column.header


def _platform_in(text: str) -> str:
    return split_platform(text)[0] or ""
