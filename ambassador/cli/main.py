"""The program: ``ambassador [--database URL] [--language CODE] VERB ...``.

Verbs live in the modules beside this one; each has ``register(app)`` and stands in ``VERBS``. Whatever a
person can mend ends in one clear line on stderr and exit code 1.
"""

import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.exceptions import TyperException

from ambassador import __version__
from ambassador.cli.shell import make_shell
from ambassador.errors import AmbassadorError
from ambassador.i18n import SOURCE, known_language, mark, sentence, translate

VERBS: Final = {
    "run": "workspace.running",
    "demo": "workspace.demo",
    "import": "imports.imports",
    "watch": "live.watches",
    "fetch": "live.fetching",
    "follow": "live.fetching",
    "today": "campaigns.today",
    "campaign": "campaigns.campaigns",
    "activation": "activations.activations",
    "case": "care.cases",
    "device": "devices",
    "mentions": "mentions",
    "tone": "tone",
    "topic": "tone",
    "perimeter": "perimeters",
    "view": "saved_views",
    "incident": "incidents.incidents",
    "people": "people.people",
    "network": "networks",
    "pick": "picks.pick",
    "forecast": "forecasts",
    "what-if": "picks.kept",
    "cascades": "cascades.cascades",
    "complaints": "cascades.complaints",
    "growth": "cascades.growth",
    "learn": "learning",
    "evaluate": "calibration.evaluate",
    "calibration": "calibration.calibration",
    "report": "results.reports",
    "results": "results.reports",
    "outcome": "results.reports",
    "undo": "workspace.undoing",
    "settings": "workspace.settings",
    "backup": "safekeeping.backups",
    "restore": "safekeeping.backups",
    "export": "safekeeping.exports",
    "doctor": "safekeeping.doctor",
    "db": "workspace.databases",
}
"""The module of each verb, in the order ``--help`` shows; only the one asked for is loaded."""

_WITH_VALUE: Final = frozenset({"--database", "--language"})

_log = logging.getLogger(__name__)
_UNEXPECTED = mark("This failed for a reason the program did not expect: {kind}: {reason}")
_ABOUT = mark("Choose ambassadors, forecast how far word will travel, watch the cascade, log the outcome.")
_DATABASE = mark("A file, sqlite:///... or postgresql://...; without it the workspace in your data folder.")
_LANGUAGE = mark("Language of what is printed, such as en or it.")


def build_app(verb: str = "") -> typer.Typer:
    """Put the verbs together: those of one verb's module, or all where none is known by that name."""
    app = typer.Typer(
        name="ambassador",
        help=_ABOUT,
        add_completion=False,
        no_args_is_help=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(_before_the_verb)
    modules = [VERBS[verb]] if verb in VERBS else dict.fromkeys(VERBS.values())
    for name in modules:
        import_module(f"ambassador.cli.{name}").register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = _language_of(given)
    try:
        command = typer.main.get_command(build_app(_verb_of(given)))
        _translate_help(command, language)
        code = command.main(args=given, prog_name="ambassador", standalone_mode=False)
    except AmbassadorError as error:
        return _refuse(sentence(language, error.message, **error.values))
    except TyperException as error:
        return _refuse(getattr(error, "format_message", error.__str__)())
    except (KeyboardInterrupt, typer.Abort):
        return _refuse(translate(language, "Stopped."))
    except Exception as error:  # noqa: BLE001 - the last one before the reader
        _log.debug("a verb met an error nobody expected", exc_info=error)
        return _refuse(translate(language, _UNEXPECTED, kind=type(error).__name__, reason=str(error)))
    return code if isinstance(code, int) else 0


def _before_the_verb(
    context: typer.Context,
    *,
    database: Annotated[str | None, typer.Option("--database", metavar="URL", help=_DATABASE)] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="CODE", help=_LANGUAGE)] = None,
    version: Annotated[bool, typer.Option("--version", help=mark("Print the version."))] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit
    context.obj = make_shell(database, language)
    context.call_on_close(context.obj.close)
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit


def _refuse(line: str) -> int:
    print(" ".join(line.split()), file=sys.stderr)
    return 1


def _language_of(arguments: Sequence[str]) -> str:
    """Find the language before the arguments are parsed, so that even a refusal of them speaks it."""
    for place, argument in enumerate(arguments):
        if argument == "--language":
            return known_language((*arguments, "")[place + 1])
        if argument.startswith("--language="):
            return known_language(argument.partition("=")[2])
    try:
        return make_shell(None, None).language
    except AmbassadorError:
        return SOURCE


def _verb_of(arguments: Sequence[str]) -> str:
    """Find the verb among the arguments: the first that is neither an option nor an option's value."""
    rest = iter(arguments)
    for argument in rest:
        if argument in _WITH_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            return argument
    return ""


def _translate_help(command: Any, language: str) -> None:  # noqa: ANN401 - a group, a verb or an option
    if command.help:
        command.help = translate(language, command.help)
    for part in (*getattr(command, "params", ()), *getattr(command, "commands", {}).values()):
        if hasattr(part, "help"):
            _translate_help(part, language)
