"""Two people with the same form open: the second is told what changed, and nothing is overwritten unseen."""

from collections.abc import Callable, Mapping
from typing import Any

from ambassador.errors import EditedMeanwhileError
from ambassador.i18n import mark


def refuse_overwriting(
    name: str,
    was: Mapping[str, Any],
    now: Mapping[str, Any],
    wanted: Mapping[str, Any],
    as_form: Callable[[dict[str, Any]], Any],
) -> None:
    """Refuse a save that changes what somebody else has changed since the form was opened.

    ``was`` is what the form began with, ``now`` what is stored, ``wanted`` what was typed. The error holds
    what the next save begins with (made by ``as_form``): the same, but for what it has told.
    """
    theirs = {
        field: now[field]
        for field, value in wanted.items()
        if value != was[field] and now[field] not in (was[field], value)
    }
    if theirs:
        message = mark("{name}: somebody else has saved something else in the meantime: {fields}")
        fields = ", ".join(f"{field} = {_said(value)}" for field, value in theirs.items())
        seen = as_form({**was, **theirs})
        raise EditedMeanwhileError(message, theirs=theirs, seen=seen, name=name, fields=fields)


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)
