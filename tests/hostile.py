"""A workspace in which every text that may come from outside is hostile."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Column, Engine, Table

from ambassador.store.schema import metadata

FOREIGN_HOST: Final = "evil.example"
WORD: Final = "pwn"
"""Stands alone in an element of the page only where a text was read as markup."""
FORMATTED: Final = (
    f"![{WORD}](http://{FOREIGN_HOST}/a.png)",
    f"<img src=//{FOREIGN_HOST}/x onerror=window.{WORD}ed=1>",
    f"<script>window.{WORD}ed=1</script>",
    f"[{WORD}](javascript:window.{WORD}ed=1)",
    f"**{WORD}**",
    f"_{WORD}_",
    f"`{WORD}`",
    f"~~{WORD}~~",
    f":red[{WORD}]",
    ":material/home: :smile:",
    f"${WORD}^2$",
    f"http://{FOREIGN_HOST}/p www.{FOREIGN_HOST} {WORD}@{FOREIGN_HOST}",
    "&lt;b&gt;",
)
"""What Markdown, as Streamlit reads it, would make something else of, wherever it stands."""
OTHERS: Final = (
    f"# {WORD}",
    f"> {WORD}",
    "=cmd|' /C calc'!A0",
    f"\u202e{WORD}\u202c",
    f"two\nlines\n- {WORD}",
    "'; DROP TABLE person; --",
    "{0.__class__} {name} %s",
    "A" * 10_000,
    "long words " * 900,
)
PAYLOADS: Final = (*FORMATTED, *OTHERS)

OURS: Final[Mapping[str, frozenset[str]]] = {
    table: frozenset(columns.split())
    for table, columns in {
        "account": "platform",
        "activation": "currency time_zone",
        "ballot": "platform",
        "ballot_file": "sha256",
        "ambassador": "currency notice_channel",
        "ambassador_event": "from_status to_status",
        "campaign": "currency shipping_by_country time_zone",
        "canned_answer": "language",
        "closed_day": "country",
        "credit": "method",
        "device": "currency",
        "device_event": "from_status to_status",
        "forecast": "arguments code_version random_key result",
        "import_batch": "mapping sha256",
        "import_change": "before table_name",
        "law_note": "key",
        "live_question": "platform",
        "mention": "inferred_by parent_post_id platform post_id root_post_id supplied_by token",
        "mention_words": "stems words",
        "network_snapshot": "direction probabilities sha256",
        "outcome": "currency token",
        "parameter_set": "algorithm data_hash kind metrics scope_platform scope_topic version",
        "parent_candidate": "method",
        "person": "fee_currency",
        "person_merge": "moved",
        "pick": "arguments code_version random_key result",
        "saved_mapping": "answers columns signature",
        "suppression": "key_hash",
        "tie": "kind origin platform",
        "watch": "cursor failure refusals server source what",
        "workspace_setting": "key value",
    }.items()
}
"""Texts that are codes, keys or records of our own: no file and no form fills them as it likes."""


def make_hostile(engine: Engine) -> None:
    """Overwrite every text from outside, each row with another of the hostile ones."""
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            columns = list(foreign_texts(table))
            keys = list(table.primary_key.columns)
            if not columns:
                continue
            for place, row in enumerate(connection.execute(sa.select(table)).mappings().all()):
                new = {
                    column.name: _hostile(column, place + 5 * number, row[column.name])
                    for number, column in enumerate(columns)
                }
                connection.execute(
                    sa.update(table).where(*(key == row[key.name] for key in keys)).values(new)
                )


def foreign_texts(table: Table) -> Iterator[Column[Any]]:
    """List the columns of a table that hold text from outside."""
    for column in table.columns:
        kind = getattr(column.type, "impl", column.type)
        text = isinstance(kind, sa.String | sa.JSON) and not isinstance(column.type, sa.Enum)
        if text and column.name not in OURS.get(table.name, frozenset()):
            yield column


def _hostile(column: Column[Any], number: int, before: object) -> object:
    """Make a text that stands once in its column; a handle is a word more, as two may not be the same."""
    if isinstance(before, list):
        return [_text(number), _text(number + 1)]
    if before is None or before == "":
        return before if column.name in {"imei1", "imei2", "serial", "native_id"} else _text(number)
    return _text(number)


def _text(number: int) -> str:
    return f"{PAYLOADS[number % len(PAYLOADS)]} {number}"
