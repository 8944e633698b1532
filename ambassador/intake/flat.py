"""Records of JSON brought to one level: ``user.name`` for what stands inside ``user``."""

from collections.abc import Mapping
from typing import Any

from ambassador.intake.cells import Cell

_DEEPEST = 20
_LONGEST_INTEGER = 2**63


def flat(record: Mapping[str, Any], prefix: str = "", depth: int = 0) -> dict[str, Cell]:
    """Flatten one record; lists of plain values become one text, lists of records are left out."""
    cells: dict[str, Cell] = {}
    for key, value in record.items():
        if value is None or isinstance(value, str):
            cells[prefix + key] = value
        elif isinstance(value, dict):
            cells |= flat(value, f"{prefix}{key}.", depth + 1) if depth < _DEEPEST else {}
        else:
            cells[prefix + key] = _cell(value)
    return cells


def _cell(value: Any) -> Cell:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if not isinstance(item, dict | list))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= _LONGEST_INTEGER:
        return str(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)
