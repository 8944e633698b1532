"""Stored records as JSON: one pydantic adapter per class, so that each class says itself how it is kept.

By hand stays what the classes do not say: a range is written flat, its intervals under their levels, and the
amounts of a result stand beside its other figures. Records and the shell's ``--json`` have that shape.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from ambassador.values.forecasts.forecasts import LEVELS, Amounts, Range

Kept = TypeVar("Kept")
_AMOUNTS: Final = tuple(Amounts.__dataclass_fields__)


def to_json(value: Any) -> Any:  # noqa: ANN401 - any class, any JSON
    """Write a value of ours as the database keeps it.

    Examples
    --------
    >>> to_json(Range(4.0, 3.9, 4.1, {80: (2.0, 7.0)}))
    {'mean': 4.0, 'low': 3.9, 'high': 4.1, '80': [2.0, 7.0]}
    """
    kind: Any = type(value)
    return _everywhere(_adapter(kind).dump_python(value, mode="json"), _flat)


def from_json(kind: type[Kept], kept: object) -> Kept:
    """Read a value back; what an older version did not record is what the class says of it: unknown.

    Examples
    --------
    >>> from_json(Range, {"mean": 4, "low": 3.9, "high": 4.1, "80": [2, 7]}).quantiles
    {80: (2.0, 7.0)}
    """
    wanted: Any = kind
    found: Kept = _adapter(wanted).validate_python(_everywhere(kept, _nested))
    return found


def range_to_json(known: Range | None) -> dict[str, Any] | None:
    """Write a range; None stays unknown.

    Examples
    --------
    >>> range_to_json(None) is None
    True
    """
    return None if known is None else to_json(known)


def range_from_json(kept: Mapping[str, Any] | None) -> Range | None:
    """Read a range back; None stays unknown.

    Examples
    --------
    >>> range_from_json({"mean": 4, "low": 3.9, "high": 4.1, "median": 3}).middle
    3.0
    """
    return None if kept is None else from_json(Range, kept)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any class
    return TypeAdapter(kind)


def _everywhere(kept: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(kept, list | tuple):
        return [_everywhere(one, change) for one in kept]
    if isinstance(kept, Mapping):
        return change({name: _everywhere(value, change) for name, value in kept.items()})
    return kept


def _flat(written: dict[str, Any]) -> dict[str, Any]:
    if "quantiles" in written:
        written |= written.pop("quantiles")
        if written.get("median", 0) is None:
            del written["median"]
    if "amounts" in written:
        written |= written.pop("amounts")
    return written


def _nested(kept: dict[str, Any]) -> dict[str, Any]:
    levels = {level: kept.pop(str(level)) for level in LEVELS if str(level) in kept}
    if levels:
        kept["quantiles"] = levels
    if "talkers" in kept:
        kept["amounts"] = {name: kept.pop(name) for name in _AMOUNTS if name in kept}
    return kept
