"""``ambassador network``: who is in it, its communities, and all of it as a file."""

from pathlib import Path
from typing import Annotated

import typer

from ambassador.cli.files import write_file
from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.cli.typed import one_of
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_view import find_campaign
from ambassador.services.networks.network_view import draw_network, export_network, network_view
from ambassador.values.networks.network_view import NetworkFormat

_SHOW = mark("Tell how large the network is, where it comes from, its communities.")
_SUFFIXES = {".xml": NetworkFormat.GRAPHML, ".tsv": NetworkFormat.EDGE_LIST}


def register(app: typer.Typer) -> None:
    """Add ``network`` and its verbs."""
    group = typer.Typer(rich_markup_mode=None, help=mark("Who hears from whom."))
    group.command("show", help=_SHOW)(show)
    group.command("export", help=mark("Write all ties and people of the network to a file."))(export)
    app.add_typer(group, name="network")


def show(
    context: typer.Context,
    *,
    campaign: Annotated[
        str, typer.Option(help=mark("Whose ambassadors are marked; the last campaign's if not said."))
    ] = "",
    as_json: JsonFlag = False,
) -> None:
    """Tell about the network, its communities computed if they were not."""
    shell = shell_of(context)
    work = shell.work()
    number = find_campaign(work, campaign) if campaign else None
    view = network_view(work, number)
    if view.nodes and not view.is_drawn:
        draw_network(work, number)
        view = network_view(work, number)
    answer = {
        "accounts": view.nodes,
        "people": view.people,
        "ties": view.ties,
        "origins": view.origins,
        "coverage": view.coverage,
        "communities": view.communities,
        "built_on": view.rung.number,
    }
    lines = [
        shell.t(
            "{people} people, {ties} ties, {communities} communities",
            people=shell.number(view.people),
            ties=shell.number(view.ties),
            communities=shell.number(len(view.communities)),
        )
    ]
    shell.answer(answer, as_json=as_json, text="\n".join(lines))


def export(
    context: typer.Context,
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            metavar="F",
            help=mark(
                "File to write: .csv, .xlsx, .parquet, .graphml, .gexf, .json; .zip: two CSV for Gephi."
            ),
        ),
    ],
    as_json: JsonFlag = False,
) -> None:
    """Write the network to a file, in the form its name says."""
    shell = shell_of(context)
    suffix = output.suffix.lower()
    form = _SUFFIXES.get(suffix) or one_of(NetworkFormat, suffix.lstrip("."))
    content = export_network(shell.work(), form)
    write_file(output, content)
    shell.answer(
        {"output": str(output), "format": form, "bytes": len(content)},
        as_json=as_json,
        text=shell.t("{file} is written.", file=str(output)),
    )
