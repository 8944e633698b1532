"""``ambassador run``: open the app in the browser."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Final, NoReturn

import typer

from ambassador.cli.shell import JsonFlag, as_json_text, shell_of
from ambassador.cli.workspace.demo import make_demo
from ambassador.config import PREFIX, database_name, settings
from ambassador.errors import ConfigurationError
from ambassador.i18n import mark
from ambassador.services.work import open_workspace
from ambassador.warmed import marker

_PATIENCE_SECONDS: Final = 5.0
CHECKOUT: Final = Path(__file__).parents[3]
_QUIET: Final = ("--server.fileWatcherType", "none", "--logger.level", "error")
"""A user changes no source: nothing is watched, and the log holds only what went wrong."""
_HELP: Final = mark("Open the app in the browser, on your workspace or on the demo.")
_DEMO: Final = mark("Open the demo, an invented campaign to look around in; it is made on the first start.")
_PORT: Final = mark("Port of the app; without it a free one from 8501 on.")


def register(app: typer.Typer) -> None:
    """Add ``run``."""
    app.command(help=_HELP)(run)


def run(
    context: typer.Context,
    *,
    demo: Annotated[bool, typer.Option("--demo", help=_DEMO)] = False,
    port: Annotated[int | None, typer.Option("--port", help=_PORT)] = None,
    as_json: JsonFlag = False,
) -> None:
    """Open the app; ends with it."""
    shell = shell_of(context)
    script = CHECKOUT / "streamlit_app.py"
    if not script.is_file():
        raise ConfigurationError("{path} is missing: run the app from its checkout.", path=script)
    if demo:
        make_demo(shell)
    url = settings().demo_url if demo else shell.database_url
    open_workspace(url, actor=settings().user, told=shell.tell).engine.dispose()
    if as_json:
        print(as_json_text({"database": database_name(url), "url": url, "port": port}), flush=True)
    options = [*_QUIET, *(["--server.port", str(port)] if port else [])]
    served = CHECKOUT / "ambassador" / "ui" / "server" / "app.py"
    command = [sys.executable, "-m", "streamlit", "run", str(served), *options]
    environment = os.environ | {f"{PREFIX}DATABASE_URL": url}
    with _warming_behind():
        raise typer.Exit(_until_it_ends(command, environment, quiet=as_json))


@contextmanager
def _warming_behind() -> Iterator[None]:
    """Compile what no page needed yet, after whatever else the machine has to do; it ends with the app."""
    if marker().is_file():
        yield
        return
    command = [sys.executable, "-m", "ambassador.warm_up", "--behind"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL) as warming:  # noqa: S603 - ours
        try:
            yield
        finally:
            _end(warming)


def _until_it_ends(command: list[str], environment: dict[str, str], *, quiet: bool) -> int:
    """Wait for the app; what it prints goes beside the answer where the answer is one JSON value."""
    out = sys.stderr if quiet else None
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=out) as process:  # noqa: S603 - ours
        earlier = signal.signal(signal.SIGTERM, _stop)
        try:
            return process.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            signal.signal(signal.SIGTERM, earlier)
            _end(process)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the app with the program, by force where it does not listen."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
