"""``ambassador view``: what a list of mentions shows, kept under a name."""

from typing import Annotated, Any

import typer

from ambassador.cli.shell import JsonFlag, Shell, parts_of, shell_of
from ambassador.cli.typed import one_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.perimeters.reading import find_perimeter, list_perimeters
from ambassador.services.perimeters.views import find_view, list_views, remove_view, save_view
from ambassador.services.work import UnitOfWork
from ambassador.values.perimeters import PerimeterRef, SavedView, SavedViewDraft
from ambassador.values.status import Label
from ambassador.values.status_words import text_of

Name = Annotated[str, typer.Argument(metavar="VIEW", help=mark("Name or number of the view."))]


def register(app: typer.Typer) -> None:
    """Add ``view`` and its verbs."""
    about = mark("Views of the mentions, kept under a name: mentions list --view shows one.")
    group = typer.Typer(rich_markup_mode=None, help=about)
    group.command("save", help=mark("Keep a perimeter, a label and a search under a name."))(save)
    group.command("list", help=mark("List the views that are kept."))(list_all)
    group.command("remove", help=mark("Let go of a view; the mentions stay."))(remove)
    app.add_typer(group, name="view")


def save(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=mark("What it is called."))],
    *,
    perimeter: Annotated[str, typer.Option(help=mark("Only of this perimeter or campaign."))] = "",
    label: Annotated[str, typer.Option(help=mark("complaint, question or praise."))] = "",
    search: Annotated[str, typer.Option(help=mark("As mentions list searches."))] = "",
    as_json: JsonFlag = False,
) -> None:
    """Keep a view."""
    shell = shell_of(context)
    work = shell.work()
    ref = find_perimeter(work, perimeter) if perimeter else None
    noting = work.noting()
    number = save_view(noting, SavedViewDraft(name, ref, one_of(Label, label) if label else None, search))
    undoable(shell, noting, "view save")
    view = find_view(work, str(number))
    shell.answer(_parts(view), as_json=as_json, text=_line(shell, view, _names(work)))


def list_all(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """List the views."""
    shell = shell_of(context)
    views, names = list_views(shell.work()), _names(shell.work())
    text = "\n".join(_line(shell, one, names) for one in views) or shell.t("No view is kept yet.")
    shell.answer([_parts(one) for one in views], as_json=as_json, text=text)


def remove(context: typer.Context, view: Name, *, as_json: JsonFlag = False) -> None:
    """Let go of a view."""
    shell = shell_of(context)
    found = find_view(shell.work(), view)
    noting = shell.work().noting()
    remove_view(noting, found.id)
    undoable(shell, noting, "view remove")
    text = shell.t("The view {name} is gone; the mentions stay.", name=found.draft.name)
    shell.answer({"id": found.id, "removed": True}, as_json=as_json, text=text)


def _parts(view: SavedView) -> dict[str, Any]:
    ref = view.draft.perimeter
    found = parts_of(
        view, "id", "name=draft.name", "label=draft.label", "search=draft.search", "actor", "created_at"
    )
    return {**found, "perimeter": None if ref is None else str(ref)}


def _names(work: UnitOfWork) -> dict[PerimeterRef, str]:
    return {card.ref: card.name for card in list_perimeters(work, archived=True)}


def _line(shell: Shell, view: SavedView, names: dict[PerimeterRef, str]) -> str:
    draft = view.draft
    parts = [
        "" if draft.perimeter is None else names.get(draft.perimeter, str(draft.perimeter)),
        "" if draft.label is None else shell.t(text_of(draft.label)),
        draft.search,
    ]
    return "  ".join((f"{view.id}", draft.name, *(part for part in parts if part)))
