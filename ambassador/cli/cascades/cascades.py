"""``ambassador cascades``: how far each post went."""

from pathlib import Path
from typing import Annotated, Final

import typer

from ambassador.cli.as_of import AsOfDay, work_then
from ambassador.cli.files import write_file
from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.cascades import observe_cascade, observe_cascades
from ambassador.services.cascades.participation import export_participation
from ambassador.services.lookback.looking_back import as_known
from ambassador.services.results.export_table import table_format_of
from ambassador.values.cascades.cascades import CascadeRow, CascadesView, CascadeTree
from ambassador.values.days import day_in

_SHOWN = 20
_ROOT: Final = mark("Number of the post that began one: shows its posts and branches.")
_OUTPUT: Final = mark("Write who took part in which cascade, and when: .csv, .xlsx or .parquet.")
_FIELDS: Final = (
    "root=root_id",
    "post_id=root_post_id",
    "handle=root_handle",
    "platform",
    "started_at",
    "size",
    "people",
    "depth",
    "breadth",
    "largest_broadcast_share",
    "structural_virality",
    "reproduction",
    "pace",
    "hidden_parents",
    "inferred=plausible",
)


def register(app: typer.Typer) -> None:
    """Add ``cascades``."""
    app.command("cascades", help=mark("Measure how far each post went, the largest cascade first."))(cascades)


def cascades(
    context: typer.Context,
    *,
    campaign: Annotated[str, typer.Option(help=mark("Name or number; without it, every mention."))] = "",
    as_of: AsOfDay = None,
    root: Annotated[int | None, typer.Option("--root", help=_ROOT)] = None,
    output: Annotated[Path | None, typer.Option("--output", metavar="F", help=_OUTPUT)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Measure how far each post went, or open the cascade of one."""
    shell = shell_of(context)
    number = find_campaign(shell.work(), campaign) if campaign else None
    work = work_then(shell, as_of, number)
    if output is not None:
        _write(shell, output, export_participation(work, number, table_format_of(output.name)), as_json)
        return
    if root is not None:
        _open(shell, observe_cascade(work, root, number), as_json=as_json)
        return
    view = observe_cascades(work, number)
    for note in view.dirt:
        shell.remark(shell.said(note))
    known = {"as_known": as_known(view.known, shell.language)} if view.known else {}
    rows = [parts_of(row, *_FIELDS) | known for row in view.cascades]
    shell.answer(rows, as_json=as_json, text=_as_text(shell, view))


def _write(shell: Shell, output: Path, content: bytes, as_json: bool) -> None:
    write_file(output, content)
    text = shell.t("{file} is written.", file=str(output))
    shell.answer({"output": str(output), "bytes": len(content)}, as_json=as_json, text=text)


def _open(shell: Shell, tree: CascadeTree, *, as_json: bool) -> None:
    lines = [
        shell.t("@{handle}: {posts} posts", handle=one.handle or "-", posts=shell.number(one.posts))
        for one in tree.branches
    ]
    answer = {"cascade": parts_of(tree.row, *_FIELDS), "branches": tree.branches, "posts": tree.nodes}
    shell.answer(answer, as_json=as_json, text="\n".join(lines))


def _as_text(shell: Shell, view: CascadesView) -> str:
    lines = [
        shell.t(
            "{mentions} mentions by {people} people in {cascades} cascades",
            mentions=view.mentions,
            people=view.people,
            cascades=len(view.cascades),
        )
    ]
    lines += [_line(shell, row, view.zone) for row in view.cascades[:_SHOWN]]
    if len(view.cascades) > _SHOWN:
        lines.append(shell.t("... and {count} more (--json lists all)", count=len(view.cascades) - _SHOWN))
    return "\n".join(lines)


def _line(shell: Shell, row: CascadeRow, zone: str) -> str:
    depth = shell.t("not known") if row.depth is None else str(row.depth)
    if row.plausible is not None:
        low, high = row.plausible.depth.within_80
        depth = shell.t(
            "{low} to {high} (not observed: inferred from ties and delays, {sure}% sure)",
            low=f"{low:.0f}",
            high=f"{high:.0f}",
            sure=f"{100 * row.plausible.sure:.0f}",
        )
    return shell.t(
        "{size} posts, depth {depth}: @{handle}, {platform}, {day}",
        size=row.size,
        depth=depth,
        handle=row.root_handle,
        platform=row.platform,
        day=day_in(zone, row.started_at).isoformat(),
    )
