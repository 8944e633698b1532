"""``ambassador case ready``: answers kept ready, listed, kept, taken away."""

from typing import Annotated

import typer

from ambassador.cli.shell import JsonFlag, shell_of
from ambassador.cli.undoable import undoable
from ambassador.i18n import mark
from ambassador.services.care.canned import fill_answer, keep_answer, list_answers, remove_answer
from ambassador.values.care.cases import ReadyAnswer

Title = Annotated[str, typer.Argument(help=mark("What it is called."))]
In = Annotated[str, typer.Option("--in", metavar="LANGUAGE", help=mark("In which language, such as it."))]


def register(group: typer.Typer) -> None:
    """Add the verbs about answers kept ready."""
    group.command("ready", help=mark("List the answers kept ready, or fill one for a case."))(ready)
    group.command("keep", help=mark("Keep an answer ready; {customer}, {case} and the like are filled in."))(
        keep
    )
    group.command("drop", help=mark("Keep an answer ready no more."))(drop)


def ready(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help=mark("What it is called; all are listed if not said."))] = "",
    *,
    case: Annotated[int | None, typer.Option(help=mark("For which case it is filled."))] = None,
    language: In = "",
    as_json: JsonFlag = False,
) -> None:
    """List the answers kept ready, or fill one."""
    shell = shell_of(context)
    if title and case is not None:
        text = fill_answer(shell.work(), title, language or shell.language, case)
        shell.answer({"case": case, "text": text}, as_json=as_json, text=text)
        return
    wanted = title.strip().lower()
    found = [one for one in list_answers(shell.work()) if wanted in {"", one.title.lower()}]
    lines = [f"{one.title}  ({one.language})  {one.text}" for one in found]
    text = "\n".join(lines) or shell.t("No answer is kept ready yet.")
    shell.answer(found, as_json=as_json, text=text)


def keep(
    context: typer.Context,
    title: Title,
    text: Annotated[str, typer.Argument(help=mark("What it says."))],
    *,
    language: In = "",
    as_json: JsonFlag = False,
) -> None:
    """Keep an answer ready."""
    shell = shell_of(context)
    noting = shell.work().noting()
    is_new = keep_answer(noting, ReadyAnswer(title, language or shell.language, text))
    undoable(shell, noting, "case keep")
    answer = {"title": title, "language": language or shell.language, "is_new": is_new}
    shell.answer(answer, as_json=as_json, text=shell.t("{name} is kept ready.", name=title))


def drop(context: typer.Context, title: Title, *, language: In = "", as_json: JsonFlag = False) -> None:
    """Keep an answer ready no more."""
    shell = shell_of(context)
    noting = shell.work().noting()
    remove_answer(noting, title, language or shell.language)
    undoable(shell, noting, "case drop")
    text = shell.t("{name} is kept ready no more.", name=title)
    shell.answer({"title": title, "language": language or shell.language}, as_json=as_json, text=text)
