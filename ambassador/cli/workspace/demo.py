"""``ambassador demo``: make the invented campaign to look around in."""

from typing import Final

import typer

from ambassador.cli.shell import JsonFlag, Shell, shell_of
from ambassador.config import database_name, settings
from ambassador.i18n import mark
from seed.making import demo_is_made, fill_with_demo, make_demo_file

_HELP: Final = mark("Make the demo, an invented campaign, in a database of its own.")


def register(app: typer.Typer) -> None:
    """Add ``demo``."""
    app.command("demo", help=_HELP)(demo)


def demo(context: typer.Context, *, as_json: JsonFlag = False) -> None:
    """Make the demo where it is not there yet; with ``--database``, in that empty database."""
    shell = shell_of(context)
    url = shell.database_url if shell.database_given else settings().demo_url
    made = True
    if shell.database_given:
        fill_with_demo(url, actor=settings().user)
    else:
        made = make_demo(shell)
    said = mark("The demo is ready in {name}.") if made else mark("The demo was there already, in {name}.")
    answer = {"database": database_name(url), "url": url, "made": made}
    shell.answer(answer, as_json=as_json, text=shell.t(said, name=database_name(url)))


def make_demo(shell: Shell) -> bool:
    """Make the demo's own file unless it is there, saying so."""
    url = settings().demo_url
    if not demo_is_made(url):
        shell.remark(shell.t("Making the demo, once."))
    return make_demo_file(url, actor=settings().user)
