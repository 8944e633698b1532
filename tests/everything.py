"""All that a database holds, without numbers of rows: to compare what stands before and after."""

import json
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, select

from ambassador.services.work import UnitOfWork
from ambassador.store.schema import metadata

_ABOUT_IMPORTS = frozenset({"import_batch", "import_change", "saved_mapping"})
"""What remembers imports, undone ones too."""
_PASSING = ("stale:", "turn:", "salt")
"""Settings that come and go, or are drawn by chance."""

Everything = Mapping[str, Counter[str]]


def everything(work: UnitOfWork, *, imports: bool = False) -> Everything:
    """Give the rows of every table as texts; numbers of rows are replaced by what names those rows."""
    with work.engine.connect() as connection:
        names = _names(connection)
        found = {}
        for name, table in sorted(metadata.tables.items()):
            if name in _ABOUT_IMPORTS and not imports:
                continue
            keys = {
                column.name: next(iter(column.foreign_keys)).column.table.name
                for column in table.columns
                if column.foreign_keys
            }
            rows = Counter(_row(dict(row._mapping), keys, names) for row in connection.execute(select(table)))
            found[name] = Counter({row: count for row, count in rows.items() if row})
        return found


def differences(first: Everything, second: Everything) -> str:
    """Say in which tables two differ, for whoever reads a fault."""
    return "; ".join(
        f"{name}: -{list((first[name] - second[name]).elements())[:2]} "
        f"+{list((second[name] - first[name]).elements())[:2]}"
        for name in first
        if first[name] != second[name]
    )


def _names(connection: Connection) -> dict[tuple[str, int], str]:
    """Name accounts, people, posts and what else is pointed at by what does not depend on its number."""
    telling = {
        "account": ("platform", "handle", "native_id"),
        "person": ("name", "created_at"),
        "mention": ("platform", "post_id"),
        "campaign": ("name",),
        "device": ("serial",),
        "custody": ("reference",),
    }
    found = {}
    for table, columns in telling.items():
        row = metadata.tables[table]
        for key, *values in connection.execute(select(row.c.id, *(row.c[name] for name in columns))):
            found[table, key] = "/".join(map(str, values))
    return found


def _row(values: dict[str, object], keys: Mapping[str, str], names: Mapping[tuple[str, int], str]) -> str:
    if str(values.get("key", "")).startswith(_PASSING):
        return ""
    values.pop("id", None)
    if "row_id" in values:  # of the table it names
        values["row_id"] = names.get((str(values["table_name"]), values["row_id"]), "")  # type: ignore[arg-type]
    for column, table in keys.items():
        if column == "batch_id":
            values.pop(column)
        elif values.get(column) is not None:
            values[column] = names.get((table, values[column]), table)  # type: ignore[arg-type]
    values.pop("key_hash", None)  # salted by chance
    shown = {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
    return json.dumps(shown, sort_keys=True, default=str, ensure_ascii=False)
