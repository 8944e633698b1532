"""``ambassador watch add|list|remove|sources``: what is followed live."""

from typing import Annotated, Any

import typer

from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import zone_of_days
from ambassador.services.live import add_watch, list_sources, list_watches, remove_watch
from ambassador.values.days import day_in
from ambassador.values.live import Watched, WatchView, open_places


def register(app: typer.Typer) -> None:
    """Add ``watch`` and its verbs."""
    about = mark("What is followed live on Bluesky, Mastodon, YouTube and further sources.")
    group = typer.Typer(rich_markup_mode=None, help=about)
    group.command("add", help=mark("Follow something from now on."))(add)
    listed = mark("List what is followed, and what the last run of each brought.")
    group.command("list", help=listed)(list_all)
    group.command("remove", help=mark("Follow something no more; what it brought stays."))(remove)
    group.command("sources", help=mark("List the sources, and what can be followed by each."))(sources)
    app.add_typer(group, name="watch")


def add(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help=mark("Such as mastodon; watch sources lists them."))],
    what: Annotated[str, typer.Argument(help=mark("What is followed, such as account or hashtag."))],
    target: Annotated[str, typer.Argument(help=mark("Which one, such as @nina or #brezza."))],
    *,
    server: Annotated[str, typer.Option(help=mark("The server asked, where there are several."))] = "",
    every: Annotated[int, typer.Option(metavar="MINUTES", help=mark("How often follow runs it."))] = 15,
    as_json: JsonFlag = False,
) -> None:
    """Follow something."""
    shell = shell_of(context)
    noting = shell.work().noting()
    number = add_watch(noting, Watched(source, what, target, server), every_minutes=every)
    undoable(shell, noting, "watch add")
    view = next(one for one in list_watches(shell.work()) if one.id == number)
    shell.answer(watch_parts(shell, view), as_json=as_json, text=watch_line(shell, view))


def list_all(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """List what is followed."""
    shell = shell_of(context)
    views = list_watches(shell.work())
    text = "\n".join(watch_line(shell, one) for one in views) or shell.t("Nothing is followed live yet.")
    shell.answer([watch_parts(shell, one) for one in views], as_json=as_json, text=text)


def remove(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help=mark("Its number, as the list shows it."))],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Follow something no more."""
    shell = shell_of(context)
    noting = shell.work().noting()
    remove_watch(noting, number)
    undoable(shell, noting, "watch remove")
    text = shell.t("It is followed no more; what it brought stays.")
    shell.answer({"id": number, "removed": True}, as_json=as_json, text=text)


def sources(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """List the sources."""
    shell = shell_of(context)
    found = list_sources()
    lines = [
        f"{one.name} {what}: {shell.t(label)}" + (f" ({', '.join(one.settings)})" if one.settings else "")
        for one in found
        for what, label in one.offers.items()
    ]
    value = [{**parts_of(one, "name", "label", "settings"), "offers": list(one.offers)} for one in found]
    shell.answer(value, as_json=as_json, text="\n".join(lines))


def watch_parts(shell: Shell, view: WatchView) -> dict[str, Any]:
    """Give what ``--json`` says of a watch."""
    found = parts_of(
        view,
        "id",
        "source=watched.source",
        "what=watched.what",
        "target=watched.target",
        "server=watched.server",
        "every_minutes",
        "began_at",
        "ended_at",
        "next_at",
    )
    counts = ("rows", "added", "updated", "known", "merged", "left_out", "refused")
    found |= {name: getattr(view.counts, name) for name in counts}
    found["refused_for"] = {reason_text(shell, reason): count for reason, count in view.refusals.items()}
    found["failure"] = shell.said(view.failure) if view.failure else None
    return found


def watch_line(shell: Shell, view: WatchView) -> str:
    """Say a watch and its last run in a line or two."""
    head = f"{view.id}  {view.watched.title}"
    if view.watched.server:
        head += f"  {view.watched.server}"
    if view.began_at is None:
        return head + "  " + shell.t("not run yet")
    zone, counts = zone_of_days(shell.work()) or "UTC", view.counts
    told = shell.t(
        "{when}: {rows} rows: {added} added, {updated} updated, {known} known already, "
        "{merged} taken with another row, {left_out} left out, {refused} refused",
        when=day_in(zone, view.began_at).isoformat(),
        rows=counts.rows,
        added=counts.added,
        updated=counts.updated,
        known=counts.known,
        merged=counts.merged,
        left_out=counts.left_out,
        refused=counts.refused,
    )
    lines = [f"{head}  {told}"]
    lines += [f"    {count} x {reason_text(shell, reason)}" for reason, count in view.refusals.items()]
    if view.failure:
        lines.append("    " + shell.said(view.failure))
    elif view.was_cut_off:
        lines.append("    " + shell.t("It is under way, or was cut off; the next run goes on there."))
    return "\n".join(lines)


def reason_text(shell: Shell, reason: str) -> str:
    """Say why rows were refused, of all of them at once: what differs from row to row is left open."""
    return shell.t(reason, **open_places(reason))
