"""``ambassador pick --again``: a kept pick computed again, and what has changed since."""

from collections.abc import Iterator
from typing import Any

from ambassador.cli.shell import Shell
from ambassador.errors import BadInputError
from ambassador.services.picks.recompute import compare_recomputed
from ambassador.services.work import UnitOfWork
from ambassador.values.imports.imports import Note
from ambassador.values.picks.picks import PickOutcome, RecomputedPick


def compute_again(shell: Shell, work: UnitOfWork, pick_id: int, count: int | None, *, as_json: bool) -> None:
    """Compute a kept pick again and print whether the same came out."""
    if count is not None:
        raise BadInputError("--again takes everything from the kept pick: leave out --count")
    found = compare_recomputed(work, pick_id)
    shell.answer(_json(shell, found), as_json=as_json, text="\n".join(_lines(shell, found)))


def _json(shell: Shell, found: RecomputedPick) -> dict[str, Any]:
    return {
        "pick_id": found.pick_id,
        "same": found.same,
        "before": _outcome(found.before),
        "now": _outcome(found.now),
        "changed": [_said(shell, note) for note in found.changed],
    }


def _outcome(one: PickOutcome) -> dict[str, Any]:
    return {
        "picks": one.handles,
        "value": one.value,
        "certificate": one.certificate,
        "version": one.version,
    }


def _lines(shell: Shell, found: RecomputedPick) -> Iterator[str]:
    t = shell.t
    if found.same:
        yield t(
            "The same answer came out: {handles}; {value}.",
            handles=", ".join(found.now.handles),
            value=_figure(shell, found.now),
        )
    else:
        yield t("Another answer came out.")
        for text, one in ((t("Then"), found.before), (t("Now"), found.now)):
            yield f"{text}: {', '.join(one.handles)}; {_figure(shell, one)}"
    if found.changed:
        yield t("Changed since, so that a new pick may differ:") if found.same else t("Changed since:")
        yield from (f"- {_said(shell, note)}" for note in found.changed)
    elif found.same:
        yield t("Neither version, network nor data have changed since.")
    else:
        yield t("Neither version, network nor data have changed: the machine or its libraries have.")


def _figure(shell: Shell, one: PickOutcome) -> str:
    return "-" if one.value is None else shell.number(one.value, 1)


def _said(shell: Shell, note: Note) -> str:
    return shell.t(note.text, **note.values)
