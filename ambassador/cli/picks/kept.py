"""Questions to a kept pick: ``what-if`` about demands, phones, swaps; ``pick --again`` whether it holds."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.picks.alternatives import swap_effect, what_if
from ambassador.services.picks.recompute import compare_recomputed
from ambassador.services.stored_json import to_json
from ambassador.services.work import UnitOfWork
from ambassador.values.imports.imports import Note
from ambassador.values.picks.picks import PickOutcome, RecomputedPick, SwapEffect, WhatIf

_COUNTS = mark("Numbers of phones to compare, such as 1,5,10; else up to twice those of the pick.")
_SWAP = mark("Two handles, who leaves and who enters, such as anna,luca: says what only that would change.")


def register(app: typer.Typer) -> None:
    """Add ``what-if``."""
    app.command("what-if", help=mark("Say what a pick's demands cost, and what more phones would bring."))(
        verb
    )


def verb(
    context: typer.Context,
    *,
    pick: Annotated[int, typer.Option("--pick", help=mark("Number of the pick."))],
    counts: Annotated[str, typer.Option("--counts", help=_COUNTS)] = "",
    swap: Annotated[str, typer.Option("--swap", help=_SWAP)] = "",
    as_json: JsonFlag = False,
) -> None:
    """Price a pick's demands and draw its curve, or say what a swap would change."""
    shell = shell_of(context)
    work = shell.work()
    if swap:
        leaves, _, enters = swap.partition(",")
        effect = swap_effect(work, pick, leaves.strip(), enters.strip())
        shell.answer(_swap_json(effect), as_json=as_json, text=_swap_text(shell, effect))
        return
    with told(shell) as progress:
        found = what_if(work, pick, _numbers(counts), progress=progress)
    shell.answer(_json(shell, found), as_json=as_json, text=_text(shell, found))


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdecimal() for part in parts):
        raise BadInputError("{value!r} are no numbers of phones: write 1,5,10", value=text)
    return tuple(int(part) for part in parts)


def _json(shell: Shell, found: WhatIf) -> dict[str, Any]:
    return {
        "standing": _said(shell, found.standing) if found.standing else None,
        "counted": [_said(shell, note) for note in found.counted],
        "prices": [{"demand": shell.said(one.demand), "gain": to_json(one.gain)} for one in found.prices],
        "curve": [
            {
                "count": one.count,
                "spread": one.spread,
                "per_device": one.per_device,
                "certificate": one.certificate,
            }
            for one in found.curve
        ],
    }


def _text(shell: Shell, found: WhatIf) -> str:
    t = shell.t
    lines = [_said(shell, found.standing)] if found.standing else []
    lines += map(shell.said, found.counted)
    for one in found.prices:
        what = t(one.demand.text, **one.demand.values)
        lines.append(t("Without {demand}: {gain} more.", demand=what, gain=shell.number(one.gain.mean, 1)))
    if not found.prices:
        lines.append(t("No demand of this pick costs anything."))
    lines += [
        t(
            "Phones {count}: {spread} people talk; each further one adds {added}; "
            "no other {count} could bring more than {best}.",
            count=one.count,
            spread=shell.number(one.spread, 0),
            added=shell.number(one.per_device, 1),
            best=shell.number(one.spread / one.certificate, 0) if one.certificate else "?",
        )
        for one in found.curve
    ]
    return "\n".join(lines)


def _swap_json(effect: SwapEffect) -> dict[str, Any]:
    return {
        "out": effect.out,
        "into": effect.into,
        "before": effect.before,
        "after": effect.after,
        "difference": to_json(effect.difference),
        "complaining_before": effect.complaining_before,
        "complaining_after": effect.complaining_after,
    }


def _swap_text(shell: Shell, effect: SwapEffect) -> str:
    said = shell.t(
        "With {into} instead of {out}: {after} instead of {before}.",
        into=effect.into,
        out=effect.out,
        after=shell.number(effect.after, 1),
        before=shell.number(effect.before, 1),
    )
    if effect.complaining_before is None or effect.complaining_after is None:
        return said
    complaints = shell.t(
        "Complaints: {after} instead of {before}.",
        after=shell.number(effect.complaining_after, 1),
        before=shell.number(effect.complaining_before, 1),
    )
    return f"{said}\n{complaints}"


def compute_again(shell: Shell, work: UnitOfWork, pick_id: int, count: int | None, *, as_json: bool) -> None:
    """Compute a kept pick again and print whether the same came out."""
    if count is not None:
        raise BadInputError("--again takes everything from the kept pick: leave out --count")
    found = compare_recomputed(work, pick_id)
    shell.answer(_again_json(shell, found), as_json=as_json, text="\n".join(_again_lines(shell, found)))


def _again_json(shell: Shell, found: RecomputedPick) -> dict[str, Any]:
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


def _again_lines(shell: Shell, found: RecomputedPick) -> Iterator[str]:
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
    return shell.said(note)
